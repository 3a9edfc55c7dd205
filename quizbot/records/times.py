"""Moments as the record writes them: ISO 8601 in UTC, to the millisecond, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """Return `at` as "2025-03-01T18:05:09.120Z"; parts of a millisecond are dropped.

    Raises:
        ValueError: `at` names no time zone, so nobody can tell which moment it is.
    """
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment(text: str) -> datetime:
    """Return the moment that `stamp` wrote.

    Raises:
        ValueError: the text is no such moment.
    """
    return datetime.fromisoformat(text).astimezone(UTC)
