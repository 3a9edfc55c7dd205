"""Cross-talk: what a model answer earns on questions that it does not answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizbot.bank.model import Problem, Question
from quizbot.grading.grade import grade
from quizbot.text import shorten

RULE = "cross-talk"

TOO_MUCH = 40
"""Points from which an answer to another question earns too much."""


@dataclass(slots=True)
class Tally:
    """How many pairs were looked at and how many earn too much, inside a topic and outside."""

    inside: int = 0
    inside_bad: int = 0
    outside: int = 0
    outside_bad: int = 0

    def __str__(self) -> str:
        return (
            f"cross-talk: {_share(self.inside_bad, self.inside)} of the pairs inside a topic and "
            f"{_share(self.outside_bad, self.outside)} of those outside earn {TOO_MUCH} or more"
        )


def _share(bad: int, of: int) -> str:
    return f"{100 * bad / of:.2f} % ({bad:,} of {of:,})" if of else "none"


def crosstalk(questions: Sequence[Question], others: Sequence[Question], tally: Tally) -> Iterator[Problem | None]:
    """Yield a problem for each answer to another question that earns too much, and None after each question.

    The model answers are those of `others`; a question is never held against its own.
    """
    for question in questions:
        if question.concepts:
            for other in others:
                if other.key == question.key or not other.answer:
                    continue
                mark = grade(question, other.answer)
                bad = mark.points >= TOO_MUCH
                if other.topic == question.topic:
                    tally.inside, tally.inside_bad = tally.inside + 1, tally.inside_bad + bad
                else:
                    tally.outside, tally.outside_bad = tally.outside + 1, tally.outside_bad + bad
                if bad:
                    by = [f"{item.id} by “{shorten(item.keyword, 50)}”" for item in mark.concepts if item.share]
                    said = f"{question.id}: the model answer of {other.key} earns {mark.points}"
                    yield Problem(question.place, said, RULE, tuple(by))
        yield None
