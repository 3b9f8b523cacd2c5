"""Domain, code and data name the same things."""

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

import actions as actions_package
from actions.base import AssistantAction
from actions.registry import build_actions
from actions.topics import Topic
from tests.actions.services import services_for_tests
from tests.contract.project_files import ROOT, domain, rules, training_lines

TOPICS_OF_DATA = {
    "order_status", "eta", "tracking", "missing_parcel", "address", "delay", "click_and_collect",
    "marketplace", "case_status", "identity", "handover", "smalltalk", "fallback", "remedies",
    "again", "order_details", "choices", "identity_help", "feedback", "notifications", "questions",
    "missing_items",
}  # fmt: skip
CLOSED_INTENTS = {
    "track_order", "check_tracking", "tracking_not_updating", "no_tracking_info",
    "delivered_not_received", "missing_item_or_damaged", "wrong_address", "delivery_delayed",
    "eta_question", "click_and_collect", "marketplace_order", "status_meaning",
    "find_tracking_link", "case_status", "request_human", "complaint", "refund_or_return",
    "cancel_order", "change_order", "provide_details", "affirm", "deny", "greet", "goodbye",
    "thanks", "bot_challenge", "stop_or_cancel", "correct_detail", "out_of_scope",
}  # fmt: skip


def test_the_domain_lists_the_actions_that_exist() -> None:
    built = {action.name() for action in build_actions(services_for_tests())}

    assert set(domain()["actions"]) == built


def test_every_action_class_is_built() -> None:
    for module in pkgutil.iter_modules(actions_package.__path__):
        if module.name != "__main__":
            import_module(f"actions.{module.name}")
    concrete = {
        kind.action_name
        for kind in _subclasses(AssistantAction)
        if "action_name" in vars(kind) and not inspect.isabstract(kind)
    }
    built = {action.name() for action in build_actions(services_for_tests())}

    assert concrete == built


def test_intents_keep_their_published_names() -> None:
    assert set(domain()["intents"]) >= CLOSED_INTENTS


def test_every_intent_has_training_lines_and_a_rule() -> None:
    taught = {intent for _, intent, _ in training_lines()}
    ruled = {step["intent"] for _, rule in rules() for step in rule["steps"] if "intent" in step}
    intents = set(domain()["intents"])

    assert intents - taught == {"nlu_fallback", "follow_up", "give_back"}
    assert taught - intents == set()
    assert intents - ruled == set()


def test_no_line_teaches_two_intents() -> None:
    pairs = {(line.casefold(), intent) for _, intent, line in training_lines()}
    lines = Counter(line for line, _ in pairs)

    assert [line for line, intents in lines.items() if intents > 1] == []


def test_rules_speak_of_known_intents_and_actions() -> None:
    steps = [step for _, rule in rules() for step in rule["steps"]]
    intents = {step["intent"] for step in steps if "intent" in step}
    actions = {step["action"] for step in steps if "action" in step}
    known = set(domain()["actions"]) | set(domain()["forms"])

    assert intents - set(domain()["intents"]) == set()
    assert {name for name in actions - known if not name.startswith("utter_")} == set()


def test_data_is_split_by_the_same_topics_everywhere() -> None:
    for part in ("nlu", "rules", "responses"):
        files = {path.stem for path in (ROOT / "data" / part).glob("*.yml")}
        assert files - TOPICS_OF_DATA == set()


def test_every_topic_of_the_actions_is_answered() -> None:
    answered = {
        action.topic
        for action in build_actions(services_for_tests())
        if isinstance(getattr(action, "topic", None), Topic)
    }

    assert answered == set(Topic)


def _subclasses(kind: type[AssistantAction]) -> set[type[AssistantAction]]:
    return {kind} | {sub for one in kind.__subclasses__() for sub in _subclasses(one)}
