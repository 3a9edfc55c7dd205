"""Moodle's GIFT: short answers and essays. Other kinds of questions have no answer in one's own words and are noted.

::title:: What is overfitting? {=memorising noise =%50%a gap #feedback}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizbot.authoring.convert.cards import Card, Carried
from quizbot.authoring.convert.html_text import html_to_text
from quizbot.authoring.convert.moodle_answers import Answer, best
from quizbot.text import shorten

_TITLE = re.compile(r"\s*::((?:\\.|[^\\:]|:(?!:)){0,500})::")
_FORMAT = re.compile(r"\s*\[(html|markdown|moodle|plain)\]", re.I)
_ANSWER = re.compile(r"([=~])((?:\\.|[^\\=~])*)", re.S)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,5})?)%")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_SPLIT = re.compile(r"(?:\\.|[^\\#])*", re.S)


def read(text: str, _form: str) -> Carried:
    """Return the short answers and essays of a GIFT file."""
    carried = Carried()
    topic = ""
    for line, block in _blocks(text):
        if block.startswith("$CATEGORY:"):
            topic = _topic(block.partition(":")[2])
        else:
            _question(f"line {line}", block, topic, carried)
    return carried


def _topic(category: str) -> str:
    """Return a category's path as a topic, without what Moodle puts before it."""
    parts = [part.strip() for part in category.strip().split("/")]
    return "/".join(part for part in parts if part and part != "top" and not part.startswith("$"))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the questions, which empty lines part, and the categories, each with the number of its first line."""
    block: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip() and not line.startswith("$CATEGORY:"):
            first = first if block else number
            block.append(line)
            continue
        if block:
            yield first, "\n".join(block)
            block = []
        if line.strip():
            yield number, line


def _question(place: str, block: str, topic: str, carried: Carried) -> None:
    title = _TITLE.match(block)
    rest = block[title.end() :] if title else block
    form = _FORMAT.match(rest)
    rest = rest[form.end() :] if form else rest
    opened, closed = _brace(rest, "{", 0), -1
    if opened >= 0:
        closed = _brace(rest, "}", opened)
    shown = shorten(title[1] if title else rest, 60)
    if opened < 0 or closed < 0:
        carried.note(place, f"“{shown}” has no {{answer}}, so it is left out")
        return
    after = rest[closed + 1 :].strip()
    ask = rest[:opened].strip() + (f" _____ {after}" if after else "")
    if form and form[1].casefold() == "html":
        ask, lost = html_to_text(ask)
        for thing in lost:
            carried.note(place, f"{thing} is left out")
    inside, _, general = rest[opened + 1 : closed].partition("####")
    if not inside.strip():
        if general.strip():
            carried.note(place, f"the feedback of the essay “{shown}” is taken for its model answer")
        carried.add(Card(place, _plain(ask), _plain(general), topic=topic))
        return
    kind = _kind(inside)
    if kind:
        carried.note(place, f"{kind}, which has no answer in one's own words: “{shown}”")
        return
    if general.strip():
        carried.note(place, f"the general feedback of “{shown}” is left out")
    found = best(place, [_answer(match[2]) for match in _ANSWER.finditer(inside)], carried)
    carried.add(Card(place, _plain(ask), found[0] if found else "", tuple(found[1:]), topic=topic))


def _brace(text: str, brace: str, start: int) -> int:
    """Return where a brace stands that is no text (`\\{` is one); -1 without any."""
    at = text.find(brace, start)
    while at > 0 and text[at - 1] == "\\":
        at = text.find(brace, at + 1)
    return at


def _kind(inside: str) -> str:
    """Return the name of a kind that cannot be carried over, or nothing for short answers."""
    marks = [match[1] for match in _ANSWER.finditer(inside)]
    if inside.strip().startswith("#"):
        return "a numerical question"
    if re.fullmatch(r"\s*(?:T|F|TRUE|FALSE)\s*(?:#.*)?", inside, re.S):
        return "a true-or-false question"
    if "~" in marks:
        return "a multiple-choice question"
    if marks and all("->" in match[2] for match in _ANSWER.finditer(inside)):
        return "a matching question"
    return "" if marks else "an unknown kind of question"


def _answer(text: str) -> Answer:
    weight = _WEIGHT.match(text)
    rest = text[weight.end() :] if weight else text
    found = _SPLIT.match(rest)
    said = found[0] if found else rest
    return Answer(_plain(said), float(weight[1]) if weight else 100.0, _plain(rest[len(said) + 1 :]))


def _plain(text: str) -> str:
    """Return text with its escapes read."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()
