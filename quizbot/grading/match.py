"""One answer against a question's keywords: which words fill which places, how, and what was denied.

A word fills a place if it is the same word, has the same stem, is a synonym, or is a misspelling of it. A misspelling
is never a word that is known to be another one (see `Compiled.known`), never a confusable, and differs by a few
letters at most (optimal string alignment distance, scaled by length).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizbot.grading.compiled import Compiled, Option, Pattern, Place, Rule
from quizbot.grading.mark import How, Span
from quizbot.grading.words import FUNCTION_WORDS, Word, stem

SLACK = 4
"""Other content words that may stand between the outer words of a phrase, besides its own."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Words [first, last] of the answer (counted in content words) that fill a place."""

    first: int
    last: int
    how: How
    word: str


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: the fills of its places. `denied` if the answer says the opposite of the phrase."""

    fills: tuple[Fill, ...]
    denied: bool
    start: int


class Answer:
    """The words of one answer, looked up against one question. `deaf` holds the places of words that cannot earn."""

    def __init__(self, words: Sequence[Word], question: Compiled, deaf: frozenset[int] = frozenset()) -> None:
        self._question = question
        kept = question.spellings
        self.words = [
            word
            for place, word in enumerate(words)
            if place not in deaf and (word.normal not in FUNCTION_WORDS or word.normal in kept)
        ]
        self._single: dict[str, dict[int, How]] = {}
        self._pairs: dict[str, list[int]] = {}
        self._fills: dict[Option, tuple[Fill, ...]] = {}
        for place, word in enumerate(self.words):
            self._look_up(place, word)

    def _look_up(self, place: int, word: Word) -> None:
        """File a word under the stems of the keywords that it may stand for."""
        needed = self._question.needed
        if word.stem in needed:
            self._single.setdefault(word.stem, {})[place] = "stem"
        elif corrected := self._corrected(word.normal):
            self._single.setdefault(stem(corrected), {})[place] = "typo"
        if place:
            before = self.words[place - 1]
            if before.clause == word.clause and word.start - before.end <= 1:
                together = before.normal + word.normal
                joined = stem(together)
                if joined in needed:
                    self._pairs.setdefault(joined, []).append(place - 1)

    def _corrected(self, written: str) -> str | None:
        """Return the keyword word that `written` is a misspelling of, if it is one beyond doubt."""
        allowed = _edits(len(written))
        if not allowed or written in self._question.known or not written.isalpha():
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(written, self._question.targets, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        for meant, distance, _ in near:
            if distance <= _edits(min(len(meant), len(written))) and not self._question.lexicon.apart(written, meant):
                return str(meant)
        return None

    def fills(self, option: Option) -> tuple[Fill, ...]:
        """Return everything that fills a place in this one way, in the order of the answer."""
        found = self._fills.get(option)
        if found is None:
            found = self._fills[option] = tuple(self._fill(option))
        return found

    def _fill(self, option: Option) -> Iterable[Fill]:
        meant = " ".join(option.words)
        fills: list[Fill] = []
        for place, how in self._single.get(option.stems[0], {}).items():
            last = place + len(option.stems) - 1
            if last >= len(self.words) or self.words[place].clause != self.words[last].clause:
                continue
            hows = [how, *(self._how(place + step, option.stems[step]) for step in range(1, len(option.stems)))]
            if None in hows or not self._apart_free(place, option):
                continue
            exact = all(self.words[place + step].normal == word for step, word in enumerate(option.words))
            fills.append(Fill(place, last, _overall(hows, exact, option), option.synonym or meant))
        joined = stem(option.joined)
        if len(option.stems) > 1:
            for place, how in self._single.get(joined, {}).items():
                fills.append(Fill(place, place, _overall([how], True, option), option.synonym or meant))
        if len(option.stems) != 2:  # two words that are written as two were found above
            fills.extend(
                Fill(place, place + 1, _overall(["stem"], True, option), option.synonym or meant)
                for place in self._pairs.get(joined, ())
            )
        fills.sort(key=lambda fill: fill.first)
        return fills

    def _how(self, place: int, wanted: str) -> How | None:
        return self._single.get(wanted, {}).get(place)

    def _apart_free(self, place: int, option: Option) -> bool:
        """Say whether no word is the confusable twin of the one it would stand for (same stem, other meaning)."""
        apart = self._question.lexicon.apart
        return not any(apart(self.words[place + step].normal, word) for step, word in enumerate(option.words))

    def phrase(self, pattern: Pattern) -> Found | None:
        """Return the closest place where the answer says `pattern`; one that is denied only if there is no other."""
        fills = [self._place(place) for place in pattern.places]
        if not all(fills):
            return None
        anchor = min(range(len(fills)), key=lambda number: len(fills[number]))
        firsts = [[fill.first for fill in place] for place in fills]
        best: tuple[bool, int, Found] | None = None
        for start in fills[anchor]:
            chosen = self._around(start, anchor, fills, firsts)
            if chosen is None:
                continue
            spread = max(fill.last for fill in chosen) - min(fill.first for fill in chosen)
            width = sum(fill.last - fill.first + 1 for fill in chosen)
            if spread + 1 - width > SLACK:
                continue
            denied = self._denied(chosen) != pattern.negated
            rank = (denied, spread)
            if best is None or rank < best[:2]:
                best = (*rank, Found(tuple(chosen), denied, min(fill.first for fill in chosen)))
        return best[2] if best else None

    def _denied(self, chosen: Sequence[Fill]) -> bool:
        """Say whether one of the chosen words is negated by a word that is not itself part of the phrase."""
        own = {self.words[fill.first].start for fill in chosen}
        return any(len([start for start in self.words[fill.first].negators if start not in own]) % 2 for fill in chosen)

    def _place(self, place: Place) -> list[Fill]:
        if len(place.options) == 1:
            return list(self.fills(place.options[0]))
        unique: dict[int, Fill] = {}
        for option in place.options:
            for fill in self.fills(option):
                known = unique.get(fill.first)
                if known is None or (fill.last, -_RANK[fill.how]) > (known.last, -_RANK[known.how]):
                    unique[fill.first] = fill
        return [unique[first] for first in sorted(unique)]

    def _around(
        self, start: Fill, anchor: int, fills: Sequence[Sequence[Fill]], firsts: Sequence[Sequence[int]]
    ) -> list[Fill] | None:
        """Fill the other places with what lies nearest to `start` in its clause, no word twice."""
        clause = self.words[start.first].clause
        taken = set(range(start.first, start.last + 1))
        chosen = [start]
        for number, options in enumerate(fills):
            if number == anchor:
                continue
            at = bisect_left(firsts[number], start.first)
            near = sorted(
                options[max(0, at - 3) : at + 3], key=lambda fill: abs(fill.first - start.first)
            )  # three on each side: enough to get past words that other places have taken
            for fill in near:
                words = range(fill.first, fill.last + 1)
                if self.words[fill.first].clause == clause and taken.isdisjoint(words):
                    chosen.append(fill)
                    taken.update(words)
                    break
            else:
                return None
        return chosen

    def rule(self, rule: Rule) -> tuple[Found, ...]:
        """Return where the answer says every phrase of a keyword, or nothing; a denied phrase comes as it is."""
        found: list[Found] = []
        for pattern in rule.patterns:
            phrase = self.phrase(pattern)
            if phrase is None:
                return ()
            found.append(phrase)
        if rule.in_order and any(one.start >= two.start for one, two in pairwise(found)):
            return ()
        return tuple(found)

    def spans(self, found: Iterable[Found]) -> tuple[Span, ...]:
        """Return the words of `found` as places in the answer's characters, in order, no word twice."""
        spans: dict[int, Span] = {}
        for phrase in found:
            for fill in phrase.fills:
                start, end = self.words[fill.first].start, self.words[fill.last].end
                spans.setdefault(start, Span(start, end, fill.how, fill.word))
        return tuple(spans[start] for start in sorted(spans))


_RANK: dict[How, int] = {"exact": 0, "stem": 1, "synonym": 2, "typo": 3}


def _overall(hows: Sequence[How | None], exact: bool, option: Option) -> How:
    if "typo" in hows:
        return "typo"
    if option.synonym:
        return "synonym"
    return "exact" if exact else "stem"


def _edits(length: int) -> int:
    """Return how many letters a misspelling may differ by: none in short words, where it would be another word."""
    return 0 if length < 5 else 1 if length < 8 else 2
