"""Text from outside (answers, banks, file names), made safe to keep, mark and show.

Everything that people or files say passes `clean` once, at the door. From then on it is data: it carries no
terminal escape codes, and its character offsets mean the same to the grader, the record and the screen.
"""

from __future__ import annotations

import re
import unicodedata

MAX_ANSWER = 20_000
"""Longest answer that is marked and kept, in characters (about 3,500 words: an hour of talking)."""

# An escape code is removed whole (ESC [ ... letter, ESC ] ... BEL), or its tail would stay behind as text.
# A CSI sequence is short by nature; the bounds keep the pattern linear and stop it from eating an answer.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)|\x1b[@-Z\\^_]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# C0 except tab and newline, DEL, C1, lone surrogates, and the invisible characters that reorder what is shown.
_UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Return `text` in Unicode form NFC, lines ended by newlines, without control or escape codes."""
    if not text.isprintable():  # the usual answer is one line without anything to remove
        text = _UNSAFE.sub("", _LINE_ENDS.sub("\n", _ESCAPES.sub("", text)))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return cleaned `text` with every run of white space as one space, for lists and titles."""
    return " ".join(clean(text).split())


def shorten(text: str, width: int) -> str:
    """Return `text` on one line and at most `width` characters long, cut with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def count(number: int, thing: str, things: str = "") -> str:
    """Return "1 question" or "3 questions"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
