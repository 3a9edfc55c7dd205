"""Banks that were read before, kept as values: reading them again takes a tenth of the time.

A bank is found by the digest of its file, its name and this program's version, so a stale one is never used. The cache
can be deleted at any time; a damaged or foreign file in it is passed over, and nothing but values of `model` is ever
made from one.
"""

from __future__ import annotations

import io
import pickle
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from quizbot import __version__
from quizbot.bank import model
from quizbot.bank.load import Loaded
from quizbot.bank.model import Origin, Vocabulary

MOST = 200
"""Files that are kept; the oldest go first."""

_MADE: dict[tuple[str, str], type] = {
    (made.__module__, made.__name__): made
    for made in (
        Loaded,
        model.Bank,
        model.Concept,
        model.Example,
        model.Keyword,
        model.Kind,
        model.Level,
        model.Misconception,
        model.Phrase,
        model.Place,
        model.Problem,
        model.Question,
        model.Vocabulary,
    )
}


@cache
def _reader() -> str:
    """Return what changes with the program that reads banks, so that who works on it never meets a stale bank."""
    return " ".join(f"{file.name}:{file.stat().st_mtime_ns}" for file in sorted(Path(__file__).parent.glob("*.py")))


class _Values(pickle.Unpickler):
    """Makes values of the model and nothing else."""

    def find_class(self, module: str, name: str) -> type:
        """Return a class of the model.

        Raises:
            pickle.UnpicklingError: it is none.
        """
        try:
            return _MADE[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a bank") from None


class Cache:
    """Banks kept in `folder`, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _file(self, data: bytes, name: str, origin: Origin) -> Path:
        key = blake2b("\0".join((__version__, _reader(), name, origin)).encode("utf-8", "replace")).digest()
        return self._folder / f"{blake2b(data, digest_size=16, key=key).hexdigest()}.bank"

    def get(self, data: bytes, name: str, origin: Origin, shared: Vocabulary) -> Loaded | None:
        """Return what the file `name` with these bytes was read as, or None if it has not been read before."""
        kept = self._read(self._file(data, name, origin))
        return _with_vocabulary(kept, shared) if isinstance(kept, Loaded) else None

    def put(self, data: bytes, name: str, origin: Origin, loaded: Loaded) -> None:
        """Keep what a file was read as. A full or protected disk only means that it is read again."""
        self._write(self._file(data, name, origin), _with_vocabulary(loaded, None))

    def get_vocabulary(self, data: bytes, name: str) -> Vocabulary | None:
        """Return what the shared vocabulary with these bytes was read as, or None."""
        kept = self._read(self._file(data, name, "shipped"))
        return kept if isinstance(kept, Vocabulary) else None

    def put_vocabulary(self, data: bytes, name: str, vocabulary: Vocabulary) -> None:
        """Keep what the shared vocabulary was read as."""
        self._write(self._file(data, name, "shipped"), vocabulary)

    def _read(self, file: Path) -> object:
        try:
            kept: object = _Values(io.BytesIO(file.read_bytes())).load()
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError,
                ValueError, UnicodeError, MemoryError):  # fmt: skip
            return None
        return kept

    def _write(self, file: Path, kept: object) -> None:
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(pickle.dumps(kept, protocol=5))
            part.replace(file)
            old = sorted(self._folder.glob("*.bank"), key=lambda path: path.stat().st_mtime)
            for path in old[:-MOST]:
                path.unlink()


def _with_vocabulary(loaded: Loaded, shared: Vocabulary | None) -> Loaded:
    """Give all questions of a bank its vocabulary, as one object; None takes it away."""
    bank = loaded.bank
    if bank is None:
        return loaded
    whole = Vocabulary() if shared is None else shared.plus(bank.vocabulary)
    questions = tuple(replace(question, vocabulary=whole) for question in bank.questions)
    return replace(loaded, bank=replace(bank, questions=questions))
