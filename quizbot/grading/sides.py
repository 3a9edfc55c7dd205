"""What is said of which side of a comparison: "L1 shrinks all weights, L2 makes them zero" has it the wrong way round.

A question that sets two confusable words against each other (an `apart` pair, as in "the difference between L1 and
L2") has two sides. Its good answers show which side each concept is about; an answer that says a concept of the other
side has not earned it. Where an answer doesn't tell the side, or the good answers don't, nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from quizbot.bank.model import Concept, Question
from quizbot.grading.forms import FUNCTION_WORDS, form, split
from quizbot.grading.lexicon import Lexicon
from quizbot.grading.words import CLAUSE, PREFIXES, Words, parted

GOOD = 85
"""Points that an example must be sure of to count as a good answer."""

_NO_TOPICS = frozenset(
    "high low higher lower large small more less increase decrease good bad better worse fast slow one two".split()
)
"""Opposites that qualify things and are none: what is high is for the keywords to say."""


class Pair(NamedTuple):
    """Two sides that a question compares: the stems of the words that name each.

    `joined` says that the question names them only as one thing ("a blue-green deployment"): what good answers happen
    to say of one is no statement about it then, unless a concept is named after it.
    """

    names: tuple[str, str]
    stems: dict[str, int]
    joined: bool = False


class Sides(NamedTuple):
    """The pairs of a question; for each concept, which side of which pair it is about."""

    pairs: tuple[Pair, ...]
    expected: tuple[tuple[tuple[int, int], ...], ...]


class Mentions:
    """Where an answer names the sides of a question's pairs."""

    def __init__(self, words: Words, pairs: Sequence[Pair]) -> None:
        self._words = words
        self._found: list[list[tuple[int, int]]] = [
            [
                (at, side)
                for at, item in enumerate(words.forms)
                if item.stem in pair.stems and (side := self._named(at, pair)) is not None
            ]
            for pair in pairs
        ]

    def _named(self, at: int, pair: Pair) -> int | None:
        """Return the side that a word names; "non-parametric" names another one than "parametric", or none."""
        words = self._words
        item = words.forms[at]
        if at and words.starts[at] - words.ends[at - 1] == 1 and words.forms[at - 1].normal in PREFIXES:
            return pair.stems.get(form(words.forms[at - 1].normal + item.normal).stem)
        return pair.stems[item.stem]

    def side(self, pair: int, places: Iterable[int], *, strictly: bool = False) -> int | None:
        """Return the side that the words at `places` are said of, or None where that isn't clear.

        Of the sides named in the same clause the nearest one has them; if none is, and unless `strictly` asked, the
        one that was named last.
        """
        own = sorted(places)
        named = self._found[pair]
        sides = {side for at, side in named if own[0] <= at <= own[-1]}
        if sides:
            return sides.pop() if len(sides) == 1 else None
        where = self._words.places
        first, last = where[own[0]], where[own[-1]]
        before = max(((at, side) for at, side in named if at < own[0]), default=None)
        after = min(((at, side) for at, side in named if at > own[-1]), default=None)
        near: list[tuple[float, int]] = []
        if before and (far := first - where[before[0]]) < CLAUSE:
            near.append((far + parted(self._words, before[0], own[0]), before[1]))
        if after and (far := where[after[0]] - last) < CLAUSE:
            near.append((far + parted(self._words, own[-1], after[0]), after[1]))
        if near:
            near.sort()
            tie = len(near) == 2 and near[0][1] != near[1][1] and near[0][0] == near[1][0]
            return None if tie else near[0][1]
        if strictly or not before:
            return None
        at, side = before
        around = {other for place, other in named if abs(where[place] - where[at]) < CLAUSE}
        return side if len(around) == 1 else None


def compared(question: Question, meaning: Lexicon) -> tuple[Pair, ...]:
    """Return the pairs that a question compares: named in what it asks, or in each of its good answers."""
    asks = split(question.ask)
    asked = dict.fromkeys(asks)
    topics = [word for word in asked if len(word) > 1 and word not in FUNCTION_WORDS]
    pairs = [(one, other) for one, other in combinations(topics, 2) if meaning.apart(one, other)]
    goods = [frozenset(split(text)) for text in good_answers(question)]
    if len(goods) > 1:
        for one in sorted(frozenset.intersection(*goods) - set(asked)):
            pairs += [(one, other) for other in sorted(meaning.opposites(one)) if one < other and _all(goods, other)]
    found: list[Pair] = []
    for names in pairs:
        stems = tuple({form(name).stem for name in (name, *_synonyms(name, meaning, asks))} for name in names)
        if stems[0].isdisjoint(stems[1]) and _NO_TOPICS.isdisjoint(names):
            found.append(
                Pair(names, {stem: side for side in (0, 1) for stem in stems[side]}, _joined(names, question.ask))
            )
    return tuple(found)


def _joined(names: tuple[str, str], ask: str) -> bool:
    """Say whether two words are only ever named as one, with a hyphen between them."""
    rest = ask.lower().replace("-".join(names), " ").replace("-".join(reversed(names)), " ")
    return set(names).isdisjoint(split(rest)) and "-".join(names) in ask.lower()


def _all(goods: Sequence[frozenset[str]], word: str) -> bool:
    return all(word in good for good in goods)


def _synonyms(word: str, meaning: Lexicon, asks: Sequence[str]) -> list[str]:
    """Return the single words that mean a side, or the term that it begins in the question ("rl")."""
    terms = [(word,), *(tuple(asks[at : at + size]) for at, one in enumerate(asks) if one == word for size in (2, 3))]
    return [other[0] for term in terms for other in meaning.synonyms(term) if len(other) == 1]


def good_answers(question: Question) -> tuple[str, ...]:
    """Return the answers that the author calls good."""
    examples = (example.say for example in question.examples if example.mark and example.mark[0] >= GOOD)
    return tuple(text for text in (question.answer, *question.also, *examples) if text)


def learn(
    pairs: Sequence[Pair], concepts: Sequence[Concept], goods: Sequence[tuple[Words, Callable[[int], Sequence[int]]]]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each concept which side of which pair it is about.

    That is the one side it is named after ("l1-effect"), or the one that most good answers say it of. `goods` are the
    good answers, each with a function from a concept's number to the words that earn it.
    """
    mentions = [Mentions(words, pairs) for words, _ in goods]
    expected: list[tuple[tuple[int, int], ...]] = []
    for number, concept in enumerate(concepts):
        said = [(found, earned(number)) for found, (_, earned) in zip(mentions, goods, strict=True)]
        said = [(found, places) for found, places in said if places]
        about: list[tuple[int, int]] = []
        for pair, compared_pair in enumerate(pairs):
            named = _named_after(concept, compared_pair)
            if named is not None:
                about.append((pair, named))
            if named is not None or compared_pair.joined:
                continue
            sure = [found.side(pair, places, strictly=True) for found, places in said]
            sides = [found.side(pair, places) for found, places in said]
            for side in (0, 1):
                most = 2 * sides.count(side) > len(said) > 3 * sides.count(1 - side)
                if most and sure.count(side) >= min(2, len(said)):
                    about.append((pair, side))
        expected.append(tuple(about))
    return tuple(expected)


def _named_after(concept: Concept, pair: Pair) -> int | None:
    """Return the one side that a concept's id or name names."""
    words = split(f"{concept.id.replace('-', ' ')} {concept.name}")
    sides = {pair.stems[stem] for word in words if (stem := form(word).stem) in pair.stems}
    return sides.pop() if len(sides) == 1 else None
