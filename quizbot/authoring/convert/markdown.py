"""Questions and answers in Markdown, in one of three forms; the first that a file has is taken for all of it.

1. lines that begin with `Q:` and `A:` (also bold, also `Question:` and `Answer:`),
2. headings, with the answer below (a heading with deeper ones below it is a section),
3. a numbered list of questions, with the answer below each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizbot.authoring.convert.cards import LONGEST, Card, Carried
from quizbot.text import shorten

_MARKED = re.compile(
    r"\s{0,3}(?:[-*+] |\d{1,4}[.)] )?[*_]{0,2}(Q|Question|A|Answer)\s?\d{0,4}[*_]{0,2}[:.][*_]{0,2}\s+(.*)", re.I
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_NUMBERED = re.compile(r" {0,3}\d{1,4}[.)][ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\(([^)\n]{0,500})\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^)\s]{1,500})\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")


@dataclass(slots=True)
class _Item:
    """A question with the lines below it; `depth` is that of its heading."""

    line: int
    ask: list[str]
    answer: list[str] = field(default_factory=list)
    depth: int = 0
    answered: bool = False


def read(text: str, _form: str) -> Carried:
    """Return the questions and answers of a file; what is neither is noted."""
    carried = Carried()
    lines = list(_outside_code(text))
    if any((found := _MARKED.fullmatch(line)) and found[1][0] in "qQ" for _, line, code in lines if not code):
        items = _marked(lines, carried)
    elif any(_HEADING.fullmatch(line) for _, line, code in lines if not code):
        items = _headings(lines, carried)
    else:
        items = _numbered(lines, carried)
    for item in items:
        place = f"line {item.line}"
        ask, answer = (_text(part, place, carried) for part in (item.ask, item.answer))
        carried.add(Card(place, ask, answer))
    return carried


def _outside_code(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each line with its number and whether it is code, in which nothing is a mark."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        yield number, line, bool(fence or found)
        if found and not fence:
            fence = found[1]
        elif found and found[1] == fence:
            fence = ""


def _marked(lines: list[tuple[int, str, bool]], carried: Carried) -> list[_Item]:
    items: list[_Item] = []
    for number, line, code in lines:
        found = None if code else _MARKED.fullmatch(line)
        heading = None if code else _HEADING.fullmatch(line)
        if heading and not (found := _MARKED.fullmatch(heading[2])):
            if not carried.title and not items:
                carried.title = heading[2]
            else:
                carried.note(f"line {number}", f"the heading “{shorten(heading[2], 60)}” is left out")
        elif found and found[1][0] in "qQ":
            items.append(_Item(number, [_said(found[2])]))
        elif not items:
            _stray(number, line, carried)
        elif found:
            if items[-1].answered:
                carried.note(f"line {number}", "a second answer to the same question is put below the first")
            items[-1].answered = True
            items[-1].answer.append(_said(found[2]))
        else:
            (items[-1].answer if items[-1].answered else items[-1].ask).append(line)
    return items


def _said(text: str) -> str:
    """Return what stands after a mark, without the end of bold text that began before it."""
    for bold in ("**", "__"):
        if text.count(bold) % 2 and text.rstrip().endswith(bold):
            return text.rstrip().removesuffix(bold)
    return text


def _headings(lines: list[tuple[int, str, bool]], carried: Carried) -> list[_Item]:
    items: list[_Item] = []
    for number, line, code in lines:
        found = None if code else _HEADING.fullmatch(line)
        if found:
            items.append(_Item(number, [found[2]], depth=len(found[1])))
        elif items:
            items[-1].answer.append(line)
        else:
            _stray(number, line, carried)
    questions = []
    for item, after in zip(items, [*items[1:], _Item(0, [])], strict=True):
        if after.depth <= item.depth:
            questions.append(item)
            continue
        said = " ".join(item.answer).strip()  # a section
        if said:
            carried.note(f"line {item.line}", f"the text of the section “{shorten(item.ask[0], 60)}” is left out")
        if item is items[0]:
            carried.title = item.ask[0]
    return questions


def _numbered(lines: list[tuple[int, str, bool]], carried: Carried) -> list[_Item]:
    items: list[_Item] = []
    for number, line, code in lines:
        found = None if code else _NUMBERED.fullmatch(line)
        if found:
            items.append(_Item(number, [found[1]]))
        elif items:
            items[-1].answer.append(line)
        else:
            _stray(number, line, carried)
    return items


def _stray(number: int, line: str, carried: Carried) -> None:
    if line.strip():
        carried.note(f"line {number}", f"“{shorten(line, 60)}” belongs to no question")


def _text(lines: list[str], place: str, carried: Carried) -> str:
    """Return lines without their common indentation and the marks of bold text and links; images are noted."""
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    cut = min(indents, default=0)
    text = "\n".join([*lines[:1], *(line[cut:] for line in lines[1:])]).strip()
    if len(text) > LONGEST:  # refused for that later
        return text
    for found in _IMAGE.finditer(text):
        carried.note(place, f"an image is left out ({shorten(found[2], 60)})")
    text = _IMAGE.sub(r"\1", text)
    return _BOLD.sub(r"\2", _LINK.sub(r"\1 (\2)", text)).replace("\n\n\n", "\n\n")
