"""The field's words as the grader looks them up: what means the same, what must never be mistaken for each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from quizbot.bank.model import Question, Vocabulary, Words
from quizbot.grading.forms import FUNCTION_WORDS, form, split

Stems = tuple[str, ...]

_TWINS = tuple(
    """
    un in im ir il non dis de co re a anti over under semi self sub multi hyper inter intra pre post mis auto bi uni
    """.split()
)
"""Prefixes that make another word of the field, never a misspelling: (un)supervised, (co)variance."""


def content(words: Iterable[str]) -> tuple[str, ...]:
    """Return normal words without function words, unless nothing else would be left.

    Single letters stay ("type I error", "t-test"): nobody writes "I" in a keyword and means themselves.
    """
    return _content(tuple(words))


@lru_cache(maxsize=8192)
def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    forms = tuple(form for word in words for form in split(word))
    return tuple(form for form in forms if form not in FUNCTION_WORDS or (len(form) == 1 and form != "a")) or forms


def stems(words: Iterable[str]) -> Stems:
    """Return the stems of normal words."""
    return tuple(form(word).stem for word in words)


def _base(words: Words) -> Words:
    """Return words without their endings of number and tense.

    A stem would do too much here: "object" would get the synonyms of "objective".
    """
    return tuple(_ENDING.sub("", word) if len(word) > 4 else word for word in words)


_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")


def _united(same: Iterable[Iterable[Words]]) -> list[tuple[Words, ...]]:
    """Return the groups by their content words; those that share a phrase of several words are one.

    A single word may be an abbreviation of two things, which are not the same for that.
    """
    groups: list[dict[Words, None]] = []
    owners: dict[Words, int] = {}
    for listed in same:
        phrases = dict.fromkeys(content(phrase) for phrase in listed)
        terms = [_base(phrase) for phrase in phrases if len(phrase) > 1]
        number = next((owners[term] for term in terms if term in owners), len(groups))
        if number == len(groups):
            groups.append({})
        groups[number].update(phrases)
        for term in terms:
            owners.setdefault(term, number)
    return [tuple(group) for group in groups]


class Lexicon:
    """A compiled vocabulary; see `lexicon` for the shared, cached ones.

    With a `base` it is what the vocabulary adds to that one: what holds in a topic, on top of what holds everywhere.
    """

    def __init__(self, vocabulary: Vocabulary, base: Lexicon | None = None) -> None:
        self._base = base
        self._same: dict[Words, list[tuple[Words, ...]]] = {}
        self._apart: dict[str, list[int]] = {}
        self._twins: dict[tuple[str, str], bool] = {}
        self._members: dict[int, list[str]] = {}
        self._known_synonyms: dict[Words, tuple[Words, ...]] = {}
        self._opposites: dict[str, frozenset[str]] = {}
        self.known: set[str] = set(base.known) if base else set()
        for group in _united(vocabulary.same):
            terms = [other for phrase in group if base and len(phrase) > 1 for other in base.synonyms(phrase)]
            phrases = tuple(dict.fromkeys((*group, *terms)))
            for phrase in phrases:
                self._same.setdefault(_base(phrase), []).append(phrases)
                self.known.update(phrase)
        for number, group in enumerate(vocabulary.apart):
            for phrase in group:
                words = content(phrase)
                self.known.update(words)
                if len(words) == 1:
                    self._apart.setdefault(words[0], []).append(number)
                    self._members.setdefault(number, []).append(words[0])
        self.longest = max((len(phrase) for phrase in self._same), default=1)
        if base:
            self.longest = max(self.longest, base.longest)

    def synonyms(self, words: Words) -> tuple[Words, ...]:
        """Return the other phrases (content words) that mean the same as `words`."""
        known = self._known_synonyms.get(words)
        if known is None:
            own = stems(words)
            groups = self._same.get(_base(words), ())
            found = dict.fromkeys(phrase for group in groups for phrase in group if stems(phrase) != own)
            if self._base:
                found.update(dict.fromkeys(self._base.synonyms(words)))
            known = self._known_synonyms[words] = tuple(found)
        return known

    def apart(self, written: str, meant: str) -> bool:
        """Say whether two different normal words must never be taken for each other."""
        pair = (written, meant)
        found = self._twins.get(pair)
        if found is None:
            if len(self._twins) > 20_000:
                self._twins.clear()
            found = self._twins[pair] = written != meant and self._are_twins(written, meant)
        return found or (self._base is not None and self._base.apart(written, meant))

    def opposites(self, word: str) -> frozenset[str]:
        """Return the words that stand in an `apart` list with `word`, by their usual forms."""
        found = self._opposites.get(word)
        if found is None:
            groups = self._apart.get(word, ())
            found = frozenset(other for number in groups for other in self._members[number] if other != word)
            if self._base:
                found |= self._base.opposites(word)
            self._opposites[word] = found
        return found

    def _are_twins(self, written: str, meant: str) -> bool:
        ours, theirs = self._apart.get(written), self._apart.get(meant)
        if ours and theirs and not set(ours).isdisjoint(theirs):
            return True
        shorter, longer = sorted((written, meant), key=len)
        return any(longer.startswith(prefix) and longer[len(prefix) :] == shorter for prefix in _TWINS)


@lru_cache(maxsize=64)
def _general(vocabulary: Vocabulary) -> Lexicon:
    """Return what holds in questions of every topic."""
    return Lexicon(Vocabulary(vocabulary.same, vocabulary.apart))


@lru_cache(maxsize=256)
def _special(vocabulary: Vocabulary, more: Vocabulary) -> Lexicon:
    """Return what holds everywhere and `more`."""
    return Lexicon(more, _general(vocabulary))


_recent: dict[int, tuple[Vocabulary, dict[Vocabulary, Lexicon]]] = {}


def lexicon(vocabulary: Vocabulary, topic: str = "", text: str = "") -> Lexicon:
    """Return the compiled form of what a vocabulary holds for a question of a topic whose words are `text`.

    What holds in other topics only is taken up if the question itself says the term in full: "nn" is a neural network
    in a question on neural networks, whatever its topic is called.
    """
    kept = _recent.get(id(vocabulary))  # hashing a vocabulary reads all of it, so look at the object first
    if kept is None:
        if len(_recent) > 64:
            _recent.clear()
        kept = _recent[id(vocabulary)] = (vocabulary, {})
    more = _more(vocabulary, topic, text)
    found = kept[1].get(more)
    if found is None:
        if len(kept[1]) > 256:
            kept[1].clear()
        made = _special(vocabulary, more) if more != Vocabulary() else _general(vocabulary)
        found = kept[1][more] = made
    return found


def told(question: Question) -> str:
    """Return what a question and its good answers say."""
    return " . ".join((question.ask, *question.variants, question.answer, *question.also))


def _more(vocabulary: Vocabulary, topic: str, text: str) -> Vocabulary:
    """Return what a vocabulary holds for this topic only, or of terms that this text says in full."""
    parts = {topic.casefold(), *topic.casefold().split("/")}
    said = f" {' '.join(split(text))} " if text and vocabulary.by_topic else ""
    more = Vocabulary()
    for topics, inner in vocabulary.by_topic:
        if not parts.isdisjoint(topics):
            more = more.plus(inner)
        elif said:
            more = more.plus(Vocabulary(tuple(line for line in inner.same if _is_named(line, said))))
    return more


def _is_named(line: Iterable[Words], said: str) -> bool:
    return any(len(phrase) > 1 and f" {' '.join(split(' '.join(phrase)))} " in said for phrase in line)
