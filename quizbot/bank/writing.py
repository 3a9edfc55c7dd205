"""Writing files of this user: each whole or not at all, and several all or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from quizbot.errors import QuizbotError


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none; their folders must be there.

    Raises:
        QuizbotError: one cannot be written; then all are as they were.
    """
    written: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    target = Path()
    try:
        for target, data in contents.items():  # first what may fail: the disk is full, the folder protected
            written[target] = _beside(target, data)
        for target, part in written.items():
            before[target] = target.read_bytes() if target.exists() else None
            part.replace(target)
    except OSError as problem:
        _restore(before, written)
        raise QuizbotError(
            f"{target} cannot be written: {problem.strerror or problem}.",
            "Free the place, or set QUIZBOT_HOME to a folder that you may write to.",
        ) from problem
    finally:
        for part in written.values():
            part.unlink(missing_ok=True)


def _beside(target: Path, data: bytes) -> Path:
    """Write `data` to a hidden file beside `target`, safe on the disk, and return it."""
    import tempfile  # only for adding a bank

    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".adding-", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            part.unlink(missing_ok=True)
            raise
    return part


def _restore(before: Mapping[Path, bytes | None], written: Mapping[Path, Path]) -> None:
    """Undo what was done, as far as the disk lets us."""
    for target, data in before.items():
        if written[target].exists():
            continue  # it was not replaced yet
        with suppress(OSError):
            if data is None:
                target.unlink()
            else:
                target.write_bytes(data)
