"""What every version of the outside desk promises."""

import pytest

from support.systems.desk.errors import DeskRefused
from support.systems.desk.models import DeskMessage, Opening, Place, Standing
from tests.support.systems.desk.conftest import There

OPENING = Opening(
    key="c-1",
    person="customer(1001)",
    name="Sam",
    attributes={"channel": "web", "order_number": "410200341"},
)


async def test_a_conversation_is_opened_once_however_often_it_is_asked_for(there: There):
    first = await there.desk.open(OPENING)
    again = await there.desk.open(OPENING)
    assert first == again
    assert there.openings() == ["c-1"]
    assert there.standing() == "open"


async def test_one_person_has_many_conversations(there: There):
    one = await there.desk.open(OPENING)
    other = await there.desk.open(OPENING.model_copy(update={"key": "c-2"}))
    assert one.contact == other.contact
    assert one.conversation != other.conversation
    assert there.openings() == ["c-1", "c-2"]


async def test_the_customers_words_and_notes_are_kept_apart(there: There):
    place = await there.desk.open(OPENING)
    await there.desk.tell(place, DeskMessage(key="n-1", text="Verified by a code.", note=True))
    await there.desk.tell(place, DeskMessage(key="m-1", text="Hello?"))
    assert there.words() == ["Hello?"]
    assert there.notes() == ["Verified by a code."]


async def test_what_was_told_is_found_by_its_key(there: There):
    place = await there.desk.open(OPENING)
    message_id = await there.desk.tell(place, DeskMessage(key="m-1", text="Hello?"))
    assert await there.desk.find(place, "m-1") == message_id
    assert await there.desk.find(place, "m-2") is None


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        (Standing.ENDED, "resolved"),
        (Standing.WITH_ASSISTANT, "pending"),
        (Standing.OPEN, "open"),
    ],
)
async def test_a_conversation_stands_as_it_is_told(there: There, standing: Standing, status: str):
    place = await there.desk.open(OPENING)
    await there.desk.stand(place, standing)
    await there.desk.stand(place, standing)
    assert there.standing() == status


async def test_what_is_not_there_is_refused(there: There):
    nowhere = Place(contact="1", conversation="999")
    with pytest.raises(DeskRefused):
        await there.desk.tell(nowhere, DeskMessage(key="m-1", text="Hello?"))
    with pytest.raises(DeskRefused):
        await there.desk.stand(nowhere, Standing.ENDED)
