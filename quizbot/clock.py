"""The only place that asks for the time or for chance, so that tests and replays can fix both."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def stopwatch() -> float:
    """Return seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def fresh_seed() -> int:
    """Return a new seed (0 to 999,999: short enough to type again)."""
    return random.SystemRandom().randrange(1_000_000)


def chance(seed: int | str) -> random.Random:
    """Return the generator of a session: the same seed gives the same questions in the same order."""
    return random.Random(seed)  # noqa: S311 - shuffles questions, guards nothing
