"""The score of a session: one rule for the list of sessions and for a review."""

from __future__ import annotations

from collections.abc import Collection


def counted(answered: int | None, *, given_up: bool) -> int | None:
    """Return what a question counts in the score, 0-100, or None if it does not count.

    `answered` is where it stood after its last answer, None without one. A question given up without an answer
    counts as 0; one that was skipped, or never answered, does not count.
    """
    if answered is not None:
        return answered
    return 0 if given_up else None


def mean(points: Collection[int]) -> int | None:
    """Return the mean of `points`, rounded half up; None if there are none."""
    return (2 * sum(points) + len(points)) // (2 * len(points)) if points else None
