"""Opening something once."""

from support.systems.once import OncePerSubject

SUBJECT = ("410200341", "P1")


class Opened:
    """What was opened, and which of it is done with."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.count = 0
        self.once = OncePerSubject[str](lambda one: one not in self.done)

    def open(self, key: str, subject: tuple[str, ...] = SUBJECT) -> str:
        return self.once.reference(key, subject, self._add)

    def _add(self) -> str:
        self.count += 1
        return f"C{self.count}"


def test_a_subject_is_opened_once_while_it_is_open():
    opened = Opened()
    assert [opened.open("k1"), opened.open("k2"), opened.open("k3", ("other",))] == [
        "C1",
        "C1",
        "C2",
    ]


def test_a_key_stays_with_what_it_opened_and_does_not_bring_it_back():
    opened = Opened()
    opened.open("k1")
    opened.done.add("C1")
    assert [opened.open("k1"), opened.open("k2"), opened.open("k1"), opened.open("k3")] == [
        "C1",
        "C2",
        "C1",
        "C2",
    ]
