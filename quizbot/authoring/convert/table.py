"""Questions as a CSV table: a row a question; what several texts fill has a column for each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from quizbot.bank.model import Bank, Question, Vocabulary
from quizbot.text import count

_ONE = ("bank", "id", "kind", "level", "topic", "minutes", "ask", "answer")
_SEVERAL = ("also", "variants", "followups", "sources", "covers")
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
    lost = [line for bank in banks for line in _vocabulary(bank)]
    lost += [f"{question.key}: {said}" for question in questions if (said := _parts(question))]
    return out.getvalue(), tuple(lost)


def left_out_of_cards(banks: Sequence[Bank]) -> tuple[str, ...]:
    """Return a line for each thing that has no place on a card with a question, an answer and points to make."""
    lines = []
    for bank in banks:
        lines += _vocabulary(bank)
        for question in bank.questions:
            others = {key: getattr(question, key) for key in ("also", *_SEVERAL[1:])}
            found = [f"its {key}" for key, texts in others.items() if texts]
            said = ", ".join([*found, *filter(None, [_parts(question)])])
            lines += [f"{question.key}: {said}"] if said else []
    return tuple(lines)


def _vocabulary(bank: Bank) -> list[str]:
    return [f"{bank.id}: its vocabulary"] if bank.vocabulary != Vocabulary() else []


def _parts(question: Question) -> str:
    """Say what of a question has no place in a table, or nothing."""
    parts = {"concept": question.concepts, "misconception": question.misconceptions, "example": question.examples}
    found = [count(len(values), thing) for thing, values in parts.items() if values]
    return ", ".join([*found, *(["the weight of its wording"] if question.wording else [])])


def _cell(question: Question, key: str) -> str:
    value = getattr(question, key)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe before what begins like one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
