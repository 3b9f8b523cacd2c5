"""Who may have what done, and what is asked next."""

import pytest

from support.decisions.identity import LEAST_LEVEL, Deed, Level, NextStep, may, next_step

NONE, CHANNEL, MATCHED, CODE, SIGNED_IN = Level

MAY = {
    Deed.TELL_STATUS: {CHANNEL, MATCHED, CODE, SIGNED_IN},
    Deed.TELL_DETAILS: {MATCHED, CODE, SIGNED_IN},
    Deed.TELL_CASES: {MATCHED, CODE, SIGNED_IN},
    Deed.OPEN_INVESTIGATION: {MATCHED, CODE, SIGNED_IN},
    Deed.REPORT_ITEMS: {MATCHED, CODE, SIGNED_IN},
    Deed.OPEN_TICKET: {MATCHED, CODE, SIGNED_IN},
    Deed.ASK_STORE: {MATCHED, CODE, SIGNED_IN},
    Deed.FOLLOW: {CHANNEL, MATCHED, CODE, SIGNED_IN},
    Deed.CHANGE_ADDRESS: {CODE, SIGNED_IN},
    Deed.REDIRECT: {CODE, SIGNED_IN},
    Deed.ASK_REMEDY: {CODE, SIGNED_IN},
}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("deed", Deed)
def test_each_level_may_have_done_what_the_table_says(level: Level, deed: Deed) -> None:
    assert may(level, deed) == (level in MAY[deed])


def test_every_deed_needs_a_level() -> None:
    assert set(LEAST_LEVEL) == set(Deed)
    assert NONE not in LEAST_LEVEL.values()


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({}, NextStep.ASK_CONTACT),
        ({"has_contact": True}, NextStep.CHECK_CONTACT),
        ({"has_phone": True}, NextStep.CHECK_SENDER),
        ({"has_phone": True, "has_contact": True}, NextStep.CHECK_CONTACT),
        ({"signed_in": True, "has_phone": True}, NextStep.CHECK_OWNER),
        ({"signed_in": True, "owner_checked": True}, NextStep.ASK_CONTACT),
        ({"level": CHANNEL}, NextStep.TELL),
        ({"level": CHANNEL, "has_contact": True}, NextStep.CHECK_CONTACT),
        ({"level": CHANNEL, "signed_in": True}, NextStep.CHECK_OWNER),
        ({"level": MATCHED, "has_contact": True}, NextStep.TELL),
        ({"level": CODE}, NextStep.TELL),
    ],
    ids=str,
)
def test_what_comes_next_for_a_named_order(known: dict[str, object], step: NextStep) -> None:
    about = {"has_contact": False, "level": NONE, "signed_in": False, **known}

    assert next_step(has_order_number=True, **about) is step  # type: ignore[arg-type]
