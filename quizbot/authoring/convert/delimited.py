"""Tables: CSV and TSV, with a header row that names the columns, or with two columns and none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from quizbot.authoring.convert.cards import Card, Carried
from quizbot.errors import QuizbotError
from quizbot.text import clean, count, shorten

_NAMES = {
    "ask": ("ask", "question", "front", "prompt"),
    "answer": ("answer", "back", "model answer", "response"),
    "also": ("also", "other answer", "other answers"),
    "id": ("id",),
    "bank": ("bank",),
    "level": ("level", "difficulty"),
    "topic": ("topic", "category", "deck"),
    "kind": ("kind",),
    "minutes": ("minutes",),
    "followups": ("followups",),
    "variants": ("variants", "variant"),
    "sources": ("sources", "source"),
    "covers": ("covers",),
}
_MEANS = {name: key for key, names in _NAMES.items() for name in names}
_SEVERAL = ("variants", "followups", "sources", "covers")
_FORMULA = re.compile(r"'+[=+\-@]")


def read(text: str, form: str) -> Carried:
    """Return the cards of a table; a column that is no part of a card is noted, and so is each row that is none.

    Raises:
        QuizbotError: a quote is not closed, or a field has no end.
    """
    carried = Carried()
    rows = table(text, "\t" if form == "tsv" else _separator(text))
    first = next(rows, None)
    if first is None:
        return carried
    header = [_MEANS.get(name.strip().casefold(), "") for name in first[1]]
    if "ask" not in header or "answer" not in header:
        header, rows = ["ask", "answer"], _again(first, rows)
    else:
        for name, key in zip(first[1], header, strict=True):
            if not key and name.strip():
                carried.note("line 1", f"the column “{shorten(name, 60)}” is no part of a question here")
    banks: set[str] = set()
    for line, row in rows:
        _card(line, row, header, carried, banks)
    if len(banks) == 1:
        carried.bank = banks.pop()
    elif banks:
        carried.note("the column bank", f"questions of {count(len(banks), 'bank')} come into one")
    return carried


def table(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table that are not empty, each with the number of its first line, from 1.

    Raises:
        QuizbotError: a row cannot be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begun = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begun, row
            begun = reader.line_num + 1
    except csv.Error as problem:
        raise QuizbotError(
            f"Line {reader.line_num} cannot be read as a row of a table: {problem}.",
            "See whether a quotation mark is opened there and not closed.",
        ) from problem


def _again(first: tuple[int, list[str]], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rows


def _separator(text: str) -> str:
    """Return what the first row is divided by."""
    for line in text.splitlines():
        if line.strip():
            return max(",;\t", key=lambda mark: len(next(csv.reader([line], delimiter=mark), [])))
    return ","


def _card(line: int, row: Sequence[str], header: Sequence[str], carried: Carried, banks: set[str]) -> None:
    place = f"line {line}"
    cells: dict[str, list[str]] = {}
    for key, cell in zip(header, row, strict=False):
        if key and cell.strip():
            cells.setdefault(key, []).append(_unguarded(clean(cell).strip()))
    beyond = sum(1 for cell in row[len(header) :] if cell.strip())
    if beyond:
        carried.note(place, f"{count(beyond, 'cell')} after the last known column")

    def one(key: str) -> str:
        found = cells.get(key, [""])
        if len(found) > 1:
            carried.note(place, f"a second “{key}” is left out")
        return found[0]

    banks.update(cells.get("bank", ()))
    carried.add(
        Card(
            place,
            one("ask"),
            one("answer"),
            tuple(cells.get("also", ())),
            one("id"),
            one("level"),
            one("topic"),
            more=tuple((key, tuple(cells[key])) for key in _SEVERAL if key in cells),
            kind=one("kind"),
            minutes=one("minutes"),
        )
    )


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from running it as a formula (see `table`)."""
    return cell[1:] if _FORMULA.match(cell) else cell
