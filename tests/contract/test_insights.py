from pathlib import Path

import yaml

from actions.topics import Topic
from gateway.insights.problems import NO_PROBLEM, PROBLEMS
from gateway.insights.words import NAMES

BESIDE_TOPICS = {
    "refund_or_return",
    "cancel_order",
    "change_order",
    "identification",
    "person",
    "out_of_scope",
    "other_language",
}


def test_every_intent_is_a_problem_or_none():
    intents = yaml.safe_load(Path("domain.yml").read_text())["intents"]

    assert set(intents) == set(PROBLEMS) | NO_PROBLEM
    assert not set(PROBLEMS) & NO_PROBLEM


def test_problems_have_the_words_of_the_topics():
    assert set(PROBLEMS.values()) <= {topic.value for topic in Topic} | BESIDE_TOPICS


def test_every_problem_has_a_name_for_people():
    assert set(PROBLEMS.values()) <= set(NAMES)
