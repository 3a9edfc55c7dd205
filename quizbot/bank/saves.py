"""Whether a file was saved since somebody looked."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int, int] | None
"""What changes when a file is saved; None for a file that is not there."""


def stamp(file: Path) -> Stamp:
    """Return what changes when a file is saved; None if it is not there."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
