"""Every point can be explained: which keyword matched which words how, and what was refused and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.bank.model import Question
from quizbot.grading.explain import KeywordWhy, explain, lines
from quizbot.grading.grade import grade
from tests.conftest import load

Asking = Callable[..., Question]


def only(question: Question, said: str) -> KeywordWhy:
    return explain(question, said).concepts[0].keywords[0]


@pytest.mark.parametrize(
    ("keyword", "said", "how"),
    [
        ("dropout", "use dropout", "exact"),
        ("memorize", "to memorise", "exact"),
        ("deploy", "the deployment", "stem"),
        ("dropout", "use droput", "typo"),
        ("machine_learning", "it is ml", "synonym"),
    ],
)
def test_how_a_word_matched_is_told(asking: Asking, keyword: str, said: str, how: str) -> None:
    found = only(asking(f"- {keyword}", vocabulary="{same: [[machine learning, ml]]}"), said)
    assert found.found
    assert [place.how for place in found.places] == [how]


@pytest.mark.parametrize(
    ("keyword", "said", "why"),
    [
        ("reduce variance", "it does not reduce variance", "denied by “not”"),
        ("reduce variance", "it is not true that they reduce variance", "the statement is denied as a whole"),
        ("reduce variance", "I reduce costs. There is also variance.", "its words are in different clauses"),
        (
            "reduce variance",
            "reduce one big heavy slow model whose size grew with its variance",
            "its words are too far apart",
        ),
        ("not reduce variance", "they reduce variance", "the keyword says “not”, the answer does not"),
        ("low bias", "high bias model trees, low variance", "its words belong to different things"),
        ("reduce variance", "they reduce cost", "nothing says variance"),
    ],
)
def test_why_a_keyword_was_refused_is_told(asking: Asking, keyword: str, said: str, why: str) -> None:
    refused = only(asking(f"- {keyword}", vocabulary="{apart: [[high, low], [bias, variance]]}"), said)
    assert not refused.found
    assert why in refused.why


@pytest.mark.parametrize(
    ("keyword", "said", "meant", "why"),
    [
        ("supervised learning", "unsupervised learning", "supervized", "another word of the field"),
        ("causal effect", "a casual effect", "causal", "a word of its own"),
    ],
)
def test_confusable_words_are_named(asking: Asking, keyword: str, said: str, meant: str, why: str) -> None:
    places = only(asking(f"- {keyword}"), said).places
    assert [(refused.meant, refused.why) for place in places for refused in place.refused] == [(meant, why)]


def test_words_of_a_misconception_are_told_to_earn_nothing() -> None:
    question = load(
        "schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n    ask: What is a step?\n    answer: x\n"
        "    concepts: [{id: step, name: step, any: [one weight update]}]\n"
        "    misconceptions: [{id: epoch, any: [epoch one update], say: It is a pass., costs: 1}]\n"
    ).questions[0]
    assert only(question, "An epoch is one weight update.").why == "its words say what is wrong"
    assert only(question, "A step is one weight update.").why == "found"


def test_a_misconception_that_was_hit_is_explained(overfit: Question) -> None:
    why = explain(overfit, "training error is high and validation error is low")
    [wrong] = why.misconceptions
    assert wrong.share == 1
    assert wrong.keywords[0].found


def test_quoted_words_of_the_interviewer_are_shown(overfit: Question) -> None:
    assert "overfitting" in explain(overfit, overfit.ask).quoted


def test_a_question_without_concepts_shows_the_words_in_common() -> None:
    question = Question("q", "b", "skill", "mid", "t", "What is a stack?", answer="A stack is last in first out.")  # type: ignore[arg-type]
    why = explain(question, "the last element goes out first")
    assert "of its words are in the answer" in why.concepts[0].keywords[0].why


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_is_explained_and_the_mark_is_the_same(said: str) -> None:
    question = Question("q", "b", "skill", "mid", "t", "What is a stack?", answer="A stack is last in first out.")  # type: ignore[arg-type]
    why = explain(question, said)
    assert why.mark == grade(question, said)
    assert all("\n" not in line for line in lines(why))
