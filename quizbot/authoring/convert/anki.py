"""Anki's notes into cards: the first field is asked, the second is the answer, the others are left behind and named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quizbot.authoring.convert.cards import Card, Carried
from quizbot.authoring.convert.html_text import html_to_text
from quizbot.text import count, shorten

_CLOZE = re.compile(r"\{\{c\d+::")
_SOUND = re.compile(r"\[sound:([^\]\n]{0,200})\]")
_TAGS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """One note as Anki has it; `names` are those of its `fields` (empty where unknown), `kind` its note type."""

    place: str
    names: tuple[str, ...]
    fields: tuple[str, ...]
    kind: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    html: bool = True
    cloze: bool = False


class Gathered:
    """Takes notes one by one."""

    def __init__(self) -> None:
        self._carried = Carried()
        self._tags: Counter[str] = Counter()
        self._tagged = 0

    def add(self, note: AnkiNote) -> None:
        """Make a card of a note, and note what is left of it."""
        if note.cloze or "cloze" in note.kind.casefold() or any(map(_CLOZE.search, note.fields)):
            shown = shorten(note.fields[0], 60) if note.fields else ""
            self._carried.note(note.place, f"a cloze deletion is no question and answer: “{shown}”")
            return
        texts = [self._text(field, note) for field in note.fields[:2]]
        for number, field in enumerate(note.fields[2:], 2):
            if field.strip():
                name = note.names[number] if number < len(note.names) and note.names[number] else f"field {number + 1}"
                self._carried.note(note.place, f"the field “{shorten(name, 40)}” is left out: “{shorten(field, 60)}”")
        self._tagged += bool(note.tags)
        self._tags.update(note.tags)
        ask, answer = (*texts, "", "")[:2]
        self._carried.add(Card(note.place, ask, answer, topic=note.deck.replace("::", "/").replace("\x1f", "/")))

    def _text(self, field: str, note: AnkiNote) -> str:
        text, lost = html_to_text(field) if note.html else (field, [])
        lost += [f"a sound ({name})" for name in _SOUND.findall(text)]
        for thing in lost:
            self._carried.note(note.place, f"{thing} is left out")
        return _SOUND.sub("", text)

    def done(self) -> Carried:
        """Return all that was gathered."""
        if self._tags:
            shown = ", ".join(tag for tag, _ in self._tags.most_common(_TAGS_SHOWN))
            more = "" if len(self._tags) <= _TAGS_SHOWN else ", ..."
            self._carried.note("tags", f"those of {count(self._tagged, 'note')} are left out: {shown}{more}")
        return self._carried
