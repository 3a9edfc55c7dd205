"""The field's words as the grader looks them up: what means the same, what must never be mistaken for each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from quizbot.bank.model import Vocabulary, Words
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
    """A compiled vocabulary; see `lexicon` for the shared, cached ones."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._same: dict[Words, list[tuple[Words, ...]]] = {}
        self._apart: dict[str, list[int]] = {}
        self._twins: dict[tuple[str, str], bool] = {}
        self._members: dict[int, list[str]] = {}
        self._opposites: dict[str, frozenset[str]] = {}
        self.known: set[str] = set()
        for phrases in _united(vocabulary.same):
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

    def synonyms(self, words: Words) -> tuple[Words, ...]:
        """Return the other phrases (content words) that mean the same as `words`."""
        own = stems(words)
        groups = self._same.get(_base(words), ())
        return tuple(dict.fromkeys(phrase for group in groups for phrase in group if stems(phrase) != own))

    def apart(self, written: str, meant: str) -> bool:
        """Say whether two different normal words must never be taken for each other."""
        pair = (written, meant)
        found = self._twins.get(pair)
        if found is None:
            if len(self._twins) > 20_000:
                self._twins.clear()
            found = self._twins[pair] = written != meant and self._are_twins(written, meant)
        return found

    def opposites(self, word: str) -> frozenset[str]:
        """Return the words that stand in an `apart` list with `word`, by their usual forms."""
        found = self._opposites.get(word)
        if found is None:
            groups = self._apart.get(word, ())
            found = frozenset(other for number in groups for other in self._members[number] if other != word)
            self._opposites[word] = found
        return found

    def _are_twins(self, written: str, meant: str) -> bool:
        ours, theirs = self._apart.get(written), self._apart.get(meant)
        if ours and theirs and not set(ours).isdisjoint(theirs):
            return True
        shorter, longer = sorted((written, meant), key=len)
        return any(longer.startswith(prefix) and longer[len(prefix) :] == shorter for prefix in _TWINS)


@lru_cache(maxsize=64)
def _lexicon(vocabulary: Vocabulary) -> Lexicon:
    return Lexicon(vocabulary)


_recent: dict[tuple[int, str], tuple[Vocabulary, Lexicon]] = {}


def lexicon(vocabulary: Vocabulary, topic: str = "") -> Lexicon:
    """Return the compiled form of what a vocabulary holds in a topic, made once for all questions that share it."""
    kept = _recent.get((id(vocabulary), topic))  # hashing a vocabulary reads all of it, so look at the object first
    if kept is None:
        if len(_recent) > 256:
            _recent.clear()
        made = _lexicon(vocabulary.within(topic))
        kept = _recent[id(vocabulary), topic] = (vocabulary, made)
    return kept[1]
