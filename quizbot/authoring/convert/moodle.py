"""Moodle XML: short answers and essays.

Python's XML parsers expand entities, and a few nested ones fill the memory. Moodle's files have no document type, so
one that has is refused before anything is expanded; that needs no further library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizbot.authoring.convert.cards import Card, Carried
from quizbot.authoring.convert.html_text import html_to_text
from quizbot.authoring.convert.moodle_answers import Answer, best
from quizbot.errors import QuizbotError
from quizbot.text import shorten

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 40
_WAY = "Export the questions from Moodle again: Question bank, Export, Moodle XML format."


def read(text: str, _form: str) -> Carried:
    """Return the short answers and essays of a file.

    Raises:
        QuizbotError: it is not well-formed, has a document type, or is no Moodle XML.
    """
    root = _root(text)
    carried = Carried()
    topic = ""
    number = 0
    for element in root.iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            parts = _said(element, "category").split("/")
            topic = "/".join(part.strip() for part in parts if part not in ("top", "") and not part.startswith("$"))
            continue
        number += 1
        _question(element, kind, number, topic, carried)
    return carried


def _root(text: str) -> Element:
    from xml.etree import ElementTree  # what it must not see is refused before

    data = text.encode("utf-8")
    try:
        _refuse_entities(data)
        root = ElementTree.fromstring(data)  # noqa: S314 - see above
    except Exception as problem:
        if isinstance(problem, QuizbotError):
            raise
        raise QuizbotError(f"This is no well-formed XML: {problem}.", _WAY) from problem
    if root.tag != "quiz":
        raise QuizbotError(f"This is no Moodle XML: it begins with <{shorten(root.tag, 40)}>, not <quiz>.", _WAY)
    return root


def _refuse_entities(data: bytes) -> None:
    """Raise QuizbotError at a document type or at nesting that no quiz has."""
    from xml.parsers import expat  # used to refuse

    depth = 0

    def doctype(*_about: object) -> None:
        raise QuizbotError(
            "The file has a document type (<!DOCTYPE ...>), which can hide a bomb; it is not read.", _WAY
        )

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise QuizbotError(f"The file nests deeper than {_DEEPEST} levels; it is not read.", _WAY)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)


def _said(element: Element, path: str) -> str:
    """Return the text of a part, without looking at its format."""
    return (element.findtext(f"{path}/text") or "").strip()


def _question(element: Element, kind: str, number: int, topic: str, carried: Carried) -> None:
    name = shorten(_said(element, "name"), 60)
    place = f"question {number}" + (f" “{name}”" if name else "")
    if kind not in ("shortanswer", "essay"):
        carried.note(place, f"a question of the kind “{shorten(kind, 40)}” has no answer in one's own words")
        return
    ask = _text(element.find("questiontext"), place, carried)
    general = _text(element.find("generalfeedback"), place, carried)
    _leftovers(element, place, carried)
    if kind == "essay":
        model = _text(element.find("graderinfo"), place, carried)
        if model:
            carried.note(place, "the information for graders is taken for the model answer")
        elif general:
            carried.note(place, "the general feedback is taken for the model answer")
        if model and general:
            carried.note(place, f"the general feedback is left out: “{shorten(general, 60)}”")
        carried.add(Card(place, ask, model or general, topic=topic))
        return
    if general:
        carried.note(place, f"the general feedback is left out: “{shorten(general, 60)}”")
    answers = [
        Answer(
            (answer.findtext("text") or "").strip(),
            _weight(answer.get("fraction", "0")),
            _text(answer.find("feedback"), place, carried),
        )
        for answer in element.findall("answer")
    ]
    found = best(place, answers, carried)
    carried.add(Card(place, ask, found[0] if found else "", tuple(found[1:]), topic=topic))


def _weight(fraction: str) -> float:
    try:
        return float(fraction)
    except ValueError:
        return 0.0


def _text(element: Element | None, place: str, carried: Carried) -> str:
    """Return the text of a part, which may be HTML; what is no text in it is noted."""
    if element is None:
        return ""
    said = element.findtext("text") or ""
    if element.get("format", "html") not in ("html", "moodle_auto_format"):
        return said.strip()
    text, lost = html_to_text(said)
    for thing in lost:
        carried.note(place, f"{thing} is left out")
    return text


def _leftovers(element: Element, place: str, carried: Carried) -> None:
    hints = [hint for hint in element.findall("hint") if (hint.findtext("text") or "").strip()]
    tags = [tag.findtext("text") or "" for tag in element.findall("tags/tag")]
    if hints:
        carried.note(place, f"its hints are left out ({len(hints)})")
    if tags:
        carried.note(place, f"its tags are left out: {shorten(', '.join(tags), 60)}")
