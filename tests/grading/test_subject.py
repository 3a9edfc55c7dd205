"""A long answer to another question earns little, even where a few of its words would earn something."""

from __future__ import annotations

import pytest

from quizbot.grading.grade import grade
from quizbot.grading.mark import Remark
from quizbot.grading.subject import STRAY_CAP
from tests.conftest import load

BANK = """
schema: 1
bank: b
title: B
topic: t
questions:
  - id: folds
    ask: What happens in k-fold cross-validation, and what does it cost?
    concepts:
      - {id: parts, name: parts, any: [split|divide data|rows parts|folds]}
      - {id: cost, name: cost, any: [train several|k|five times|models]}
    answer: >
      The rows are divided into k parts of equal size. The model is trained k times, each time on all parts but one, and
      is scored on the part that was left out. The scores are averaged, and their spread shows how far they can be
      trusted. Every row serves for training and for testing, so a small table is used well, and no lucky choice of the
      held-out rows decides. The price is that the computing time grows with the number of folds.
    also:
      - split the rows in five, leave each fifth out once, train five models, take the mean of their accuracy
      - >
        A teacher with thirty exercises wants to know how well the class learns. She sets six aside as an exam, teaches
        with the others, and next week swaps the roles, until each exercise was examined once; that means teaching
        several times over.
"""
QUESTION = load(BANK).questions[0]
ELSEWHERE = (
    "First I talk to the security people and encrypt the disks of our warehouse. Access goes by role, and every query "
    "leaves a line in a log that nobody may change. We split personal data from clinical notes in two parts, and hand "
    "keys to doctors alone. Backups lie in another country, where a lawyer looks after contracts, consent, deletion and "
    "requests of patients. When somebody quits, accounts are closed the same evening, laptops come back and badges stop "
    "opening doors."
)


def test_an_answer_that_is_mostly_about_something_else_is_capped_and_told_so() -> None:
    mark = grade(QUESTION, ELSEWHERE)
    assert [concept.share for concept in mark.concepts] == [1, 0]
    assert (mark.points, mark.remarks) == (STRAY_CAP, (Remark.STRAYING,))


@pytest.mark.parametrize(
    "said",
    [
        "We split the data in two parts.",
        "I cut up the table and divide all the rows into parts; hold each back, fit k models, and look at the mean.",
        f"{QUESTION.answer} And now about something else. {ELSEWHERE}",  # whoever has earned much may go on
    ],
)
def test_what_answers_the_question_is_not_held_for_something_else(said: str) -> None:
    assert Remark.STRAYING not in grade(QUESTION, said).remarks


def test_a_question_that_knows_few_words_takes_nothing_for_something_else() -> None:
    bare = load(BANK[: BANK.index("    answer:")] + "    answer: The rows are split into parts.\n").questions[0]
    assert grade(bare, ELSEWHERE).points == 50
