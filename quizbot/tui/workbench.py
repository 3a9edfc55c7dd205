"""A bank's file as the workshop sees it: read again after each save, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizbot.bank.model import Bank, Problem, Question, Vocabulary
from quizbot.bank.saves import Stamp, stamp


@dataclass(frozen=True, slots=True)
class Work:
    """The bank in a file (None if nothing in it can be used), and the problems of its form."""

    bank: Bank | None
    problems: tuple[Problem, ...]
    at: Stamp

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that can be asked."""
        return self.bank.questions if self.bank else ()


def read_work(file: Path, shared: Vocabulary) -> Work:
    """Read the file as it is now; one that cannot be read is a problem of its own."""
    from quizbot.bank.library import load_file

    at = stamp(file)  # before the file is read: a save in between is then seen at the next look
    loaded = load_file(file, shared)
    return Work(loaded.bank, loaded.problems, at)


def failing(work: Work, question: Question) -> Sequence[Problem]:
    """Return which of a question's own tests fail. Only its own: a large bank would keep the writer waiting."""
    from quizbot.authoring.check import check_tests

    if work.bank is None:
        return ()
    return tuple(check_tests(replace(work.bank, questions=(question,))))


def answers_of(question: Question) -> list[tuple[str, str]]:
    """Return the answers that the bank itself gives, each with the name of what it is."""
    given = [("the model answer", question.answer)] if question.answer else []
    given += [(f"good answer {number}", text) for number, text in enumerate(question.also, start=1)]
    for number, example in enumerate(question.examples, start=1):
        wanted = (
            ""
            if example.mark is None
            else f", which must earn {'–'.join(f'{p:g}' for p in dict.fromkeys(example.mark))}"
        )
        given.append((f"example {number}{wanted}", example.say))
    return given
