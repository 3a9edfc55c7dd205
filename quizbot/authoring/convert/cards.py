"""A card: a question and its answer as other programs have them; and cards made into a bank."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from quizbot.bank.ids import as_id
from quizbot.bank.load import MINUTES
from quizbot.bank.model import Kind, Level
from quizbot.text import clean, one_line, shorten

if TYPE_CHECKING:
    from quizbot.bank.data import Data, Value

LONGEST = 50_000
"""Characters of a question or answer that are carried over at most: an hour of talking has 20,000."""
_ID = 60
_MINUTES = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Card:
    """A question with a model answer, and other answers that are as good. `place` says where it was found."""

    place: str
    ask: str
    answer: str
    also: tuple[str, ...] = ()
    id: str = ""
    level: str = ""
    topic: str = ""
    kind: str = ""
    minutes: str = ""
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()  # other lists of texts of a question, by their keys


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be carried over, and where it was found."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{one_line(self.place)}: {one_line(self.message)}"


@dataclass(slots=True)
class Carried:
    """What was read: cards, notes of what was left behind, and what the source says of itself (empty if nothing)."""

    cards: list[Card] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    bank: str = ""
    title: str = ""

    def note(self, place: str, message: str) -> None:
        """Note what could not be carried over."""
        self.notes.append(Note(place, message))

    def add(self, card: Card) -> None:
        """Keep a card, cleaned, or note why it is none: half of it is missing, or it is longer than any answer."""
        ask, answer = tidy(card.ask), tidy(card.answer)
        shown = shorten(ask, 60) if ask else "a question"
        if not ask or not answer:
            missing = "a question" if not ask else f"an answer to “{shown}”"
            if ask or answer:
                self.note(card.place, f"{missing} is missing, so it is left out")
            return
        if max(len(ask), len(answer), *map(len, card.also), 0) > LONGEST:
            self.note(card.place, f"“{shown}” is longer than {LONGEST:,} characters, so it is left out")
            return
        level = self._choice(card.place, "level", card.level, Level)
        kind = self._choice(card.place, "kind", card.kind, Kind)
        minutes = card.minutes.strip()
        if minutes and not (_MINUTES.fullmatch(minutes) and MINUTES[0] <= float(minutes) <= MINUTES[1]):
            bounds = f"{MINUTES[0]:g} to {MINUTES[1]:g}"
            self.note(card.place, f"“{shorten(minutes, 40)}” is no number of minutes from {bounds}")
            minutes = ""
        also = tuple(dict.fromkeys(text for text in map(tidy, card.also) if text and text != answer))
        more = tuple((key, tuple(text for text in map(tidy, texts) if text)) for key, texts in card.more)
        self.cards.append(
            Card(card.place, ask, answer, also, card.id, level, one_line(card.topic), kind, minutes, more)
        )

    def _choice(self, place: str, key: str, said: str, choices: Iterable[str]) -> str:
        """Return one of a few words, or nothing and a note."""
        word = said.strip().casefold()
        known = [str(choice) for choice in choices]
        if not word or word in known:
            return word
        self.note(place, f"the {key} “{shorten(word, 40)}” is none of {', '.join(known)}")
        return ""


def tidy(text: str) -> str:
    """Return `text` as a bank can hold it: cleaned, without the two code points that no YAML file may have."""
    return clean(text).replace("\ufffe", "").replace("\uffff", "").strip()


def as_bank(carried: Carried, bank: str, title: str, topic: str, level: str = "") -> Data:
    """Return cards in the form of a bank's file. Ids that were taken or no ids are noted.

    Ids come from the questions' texts, so that the same question has the same id the next time.
    """
    data: Data = {"schema": 1, "bank": bank, "title": title or bank, "topic": topic or bank}
    if level and level != Level.MID:
        data["level"] = level
    taken: dict[str, int] = {}
    questions: list[Value] = [
        _question(card, carried, taken, topic or bank, level or Level.MID) for card in carried.cards
    ]
    _followups(questions, carried, taken)
    data["questions"] = questions
    return data


def _followups(questions: list[Value], carried: Carried, names: Container[str]) -> None:
    """Note questions to go on with that are not among those that were carried over, and leave them out."""
    for question, card in zip(questions, carried.cards, strict=True):
        wanted = dict(card.more).get("followups", ())
        known = _texts(name for name in wanted if name in names)
        if len(known) < len(wanted):
            carried.note(card.place, "it goes on with a question that is not there")
        if known and isinstance(question, dict):
            question["followups"] = known


def _question(card: Card, carried: Carried, taken: dict[str, int], topic: str, level: str) -> Data:
    wanted = as_id(card.id)
    if card.id and wanted != card.id:
        carried.note(card.place, f"“{shorten(card.id, 40)}” is no id here (a-z, 0-9, hyphens), so it has another one")
    made: Data = {"id": _free(wanted or slug(card.ask), taken)}
    if wanted and made["id"] != wanted:
        carried.note(card.place, f"the id {wanted} is taken, so it is {made['id']}")
    if card.kind and card.kind != Kind.SKILL:
        made["kind"] = card.kind
    if card.level and card.level != level:
        made["level"] = card.level
    if card.topic and card.topic != topic:
        made["topic"] = card.topic
    if card.minutes and float(card.minutes) != 2:
        minutes = float(card.minutes)
        made["minutes"] = int(minutes) if minutes == int(minutes) else minutes
    made["ask"] = card.ask
    lists: dict[str, tuple[str, ...]] = {"also": card.also, **dict(card.more)}
    made |= _lists(lists, ("variants",)) | {"answer": card.answer}
    return made | _lists(lists, ("also", "sources", "covers"))


def _lists(lists: dict[str, tuple[str, ...]], keys: Sequence[str]) -> Data:
    return {key: texts for key in keys if (texts := _texts(lists.get(key, ())))}


def _texts(texts: Iterable[str]) -> list[Value]:
    return list(texts)


def slug(ask: str) -> str:
    """Return the id of a question without one: its first words, or a number made of it where they give none."""
    words = as_id(ask, _ID)
    letters = sum(letter.isalnum() for letter in ask[:_ID])
    if 2 * len(words) >= letters and words:
        return words
    return f"question-{blake2b(ask.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def _free(name: str, taken: dict[str, int]) -> str:
    """Return `name`, or `name-2` and so on if it is taken; `taken` holds the last number tried for each name."""
    made, number = name, taken.get(name, 0)
    while number and made in taken:
        number += 1
        made = f"{name[:70].rstrip('-')}-{number}"
    taken[name] = max(number, 1)
    taken.setdefault(made, 1)
    return made
