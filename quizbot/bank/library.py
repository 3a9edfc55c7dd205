"""All banks of this user: the shipped ones and their own. A broken file never hides the healthy ones."""

from __future__ import annotations

import os
import tempfile
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from quizbot import paths
from quizbot.bank.load import Loaded, load_bank
from quizbot.bank.model import Bank, Origin, Problem, Question, Vocabulary
from quizbot.bank.model import Place as At
from quizbot.bank.read import MAX_BYTES
from quizbot.bank.vocabulary import load_vocabulary
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

_ENDINGS = (".yaml", ".yml")
_VOCABULARY = "vocabulary.yaml"


def shipped_folder() -> Traversable:
    """Return the folder of the shipped banks: inside the wheel, or beside the package in a checkout."""
    inside = files("quizbot") / "questions"
    if inside.is_dir():
        return inside
    return Path(__file__).parent.parent.parent / "questions"


def load_file(path: Path, shared: Vocabulary) -> Loaded:
    """Return the bank in a file; a file that cannot be read is a problem of its own."""
    return _load(path, str(path), "file", shared)


def _load(source: Traversable, name: str, origin: Origin, shared: Vocabulary) -> Loaded:
    try:
        data = _bytes(source)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        return Loaded(None, (Problem(At(name, 1, 1), f"the file cannot be read: {reason}"),))
    return load_bank(data, name, origin, shared)


def _bytes(source: Traversable) -> bytes:
    """Read a file, but no more of it than shows that it is too large."""
    with source.open("rb") as file:
        return file.read(MAX_BYTES + 1)


class Library:
    """The banks of this user. Nothing is read before it is asked for, and then once.

    `own_folder` holds the banks that the user added; it need not exist.
    """

    def __init__(self, own_folder: Path | None = None) -> None:
        self._own = own_folder
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the banks, with its file and line."""
        self.banks()
        return tuple(self._problems)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that all banks share."""
        source = shipped_folder() / _VOCABULARY
        try:
            data = source.read_bytes()
        except OSError as problem:
            self._problems.append(Problem(At(str(source), 1, 1), f"the vocabulary cannot be read: {problem.strerror}"))
            return Vocabulary()
        vocabulary, problems = load_vocabulary(data, str(source))
        self._problems.extend(problems)
        return vocabulary

    def banks(self) -> tuple[Bank, ...]:
        """Return all usable banks: the shipped ones, then the user's own."""
        return self._banks

    @cached_property
    def _banks(self) -> tuple[Bank, ...]:
        banks: dict[str, Bank] = {}
        for source, name in _walk(shipped_folder(), str(shipped_folder())):
            self._take(banks, source, name, "shipped")
        if self._own is not None and self._own.is_dir():
            for source, name in _walk(self._own, str(self._own)):
                self._take(banks, source, name, "own")
        return tuple(banks.values())

    def _take(self, banks: dict[str, Bank], source: Traversable, name: str, origin: Origin) -> None:
        loaded = _load(source, name, origin, self.vocabulary)
        self._problems.extend(loaded.problems)
        bank = loaded.bank
        if bank is None:
            return
        if bank.id in banks:
            other = banks[bank.id]
            said = f"the bank id “{bank.id}” is taken by the {other.origin} bank {other.file}; give this one another id"
            self._problems.append(Problem(At(name, 1, 1), said))
            return
        banks[bank.id] = bank

    def questions(self) -> tuple[Question, ...]:
        """Return every question of every bank."""
        return tuple(question for bank in self.banks() for question in bank.questions)

    def by_key(self) -> dict[str, Question]:
        """Return every question by its key, "bank-id/question-id"."""
        return self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions()}

    def find(self, key: str) -> Question:
        """Return the question named "bank-id/question-id".

        Raises:
            QuizbotError: there is none, with the nearest names.
        """
        found = self._by_key.get(key)
        if found is None:
            from difflib import get_close_matches  # only on the way to a message

            near = get_close_matches(key[:120], self._by_key, n=2)
            way = f"Did you mean {' or '.join(near)}?" if near else "“quizbot bank list” shows the banks."
            raise QuizbotError(f"There is no question “{clean(key)[:120]}”.", way)
        return found

    def add(self, path: Path, *, replace: bool = False) -> Bank:
        """Copy a checked bank among the user's own and return it.

        Raises:
            QuizbotError: it has problems, its id is taken, or it cannot be written.
        """
        if self._own is None:
            raise QuizbotError("There is no folder for banks of your own.", status=Exit.USAGE)
        loaded = load_file(path, self.vocabulary)
        if loaded.bank is None or loaded.problems:
            found = count(len(loaded.problems), "problem")
            raise QuizbotError(f"{path} has {found}: {loaded.problems[0]}", f"See all with: quizbot bank check {path}")
        self._check_id(loaded.bank.id, replace=replace)
        folder = paths.ensure(self._own)
        target = folder / f"{loaded.bank.id}.yaml"
        _write(target, _bytes(path))
        self._forget()
        return loaded.bank

    def _check_id(self, name: str, *, replace: bool) -> None:
        for bank in self.banks():
            if bank.id != name:
                continue
            if bank.origin != "own":
                raise QuizbotError(
                    f"The shipped bank {name} has this id.", "Give yours another id, in its line “bank:”."
                )
            if not replace:
                raise QuizbotError(
                    f"You have a bank {name} already.", "Add “--replace” to replace it, or give this one another id."
                )

    def remove(self, name: str) -> None:
        """Remove one of the user's own banks.

        Raises:
            QuizbotError: there is none of this id, or it cannot be removed.
        """
        for bank in self.banks():
            if bank.id == name and bank.origin != "own":
                raise QuizbotError(
                    f"{name} is a {bank.origin} bank and stays.",
                    "Choose other banks with: quizbot practice --bank BANK",
                )
        file = self._own_file(name)
        try:
            file.unlink()
        except OSError as problem:
            raise QuizbotError(
                f"{file} cannot be removed: {problem.strerror}.", "Check who may write there."
            ) from problem
        self._forget()

    def _own_file(self, name: str) -> Path:
        """Return the file of the user's own bank `name`: by its id, or by its file's name if it is broken."""
        for bank in self.banks():
            if bank.id == name and bank.origin == "own":
                return Path(bank.file)
        if self._own is not None and self._own.is_dir():
            for path in self._own.iterdir():
                if path.stem == name and path.suffix in _ENDINGS:
                    return path
        raise QuizbotError(f"You have no bank {clean(name)}.", "“quizbot bank list” shows the banks.")

    def _forget(self) -> None:
        self._problems.clear()
        for name in ("vocabulary", "_banks", "_by_key"):
            self.__dict__.pop(name, None)


def _walk(folder: Traversable, name: str) -> list[tuple[Traversable, str]]:
    """Return the bank files below a folder with their names, in order."""
    found: list[tuple[Traversable, str]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        inner = f"{name}{os.sep}{item.name}"
        if item.is_dir():
            found.extend(_walk(item, inner))
        elif item.name.endswith(_ENDINGS) and item.name != _VOCABULARY and not item.name.startswith("."):
            found.append((item, inner))
    return found


def _write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        QuizbotError: it cannot be written.
    """
    name = ""
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".adding-", delete=False) as file:
            name = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError as problem:
        if name:
            Path(name).unlink(missing_ok=True)
        raise QuizbotError(
            f"{target} cannot be written: {problem.strerror}.",
            "Free the place, or set QUIZBOT_HOME to a folder that you may write to.",
        ) from problem
