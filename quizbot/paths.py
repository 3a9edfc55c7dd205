"""Where quizbot keeps things. Nothing is created by asking; `ensure` creates.

`QUIZBOT_HOME`, if set, is the one folder for everything of this user.
"""

from __future__ import annotations

import os
from pathlib import Path

from quizbot.errors import QuizbotError


def home() -> Path:
    """Return the folder of this user's records and own banks."""
    chosen = os.environ.get("QUIZBOT_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # already loaded by Textual; plain commands load it only here

    return user_data_path("quizbot", appauthor=False)


def database() -> Path:
    """Return the file of the records."""
    return home() / "records.sqlite3"


def own_banks() -> Path:
    """Return the folder of the banks that this user added."""
    return home() / "banks"


def cache() -> Path:
    """Return the folder of what can be made again at any time."""
    if os.environ.get("QUIZBOT_HOME", "").strip():
        return home() / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("quizbot", appauthor=False)


def ensure(folder: Path) -> Path:
    """Create `folder` (only its owner may read it) and return it.

    Raises:
        QuizbotError: the folder cannot be made, with what to do about it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise QuizbotError(
            f"The folder {folder} cannot be made: {problem.strerror or problem}.",
            "Free the place, or set QUIZBOT_HOME to a folder that you may write to.",
        ) from problem
    return folder
