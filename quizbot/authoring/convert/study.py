"""Banks as a study sheet in Markdown, to read and to print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizbot.bank.model import Bank, Question
from quizbot.text import count, one_line

_MARKS = re.compile(r"([\\`*_\[\]<>|~$])")
_START = re.compile(r"^([ \t]*\d*)([#+=.)-])", re.MULTILINE)  # headings, rules and lists, numbered or not


def write(banks: Sequence[Bank]) -> tuple[str, tuple[str, ...]]:
    """Return the sheet, and a line for each bank with things that are not for learners: keywords and tests."""
    lost = []
    lines: list[str] = []
    for bank in banks:
        lines += [f"# {_escaped(one_line(bank.title))}", "", f"{count(len(bank.questions), 'question')}.", ""]
        for number, question in enumerate(bank.questions, 1):
            lines += _question(number, question)
        lost.append(f"{bank.id}: keywords, vocabulary and examples, which are for marking")
    return "\n".join(lines).rstrip() + "\n", tuple(lost)


def _question(number: int, question: Question) -> Iterator[str]:
    yield f"## {number}. {_escaped(one_line(question.ask))}"
    yield ""
    yield f"*{_escaped(question.topic)} · {question.level} · {question.minutes:g} min*"
    yield ""
    if question.concepts:
        yield "**Points to make**"
        yield ""
        for concept in question.concepts:
            yield f"- {_escaped(one_line(concept.name))} (worth {concept.worth:g})"
        yield ""
    if question.answer:
        yield "**A model answer**"
        yield ""
        yield _escaped(question.answer)
        yield ""
    for name, texts in (
        ("Other good answers", question.also),
        ("Common mistakes", tuple(wrong.say for wrong in question.misconceptions)),
        ("Also asked as", question.variants),
        ("Where to read more", question.sources),
    ):
        if texts:
            yield f"**{name}**"
            yield ""
            yield from (f"- {_escaped(one_line(text))}" for text in texts)
            yield ""


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _START.sub(_started, _MARKS.sub(r"\\\1", text))


def _started(found: re.Match[str]) -> str:
    """Return the beginning of a line that Markdown would read as more than text."""
    return f"{found[1]}\\{found[2]}"
