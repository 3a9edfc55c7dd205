"""What is wrong in one file, collected while it is read to its end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from quizbot.bank.model import Place, Problem

MOST = 500
"""So many problems are kept for one file; the rest is only counted (a file of rubbish could hold millions)."""


class Located(Protocol):
    """Something that stands at a line and column, both counted from 1."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class Problems:
    """The problems of one file. `found` counts them all, so that a part can be asked whether it added any."""

    def __init__(self, file: str) -> None:
        self.found = 0
        self._file = file
        self._kept: list[Problem] = []

    def add(self, line: int, column: int, message: str) -> None:
        """Note a problem at a line and column, both counted from 1."""
        self.found += 1
        if self.found <= MOST:
            self._kept.append(Problem(Place(self._file, line, column), message))

    def report(self, where: Located, message: str) -> None:
        """Note a problem at something that was read."""
        self.add(where.line, where.column, message)

    def unknown(self, where: Located, message: str, name: str, known: Iterable[str]) -> None:
        """Note a name that is not among the `known` ones, with the nearest of them."""
        self.report(where, message + _near(name, known) if self.found < MOST else message)

    def lines(self) -> list[int]:
        """Return the lines of the problems noted so far, in order."""
        return sorted(problem.place.line for problem in self._kept)

    def all(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the file."""
        kept = sorted(self._kept, key=lambda problem: (problem.place.line, problem.place.column))
        if self.found > MOST:
            kept.append(Problem(kept[-1].place, f"and {self.found - MOST:,} more problems in this file"))
        return tuple(kept)


def _near(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean “...”?" for the nearest of the `known` names (of the first thousand), or nothing."""
    from difflib import get_close_matches  # only on the way to a message

    found = get_close_matches(name[:80], islice(known, 1000), n=1, cutoff=0.6)
    return f"; did you mean “{found[0]}”?" if found else ""
