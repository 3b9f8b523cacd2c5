"""The check digits of tracking numbers."""

from typing import Final

_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


def eparcel_digit(body: str) -> str:
    """Return the check digit of an Australia Post article id without its last character.

    Characters count as their ASCII code (a digit as itself), weighted 3, 1, 3, ... from the right;
    the digit fills the sum up to the next ten. Found in public code that cites Australia Post's
    label specification and reproduced on that specification's examples (JDQ019457101000930308);
    the specification itself was not at hand.
    """
    values = [int(character) if character.isdigit() else ord(character) for character in body]
    return _mod10(values)


def sscc_digit(body: str) -> str:
    """Return the check digit of a Serial Shipping Container Code (GS1 mod 10) without it."""
    return _mod10([int(character) for character in body])


def s10_digit(serial: str) -> str:
    """Return the check digit of the eight-digit serial of a postal S10 number (UPU S10)."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    return {10: "0", 11: "5"}.get(remainder, str(remainder))


def _mod10(values: list[int]) -> str:
    weighted = sum(
        value * (3 if place % 2 == 0 else 1) for place, value in enumerate(reversed(values))
    )
    return str(-weighted % 10)
