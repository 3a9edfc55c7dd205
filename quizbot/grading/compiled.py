"""A question's keywords made ready to be looked for: stems, synonyms, and what a typo may be taken for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizbot.bank.model import Keyword, Phrase, Question, Slot, Words
from quizbot.grading.lexicon import Lexicon, Stems, content, lexicon, stems


@dataclass(frozen=True, slots=True)
class Option:
    """One way to fill a place: consecutive content words with these stems. `synonym` of what the author wrote."""

    words: Words
    stems: Stems
    joined: str
    synonym: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a phrase: any of its options fills it."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase ready to be looked for."""

    places: tuple[Place, ...]
    negated: bool
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A keyword ready to be looked for: all of its patterns."""

    patterns: tuple[Pattern, ...]
    in_order: bool
    text: str


class Compiled:
    """A question ready to be marked. `needed` maps the stem of every keyword word to its normal forms."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.lexicon = lexicon(question.vocabulary)
        self.concepts = tuple(tuple(map(self._rule, concept.keywords)) for concept in question.concepts)
        self.misconceptions = tuple(tuple(map(self._rule, wrong.keywords)) for wrong in question.misconceptions)
        self.needed: dict[str, set[str]] = {}
        self.spellings: set[str] = set()
        for option in self._options():
            if len(option.words) > 1:
                self.spellings.add(option.joined)
                self.needed.setdefault(stems((option.joined,))[0], set()).add(option.joined)
            for word, word_stem in zip(option.words, option.stems, strict=True):
                self.needed.setdefault(word_stem, set()).add(word)
                self.spellings.add(word)
        # A word of the question, its answers or the vocabulary is no misspelling of a keyword.
        self.known = self.lexicon.known | self.spellings
        self.known.update(content([question.ask, *question.variants, question.answer, *question.also]))
        self.targets = sorted(word for word in self.spellings if len(word) >= 4)

    def _options(self) -> Iterator[Option]:
        for rules in (*self.concepts, *self.misconceptions):
            for rule in rules:
                for pattern in rule.patterns:
                    for place in pattern.places:
                        yield from place.options

    def _rule(self, keyword: Keyword) -> Rule:
        return Rule(tuple(map(self._pattern, keyword.phrases)), keyword.in_order, keyword.text)

    def _pattern(self, phrase: Phrase) -> Pattern:
        places = tuple(_place(slot, self.lexicon) for slot in _merged(phrase.slots, self.lexicon))
        return Pattern(places, phrase.negated, phrase.text)


def _merged(slots: tuple[Slot, ...], words: Lexicon) -> Iterator[Slot]:
    """Join neighbouring places that together are one phrase of the vocabulary ("machine learning" is "ml")."""
    place = 0
    while place < len(slots):
        for length in range(min(words.longest, len(slots) - place), 1, -1):
            run = slots[place : place + length]
            if all(len(slot) == 1 for slot in run):
                phrase = content(word for slot in run for word in slot[0])
                if words.synonyms(phrase):
                    yield (phrase,)
                    place += length
                    break
        else:
            yield slots[place]
            place += 1


def _place(slot: Slot, words: Lexicon) -> Place:
    options: dict[Stems, Option] = {}
    for alternative in slot:
        written = content(alternative)
        _add(options, written, "")
        for other in words.synonyms(written):
            _add(options, other, " ".join(written))
    return Place(tuple(options.values()))


def _add(options: dict[Stems, Option], written: Words, synonym: str) -> None:
    key = stems(written)
    if written and (key not in options or (options[key].synonym and not synonym)):
        options[key] = Option(written, key, "".join(written), synonym)


_kept: dict[int, Compiled] = {}


def compiled(question: Question) -> Compiled:
    """Return the question made ready; the last few hundred are kept, so that asking again costs nothing."""
    found = _kept.get(id(question))
    if found is None or found.question is not question:
        if len(_kept) >= 512:
            _kept.clear()
        found = _kept[id(question)] = Compiled(question)
    return found
