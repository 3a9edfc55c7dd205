"""Anki packages (`.apkg`, `.colpkg`) from strangers: a zip archive with an SQLite database of notes.

Nothing of the archive but the database is unpacked, up to a limit, and that is opened for reading only: no triggers,
no extensions, no views, and no query that runs for long.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from quizbot.errors import QuizbotError

MOST_BYTES = 50_000_000
"""Most bytes of a package, and of its database unpacked."""
_MOST_NOTES = 50_000
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
_LONGEST = 1_000_000  # of a text in the database, which SQLite then refuses to make
_STEPS = 50_000_000  # of SQLite's machine: some seconds
_OLDER = "Export it again from Anki: File, Export, and tick “Support older Anki versions”."
_NEWEST, _BASES = "collection.anki21b", ("collection.anki21", "collection.anki2")


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note of a package: its type and the names of its `fields`, the deck of its first card, its tags."""

    kind: str
    cloze: bool
    names: tuple[str, ...]
    fields: tuple[str, ...]
    deck: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds; `media` counts its images and sounds, `reviews` how often its cards were learnt."""

    notes: tuple[PackedNote, ...]
    media: int
    reviews: int


def read_package(data: bytes) -> Package:
    """Return the notes of an Anki package.

    Raises:
        QuizbotError: it is none, too large, damaged, or of a form that only newer versions of Anki read.
    """
    if len(data) > MOST_BYTES:
        raise QuizbotError(f"The package is larger than {MOST_BYTES // 10**6} MB.", "Export its decks one by one.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            base, media = _database(archive)
    except (*_BROKEN_ZIP, OSError, ValueError) as problem:
        raise QuizbotError(f"This is no Anki package: {problem}.", _OLDER) from problem
    with tempfile.TemporaryDirectory(prefix="quizbot-anki-") as folder:
        file = Path(folder) / "collection"
        file.write_bytes(base)
        try:
            return _read(file, media)
        except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise QuizbotError(f"The database of this package is damaged: {problem}.", _OLDER) from problem


def _database(archive: zipfile.ZipFile) -> tuple[bytes, int]:
    """Return the bytes of the database and the number of media files."""
    names = set(archive.namelist())
    if _NEWEST in names:  # beside it stands an older one with nothing but the advice to update Anki
        raise QuizbotError("This package has a form that only new versions of Anki read.", _OLDER)
    for name in _BASES:
        if name in names:
            with archive.open(name) as packed:
                base = packed.read(MOST_BYTES + 1)
            if len(base) > MOST_BYTES:
                raise QuizbotError(
                    f"The package unpacks to more than {MOST_BYTES // 10**6} MB; it is not read.",
                    "Export its decks one by one.",
                )
            return base, sum(1 for other in names if other.isdecimal())
    raise QuizbotError("This is no Anki package: there is no collection in it.", _OLDER)


def _read(file: Path, media: int) -> Package:
    base = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20 * _LONGEST)
        base.text_factory = _decoded
        base.set_progress_handler(_counter(), 1_000_000)
        base.execute("PRAGMA trusted_schema = OFF")
        tables = {row[0] for row in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not {"col", "notes", "cards"} <= tables:
            raise QuizbotError("The database of this package has no notes.", _OLDER)
        models, decks = (json.loads(text) for text in base.execute("SELECT models, decks FROM col").fetchone())
        deck_of = dict(base.execute("SELECT nid, min(did) FROM cards GROUP BY nid"))
        rows = base.execute(
            "SELECT id, mid, tags, flds FROM notes ORDER BY id LIMIT ?", (_MOST_NOTES + 1,)
        ).fetchall()  # fmt: skip
        if len(rows) > _MOST_NOTES:
            raise QuizbotError(f"The package has more than {_MOST_NOTES:,} notes.", "Export its decks one by one.")
        names = {number: str(deck.get("name", "")) for number, deck in decks.items()}
        notes = tuple(_note(row[1:], models, names.get(str(deck_of.get(row[0])), "")) for row in rows)
        reviews = base.execute("SELECT count(*) FROM revlog").fetchone()[0] if "revlog" in tables else 0
    finally:
        base.close()
    return Package(notes, media, int(reviews))


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _counter() -> Callable[[], int]:
    """Return what ends a query that goes on and on: a stranger's indexes may make any query slow."""
    left = _STEPS // 1_000_000

    def one_more() -> int:
        nonlocal left
        left -= 1
        return int(left < 0)

    return one_more


def _note(row: tuple[object, str, str], models: Mapping[str, Mapping[str, object]], deck: str) -> PackedNote:
    kind, tags, fields = row
    model = models.get(str(kind), {})
    listed = model.get("flds")
    names = tuple(str(item.get("name", "")) for item in listed) if isinstance(listed, list) else ()
    return PackedNote(
        kind=str(model.get("name", "")),
        cloze=model.get("type") == 1,
        names=names,
        fields=tuple(str(fields).split("\x1f")),
        deck=deck,
        tags=tuple(str(tags).split()),
    )
