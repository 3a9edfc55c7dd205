"""All that the bank browser shows, read in one go in a thread, and the search in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot.bank.model import Bank, Problem, Question, Vocabulary
from quizbot.bank.saves import Stamp, stamp

if TYPE_CHECKING:
    from quizbot.bank.library import Library
    from quizbot.records.history import Past


@dataclass(frozen=True)
class Catalogue:
    """The banks, what is wrong in them, and what became of their questions (`past`, by key).

    `unreadable` says why the records could not be read, or is empty; `texts` is what a search looks through; `stamps`
    tell whether a file has changed since.
    """

    banks: tuple[Bank, ...]
    problems: tuple[Problem, ...] = ()
    past: Mapping[str, tuple[Past, ...]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    unreadable: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    library: Library | None = None
    stamps: Mapping[Path, Stamp] = field(default_factory=dict)

    def matching(self, search: str) -> list[tuple[Bank, tuple[Question, ...]]]:
        """Return the banks with the questions that hold every word of `search` somewhere, banks without any left out.

        A search without words finds everything, also a bank without questions.
        """
        words = search.casefold().split()
        if not words:
            return [(bank, bank.questions) for bank in self.banks]
        texts = self.texts
        found = []
        for bank in self.banks:
            fitting = bank.questions
            for word in words:  # word by word, so that a rare first word leaves little to do for the others
                fitting = tuple(question for question in fitting if word in texts[question.key])
            if fitting:
                found.append((bank, fitting))
        return found


def searched(bank: Bank, question: Question) -> str:
    """Return what a search for a question looks through: names, wording, concepts and keywords."""
    parts = [bank.title, question.key, question.topic, question.level, question.kind, question.ask]
    parts += question.variants
    for concept in question.concepts:
        parts.append(concept.name)
        parts += [keyword.text for keyword in concept.keywords]
    parts += [wrong.say for wrong in question.misconceptions]
    parts += question.covers
    return "\n".join(parts).casefold()


def read_catalogue(before: Catalogue | None = None) -> Catalogue:
    """Read the banks and the records of this user as they are now. Never fails: what is wrong is in what it returns.

    With what was read `before`, only the records are read as long as no file of a bank has changed.
    """
    from quizbot import paths
    from quizbot.errors import QuizbotError
    from quizbot.records.history import history
    from quizbot.records.store import Store

    same = before is not None and before.stamps == {path: stamp(path) for path in before.stamps}
    catalogue = before if before is not None and same else _read_banks()
    past: dict[str, tuple[Past, ...]] = {}
    unreadable = ""
    try:
        with Store.open_reading(paths.database()) as store:
            past = history(store)
    except QuizbotError as problem:
        unreadable = str(problem)
    return replace(catalogue, past=past, unreadable=unreadable)


def _read_banks() -> Catalogue:
    from quizbot import paths
    from quizbot.bank.library import Library, shipped_folder

    library = Library(paths.own_banks(), paths.cache())
    banks = library.banks()
    files = {Path(bank.file) for bank in banks} | {Path(problem.place.file) for problem in library.problems}
    looked_at = files | {file.parent for file in files} | {paths.own_banks(), Path(str(shipped_folder()))}
    return Catalogue(
        banks,
        library.problems,
        vocabulary=library.vocabulary,
        texts={question.key: searched(bank, question) for bank in banks for question in bank.questions},
        library=library,
        stamps={path: stamp(path) for path in looked_at},
    )
