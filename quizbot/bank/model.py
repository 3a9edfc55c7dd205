"""A question bank as plain frozen values. Everything here is already checked: see `load`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from quizbot.text import one_line


class Kind(StrEnum):
    """What a question is about: the job (`faq`) or the field (`skill`)."""

    FAQ = "faq"
    SKILL = "skill"


class Level(StrEnum):
    """For whom a question is meant."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"


Origin = Literal["shipped", "own", "file", "package"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a bank's file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{one_line(self.file)}:{self.line}:{self.column}"  # a stranger's file may be called anything


Words = tuple[str, ...]
"""One alternative of a place: its words in order; more than one when joined by `_`."""

Slot = tuple[Words, ...]
"""One place of a phrase: any of these alternatives fills it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Places that must all be filled close together within one clause, in any order.

    `negated`: the phrase itself says not, so it matches only what the answer denies.
    """

    slots: tuple[Slot, ...]
    negated: bool
    text: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """One way to earn a concept: all of its phrases, anywhere in the answer (`in_order`: in this order)."""

    phrases: tuple[Phrase, ...]
    in_order: bool
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a good answer says.

    `worth` is its weight against the question's other concepts. `at_least` of the `keywords` must be found; with
    1 ("any") the first one found earns it all, with more ("at_least/of") each different one earns its share.
    """

    id: str
    name: str
    keywords: tuple[Keyword, ...]
    worth: float = 1.0
    at_least: int = 1
    hint: str = ""
    probe: str = ""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong thing that answers often say; it `costs` as much as a concept of that worth earns."""

    id: str
    keywords: tuple[Keyword, ...]
    say: str
    costs: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A test of its question: what somebody might say, and what that must earn. `mark` is (lowest, highest) points."""

    say: str
    mark: tuple[float, float] | None
    earns: tuple[str, ...]
    misses: tuple[str, ...]
    hits: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases that mean the same (`same`) and words that must never be taken for each other (`apart`).

    `by_topic`: what holds in questions of some topics only, each with these topics: "cv" is cross validation where
    models are evaluated, and computer vision elsewhere.
    """

    same: tuple[tuple[Words, ...], ...] = ()
    apart: tuple[tuple[Words, ...], ...] = ()
    by_topic: tuple[tuple[tuple[str, ...], Vocabulary], ...] = ()

    def plus(self, other: Vocabulary) -> Vocabulary:
        """Return this vocabulary and the `other` one together."""
        return Vocabulary(self.same + other.same, self.apart + other.apart, self.by_topic + other.by_topic)

    def within(self, topic: str) -> Vocabulary:
        """Return what holds in a topic ("area/topic" is both); this same vocabulary if that is all of it."""
        parts = {topic.casefold(), *topic.casefold().split("/")}
        whole = Vocabulary(self.same, self.apart)
        for topics, more in self.by_topic:
            if not parts.isdisjoint(topics):
                whole = whole.plus(more)
        return self if whole.same == self.same and whole.apart == self.apart else whole


@dataclass(frozen=True)
class Question:
    """One question with everything that is needed to ask it, mark it and talk about it.

    `lint_ok` are the rules of the quality check that are broken on purpose, each with the author's reason.
    `wording` is the share of the mark (0-0.9) that goes by how much of the model answer is said in its own words.
    `key` ("bank-id/question-id") names it in commands and records. `digest` changes with anything that is asked
    or marked, so that a record can tell whether the question is still the one it was.
    """

    id: str
    bank: str
    kind: Kind
    level: Level
    topic: str
    ask: str
    minutes: float = 2.0
    variants: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    wording: float = 0.0
    answer: str = ""
    also: tuple[str, ...] = ()
    followups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    examples: tuple[Example, ...] = field(default=(), compare=False)
    lint_ok: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    vocabulary: Vocabulary = field(default=Vocabulary(), repr=False)
    digest: str = ""
    place: Place = field(default=Place("", 1, 1), compare=False)

    @cached_property
    def key(self) -> str:
        """The name of this question in commands and records."""
        return f"{self.bank}/{self.id}"


@dataclass(frozen=True, slots=True)
class Bank:
    """A file of questions. `vocabulary` is the bank's own, without the shared one."""

    id: str
    title: str
    topic: str
    questions: tuple[Question, ...]
    vocabulary: Vocabulary = Vocabulary()
    origin: Origin = "file"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a bank's file, said in one line.

    `rule` names the check that found it (empty for the form of the file); `detail` are lines that say more.
    """

    place: Place
    message: str
    rule: str = ""
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
