"""The quality rules find what makes a question unfair, and let a reason in the file excuse them."""

from __future__ import annotations

from textwrap import indent

import pytest

from quizbot.authoring.lint import RULES, alike, lint
from quizbot.bank.library import Library
from quizbot.bank.model import Question
from tests.conftest import load

GOOD = """
ask: What does dropout do while a network is trained?
concepts:
  - id: off
    name: switches neurons off
    any: [switches|turns|drops neurons|units off, random neurons|units dropped]
    hint: Think of single neurons.
    probe: What happens to a neuron in one step?
  - id: rely
    name: neurons cannot rely on each other
    any: [co_adaptation, depend each_other]
    hint: Think of what neurons learn from each other.
    probe: Why does that help?
answer: It drops random units, so that they cannot depend on each other.
"""


def question(changes: dict[str, str] | None = None, text: str = GOOD) -> Question:
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    body = indent(text.strip(), "    ")
    bank = f"schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n{body}\n"
    return load(bank).questions[0]


def rules(made: Question, *, strict: bool = False) -> list[str]:
    return [problem.rule for problem in lint(made, strict=strict)]


def test_a_good_question_is_clean() -> None:
    assert rules(question()) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("no-hint", {"    hint: Think of single neurons.\n": ""}),
        ("no-probe", {"    probe: Why does that help?\n": ""}),
        ("yes-no", {"What does dropout do while a network is trained?": "Is dropout used in training?"}),
        ("yes-no", {"What does dropout do while a network is trained?": "You train a net. Does dropout help you?"}),
        ("long-prompt", {"What does dropout do": "What, " + "in a very long prompt, " * 13 + "does dropout do"}),
        ("common-word", {"[co_adaptation,": "[co_adaptation, training,"}),
        ("common-word", {"[co_adaptation,": "[co_adaptation, overfit|problems,"}),
        ("common-word", {"[co_adaptation,": "[co_adaptation, which_metric|how_many_users,"}),
        ("asked-keyword", {"[co_adaptation,": "[co_adaptation, network trained,"}),
        ("near-words", {"units dropped]": "units dropped, sampling]", "[co_adaptation,": "[co_adaptation, sapling,"}),
        ("always-with", {"[co_adaptation, depend each_other]": "[drops units off each_other]"}),
        (
            "echo",
            {"What does dropout do while a network is trained?": "Explain dropout.", "[co_adaptation,": "[dropout,"},
        ),
    ],
)
def test_each_rule_finds_its_fault(rule: str, changes: dict[str, str]) -> None:
    assert rule in rules(question(changes))


@pytest.mark.parametrize(
    "asked",
    ["What is it, and should it be used?", "How would you do that? Explain it.", "Why do deep networks need it?"],
)
def test_a_question_that_asks_how_or_why_is_open(asked: str) -> None:
    assert "yes-no" not in rules(question({"What does dropout do while a network is trained?": asked}))


def test_unused_keywords_are_named_on_request_only() -> None:
    assert rules(question()) == []
    [problem, _] = list(lint(question(), strict=True))
    assert problem.rule == "unused-keyword"
    assert "“switches|turns|drops neurons|units off”" in problem.message


def test_a_rule_that_is_broken_on_purpose_is_excused_with_its_reason() -> None:
    without = {"    hint: Think of single neurons.\n": ""}
    excused = GOOD + "lint_ok: {no-hint: the question is a hint itself}\n"
    assert rules(question(without, excused)) == []
    assert rules(question(None, GOOD + "lint_ok: {no-hnt: a slip}\n")) == ["lint_ok"]


def test_questions_that_read_alike_are_told_with_their_place() -> None:
    one = question()
    two = question(
        {"What does dropout do while a network is trained?": "While a network is trained, what does dropout do?"}
    )
    other = question({"What does dropout do while a network is trained?": "Why is batch size a hyperparameter?"})
    [problem] = list(alike([one, other, two]))
    assert problem.rule == "alike"
    assert "b/q" in problem.message
    assert list(alike([one, other])) == []


def test_every_rule_of_a_shipped_bank_is_known() -> None:
    for made in Library().questions():
        assert {rule for rule, _ in made.lint_ok} <= {*RULES, "alike"}, made.key
