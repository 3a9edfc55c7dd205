"""A bank's own tests: its examples, its model answers, and that each concept can be earned and missed.

A test that fails says what was expected and what came, and explains the mark word by word (`Problem.detail`).
"""

from __future__ import annotations

from collections.abc import Iterator

from quizbot.bank.model import Bank, Example, Place, Problem, Question
from quizbot.grading.explain import explain, lines
from quizbot.grading.grade import grade
from quizbot.grading.mark import Mark, State
from quizbot.text import shorten

ALSO_AT_LEAST = 70
"""Points that every other good answer (`also`) must earn."""

RULE = "test"
"""The rule of every problem found here."""

_SHOWN = 60


def check_tests(bank: Bank) -> Iterator[Problem]:
    """Yield what fails among a bank's own tests, question by question."""
    for question in bank.questions:
        yield from check_question(question)


def check_question(question: Question) -> Iterator[Problem]:
    """Yield what fails among a question's own tests."""
    yield from _answers(question)
    for example in question.examples:
        for message in _example(question, example):
            yield _failed(question, example.place, message, example.say)
    yield from _coverage(question)


def _failed(question: Question, place: Place, message: str, said: str) -> Problem:
    return Problem(place, message, RULE, tuple(lines(explain(question, said))))


def _answers(question: Question) -> Iterator[Problem]:
    if not question.concepts:
        return  # marked by the model answer itself
    if question.answer:
        mark = grade(question, question.answer)
        if mark.points < 100:
            said = f"the model answer of {question.id} earns {_why(mark)}, expected 100"
            yield _failed(question, question.place, said, question.answer)
    for number, text in enumerate(question.also, start=1):
        mark = grade(question, text)
        if mark.points < ALSO_AT_LEAST:
            said = f"the {_ordinal(number)} “also” answer of {question.id} earns {_why(mark)}"
            yield _failed(question, question.place, f"{said}, expected at least {ALSO_AT_LEAST}", text)


def _example(question: Question, example: Example) -> Iterator[str]:
    mark = grade(question, example.say)
    said = f"“{shorten(example.say, _SHOWN)}”"
    if example.mark:
        low, high = example.mark
        if not low <= mark.points <= high:
            wanted = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            yield f"{said} earns {_why(mark)}, expected {wanted}"
    found = {concept.id: concept for concept in mark.concepts}
    for concept in example.earns:
        if found[concept].share <= 0:
            yield f"{said} should earn {concept}, which is {found[concept].state}"
    for concept in example.misses:
        if found[concept].share > 0:
            yield f"{said} should miss {concept}, which it earns by “{found[concept].keyword}”"
    hits = {wrong.id for wrong in mark.misconceptions}
    for wrong in example.hits:
        if wrong not in hits:
            yield f"{said} should hit the misconception {wrong}, and does not"
    if example.mark is not None and not example.hits and hits:
        yield f"{said} hits {_list(sorted(hits))}; name it under “hits” if that is meant"


def _coverage(question: Question) -> Iterator[Problem]:
    """Yield the concepts that no example or answer earns, or that no example misses."""
    if not question.examples:
        return
    marks = [grade(question, text) for text in (*(item.say for item in question.examples), *question.also)]
    if question.answer:
        marks.append(grade(question, question.answer))
    for number, concept in enumerate(question.concepts):
        states = [mark.concepts[number].state for mark in marks]
        if State.EARNED not in states:
            said = f"no example or answer of {question.id} earns the concept {concept.id}"
            yield Problem(question.place, said, RULE)
        if all(state is State.EARNED for state in states):
            said = f"every example of {question.id} earns {concept.id}: add one that misses it"
            yield Problem(question.place, said, RULE)


def _why(mark: Mark) -> str:
    """Return the points and what was not earned, for one line."""
    lost = [concept.id for concept in mark.concepts if concept.state is not State.EARNED]
    reasons = [f"misses {_list(lost)}"] if lost else []
    reasons += [f"hits {wrong.id}" for wrong in mark.misconceptions]
    reasons += [f"is taken for a {remark}" for remark in mark.remarks if remark in ("keyword-list", "echo")]
    return f"{mark.points} ({'; '.join(reasons)})" if reasons else str(mark.points)


def _list(names: list[str]) -> str:
    return ", ".join(names)


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
