"""Questions as a CSV table: a row a question; what several texts fill has a column for each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from quizbot.bank.model import Bank, Question
from quizbot.text import count

_ONE = ("bank", "id", "kind", "level", "topic", "minutes", "ask", "answer")
_SEVERAL = ("also", "variants", "followups", "sources", "covers")
_NO_PLACE = {"concept": "concepts", "misconception": "misconceptions", "example": "examples"}
_FORMULA = re.compile(r"'*[=+\-@]")


def write(banks: Sequence[Bank]) -> tuple[str, tuple[str, ...]]:
    """Return the table (reading it gives the same texts), and a line for each thing that has no place in it."""
    questions = [question for bank in banks for question in bank.questions]
    most = {key: max((len(getattr(question, key)) for question in questions), default=0) for key in _SEVERAL}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_ONE, *(key for key in _SEVERAL for _ in range(most[key]))])
    for question in questions:
        cells = [_cell(question, key) for key in _ONE]
        for key in _SEVERAL:
            texts = getattr(question, key)
            cells += [*texts, *[""] * (most[key] - len(texts))]
        writer.writerow([_guarded(cell) for cell in cells])
    lost = [f"{bank.id}: its vocabulary" for bank in banks if bank.vocabulary != type(bank.vocabulary)()]
    return out.getvalue(), (*lost, *(line for line in map(left_out, questions) if line))


def left_out(question: Question) -> str:
    """Say what of a question has no place in a table or on a card, or nothing."""
    found = [
        count(len(getattr(question, key)), thing) for thing, key in _NO_PLACE.items() if getattr(question, key)
    ]  # fmt: skip
    if question.wording:
        found.append("the weight of its wording")
    return f"{question.key}: {', '.join(found)}" if found else ""


def _cell(question: Question, key: str) -> str:
    value = getattr(question, key)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe before what begins like one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
