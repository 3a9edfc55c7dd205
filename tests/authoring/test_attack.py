"""Attacks and cross-talk: what earns too much, or loses too much, is shown with the words that did it."""

from __future__ import annotations

from quizbot.authoring.attack import attack, bare_list, denied_verbs, swapped, typos
from quizbot.authoring.crosstalk import Tally, crosstalk
from quizbot.clock import chance
from quizbot.grading.sides import Pair
from tests.conftest import OVERFIT, load

SHARP = load(OVERFIT).questions[0]


def test_a_good_question_stands_every_attack() -> None:
    assert list(attack(SHARP)) == []


def test_an_echo_that_earns_is_told() -> None:
    asked = "What is overfitting, how would you notice it, and how would you reduce it?"
    bare = OVERFIT.replace("- high variance", "- overfitting").replace(asked, "Explain overfitting.")
    messages = [problem.message for problem in attack(load(bare).questions[0])]
    assert any("repeating the question earns" in message for message in messages), messages


def test_a_concept_of_both_polarities_still_loses_a_denied_statement() -> None:
    twice = load(OVERFIT.replace("- high variance", "- memorises noise\n          - not memorises noise")).questions[0]
    assert list(attack(twice)) == [], "a denied statement is no negated mention"


def test_answers_to_other_questions_that_earn_much_are_told() -> None:
    text = (
        OVERFIT
        + """
  - id: second
    ask: What is a validation set for?
    concepts:
      - {id: a, name: a, any: [error]}
    answer: It shows the error on data that was not used for training.
"""
    )
    questions = load(text).questions
    tally = Tally()
    found = [problem for problem in crosstalk(questions, questions, tally) if problem]
    assert [problem.rule for problem in found] == ["cross-talk"]
    assert found[0].message.startswith("second: the model answer of ml-evaluation/overfit-define earns 100")
    assert found[0].detail == ("a by “error”",)
    assert (tally.inside, tally.inside_bad, tally.outside) == (2, 1, 0)
    assert "50.00 % (1 of 2)" in str(tally)


def test_the_changes_do_what_they_say() -> None:
    assert typos("regularization helps a lot", 1.0, chance(1)) != "regularization helps a lot"
    assert typos("it is so", 1.0, chance(1)) == "it is so"
    assert denied_verbs("it is small and can grow") == "it is not small and can not grow"
    assert denied_verbs("small") == "It is not true that small"
    pair = Pair(("l1", "l2"), {"l1": 0, "lasso": 0, "l2": 1})
    assert swapped("Lasso is sparse; L2 is not.", pair) == "l2 is sparse; l1 is not."
    assert bare_list(SHARP, "; ").startswith("memorizes noise; low training error")
