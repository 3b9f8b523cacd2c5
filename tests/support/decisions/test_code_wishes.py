import pytest

from support.decisions.code_wishes import channel_wanted, wants_another
from support.systems.notifications.models import NotificationChannel

SMS, EMAIL = NotificationChannel.SMS, NotificationChannel.EMAIL


@pytest.mark.parametrize(
    "text",
    [
        "send again",
        "can you resend it",
        "send me a new code",
        "didn't get it",
        "i didnt receive the code",
        "haven't got anything yet",
        "nothing came",
        "no email yet",
        "wheres the code",
        "it hasn't come",
        "the code has expired",
        "try again",
    ],
)
def test_asking_for_another_code_is_heard(text: str) -> None:
    assert wants_another(text)


@pytest.mark.parametrize(
    "text", ["where is my parcel", "i didn't get my parcel from you", "yes", "what is this for"]
)
def test_other_talk_asks_for_no_code(text: str) -> None:
    assert not wants_another(text)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("by text instead", SMS),
        ("text me", SMS),
        ("can you send it by sms please", SMS),
        ("send it to my mobile", SMS),
        ("didn't get the email, text it instead", SMS),
        ("sms", SMS),
        ("email instead", EMAIL),
        ("can u email it", EMAIL),
        ("via e-mail", EMAIL),
        ("send the code to my email", EMAIL),
        ("i didn't get the text", None),
        ("no email yet", None),
        ("by email or text?", None),
        ("482913", None),
    ],
)
def test_the_way_it_is_wanted_is_heard(text: str, channel: NotificationChannel | None) -> None:
    assert channel_wanted(text) is channel
