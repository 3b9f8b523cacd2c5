import pytest

from support.decisions.click_and_collect import (
    Progress,
    Wish,
    denies_collecting,
    progress_of,
    wish_of,
)
from support.decisions.parcel_states import ParcelState


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("what do i need to bring to click and collect", Wish.BRING),
        ("do i need id", Wish.BRING),
        ("what does she need", Wish.BRING),
        ("what will my son need", Wish.BRING),
        ("forgot my id, can i still collect with the email", Wish.BRING),
        ("which documents I have to carry", Wish.BRING),
        ("can my wife pick it up", Wish.BY_OTHERS),
        ("My daughter will be collecting on my behalf.", Wish.BY_OTHERS),
        ("can someone else grab it for me", Wish.BY_OTHERS),
        ("nominate someone to collect order 88230173", Wish.BY_OTHERS),
        ("got no text for my click & collect and its been a day", Wish.NO_MESSAGE),
        ("haven't recieved the ready to collect sms", Wish.NO_MESSAGE),
        ("lost the collection email can you resend it", Wish.NO_MESSAGE),
        ("put the wrong phone number in so I won't get the ready text", Wish.NO_MESSAGE),
        ("Can you hold my pickup for another couple of days", Wish.MORE_TIME),
        ("i cant make it to the store til sunday will it still be there", Wish.MORE_TIME),
        ("Please extend my collect by date", Wish.MORE_TIME),
        (
            "last day to collect is today and I'm at work till 9. please don't bin it",
            Wish.MORE_TIME,
        ),
        ("how long do u hold click and collect orders", Wish.HOLDING),
        ("when do i have to pick it up by", Wish.HOLDING),
        ("how long do i have", Wish.HOLDING),
        ("how long do i have to wait", None),
        ("how long have i got to collect", Wish.HOLDING),
        ("How many days have I got before you cancel my pick up", Wish.HOLDING),
        ("the 2 hr onepass collect thing didnt happen", Wish.ONEPASS),
        ("how long does click and collect take", Wish.TIMES),
        ("what is the cutoff for same day click and collect", Wish.TIMES),
        ("is my click and collect ready", Wish.READY),
        ("When can I pick up order 20938841 from Kmart Tweed", Wish.READY),
        ("which store is my order at", None),
        ("they gave me someone elses bag at click and collect", None),
    ],
)
def test_what_is_asked_about_collecting_is_read_from_the_words(
    text: str, wish: Wish | None
) -> None:
    assert wish_of(text) is wish


@pytest.mark.parametrize(
    ("state", "progress"),
    [
        (ParcelState.PROCESSING, Progress.NOT_READY),
        (ParcelState.SHIPPED, Progress.NOT_READY),
        (ParcelState.READY_TO_COLLECT, Progress.READY),
        (ParcelState.COLLECTED, Progress.COLLECTED),
        (ParcelState.CANCELLED, Progress.CANCELLED),
        (ParcelState.DELIVERED, Progress.NOT_KNOWN),
        (ParcelState.UNKNOWN, Progress.NOT_KNOWN),
    ],
)
def test_delivered_does_not_mean_that_it_can_be_collected(
    state: ParcelState, progress: Progress
) -> None:
    assert progress_of(state) is progress


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("it says collected but i never collected it", True),
        ("i havent picked it up and it says collected", True),
        ("who picked up my order??", True),
        ("someone else must have taken it", True),
        ("says collected. wasn't me", True),
        ("says collected but i didnt", True),
        ("scooter marked collected not by me", True),
        ("when do you close", False),
        ("i collected it yesterday thanks", False),
        ("can my wife collect it", False),
    ],
)
def test_what_was_not_collected_is_heard(text: str, *, denied: bool) -> None:
    assert denies_collecting(text) is denied
