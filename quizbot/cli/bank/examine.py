"""What adding, editing and watching a bank ask of it: that its form is right and its own tests pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizbot.bank.model import Bank, Problem, Vocabulary


@dataclass(frozen=True, slots=True)
class Examined:
    """A bank, if any of its questions can be used, and what is wrong with it, in the order of its lines."""

    bank: Bank | None
    problems: tuple[Problem, ...]

    @property
    def line(self) -> int:
        """The line of the first problem, counted from 1; 1 without any."""
        return self.problems[0].place.line if self.problems else 1


def examine(data: bytes, name: str, shared: Vocabulary) -> Examined:
    """Return what the bytes of a bank's file hold; `name` is the file in messages, `shared` the vocabulary of all."""
    from quizbot.authoring.check import check_tests
    from quizbot.bank.load import load_bank

    loaded = load_bank(data, name, "file", shared)
    problems = [*loaded.problems, *(check_tests(loaded.bank) if loaded.bank else ())]
    return Examined(loaded.bank, tuple(sorted(problems, key=lambda item: (item.place.line, item.place.column))))


def examine_file(file: Path, shared: Vocabulary) -> Examined:
    """Return what a bank's file holds; one that cannot be read is a problem of its own."""
    from quizbot.bank.model import Place, Problem
    from quizbot.bank.read import MAX_BYTES

    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)  # no more than shows that it is too large
    except OSError as problem:
        said = f"the file cannot be read: {problem.strerror or problem}"
        return Examined(None, (Problem(Place(str(file), 1, 1), said),))
    return examine(data, str(file), shared)
