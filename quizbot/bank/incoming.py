"""What a file, a folder or a zip archive brings: the bytes of its bank files, and nothing from outside of it.

Archives come from strangers. Nothing is unpacked to the disk, only YAML files are read, and what could name a place
outside, hide something or grow without bound is refused as a whole.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from quizbot.bank.library import ENDINGS
from quizbot.bank.read import MAX_BYTES
from quizbot.errors import QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MOST_BYTES = 50_000_000
"""Most bytes that an archive may have, and that all banks of a folder or an archive may have together."""
MOST_FILES = 200
"""Most banks of one folder or archive."""
_MOST_DIRECTORY = 2_000_000  # bytes of an archive's table of contents: some 20,000 names
_MOST_LOOKED_AT = 20_000  # files in a folder
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that should be a bank: its name in messages, and its bytes (no more than show that it is too large)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was found in one place; `left_out` names the files that are no banks."""

    banks: tuple[Incoming, ...]
    left_out: tuple[str, ...] = ()


def incoming(path: Path) -> Parcel:
    """Return the banks that a file, a folder or a `.zip` holds.

    Raises:
        QuizbotError: there is none, it cannot be read, or it is not safe to read.
    """
    try:
        if path.is_dir():
            return _some(_folder(path), path)
        if path.suffix.casefold() == ".zip":
            return _some(_archive(path), path)
        with path.open("rb") as file:
            return Parcel((Incoming(str(path), file.read(MAX_BYTES + 1)),))
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        raise QuizbotError(f"{path} cannot be read: {clean(said)}.", "Check its name and place.") from problem


def _some(parcel: Parcel, path: Path) -> Parcel:
    if not parcel.banks:
        raise QuizbotError(f"There is no .yaml or .yml file in {path}.", "Only these are read as banks.")
    return parcel


def _folder(path: Path) -> Parcel:
    whole = path.resolve()
    banks: list[Incoming] = []
    left_out: list[str] = []
    seen = room = 0
    for place, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            seen += 1
            if seen > _MOST_LOOKED_AT:
                raise _refused(path, f"it has more than {_MOST_LOOKED_AT:,} files; name the folder of the banks itself")
            file = Path(place, name)
            if name.startswith(".") or not name.endswith(ENDINGS):
                left_out.append(str(file.relative_to(path)))
                continue
            if not file.resolve().is_relative_to(whole):
                raise _refused(path, f"“{clean(name)}” is a link that leads out of the folder")
            if not file.is_file():
                raise _refused(path, f"“{clean(name)}” is no ordinary file")
            with file.open("rb") as opened:
                banks.append(Incoming(clean(str(file)), opened.read(MAX_BYTES + 1)))
            room = _fits(path, len(banks), room + len(banks[-1].data))
    return Parcel(tuple(banks), _told(left_out))


def _archive(path: Path) -> Parcel:
    from zipfile import BadZipFile, LargeZipFile, ZipFile
    from zlib import error as inflating

    if not path.is_file():
        raise OSError(None, "there is no such file" if not path.exists() else "it is no ordinary file")
    if path.stat().st_size > MOST_BYTES:
        raise _refused(path, f"it is larger than {MOST_BYTES // 10**6} MB")
    try:
        with _Sparing(path) as file, ZipFile(file) as packed:
            return _unpacked(path, packed)
    except (BadZipFile, LargeZipFile, NotImplementedError, RuntimeError, EOFError, inflating) as problem:
        raise _refused(path, f"it is damaged, or no zip archive: {clean(str(problem))[:120]}") from problem


class _Sparing(BufferedReader):
    """A file of which little is read at once: an archive's table of contents is read whole, and kept in memory."""

    def __init__(self, path: Path) -> None:
        raw = FileIO(path)
        super().__init__(raw)
        self._path = path
        self._size = os.fstat(raw.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._size - self.tell() if size is None or size < 0 else size
        if wanted > _MOST_DIRECTORY:
            raise _refused(self._path, "its table of contents is too long")
        return super().read(wanted)


def _unpacked(path: Path, packed: ZipFile) -> Parcel:
    banks: list[Incoming] = []
    left_out: list[str] = []
    room = 0
    inside = sorted(packed.infolist(), key=lambda entry: entry.filename)
    for entry in inside:  # all of them first: an archive with one bad name is not trusted with the others
        if said := _unsafe(entry):
            raise _refused(path, said)
    for entry in inside:
        if entry.is_dir():
            continue
        name = PurePosixPath(entry.filename)
        hidden = any(part.startswith(".") for part in name.parts) or name.parts[0] == "__MACOSX"
        if hidden or not name.name.endswith(ENDINGS):
            left_out.append(entry.filename)
            continue
        banks.append(Incoming(f"{path}{os.sep}{clean(entry.filename)}", _bytes(packed, entry)))
        room = _fits(path, len(banks), room + len(banks[-1].data))
    return Parcel(tuple(banks), _told(left_out))


def _unsafe(entry: ZipInfo) -> str:
    """Say what is unsafe about an entry of an archive, or nothing."""
    name = entry.orig_filename
    shown = f"“{clean(name)[:120]}”"
    parts = name.replace("\\", "/").split("/")
    if "\\" in name or "\0" in name or ":" in parts[0] or name.startswith("/") or ".." in parts:
        return f"the name {shown} leads out of the archive"
    if entry.create_system == 3 and stat.S_ISLNK(entry.external_attr >> 16):
        return f"{shown} is a link"
    if entry.flag_bits & 0x1:
        return f"{shown} is encrypted; pack it without a password"
    if name.endswith(ENDINGS) and entry.compress_type not in (0, 8):  # others may ask for any amount of memory
        return f"{shown} is packed in a way that is not read here; pack it as an ordinary zip"
    return ""


def _bytes(packed: ZipFile, entry: ZipInfo) -> bytes:
    """Return an entry's bytes, but no more than show that it is too large, whatever the archive says its size is."""
    data = bytearray()
    with packed.open(entry) as file:
        while len(data) <= MAX_BYTES and (piece := file.read(_PIECE)):
            data += piece
    return bytes(data[: MAX_BYTES + 1])


def _fits(path: Path, files: int, room: int) -> int:
    """Return the bytes so far.

    Raises:
        QuizbotError: there are too many of them, or of the files.
    """
    if files > MOST_FILES:
        raise _refused(path, f"it has more than {count(MOST_FILES, 'bank')}; add it in parts")
    if room > MOST_BYTES:
        raise _refused(path, f"its banks have more than {MOST_BYTES // 10**6} MB together; add it in parts")
    return room


def _refused(path: Path, why: str) -> QuizbotError:
    return QuizbotError(f"{clean(str(path))} is refused: {why}.", "Nothing was added.")


def _told(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(clean, names)))
