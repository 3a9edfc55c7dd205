"""Names into ids: what a file, a bank or a question may be called in commands and records."""

from __future__ import annotations

import re
import unicodedata

from quizbot.bank.fields import LONGEST_ID


def as_id(name: str, longest: int = LONGEST_ID) -> str:
    """Return the nearest id to a name: “Über LLMs!” is uber-llms; an empty one if nothing is left of it.

    It has `longest` characters at most, and ends after a word where it can.
    """
    plain = unicodedata.normalize("NFKD", name[: 20 * longest]).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if len(whole) <= longest:
        return whole
    cut = whole[: longest + 1].rpartition("-")[0]
    return cut or whole[:longest]
