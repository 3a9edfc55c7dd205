"""All banks of this user: shipped, own, from installed packages. A broken file never hides the healthy ones."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.bank.load import Loaded, load_bank
from quizbot.bank.model import Bank, Origin, Place, Problem, Question, Vocabulary
from quizbot.bank.packages import packages
from quizbot.bank.read import MAX_BYTES
from quizbot.bank.vocabulary import load_vocabulary
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from quizbot.bank.cache import Cache

ENDINGS = (".yaml", ".yml")
"""How the name of a bank's file ends."""
_VOCABULARY = "vocabulary.yaml"
_DEEPEST = 4
_ANOTHER_ID = "Give this one another id, in its line “bank:”."


def shipped_folder() -> Traversable:
    """Return the folder of the shipped banks: inside the wheel, or beside the package in a checkout."""
    inside = files("quizbot") / "questions"
    if inside.is_dir():
        return inside
    return Path(__file__).parent.parent.parent / "questions"


def load_file(path: Path, shared: Vocabulary) -> Loaded:
    """Return the bank in a file; a file that cannot be read is a problem of its own."""
    try:
        data = _bytes(path)
    except (OSError, ValueError) as problem:
        return Loaded(None, (_unreadable(str(path), "file", problem),))
    return load_bank(data, str(path), "file", shared)


def _bytes(source: Traversable) -> bytes:
    """Read a file, but no more of it than shows that it is too large."""
    with source.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _unreadable(name: str, thing: str, problem: OSError | ValueError) -> Problem:
    return Problem(Place(name, 1, 1), f"the {thing} cannot be read: {_reason(problem)}")


def _reason(problem: OSError | ValueError) -> str:
    return getattr(problem, "strerror", None) or str(problem)


