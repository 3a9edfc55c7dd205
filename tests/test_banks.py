"""The shipped banks hold what they promise: well formed, with tests of their own that pass."""

from __future__ import annotations

from collections import Counter

import pytest

from quizbot.authoring.check import check_tests
from quizbot.bank.library import Library
from quizbot.bank.model import Bank

LIBRARY = Library()


def test_no_bank_has_a_problem() -> None:
    assert [str(problem) for problem in LIBRARY.problems] == []


@pytest.mark.parametrize("bank", LIBRARY.banks(), ids=lambda bank: bank.id)
def test_a_bank_passes_its_own_tests(bank: Bank) -> None:
    assert [str(problem) for problem in check_tests(bank)] == []


@pytest.mark.parametrize("bank", LIBRARY.banks(), ids=lambda bank: bank.id)
def test_every_question_has_what_a_good_one_needs(bank: Bank) -> None:
    for question in bank.questions:
        assert 2 <= len(question.concepts) <= 7, question.key
        assert all(concept.hint and concept.probe for concept in question.concepts), question.key
        assert len(question.examples) >= 5, question.key
        assert len(question.also) >= 2, question.key
        assert question.misconceptions, question.key
        assert question.followups, question.key
        assert 45 <= len(question.answer.split()) <= 170, question.key


def test_there_are_enough_questions_for_every_level() -> None:
    levels = Counter(str(question.level) for question in LIBRARY.questions())
    assert sum(levels.values()) >= 452
    assert min(levels.values()) >= 99
