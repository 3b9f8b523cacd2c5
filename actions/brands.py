"""Target's customers are not sent to Kmart's pages: what is said to them instead."""

from collections.abc import Iterator, Mapping
from typing import Final

from actions.provenance import WORDS
from actions.reply import Reply, Say
from actions.responses import ResponseKey
from actions.turn import Turn
from support.decisions.eta_question import is_about_target
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.systems.orders.models import Brand

SLOT: Final = "brand"

_OF_TARGET: Final[Mapping[ResponseKey, ResponseKey]] = {
    ResponseKey.CANCEL_ORDER: ResponseKey.TARGET_CANCEL_ORDER,
    ResponseKey.CHANGE_ORDER: ResponseKey.TARGET_CHANGE_ORDER,
    ResponseKey.REFUND_OR_RETURN: ResponseKey.TARGET_REFUND_OR_RETURN,
    ResponseKey.REQUEST_HUMAN: ResponseKey.TARGET_PERSON,
    ResponseKey.REQUEST_HUMAN_WITH_ORDER: ResponseKey.TARGET_PERSON,
    ResponseKey.COMPLAINT: ResponseKey.TARGET_COMPLAINT,
    ResponseKey.COMPLAINT_WITH_ORDER: ResponseKey.TARGET_COMPLAINT,
    ResponseKey.PERSON_TOO: ResponseKey.TARGET_PERSON,
    ResponseKey.OUT_OF_SCOPE: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_GIFT_CARD: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_STORE_RETURN: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_STOCK: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_STORE: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_PAYMENT: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.NEXT_DOOR_PRIVACY: ResponseKey.TARGET_OUT_OF_SCOPE,
    ResponseKey.DETAIL_NO_STORE: ResponseKey.TARGET_NO_STORE,
    ResponseKey.TRACKING_LINK_PLACES: ResponseKey.TARGET_TRACKING_PLACES,
}
_WITHOUT_CONTACT: Final = frozenset({ResponseKey.TARGET_TRACKING_PLACES})


def for_brand(turn: Turn, reply: Reply, knowledge: Library) -> Reply:
    """Return a reply in the words for the shop whose customer reads it."""
    brand = reply.slots.get(SLOT) or turn.slot(SLOT)
    if brand != Brand.TARGET and not is_about_target(turn.text):
        return reply
    says = [said for say in reply.says for said in _said(say, knowledge)]
    return Reply(
        says=tuple(says),
        slots=reply.slots,
        then=reply.then,
        leaves_form=reply.leaves_form,
        offer=reply.offer,
        choices=reply.choices,
    )


def _said(say: Say, knowledge: Library) -> Iterator[Say]:
    key = _OF_TARGET.get(say.key)
    if key is None:
        yield say
        return
    words = {name: value for name, value in say.words.items() if name in WORDS.get(key, {})}
    yield Say(
        key, words=words, checked=say.checked, quick_replies=say.quick_replies, joins=say.joins
    )
    if key not in _WITHOUT_CONTACT:
        yield _contact(knowledge)


def _contact(knowledge: Library) -> Say:
    page = knowledge.words(KnowledgeKey.TARGET_CONTACT_PAGE)
    if page is None:
        return Say(ResponseKey.TARGET_CONTACT_UNKNOWN, joins=True)
    return Say(
        ResponseKey.TARGET_CONTACT, facts={"page": Fact(page.value, page.evidence)}, joins=True
    )
