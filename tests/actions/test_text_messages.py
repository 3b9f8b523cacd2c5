"""What a text message leaves out of an answer."""

from actions.reply import Say
from actions.responses import ResponseKey as Key
from actions.text_messages import for_text_message
from support.facts import Evidence, Fact
from tests.orders import NOW

TOLD = Evidence("Kmart order system", NOW)


def said(*says: Say) -> list[tuple[Key, bool]]:
    return [(say.key, say.joins) for say in for_text_message(says)]


def joined(key: Key, **facts: str) -> Say:
    return Say(key, facts={name: Fact(value, TOLD) for name, value in facts.items()}, joins=True)


def test_what_is_in_the_parcel_is_told_to_those_who_ask() -> None:
    answer = said(Say(Key.ORDER_STANDARD), joined(Key.PARCEL_ITEMS), joined(Key.PARCEL_SHIPPED))

    assert answer == [(Key.ORDER_STANDARD, False), (Key.PARCEL_SHIPPED, True)]


def test_a_scan_tells_since_when() -> None:
    answer = said(
        Say(Key.ORDER_STANDARD),
        joined(Key.PARCEL_SHIPPED),
        joined(Key.PARCEL_SINCE),
        joined(Key.PARCEL_SCAN),
    )

    assert [key for key, _ in answer] == [Key.ORDER_STANDARD, Key.PARCEL_SHIPPED, Key.PARCEL_SCAN]


def test_a_parcel_without_scans_tells_since_when_it_stands_so() -> None:
    assert (Key.PARCEL_SINCE, True) in said(
        Say(Key.ORDER_STANDARD), joined(Key.PARCEL_SHIPPED), joined(Key.PARCEL_SINCE)
    )


def test_two_sources_that_disagree_matter_more_than_the_scan() -> None:
    answer = said(
        Say(Key.ORDER_STANDARD),
        joined(Key.PARCEL_SCAN),
        joined(Key.PARCEL_SOURCES_DISAGREE),
        joined(Key.PARCEL_REASON_NEWER),
    )

    assert [key for key, _ in answer] == [
        Key.ORDER_STANDARD,
        Key.PARCEL_SOURCES_DISAGREE,
        Key.PARCEL_REASON_NEWER,
    ]


def test_what_one_parcel_leaves_out_another_may_tell() -> None:
    answer = said(
        Say(Key.PARCEL_TITLE_WITHOUT_ITEMS),
        joined(Key.PARCEL_SINCE),
        joined(Key.PARCEL_SCAN),
        Say(Key.PARCEL_TITLE_WITHOUT_ITEMS),
        joined(Key.PARCEL_SINCE),
    )

    assert answer[-1] == (Key.PARCEL_SINCE, True)


def test_the_question_what_else_there_is_costs_no_message() -> None:
    answer = said(Say(Key.ORDER_STANDARD), joined(Key.PARCEL_SHIPPED), Say(Key.NEXT_COMING))

    assert (Key.NEXT_COMING, False) not in answer


def test_each_parcel_has_a_message_of_its_own() -> None:
    answer = said(
        Say(Key.DETAIL_ORDER),
        joined(Key.PARCEL_TITLE, items="Kettle"),
        joined(Key.PARCEL_CARRIER_LINK),
        joined(Key.PARCEL_TITLE, items="Lamp"),
        joined(Key.PARCEL_CARRIER_LINK),
    )

    assert answer == [
        (Key.DETAIL_ORDER, False),
        (Key.PARCEL_TITLE, False),
        (Key.PARCEL_CARRIER_LINK, True),
        (Key.PARCEL_TITLE, False),
        (Key.PARCEL_CARRIER_LINK, True),
    ]


def test_a_parcel_with_a_long_list_of_items_has_a_number_only() -> None:
    items = ", ".join(["Anko Outdoor Solar Lights 10 Pack"] * 3)

    assert said(Say(Key.PARCEL_TITLE, facts={"items": Fact(items, TOLD)})) == [
        (Key.PARCEL_TITLE_WITHOUT_ITEMS, False)
    ]


def test_the_newest_scans_are_told() -> None:
    scans = [joined(Key.TRACKING_HISTORY_EVENT, scan=f"scan {number}") for number in range(5)]

    answer = for_text_message([Say(Key.TRACKING_HISTORY), *scans])

    assert [say.facts["scan"].value for say in answer[1:]] == ["scan 0", "scan 1", "scan 2"]


def test_what_is_left_begins_the_message() -> None:
    answer = said(Say(Key.PARCEL_ITEMS), joined(Key.PARCEL_SHIPPED))

    assert answer == [(Key.PARCEL_SHIPPED, False)]
