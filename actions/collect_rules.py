"""What was published about collecting from a store, as sentences; what was not is said to be so."""

from actions.reply import Say
from actions.responses import ResponseKey
from support.decisions.click_and_collect import Wish
from support.facts import Fact
from support.knowledge.keys import KnowledgeKey
from support.knowledge.library import Library
from support.times import spoken_clock


def rules(wish: Wish | None, knowledge: Library) -> tuple[Say, ...]:
    """Return the published answer to what is asked; empty where it depends on the order alone."""
    match wish:
        case Wish.BRING:
            return _bring(knowledge)
        case Wish.BY_OTHERS:
            return _by_others(knowledge)
        case Wish.HOLDING | Wish.MORE_TIME:
            return _holding(knowledge)
        case Wish.ONEPASS:
            return _onepass(knowledge)
        case Wish.TIMES:
            return _times(knowledge)
        case _:
            return ()


def _bring(knowledge: Library) -> tuple[Say, ...]:
    what = knowledge.words(KnowledgeKey.COLLECT_BRING)
    if what is None:
        return (Say(ResponseKey.COLLECT_BRING_UNKNOWN),)
    return (Say(ResponseKey.COLLECT_BRING, facts={"what": what}),)


def _by_others(knowledge: Library) -> tuple[Say, ...]:
    allowed = knowledge.holds(KnowledgeKey.COLLECT_BY_OTHERS)
    if allowed is None:
        return (Say(ResponseKey.COLLECT_BY_OTHERS_UNKNOWN),)
    if not allowed.value:
        return (Say(ResponseKey.COLLECT_NOT_BY_OTHERS, checked=(allowed.evidence,)),)
    return (Say(ResponseKey.COLLECT_BY_OTHERS, checked=(allowed.evidence,)), *_and_bring(knowledge))


def _and_bring(knowledge: Library) -> tuple[Say, ...]:
    what = knowledge.words(KnowledgeKey.COLLECT_BRING)
    return (Say(ResponseKey.COLLECT_YOU_BRING, facts={"what": what}, joins=True),) if what else ()


def _holding(knowledge: Library) -> tuple[Say, ...]:
    time = knowledge.span(KnowledgeKey.COLLECT_HOLDING)
    if time is None:
        return (Say(ResponseKey.COLLECT_HOLDING_UNKNOWN),)
    told = Fact(time.value.spoken, time.evidence)
    return (Say(ResponseKey.COLLECT_HOLDING, facts={"time": told}),)


def _onepass(knowledge: Library) -> tuple[Say, ...]:
    time = knowledge.span(KnowledgeKey.COLLECT_ONEPASS)
    if time is None:
        return (Say(ResponseKey.COLLECT_ONEPASS_UNKNOWN),)
    told = Fact(time.value.spoken, time.evidence)
    return (Say(ResponseKey.COLLECT_ONEPASS, facts={"time": told}),)


def _times(knowledge: Library) -> tuple[Say, ...]:
    cut_off = knowledge.clock_time(KnowledgeKey.COLLECT_CUT_OFF)
    ready = knowledge.clock_time(KnowledgeKey.COLLECT_READY_FROM)
    if cut_off is None or ready is None:
        return (Say(ResponseKey.COLLECT_TIMES_UNKNOWN),)
    facts = {
        "cut_off": Fact(spoken_clock(cut_off.value), cut_off.evidence),
        "ready": Fact(spoken_clock(ready.value), ready.evidence),
    }
    return (Say(ResponseKey.COLLECT_TIMES, facts=facts),)
