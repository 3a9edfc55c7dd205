"""A question with only a model answer can be marked at once."""

from __future__ import annotations

from quizbot.grading.grade import grade
from quizbot.grading.mark import Remark
from tests.conftest import load

CARD = """
schema: 1
bank: cards
title: Cards
topic: t
questions:
  - id: stack
    ask: What is a stack?
    answer: A stack is a container that returns its elements in the reverse order of insertion. Push adds one, pop removes the newest.
    also: [Last in, first out storage.]
"""


def test_an_answer_close_to_the_model_answer_is_strong_and_an_unrelated_one_weak() -> None:
    question = load(CARD).questions[0]
    close = grade(
        question,
        "a container whose elements come back in reverse order of insertion; push adds, pop removes the newest one",
    )
    assert close.points >= 80
    unrelated = grade(question, "the weather is lovely in spring")
    assert unrelated.points == 0
    assert Remark.OFF_SUBJECT in unrelated.remarks


def test_the_best_of_several_model_answers_counts() -> None:
    assert grade(load(CARD).questions[0], "last in first out").points >= 60


def test_repeating_the_question_earns_nothing() -> None:
    assert grade(load(CARD).questions[0], "What is a stack?").points <= 5
