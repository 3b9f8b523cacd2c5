"""The terminal of the person who runs `make review`."""

import readline
import sys


class Console:
    """Standard input and output, with the line editing of the shell."""

    def say(self, text: str) -> None:
        """Show a text; what a terminal would obey is left out."""
        shown = "".join(c for c in text if c.isprintable() or c == "\n")
        sys.stdout.write(f"{shown}\n")
        sys.stdout.flush()

    def ask(self, prompt: str, prefilled: str = "") -> str:
        """Return one line, which may start from what is there already."""
        readline.set_startup_hook(lambda: readline.insert_text(prefilled))
        try:
            return input(prompt)
        finally:
            readline.set_startup_hook()