class Library:
    """The banks of this user. Nothing is read before it is asked for, and then once.

    `own_folder` holds the banks that the user added; `cache` what was read before. Neither need exist.
    """

    def __init__(self, own_folder: Path | None = None, cache: Path | None = None) -> None:
        self._own = own_folder
        self._cache = cache
        self._problems: list[Problem] = []
        self._packages: dict[str, str] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the banks and the shared vocabulary, each with its file and line."""
        self.banks()
        return tuple(self._problems)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that all banks share."""
        source = shipped_folder() / _VOCABULARY
        try:
            data = _bytes(source)
        except (OSError, ValueError) as problem:
            self._problems.append(_unreadable(str(source), "shared vocabulary", problem))
            return Vocabulary()
        cache = self._kept()
        kept = cache.get_vocabulary(data, str(source)) if cache else None
        if kept is not None:
            return kept
        vocabulary, problems = load_vocabulary(data, str(source))
        self._problems.extend(problems)
        if cache and not problems:
            cache.put_vocabulary(data, str(source), vocabulary)
        return vocabulary

    def _kept(self) -> Cache | None:
        """Return the cache, if there is to be one."""
        if self._cache is None:
            return None
        from quizbot.bank.cache import Cache

        return Cache(self._cache)

    def banks(self) -> tuple[Bank, ...]:
        """Return all usable banks: the shipped ones, then the user's own, then those of installed packages.

        Of several banks with one id the first is used; the others are among the `problems`.
        """
        return self._banks

    @cached_property
    def _banks(self) -> tuple[Bank, ...]:
        banks: dict[str, Bank] = {}
        shipped = shipped_folder()
        for source, name in self._walk(shipped, str(shipped)):
            if name != f"{shipped}{os.sep}{_VOCABULARY}":
                self._take(banks, source, name, "shipped")
        if self._own is not None:
            for source, name in self._walk(self._own, str(self._own)):
                self._take(banks, source, name, "own")
        for package in packages():
            if package.folder is None:
                self._problems.append(Problem(Place(package.name, 1, 1), package.problem))
                continue
            before = set(banks)
            for source, name in self._walk(package.folder, str(package.folder)):
                self._take(banks, source, name, "package")
            self._packages.update(dict.fromkeys(banks.keys() - before, package.name))
        return tuple(banks.values())

    def package_of(self, bank: Bank) -> str:
        """Return the name and version of the installed package that brought a bank, or nothing."""
        self.banks()
        return self._packages.get(bank.id, "")

    def _walk(self, folder: Traversable, name: str, depth: int = 1) -> Iterator[tuple[Traversable, str]]:
        """Yield the bank files in a folder and its subfolders with their names, in order."""
        try:
            inside = sorted(folder.iterdir(), key=lambda entry: entry.name)
            folders = {item.name for item in inside if item.is_dir()}
        except OSError as problem:
            if folder is not self._own or not isinstance(problem, FileNotFoundError):
                self._problems.append(_unreadable(name, "folder", problem))
            return
        for item in inside:
            inner = f"{name}{os.sep}{item.name}"
            if item.name.startswith("."):
                continue
            if item.name in folders:
                if depth < _DEEPEST:  # a link may lead back up
                    yield from self._walk(item, inner, depth + 1)
            elif item.name.endswith(ENDINGS):
                if isinstance(item, Path) and item.exists() and not item.is_file():  # a pipe would never end
                    self._problems.append(_unreadable(inner, "file", ValueError("it is not an ordinary file")))
                else:
                    yield item, inner

    def _loaded(self, source: Traversable, name: str, origin: Origin) -> Loaded:
        """Return what a file says, from the cache if it was read before."""
        try:
            data = _bytes(source)
        except (OSError, ValueError) as problem:
            return Loaded(None, (_unreadable(name, "file", problem),))
        cache = self._kept()
        loaded = cache.get(data, name, origin, self.vocabulary) if cache else None
        if loaded is None:
            loaded = load_bank(data, name, origin, self.vocabulary)
            if cache:
                cache.put(data, name, origin, loaded)
        return loaded

    def _take(self, banks: dict[str, Bank], source: Traversable, name: str, origin: Origin) -> None:
        loaded = self._loaded(source, name, origin)
        self._problems.extend(loaded.problems)
        bank = loaded.bank
        if bank is None:
            return
        if bank.id in banks:
            other = banks[bank.id]
            said = f"the bank id “{bank.id}” is taken by the {other.origin} bank {other.file}; give this one another id"
            self._problems.append(Problem(Place(name, 1, 1), said))
            return
        banks[bank.id] = bank

    def questions(self) -> tuple[Question, ...]:
        """Return every question of every bank."""
        return tuple(self._by_key.values())

    def by_key(self) -> dict[str, Question]:
        """Return every question by its key, "bank-id/question-id"."""
        return self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for bank in self.banks() for question in bank.questions}

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
        """Copy a bank whose form is right among the user's own and return it.

        `replace` puts it in the place of the user's own bank of the same id.

        Raises:
            QuizbotError: it has problems, its id is taken, or it cannot be read or written.
        """
        try:
            data = _bytes(path)  # once: what is checked is what is kept, also from a pipe
        except (OSError, ValueError) as problem:
            raise QuizbotError(f"{path} cannot be read: {_reason(problem)}.", "Check its name and place.") from problem
        return self.add_all([(str(path), data)], replace=replace)[0]

    def add_all(self, files: Iterable[tuple[str, bytes]], *, replace: bool = False) -> tuple[Bank, ...]:
        """Keep banks (each its name in messages, and its bytes) among the user's own: all or, on an error, none.

        Raises:
            QuizbotError: one has problems, an id is taken, or one cannot be written.
        """
        from quizbot.bank.writing import write_all  # only when something is added

        if self._own is None:
            raise QuizbotError("There is no folder for banks of your own.", status=Exit.USAGE)
        targets: dict[Path, bytes] = {}
        names: dict[str, Bank] = {}
        for file, data in files:
            loaded = load_bank(data, file, "file", self.vocabulary)
            bank = loaded.bank
            if bank is None or loaded.problems:
                found = count(len(loaded.problems), "problem")
                way = f"See all with: quizbot bank check {file}"
                raise QuizbotError(f"{file} has {found}: {loaded.problems[0]}", way)
            if bank.id in names:
                raise QuizbotError(f"{names[bank.id].file} and {file} are both the bank {bank.id}.", _ANOTHER_ID)
            names[bank.id] = bank
            targets[self._target(bank.id, targets, replace=replace)] = data
        paths.ensure(self._own)
        write_all(targets)
        self._forget()
        added = {bank.id: bank for bank in self.banks()}
        return tuple(added.get(name, bank) for name, bank in names.items())

    def _target(self, name: str, taken: Collection[Path], *, replace: bool) -> Path:
        """Return the file that a new bank `name` is to have; `taken` are those of others that come with it."""
        for bank in self.banks():
            if bank.id == name and bank.origin != "own":
                which = f"bank {name} of the package {self.package_of(bank)}"
                if bank.origin == "shipped":
                    which = f"shipped bank {name}"
                raise QuizbotError(f"The {which} has this id.", _ANOTHER_ID)
        before = self.own_file(name)
        if before is not None and not replace:
            raise QuizbotError(
                f"You have a bank {name} already, in {before}.",
                "Add “--replace” to replace it, or give this one another id, in its line “bank:”.",
            )
        return before or self._free(name, taken)

    def _free(self, name: str, taken: Collection[Path]) -> Path:
        """Return a file name that is not taken: a bank may lie in a file that is not named after it."""
        folder, number = self._own or Path(), 1
        path = folder / f"{name}.yaml"
        while path in taken or path.exists():
            number += 1
            path = folder / f"{name}-{number}.yaml"
        return path

    def remove(self, name: str) -> None:
        """Remove one of the user's own banks, also a broken one (by its file's name).

        Raises:
            QuizbotError: there is none of this id, or it cannot be removed.
        """
        file = self.own_file(name)
        if file is None:
            for bank in self.banks():
                if bank.id == name:
                    raise QuizbotError(
                        f"{name} is a {bank.origin} bank and stays.",
                        "Choose other banks with: quizbot practice --bank BANK",
                    )
            raise QuizbotError(f"You have no bank {clean(name)[:120]}.", "“quizbot bank list” shows the banks.")
        try:
            file.unlink()
        except OSError as problem:
            raise QuizbotError(f"{file} cannot be removed: {_reason(problem)}.", "Check who may write there.") from (
                problem
            )
        self._forget()

    def own_file(self, name: str) -> Path | None:
        """Return the file of the user's own bank `name`: by its id, or by its file's name if it is broken."""
        for bank in self.banks():
            if bank.id == name and bank.origin == "own":
                return Path(bank.file)
        broken = {problem.place.file for problem in self.problems} - {bank.file for bank in self.banks()}
        for ending in ENDINGS:
            if self._own is not None and str(path := self._own / f"{name}{ending}") in broken:
                return path
        return None

    def _forget(self) -> None:
        self._problems.clear()
        self._packages.clear()
        for name in ("vocabulary", "_banks", "_by_key"):
            self.__dict__.pop(name, None)
