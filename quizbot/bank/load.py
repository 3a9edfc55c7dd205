"""Plain data into a `Bank`: every error with its line and column, all of them in one pass, in our own words.

A question that is wrong is left out and the others stay usable; the caller decides whether problems matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from quizbot.bank.keywords import read_keyword
from quizbot.bank.model import (
    Bank,
    Concept,
    Example,
    Keyword,
    Kind,
    Level,
    Misconception,
    Origin,
    Place,
    Problem,
    Question,
    Vocabulary,
)
from quizbot.bank.read import Fields, Items, Node, Text, read
from quizbot.bank.vocabulary import read_vocabulary
from quizbot.text import clean

SCHEMA = 1
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_BANK = ("schema", "bank", "title", "topic", "kind", "level", "vocabulary", "questions")
_QUESTION = (
    "id kind level topic minutes ask variants concepts misconceptions answer also followups sources covers examples"
).split()
_CONCEPT = ("id", "name", "worth", "any", "at_least", "of", "hint", "probe")
_MISCONCEPTION = ("id", "any", "costs", "say")
_EXAMPLE = ("say", "mark", "earns", "misses", "hits")

Made = TypeVar("Made")
Choice = TypeVar("Choice", Kind, Level)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bank and what is wrong in its file; no bank if the file as a whole is of no use."""

    bank: Bank | None
    problems: tuple[Problem, ...]


def load_bank(data: bytes, file: str, origin: Origin, shared: Vocabulary) -> Loaded:
    """Return the bank in `data` (a YAML file's bytes); `file` names it in messages.

    `shared` is the vocabulary of all banks, to which the bank adds its own.
    """
    node, problems = read(data, file)
    loader = _Loader(file, problems)
    bank = loader.bank(node, origin, shared) if node is not None or not problems else None
    problems.sort(key=lambda problem: (problem.place.line, problem.place.column))
    return Loaded(bank, tuple(problems))


