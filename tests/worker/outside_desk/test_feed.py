"""What the outside desk is told of a conversation: everything, in its order, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from gateway.conversation_log import ConversationLog, Customer, Reply, Sender
from gateway.handover import Agent, AgentId, Handover
from gateway.handover.outside import outside_agent
from gateway.outside_desk.ledger import Ledger
from gateway.ownership import Owner, Ownership
from support.handover import PersonRequest, Reason
from support.ids import ConversationId, CustomerId, SenderKey
from support.systems.desk.errors import DeskRefused
from support.systems.desk.memory import MemoryDesk
from support.systems.desk.models import DeskMessage, Standing
from support.systems.errors import SystemRateLimited, SystemUnreachable
from support.times import utc_now
from worker.outbound.attempts import SETTLED_AFTER, Later
from worker.outbound.dead_letters import DeadLetters
from worker.outside_desk.feed import GIVE_UP_AFTER, LINE, DeskFeed
from worker.outside_desk.reading import StoryReader

KIM = outside_agent("3", "Kim")
PAGE_LEE = Agent(agent_id=AgentId("lee"), first_name="Lee")
REQUEST = PersonRequest(
    reason=Reason.ASKED,
    summary="Wants to talk about 410200341.",
    verified="code",
    order_number="410200341",
    contact="sam@example.com",
)


@dataclass
class Post:
    """A conversation, and what tells the desk about it."""

    redis: Redis
    conversation_id: ConversationId
    desk: MemoryDesk = field(default_factory=MemoryDesk)
    now: Callable[[], object] = utc_now
    said: int = 0

    def __post_init__(self) -> None:
        self.log = ConversationLog(self.redis, keep=timedelta(days=1))
        self.handover = Handover.on(self.redis, self.log, has_outside_desk=True)
        self.ledger = Ledger(self.redis, keep=timedelta(days=1))
        self.dead_letters = DeadLetters(self.redis, LINE)

    @property
    def feed(self) -> DeskFeed:
        reader = StoryReader(self.handover.store)
        return DeskFeed(reader, self.desk, self.ledger, self.dead_letters, now=self.now)  # type: ignore[arg-type]

    async def asks(self) -> None:
        await self.handover.customers.request_person(self.conversation_id, REQUEST)

    async def customer(self, text: str) -> None:
        self.said += 1
        await self.log.append_customer_message(
            self.conversation_id, client_message_id=str(self.said), text=text
        )

    async def assistant(self, text: str) -> None:
        await self.log.append_reply(
            self.conversation_id,
            Reply(sender=Sender.BOT, text=text),
            dedupe_key=text,
            admitted=Ownership(Owner.BOT, 1),
        )

    async def agent(self, text: str) -> None:
        await self.handover.outside.say(self.conversation_id, KIM, text, message_id=text)

    async def send(self) -> Later | None:
        return await self.feed.send_all(self.conversation_id)

    def later_by(self, pause: timedelta) -> None:
        self.now = lambda: utc_now() + pause

    @property
    def messages(self) -> list[DeskMessage]:
        return [one for some in self.desk.messages.values() for one in some]

    @property
    def words(self) -> list[str]:
        return [one.text for one in self.messages if not one.note]

    @property
    def notes(self) -> list[str]:
        return [one.text for one in self.messages if one.note]

    @property
    def standings(self) -> list[Standing]:
        return self.desk.standings["1"]


@pytest.fixture
async def post(redis: Redis) -> Post:
    log = ConversationLog(redis, keep=timedelta(days=1))
    customer = Customer(customer_id=CustomerId("1001"), first_name="Sam")
    conversation_id = await log.create(channel="web", sender_key=SenderKey("s"), customer=customer)
    return Post(redis, conversation_id)


@pytest.fixture
async def waiting(post: Post) -> Post:
    """A customer who waits for a person, which the desk knows."""
    await post.customer("I want a person, my code is 482 913")
    await post.assistant("I get somebody.")
    await post.asks()
    assert await post.send() is None
    return post


async def test_what_the_assistant_has_alone_is_not_told(post: Post):
    await post.customer("where is my order")
    await post.assistant("On its way.")
    assert await post.send() is None
    assert post.desk.openings == []


async def test_who_asks_for_a_person_is_handed_over_with_all_that_is_known(waiting: Post):
    [opening] = waiting.desk.openings
    assert opening.key == waiting.conversation_id
    assert (opening.person, opening.name) == ("customer(1001)", "Sam")
    assert opening.attributes["order_number"] == "410200341"
    bundle, transcript = waiting.notes
    assert "The customer asks for a person." in bundle
    assert "Wants to talk about 410200341." in bundle
    assert "Verified: by a one-time code" in bundle
    assert "Order: 410200341" in bundle
    assert "sam@" not in bundle
    assert transcript == (
        "Said before:\n\nCustomer: I want a person, my code is ••••••\n\nAssistant: I get somebody."
    )
    assert waiting.words == []
    assert waiting.standings[-1] is Standing.OPEN


async def test_while_they_wait_and_talk_the_customers_words_are_told_once(waiting: Post):
    await waiting.customer("Anybody?")
    await waiting.assistant("I can look.")
    await waiting.send()
    await waiting.agent("Hello Sam.")
    await waiting.customer("Where is it?")
    for _ in range(3):
        assert await waiting.send() is None
    assert waiting.words == ["Anybody?", "Where is it?"]
    assert waiting.notes[2:] == ["Assistant: I can look."]


async def test_given_back_and_asked_again_it_is_the_same_conversation(waiting: Post):
    await waiting.agent("Hello.")
    await waiting.handover.outside.give_back(waiting.conversation_id, KIM, summary="Settled.")
    await waiting.customer("thanks")
    await waiting.send()
    assert waiting.words == []
    await waiting.asks()
    await waiting.send()
    assert len(waiting.desk.openings) == 1
    assert waiting.notes[-1] == "Said before:\n\nNotice: {}\n\nCustomer: thanks".format(
        "Kim has left the chat. I'm the assistant again, an automated helper, and I know what was "
        "settled: you don't have to repeat anything."
    )
    assert waiting.standings[-1] is Standing.OPEN


async def test_who_leaves_the_queue_or_the_chat_is_not_waited_for(waiting: Post):
    await waiting.handover.customers.leave_queue(waiting.conversation_id)
    await waiting.send()
    assert waiting.notes[-1].startswith("The customer no longer needs a person.")
    assert waiting.standings[-1] is Standing.ENDED
    assert (await waiting.ledger.record(waiting.conversation_id)).standing is Standing.ENDED
    await waiting.handover.customers.end(waiting.conversation_id)
    await waiting.send()
    assert waiting.notes[-1] == "The customer has ended the chat."


async def test_after_stop_nobody_is_to_write_and_who_must_be_reached_stays(waiting: Post):
    await waiting.handover.customers.stop(waiting.conversation_id)
    await waiting.send()
    assert waiting.notes[-1] == "The customer replied STOP: nothing may be sent to them here."
    assert waiting.standings[-1] is Standing.ENDED


async def test_a_complaint_stays_open_after_stop_with_its_reference(post: Post):
    complaint = REQUEST.model_copy(update={"reason": Reason.COMPLAINT})
    await post.handover.customers.request_person(post.conversation_id, complaint)
    await post.handover.customers.stop(post.conversation_id)
    await post.send()
    assert "in another way, under the reference CB-" in post.notes[-1]
    assert post.standings[-1] is Standing.OPEN


async def test_what_the_desk_did_itself_it_is_not_told(waiting: Post):
    before = (list(waiting.notes), list(waiting.standings))
    await waiting.agent("Hello.")
    await waiting.handover.outside.close(waiting.conversation_id, KIM, "resolved")
    await waiting.send()
    assert (waiting.notes, waiting.standings) == before


async def test_what_is_done_on_our_own_page_it_is_told(waiting: Post):
    await waiting.handover.duty.come_online(PAGE_LEE, now=utc_now())
    agents = waiting.handover.agents
    await agents.take_over(waiting.conversation_id, PAGE_LEE.agent_id)
    await agents.say(
        waiting.conversation_id, PAGE_LEE.agent_id, "Hi, Lee here.", client_message_id="1"
    )
    await agents.close(waiting.conversation_id, PAGE_LEE.agent_id, "solved")
    await waiting.send()
    assert waiting.notes[2:] == [
        "lee took over on the assistant's own page.",
        "Lee: Hi, Lee here.",
    ]
    assert waiting.standings[-1] is Standing.ENDED


async def test_a_ticket_is_told_with_its_reference(waiting: Post):
    ticket = await waiting.handover.customers.choose_ticket(waiting.conversation_id)
    await waiting.send()
    assert ticket is not None
    assert ticket.reference in waiting.notes[-1]


@pytest.mark.parametrize("taken", [False, True], ids=["not taken", "taken"])
async def test_a_desk_that_is_down_is_told_later_in_order_and_once(waiting: Post, *, taken: bool):
    await waiting.customer("One.")
    await waiting.customer("Two.")
    waiting.desk.failures = [SystemUnreachable("desk")]
    waiting.desk.takes_although_failing = taken
    assert await waiting.send() == Later(timedelta(seconds=1))
    early = await waiting.send()
    assert early is not None
    assert timedelta(seconds=4) < early.pause <= SETTLED_AFTER
    waiting.later_by(SETTLED_AFTER)
    assert await waiting.send() is None
    assert waiting.words == ["One.", "Two."]


async def test_what_may_have_been_taken_is_asked_for_until_there_is_an_answer(waiting: Post):
    await waiting.customer("One.")
    waiting.desk.failures = [SystemUnreachable("desk")]
    waiting.desk.takes_although_failing = True
    await waiting.send()
    waiting.later_by(SETTLED_AFTER)
    waiting.desk.failures = [SystemRateLimited("desk")]
    assert await waiting.send() == Later(timedelta(seconds=2))
    assert await waiting.send() is None
    assert waiting.words == ["One."]


async def test_what_was_certainly_not_taken_is_sent_again_without_asking(waiting: Post):
    await waiting.customer("One.")
    waiting.desk.failures = [SystemRateLimited("desk")]
    assert await waiting.send() == Later(timedelta(seconds=1))
    assert await waiting.send() is None
    assert waiting.words == ["One."]


async def test_pauses_grow_and_a_desk_that_says_when_is_believed(post: Post):
    await post.asks()
    post.desk.failures = [SystemUnreachable("desk"), SystemUnreachable("desk")]
    assert await post.send() == Later(timedelta(seconds=1))
    assert await post.send() == Later(timedelta(seconds=2))
    minute = timedelta(minutes=1)
    post.desk.failures = [SystemRateLimited("desk", retry_after=minute)]
    assert await post.send() == Later(minute)
    assert await post.send() is None
    assert len(post.desk.openings) == 1


async def test_what_the_desk_refuses_is_left_to_operators_and_the_rest_goes_on(post: Post):
    await post.asks()
    post.desk.failures = [DeskRefused("desk", "status 401")]
    await post.customer("One.")
    assert await post.send() is None
    [letter] = await post.dead_letters.newest(10)
    assert (letter.channel, letter.reason, letter.position) == ("desk", "status 401", -2)
    assert post.words == ["One."]
    await post.dead_letters.send_again(letter.letter_id)
    assert await DeadLetters(post.redis).wanted_again() == []
    [(conversation_id, number)] = await post.dead_letters.wanted_again()
    for _ in range(2):
        assert await post.feed.send_again(conversation_id, number) is None
    assert len(post.notes) == 1
    assert await post.dead_letters.newest(10) == []


async def test_one_message_that_was_refused_can_be_sent_again(waiting: Post):
    await waiting.customer("One.")
    waiting.desk.failures = [DeskRefused("desk", "status 422")]
    await waiting.send()
    [letter] = await waiting.dead_letters.newest(1)
    assert await waiting.feed.send_again(waiting.conversation_id, letter.position) is None
    assert waiting.words == ["One."]
    waiting.desk.failures = [DeskRefused("desk", "status 422")]
    await waiting.feed.send_again(waiting.conversation_id, letter.position)
    assert len(await waiting.dead_letters.newest(10)) == 2


async def test_nothing_is_retried_for_ever(waiting: Post):
    await waiting.customer("One.")
    waiting.later_by(GIVE_UP_AFTER + timedelta(minutes=1))
    assert await waiting.send() is None
    assert waiting.words == []
    assert (await waiting.dead_letters.newest(1))[0].reason == "too_old"


async def test_why_an_agents_words_did_not_arrive_is_brought_once(waiting: Post):
    note = DeskMessage(key="refused-1", text="Not delivered.", note=True)
    for _ in range(3):
        await waiting.ledger.add_note(waiting.conversation_id, note)
    waiting.desk.failures = [SystemUnreachable("desk")]
    assert await waiting.send() == Later(timedelta(seconds=1))
    await waiting.send()
    await waiting.ledger.add_note(waiting.conversation_id, note)
    await waiting.send()
    assert waiting.notes[2:] == ["Not delivered."]


async def test_a_conversation_that_is_no_longer_kept_is_let_go(post: Post):
    gone = ConversationId("c-gone")
    assert await post.feed.send_all(gone) is None
    assert await post.feed.send_again(gone, 1) is None


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", range(1, 18))
async def test_who_dies_at_anything_written_tells_everything_once(
    post: Post, monkeypatch: pytest.MonkeyPatch, number: int, *, after: bool
):
    await post.customer("Before.")
    await post.asks()
    await post.customer("One.")
    await post.customer("Two.")
    writes = 0
    written = post.ledger.write

    async def mortal(*arguments: object, **changes: object) -> None:
        nonlocal writes
        writes += 1
        if writes == number and not after:
            raise Killed
        await written(*arguments, **changes)  # type: ignore[arg-type]
        if writes == number:
            raise Killed

    monkeypatch.setattr(post.ledger, "write", mortal)
    with pytest.raises(Killed):
        await post.send()
    post.later_by(SETTLED_AFTER)
    await post.send()
    assert len(post.desk.openings) == 1
    assert post.words == ["One.", "Two."]
    assert len(post.notes) == 2
