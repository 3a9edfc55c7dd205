"""Questions in and out of the formats of other programs, one file a format.

Whatever reads gives `Carried`: cards, and a note for each thing that could not be carried over. `READERS` and
`WRITERS` are all formats; their files are imported only when they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizbot.authoring.convert.cards import Carried

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizbot.bank.model import Bank

READERS = {
    "csv": "delimited",
    "tsv": "delimited",
    "anki-text": "anki_text",
    "markdown": "markdown",
    "gift": "gift",
    "moodle": "moodle",
}
"""Formats of text that become cards, and the file here that reads each."""

WRITERS = {"csv": "table", "markdown": "study"}
"""Formats of text that questions are written in, and the file here that writes each."""


def read_cards(text: str, form: str) -> Carried:
    """Return the cards in `text`, which is in one of the `READERS` formats.

    Raises:
        QuizbotError: it is not in this format at all.
    """
    reader: Callable[[str, str], Carried] = import_module(f"{__name__}.{READERS[form]}").read
    return reader(text, form)


def write_banks(banks: Sequence[Bank], form: str) -> tuple[str, tuple[str, ...]]:
    """Return banks in one of the `WRITERS` formats, and a line for each thing that it has no place for."""
    writer: Callable[[Sequence[Bank]], tuple[str, tuple[str, ...]]] = import_module(f"{__name__}.{WRITERS[form]}").write
    return writer(banks)