class _Loader:
    """Reads nodes into values and collects what is wrong with them."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems

    def report(self, node: Node | Place, message: str) -> None:
        place = node if isinstance(node, Place) else node.place
        self._problems.append(Problem(place, message))

    def bank(self, node: Node | None, origin: Origin, shared: Vocabulary) -> Bank | None:
        if not isinstance(node, Fields):
            place = node.place if node else Place(self._file, 1, 1)
            self.report(place, "a bank begins with “schema: 1”, “bank: its-id” and “questions:”")
            return None
        schema = node.values.get("schema")
        if not isinstance(schema, Text) or schema.value != str(SCHEMA):
            self._wrong_schema(node, schema)
            return None
        self._unknown(node, _BANK)
        name = self._id(node)
        title = self._text(node, "title") or name or ""
        topic = self._text(node, "topic") or name or ""
        own = read_vocabulary(node.values.get("vocabulary"), self.report)
        defaults = _Defaults(
            bank=name or "",
            topic=topic,
            kind=self._choice(node, "kind", Kind, Kind.SKILL),
            level=self._choice(node, "level", Level, Level.MID),
            vocabulary=shared.plus(own),
            salt=repr(own),
        )
        listed = node.values.get("questions")
        if not isinstance(listed, Items) or not listed.values:
            self.report(listed or node, "“questions” is a list of at least one question")
            return None
        questions = self._all(listed, lambda item: self._question(item, defaults))
        self._unique(listed, "question")
        self._followups(listed)
        if name is None:
            return None
        return Bank(name, title, topic, tuple(questions), own, origin, self._file)

    def _wrong_schema(self, node: Fields, schema: Node | None) -> None:
        if schema is None:
            self.report(node, "“schema: 1” is missing; it belongs in the first line")
        elif isinstance(schema, Text) and schema.value.isdigit() and int(schema.value[:9]) > SCHEMA:
            self.report(schema, f"schema {schema.value} is newer than this quizbot knows ({SCHEMA}); update quizbot")
        else:
            self.report(schema, "“schema” is 1")

    def _question(self, node: Fields, defaults: _Defaults) -> Question | None:
        before = len(self._problems)
        self._unknown(node, _QUESTION)
        name = self._id(node)
        ask = self._text(node, "ask", needed=True)
        concepts = self._optional(node, "concepts", self._concept)
        wrong = self._optional(node, "misconceptions", self._misconception)
        answer = self._text(node, "answer") or ""
        if not concepts and not answer and "concepts" not in node.values:
            self.report(node, "a question needs “concepts”, or an “answer” to be marked by")
        known = {concept.id for concept in concepts}
        hits = {item.id for item in wrong}
        examples = self._optional(node, "examples", lambda item: self._example(item, known, hits))
        variants, also = self._texts(node, "variants"), self._texts(node, "also")
        question = Question(
            id=name or "",
            bank=defaults.bank,
            kind=self._choice(node, "kind", Kind, defaults.kind),
            level=self._choice(node, "level", Level, defaults.level),
            topic=self._text(node, "topic") or defaults.topic,
            ask=ask or "",
            minutes=self._number(node, "minutes", 2.0, lowest=0.1, highest=120),
            variants=variants,
            concepts=tuple(concepts),
            misconceptions=tuple(wrong),
            answer=answer,
            also=also,
            followups=self._texts(node, "followups"),
            sources=self._texts(node, "sources"),
            covers=self._texts(node, "covers"),
            examples=tuple(examples),
            vocabulary=defaults.vocabulary,
            digest=_digest(ask, variants, concepts, wrong, answer, also, defaults.salt),
            place=node.place,
        )
        return question if len(self._problems) == before else None

    def _concept(self, node: Fields) -> Concept | None:
        self._unknown(node, _CONCEPT)
        name = self._id(node)
        keywords, at_least = self._ways(node)
        if name is None or not keywords:
            return None
        return Concept(
            id=name,
            name=self._text(node, "name") or name.replace("-", " "),
            keywords=keywords,
            worth=self._number(node, "worth", 1.0, lowest=0.01, highest=100),
            at_least=at_least,
            hint=self._text(node, "hint") or "",
            probe=self._text(node, "probe") or "",
        )

    def _ways(self, node: Fields) -> tuple[tuple[Keyword, ...], int]:
        """Return the keywords of a concept and how many of them are needed."""
        if "any" in node.values:
            for key in ("of", "at_least"):
                if key in node.values:
                    self.report(
                        node.keys[key], f"“any” stands alone; use “at_least” with “of”, or “any” without “{key}”"
                    )
            return self._keywords(node, "any"), 1
        if "of" not in node.values:
            said = "a concept needs “any: [keyword, ...]”, or “at_least: 2” with “of: [keyword, ...]”"
            self.report(node, said)
            return (), 1
        keywords = self._keywords(node, "of")
        at_least = self._number(node, "at_least", 1.0, lowest=1, highest=100)
        if at_least != int(at_least) or (keywords and at_least > len(keywords)):
            said = f"“at_least” is a whole number up to the {len(keywords)} keywords of “of”"
            self.report(node.values.get("at_least", node), said)
            return (), 1
        return keywords, int(at_least)

    def _keywords(self, node: Fields, key: str) -> tuple[Keyword, ...]:
        value = node.values[key]
        listed = value.values if isinstance(value, Items) else [value]
        if not listed:
            self.report(value, f"“{key}” needs at least one keyword")
        found = [read_keyword(item, self.report) for item in listed]
        return tuple(keyword for keyword in found if keyword)

    def _misconception(self, node: Fields) -> Misconception | None:
        self._unknown(node, _MISCONCEPTION)
        name, say = self._id(node), self._text(node, "say", needed=True)
        if "any" not in node.values:
            self.report(node, "a misconception needs “any: [keyword, ...]”")
            return None
        keywords = self._keywords(node, "any")
        costs = self._number(node, "costs", 1.0, lowest=0, highest=100)
        return Misconception(name, keywords, say, costs) if name and say and keywords else None

    def _example(self, node: Fields, concepts: set[str], wrong: set[str]) -> Example | None:
        self._unknown(node, _EXAMPLE)
        return Example(
            say=self._text(node, "say") or "",
            mark=self._mark(node.values.get("mark")),
            earns=self._names(node, "earns", concepts, "concept"),
            misses=self._names(node, "misses", concepts, "concept"),
            hits=self._names(node, "hits", wrong, "misconception"),
            place=node.place,
        )

    def _mark(self, node: Node | None) -> tuple[float, float] | None:
        if node is None:
            return None
        values = node.values if isinstance(node, Items) else [node]
        texts = [value.value for value in values if isinstance(value, Text)]
        numbers = [float(text) for text in texts if _NUMBER.fullmatch(text)]
        if (
            len(numbers) != len(values)
            or not 1 <= len(numbers) <= 2
            or max(numbers) > 100
            or numbers != sorted(numbers)
        ):
            self.report(node, "“mark” is points from 0 to 100, or a range as in [25, 45]")
            return None
        return numbers[0], numbers[-1]

    def _names(self, node: Fields, key: str, known: set[str], thing: str) -> tuple[str, ...]:
        names = self._texts(node, key)
        for name in names:
            if name not in known:
                self.report(node.values[key], f"there is no {thing} “{name}” in this question{_near(name, known)}")
        return names

    def _followups(self, listed: Items) -> None:
        """Report followups that name no question of this bank."""
        names = [item.values.get("id") for item in _mappings(listed)]
        known = {name.value for name in names if isinstance(name, Text)}
        for item in _mappings(listed):
            value = item.values.get("followups")
            for node in value.values if isinstance(value, Items) else [value]:
                if isinstance(node, Text) and node.value not in known:
                    self.report(
                        node, f"there is no question “{clean(node.value)}” in this bank{_near(node.value, known)}"
                    )

    # What all of these are made of

    def _optional(self, node: Fields, key: str, make: Callable[[Fields], Made | None]) -> list[Made]:
        value = node.values.get(key)
        if value is None or (isinstance(value, Text) and value.plain and not value.value):
            return []
        if not isinstance(value, Items) or not value.values:
            self.report(value, f"“{key}” is a list, each item begun with “- ”")
            return []
        if key in ("concepts", "misconceptions"):
            self._unique(value, key.removesuffix("s"))
        return self._all(value, make)

    def _all(self, listed: Items, make: Callable[[Fields], Made | None]) -> list[Made]:
        made: list[Made] = []
        for item in listed.values:
            if not isinstance(item, Fields):
                self.report(item, "a mapping of keys is meant here, as in “id: its-name”")
            elif (value := make(item)) is not None:
                made.append(value)
        return made

    def _unique(self, listed: Items, thing: str) -> None:
        first: dict[str, Place] = {}
        for item in _mappings(listed):
            name = item.values.get("id")
            if not isinstance(name, Text):
                continue
            if name.value in first:
                said = f"a second {thing} “{clean(name.value)}” (the first is in line {first[name.value].line})"
                self.report(name, said)
            first.setdefault(name.value, name.place)

    def _unknown(self, node: Fields, known: Iterable[str]) -> None:
        for key, place in node.keys.items():
            if key not in known:
                self.report(place, f"unknown key “{clean(key)}”{_near(key, known)}")

    def _id(self, node: Fields) -> str | None:
        key = "bank" if "schema" in node.values else "id"
        value = node.values.get(key)
        if not isinstance(value, Text) or not _ID.fullmatch(value.value) or len(value.value) > 80:
            said = f"“{key}” is a short name of a-z, 0-9 and single hyphens, as in “bias-variance”"
            self.report(value or node, said if value else f"“{key}” is missing: {said}")
            return None
        return value.value

    def _text(self, node: Fields, key: str, *, needed: bool = False) -> str | None:
        value = node.values.get(key)
        if value is None:
            if needed:
                self.report(node, f"“{key}” is missing")
            return None
        if not isinstance(value, Text):
            self.report(value, f"“{key}” is a text; one that begins with [ or {{ needs quotes")
            return None
        text = clean(value.value).strip()
        if not text:
            self.report(value, f"“{key}” is empty")
            return None
        return text

    def _texts(self, node: Fields, key: str) -> tuple[str, ...]:
        value = node.values.get(key)
        if value is None:
            return ()
        texts: list[str] = []
        for item in value.values if isinstance(value, Items) else [value]:
            text = clean(item.value).strip() if isinstance(item, Text) else ""
            if text:
                texts.append(text)
            else:
                self.report(item, f"“{key}” is a text or a list of texts, none of them empty")
        return tuple(texts)

    def _number(self, node: Fields, key: str, default: float, *, lowest: float, highest: float) -> float:
        value = node.values.get(key)
        if value is None:
            return default
        if isinstance(value, Text) and _NUMBER.fullmatch(value.value) and lowest <= float(value.value) <= highest:
            return float(value.value)
        self.report(value, f"“{key}” is a number from {lowest:g} to {highest:g}")
        return default

    def _choice(self, node: Fields, key: str, choices: type[Choice], default: Choice) -> Choice:
        value = node.values.get(key)
        if value is None:
            return default
        names = [str(choice) for choice in choices]
        if isinstance(value, Text) and value.value in names:
            return choices(value.value)
        said = clean(value.value) if isinstance(value, Text) else ""
        self.report(value, f"“{key}” is one of {', '.join(names)}{_near(said, names)}")
        return default


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What a bank says for all of its questions."""

    bank: str
    topic: str
    kind: Kind
    level: Level
    vocabulary: Vocabulary
    salt: str


def _mappings(listed: Items) -> list[Fields]:
    return [item for item in listed.values if isinstance(item, Fields)]


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only on the way to a message

    near = get_close_matches(name[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean “{near[0]}”?" if near else ""


def _digest(*parts: object) -> str:
    """Return 12 hexadecimal digits that change with anything that is asked or marked."""
    kept = []
    for part in parts:
        if isinstance(part, list):  # concepts and misconceptions: what is marked, not how it is talked about
            part = [(item.id, item.keywords, getattr(item, "worth", getattr(item, "costs", 0))) for item in part]
        kept.append(part)
    return blake2b(repr(kept).encode("utf-8", "replace"), digest_size=6).hexdigest()
