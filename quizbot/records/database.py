"""The file of the records as a SQLite connection: how it is opened, and what its errors mean to a person."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from quizbot.clock import stopwatch
from quizbot.errors import QuizbotError
from quizbot.paths import ensure
from quizbot.records.migrations import LATEST, is_foreign, migrate, version
from quizbot.records.transaction import transaction

PATIENCE = 5.0
"""Seconds to wait while another quizbot writes."""

_OLDEST = (3, 37, 0)  # STRICT tables
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

T = TypeVar("T")


def open_to_write(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the records in `path` and bring them to the latest version; folder and file are made if missing.

    Raises:
        QuizbotError: it cannot be done, with the way on; a file that is not ours or not readable is left as it is.
    """
    _need_sqlite()
    ensure(path.parent)
    with explained(path):
        # SQLite would make the file readable to others; it gives the files beside it (-wal, -shm) the mode of this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = _connect(path, "mode=rw", patience)
        try:
            _patiently(lambda: refuse_others(path, connection), patience)
            _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL").fetchone(), patience)
            connection.execute("PRAGMA synchronous = FULL")  # an answer survives a power cut, at 4 ms each
            migrate(connection)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(path: Path, patience: float = PATIENCE) -> tuple[sqlite3.Connection, Callable[[], None]]:
    """Open the records in `path` without changing them, and return the connection and what to call after closing it.

    Nothing is created: a file that does not exist yet reads as one without sessions. It works in a protected folder
    and on a full disk as well.

    Raises:
        QuizbotError: the file cannot be read, with the way on.
    """
    _need_sqlite()
    with explained(path):
        try:
            if not path.stat().st_size:
                return _nothing(), _no_more
        except FileNotFoundError:
            return _nothing(), _no_more
        try:
            # Not mode=ro: such a connection leaves its -shm and -wal behind. SQLite falls back to reading by itself.
            return _opened_to_read(path, "mode=rw", patience), _no_more
        except sqlite3.OperationalError as problem:
            if _cause(problem) not in {*_READ_ONLY, sqlite3.SQLITE_FULL}:
                raise
        # The folder is protected or the disk full: SQLite cannot set up what the readers of a write-ahead log share.
        if not _has_log(path):
            return _opened_to_read(path, "immutable=1", patience), _no_more
        # `immutable` would leave out what is still in the log (after a crash): read a copy instead.
        folder = tempfile.TemporaryDirectory(prefix="quizbot-", ignore_cleanup_errors=True)
        try:
            for file in (path, _log(path)):
                shutil.copyfile(file, Path(folder.name, file.name))
            return _opened_to_read(Path(folder.name, path.name), "mode=rw", patience), folder.cleanup
        except BaseException:
            folder.cleanup()
            raise


def refuse_others(path: Path, connection: sqlite3.Connection) -> None:
    """Raise if the file is another program's, or of a version that this program does not know. Changes nothing.

    Raises:
        QuizbotError: it is.
    """
    with transaction(connection, "DEFERRED"):  # one look: another quizbot may be setting the file up right now
        if is_foreign(connection):
            raise QuizbotError(
                f"{path} is the database of another program; it was left as it is.",
                "Move it away, or set QUIZBOT_HOME to another folder.",
            )
        refuse_newer(path, connection)


def refuse_newer(path: Path, connection: sqlite3.Connection) -> None:
    """Raise if the file has been brought to a version that this program does not know.

    Raises:
        QuizbotError: it has; it must not be written to.
    """
    if version(connection) > LATEST:
        raise QuizbotError(
            f"{path} was written by a newer quizbot (records of version {version(connection)}; "
            f"this one knows {LATEST}).",
            "Update quizbot; the file was left as it is.",
        )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into sentences about the records in `path`.

    Raises:
        QuizbotError: instead of sqlite3.Error and OSError, by cause.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise _explanation(path, problem) from problem


def _explanation(path: Path, problem: sqlite3.Error | OSError) -> QuizbotError:
    cause = _cause(problem)
    if cause in _BUSY:
        return QuizbotError(f"Another quizbot is writing to {path}.", "Try again in a moment.")
    if cause == sqlite3.SQLITE_FULL:
        return QuizbotError(f"The disk is full: {path} could not be written.", "Free some space, then try again.")
    if cause in _READ_ONLY:
        return QuizbotError(
            f"{path} may not be opened or written: the file or its folder is protected.",
            "Allow yourself to write there, or set QUIZBOT_HOME to a folder that you may write to.",
        )
    if cause in _DAMAGED:
        return QuizbotError(
            f"{path} is damaged or no file of records; it was left as it is.",
            f"Put a backup in its place, or move it away with the files beside it whose names begin with {path.name}: "
            "quizbot then begins a new one.",
        )
    if cause == sqlite3.SQLITE_IOERR:
        return QuizbotError(
            f"The disk could not read or write {path} ({problem}).", "See that it has space and works, then try again."
        )
    said = problem.strerror if isinstance(problem, OSError) and problem.strerror else problem
    return QuizbotError(f"The records in {path} cannot be used: {said}.", "Set QUIZBOT_HOME to use another folder.")


def _cause(problem: sqlite3.Error | OSError) -> int:
    """Return SQLite's primary result code for `problem`; 0 if none fits."""
    if isinstance(problem, OSError):
        return {
            errno.EACCES: sqlite3.SQLITE_PERM,
            errno.EPERM: sqlite3.SQLITE_PERM,
            errno.EROFS: sqlite3.SQLITE_READONLY,
            errno.ENOSPC: sqlite3.SQLITE_FULL,
            errno.EDQUOT: sqlite3.SQLITE_FULL,
            errno.EIO: sqlite3.SQLITE_IOERR,
        }.get(problem.errno or 0, 0)
    code: int = getattr(problem, "sqlite_errorcode", 0)  # what the Python module itself complains of has none
    # No room for the 32 KB that the users of a write-ahead log share is how a full disk shows first.
    return sqlite3.SQLITE_FULL if code == sqlite3.SQLITE_IOERR_SHMSIZE else code & 0xFF


def _need_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise QuizbotError(
            f"This Python brings SQLite {sqlite3.sqlite_version}; the records need {'.'.join(map(str, _OLDEST))}.",
            "Install quizbot with a Python that brings a newer one, such as that of python.org.",
        )


def _connect(path: Path, how: str, patience: float) -> sqlite3.Connection:
    # The store is opened in a worker thread and used from others; it lets one at a time in.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )


def _opened_to_read(path: Path, how: str, patience: float) -> sqlite3.Connection:
    connection = _connect(path, how, patience)
    try:
        connection.execute("PRAGMA query_only = ON")
        _patiently(lambda: refuse_others(path, connection), patience)
        if version(connection) == 0:  # another quizbot is just setting it up
            connection.close()
            return _nothing()
    except BaseException:
        connection.close()
        raise
    return connection


def _nothing() -> sqlite3.Connection:
    """Return records without a session, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _no_more() -> None:
    """Nothing is left to do after closing."""


def _patiently(act: Callable[[], T], patience: float) -> T:
    """Return what `act` does, trying again while another quizbot sets up or closes the same file.

    SQLite does not wait by itself for a change to write-ahead logging, nor for the last connection's clearing up.
    """
    until = stopwatch() + patience
    while True:
        try:
            return act()
        except sqlite3.OperationalError as problem:
            if _cause(problem) not in _BUSY or stopwatch() > until:
                raise
        time.sleep(0.01)


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _has_log(path: Path) -> bool:
    """Return whether events wait in the write-ahead log beside `path`."""
    try:
        return _log(path).stat().st_size > 0
    except FileNotFoundError:
        return False
