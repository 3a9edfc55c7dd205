"""Anki's plain-text export ("Notes in Plain Text"): lines of `#key:value`, then a table."""

from __future__ import annotations

from quizbot.authoring.convert.anki import AnkiNote, Gathered
from quizbot.authoring.convert.cards import Carried
from quizbot.authoring.convert.delimited import table

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}


def read(text: str, _form: str) -> Carried:
    """Return the cards of an export: the first field is asked, the second is the answer.

    Raises:
        QuizbotError: a row cannot be read.
    """
    head, body, lines = _head(text)
    separator = head.get("separator", "tab")
    separator = _SEPARATORS.get(separator.casefold(), separator)
    special = {
        name: int(value) - 1
        for name in ("guid", "notetype", "deck", "tags")
        if (value := head.get(f"{name} column", "")).isdecimal()
    }
    names = head.get("columns", "").split(separator) if head.get("columns") else []
    gathered = Gathered()
    for line, row in table(body, separator if len(separator) == 1 else "\t"):

        def cell(name: str, row: list[str] = row) -> str:
            at = special.get(name, len(row))
            return row[at] if at < len(row) else head.get(name, "")

        kept = [number for number in range(len(row)) if number not in special.values()]
        gathered.add(
            AnkiNote(
                place=f"line {line + lines}",
                names=tuple(names[number] if number < len(names) else "" for number in kept),
                fields=tuple(row[number] for number in kept),
                kind=cell("notetype"),
                deck=cell("deck"),
                tags=tuple(cell("tags").split()),
                html=head.get("html", "false").casefold() == "true",
            )
        )
    return gathered.done()


def _head(text: str) -> tuple[dict[str, str], str, int]:
    """Return what the first lines say, the rest, and how many lines come before it."""
    head: dict[str, str] = {}
    lines = 0
    while text.startswith("#"):
        line, _, text = text.partition("\n")
        key, _, value = line[1:].partition(":")
        head[key.strip().casefold()] = value.rstrip("\r") if key == "separator" else value.strip("\r\n ")
        lines += 1
    return head, text, lines
