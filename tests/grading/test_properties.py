"""What holds for every answer, whatever is in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.bank.library import Library
from quizbot.bank.model import Question
from quizbot.grading.grade import grade
from quizbot.grading.mark import Mark
from quizbot.text import clean
from tests.conftest import OVERFIT, load

QUESTIONS = (
    load(OVERFIT).questions[0],
    load(OVERFIT.replace("    concepts:", "    wording: 0.5\n    concepts:", 1)).questions[0],
    *Library().banks()[0].questions[:3],
)
SAID = [
    text for question in QUESTIONS for text in (question.answer, *question.also, *(e.say for e in question.examples))
]


@st.composite
def answers(draw: st.DrawFn) -> tuple[Question, str]:
    """Return a question and an answer: any text, or words and sentences of real answers, shuffled and cut."""
    question = draw(st.sampled_from(QUESTIONS))
    if draw(st.booleans()):
        return question, draw(st.text(max_size=300))
    words = [word for text in SAID for word in text.split()]
    pieces = draw(st.lists(st.sampled_from(words) | st.sampled_from([".", "not", "but", ",", "and", "\n", "é", "ﬁ"])))
    return question, " ".join(pieces)


def shares(mark: Mark) -> list[float]:
    return [concept.share for concept in mark.concepts]


@given(answers())
def test_unicode_form_case_and_spaces_never_change_a_mark(given: tuple[Question, str]) -> None:
    question, said = given
    said = clean(said)
    mark = shares(grade(question, said))
    assert shares(grade(question, unicodedata.normalize("NFD", said))) == mark
    assert shares(grade(question, said.replace(" ", "   "))) == mark
    if said.lower().upper().lower() == said.lower() and len(said.lower()) == len(said) == len(said.upper()):
        assert shares(grade(question, said.lower())) == shares(grade(question, said.upper()))


@given(answers())
def test_spans_lie_on_the_borders_of_words(given: tuple[Question, str]) -> None:
    question, said = given
    text = clean(said)
    for concept in grade(question, said).concepts:
        for span in concept.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert not text[span.start].isspace()
            assert not text[span.end - 1].isspace()
            assert span.start == 0 or not (text[span.start - 1].isalnum() and text[span.start].isalnum())
            assert span.end == len(text) or not (text[span.end - 1].isalnum() and text[span.end].isalnum())


def keywords(question: Question) -> Iterator[tuple[int, str]]:
    """Yield the keywords of a question in plain words, with the number of their concept."""
    for number, concept in enumerate(question.concepts):
        for keyword in concept.keywords:
            if not any(phrase.negated for phrase in keyword.phrases):
                yield (
                    number,
                    ". ".join(" ".join(" ".join(slot[0]) for slot in phrase.slots) for phrase in keyword.phrases),
                )


@given(answers(), st.data())
@settings(max_examples=300)
def test_adding_the_words_of_a_keyword_never_lowers_its_concept(
    given: tuple[Question, str], data: st.DataObject
) -> None:
    question, said = given
    number, words = data.draw(st.sampled_from(list(keywords(question))))
    before = grade(question, said).concepts[number].share
    assert grade(question, f"{said}\n\n{words}.").concepts[number].share >= before


@pytest.mark.parametrize(
    "unit", ["not ", "a,", "bias and variance ", "(" * 5, "if not, ", "is true. ", "O(n ", "x^2 ", "a-b-c "]
)
def test_a_long_answer_of_one_thing_is_marked(unit: str) -> None:
    """Nothing is quadratic; if it were, this would take minutes."""
    for question in QUESTIONS:
        grade(question, unit * (200_000 // len(unit)))
