"""Questions by name for the commands that mark answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizbot.errors import Exit, QuizbotError

if TYPE_CHECKING:
    from quizbot.bank.library import Library
    from quizbot.bank.model import Question


def of_file(library: Library, file: Path) -> dict[str, Question]:
    """Return the questions of a bank's file, by their bare id and by "bank/id".

    Raises:
        QuizbotError: the bank has errors.
    """
    from quizbot.bank.library import load_file

    loaded = load_file(file, library.vocabulary)
    if loaded.bank is None or loaded.problems:
        raise QuizbotError(f"The bank has errors. {loaded.problems[0]}", f"See all with: quizbot bank check {file}")
    questions = {question.id: question for question in loaded.bank.questions}
    return questions | {question.key: question for question in loaded.bank.questions}


def named(library: Library, name: str) -> Question:
    """Return the question "bank/id", or that of a bare id if only one bank has it.

    Raises:
        QuizbotError: there is none, or there are several.
    """
    if "/" not in name:
        found = [question for question in library.questions() if question.id == name]
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(question.key for question in found)
            raise QuizbotError(f"There are {len(found)} questions “{name}”.", f"Name one of {keys}.", status=Exit.USAGE)
    return library.find(name)
