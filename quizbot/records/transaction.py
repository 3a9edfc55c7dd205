"""One transaction of SQLite: whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal


@contextmanager
def transaction(connection: sqlite3.Connection, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """Do what follows whole or not at all; `IMMEDIATE` takes the right to write at once, so nothing changes in between.

    Raises:
        sqlite3.Error: it was not done; the connection is ready for the next transaction.
    """
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # some errors have rolled back already; the first error is the one to tell
            connection.execute("ROLLBACK")
        raise
