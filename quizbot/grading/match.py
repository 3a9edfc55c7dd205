"""One answer against a question's keywords: which words fill which slots, how, and what was denied.

A word fills a slot if it is the same word, has the same stem, is a synonym, or is a misspelling of it. A phrase is
found where all its slots are filled close together in one clause, each by words of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizbot.grading.compiled import Compiled, Pattern, Rule, Single, Target
from quizbot.grading.mark import How, Span
from quizbot.grading.words import CLAUSE, Words, form

PREFIXES = frozenset("non self semi un anti co sub meta pseudo quasi hyper".split())
"""Written before a word, with a hyphen or a space, these make another word of it."""

SLACK = 5
"""Other content words (a comma or "and" counts as one) that may stand among the words of a phrase."""


class Fill(NamedTuple):
    """Words [first, last] of the answer (as numbered in `Words`) that fill a slot."""

    first: int
    last: int
    how: How
    word: str


class Found(NamedTuple):
    """A phrase found. `denied` if the answer says the opposite of it."""

    fills: tuple[Fill, ...]
    denied: bool


class Answer:
    """The words of one answer, looked up against one question.

    `deaf` are words that quote the interviewer: a phrase that consists of them alone earns nothing.
    """

    def __init__(self, words: Words, question: Compiled, deaf: frozenset[int] = frozenset()) -> None:
        self._words = words
        self._question = question
        self._deaf = deaf
        self._slots: dict[int, list[Fill]] = {}
        self._opposite: dict[str, list[int]] = {}
        self._look_up()

    def _look_up(self) -> None:
        """Go through the answer once and file every word under the slots that it fills."""
        question, words = self._question, self._words
        single, first, joined, stems = question.single, question.first, question.joined, question.stems
        kept, slots = question.kept, self._slots
        corrections: dict[int, str] = {}  # the stems that misspelled words stand for
        contents: list[int] = []
        longer: list[tuple[int, int, Target]] = []
        for at, item in enumerate(words.forms):
            if not item.content and item.normal not in kept:
                continue
            stem, corrected = item.stem, ""
            if at and words.forms[at - 1].normal in PREFIXES and words.starts[at] - words.ends[at - 1] == 1:
                before = words.forms[at - 1]
                if before.stem not in stems:  # "non-linear" is not linear, "self-supervised" not supervised
                    for target in joined.get(before.normal + stem, ()):
                        self._add(target.slot, Fill(at - 1, at, "stem", target.name))
                    continue
            if stem not in stems and (meant := question.corrected(item.normal)):
                corrections[at] = stem = form(meant).stem
                corrected = meant
            for one in single.get(stem, ()):
                if fill := self._fill(at, corrected or item.normal, one, misspelled=bool(corrected)):
                    slots.setdefault(one.slot, []).append(fill)
            for target in first.get(stem, ()):
                longer.append((at, len(contents), target))
            if contents and contents[-1] == at - 1:
                for target in joined.get(words.forms[at - 1].normal + stem, ()):
                    if words.starts[at] - words.ends[at - 1] == 1:
                        self._add(target.slot, Fill(at - 1, at, "stem", target.name))
            contents.append(at)
        for at, number, target in longer:
            self._add_longer(at, contents[number : number + len(target.stems)], target, corrections)
        for fills in self._slots.values():
            fills.sort()

    def _fill(self, at: int, word: str, one: Single, *, misspelled: bool) -> Fill | None:
        """Say how a word of the right stem fills a slot; None if it is the confusable twin of all that may."""
        if word in one.words:
            how: How = "typo" if misspelled else "synonym" if one.words[word] else "exact"
            return Fill(at, at, how, one.named(word))
        apart = self._question.lexicon.apart
        for meant, synonym in one.words.items():
            if not apart(word, meant):
                return Fill(at, at, "typo" if misspelled else "synonym" if synonym else "stem", synonym or meant)
        return None

    def _add_longer(self, at: int, places: list[int], target: Target, corrections: dict[int, str]) -> None:
        """File the words at `places` under a slot, if they are all the words of the target and none is a twin."""
        words = self._words
        if len(places) < len(target.stems) or words.places[places[-1]] - words.places[at] >= CLAUSE:
            return
        how: How = "synonym" if target.synonym else "exact"
        for place, meant, stem in zip(places, target.words, target.stems, strict=True):
            item = words.forms[place]
            if (corrections.get(place) or item.stem) != stem:
                return
            if place in corrections:
                how = "typo"
            elif item.normal != meant:
                if self._question.lexicon.apart(item.normal, meant):
                    return
                if how == "exact":
                    how = "stem"
        self._add(target.slot, Fill(at, places[-1], how, target.name))

    def _add(self, slot: int, fill: Fill) -> None:
        fills = self._slots.setdefault(slot, [])
        for at in range(max(0, len(fills) - 3), len(fills)):
            if fills[at][:2] == fill[:2]:  # the same words in another way: the plainest is the one to tell
                if fill.how == "exact":
                    fills[at] = fill
                return
        fills.append(fill)

    def phrase(self, pattern: Pattern) -> Found | None:
        """Return the closest place where the answer says `pattern`; one that is denied only if there is no other."""
        found = self._closest(pattern.slots, negated=pattern.negated)
        if pattern.loose and (found is None or found.denied):
            return self._closest(pattern.loose, negated=pattern.negated) or found
        return found

    def _closest(self, slots: Sequence[int], *, negated: bool) -> Found | None:
        fills: list[list[Fill]] = []
        for slot in slots:
            found = self._slots.get(slot)
            if found is None:
                return None
            fills.append(found)
        chosen: list[tuple[Fill, ...]]
        if len(fills) == 1:
            chosen = [(fill,) for fill in fills[0]]
        else:
            anchor = min(range(len(fills)), key=lambda number: len(fills[number]))
            chosen = [tuple(near) for start in fills[anchor] if (near := self._around(start, anchor, fills))]
        best: tuple[bool, int, tuple[Fill, ...]] | None = None
        for candidate in chosen:
            spread = self._spread(candidate)
            if spread > SLACK or (self._deaf and self._deaf.issuperset([fill.first for fill in candidate])):
                continue
            if len(candidate) > 1 and self._misattributed(candidate):
                continue
            denied = self._denied(candidate)
            if negated and not denied:
                continue  # a keyword that says "not" has nothing to do with what is affirmed
            rank = (denied != negated, spread)
            if best is None or rank < best[:2]:
                best = (*rank, candidate)
        return Found(best[2], best[0]) if best else None

    def _around(self, start: Fill, anchor: int, fills: Sequence[Sequence[Fill]]) -> list[Fill] | None:
        """Fill the other slots with what lies nearest to `start` in its clause, no word twice."""
        words = self._words
        here = words.places[start.first]
        taken = set(range(start.first, start.last + 1))
        chosen = [start]
        # The slots with fewest fills choose first, so that none takes the only word of another.
        for number in sorted(range(len(fills)), key=lambda number: len(fills[number])):
            if number == anchor:
                continue
            options = fills[number]
            at = bisect_left(options, (start.first,))
            # Three on each side are enough to get past words that other slots have taken.
            for fill in sorted(options[max(0, at - 3) : at + 3], key=lambda fill: abs(fill.first - start.first)):
                span = range(fill.first, fill.last + 1)
                if abs(words.places[fill.first] - here) < CLAUSE and taken.isdisjoint(span):
                    chosen.append(fill)
                    taken.update(span)
                    break
            else:
                return None
        return chosen

    def _misattributed(self, fills: Sequence[Fill]) -> bool:
        """Say whether a word belongs to something else: "high bias, low variance" does not say "low bias".

        A word does not belong here if its opposite (the other side of an `apart` pair) stands nearer to the phrase's
        other words than itself; unless the two stand side by side ("training and validation error").
        """
        places = self._words.places
        own = {fill.first for fill in fills}
        for fill in fills:
            twins = self._twins(fill.first)
            if not twins:
                continue
            here = places[fill.first]
            for other in own - {fill.first}:
                there = places[other]
                near = bisect_left(twins, there, key=places.__getitem__)
                for twin in twins[max(0, near - 2) : near + 2]:
                    at = places[twin]
                    if twin not in own and abs(at - there) < abs(here - there) and abs(at - here) > 2:
                        return True
        return False

    def _twins(self, at: int) -> list[int]:
        """Return the places, in order, of the words that are the opposite of the word at `at`."""
        found = self._opposite.get(self._words.forms[at].normal)
        if found is None:
            normal = self._words.forms[at].normal
            opposites = self._question.lexicon.opposites(normal)
            forms = self._words.forms if opposites else []
            found = self._opposite[normal] = [place for place, form in enumerate(forms) if form.normal in opposites]
        return found

    def _spread(self, fills: Sequence[Fill]) -> int:
        """Return how many other content words stand among those of a phrase."""
        places = self._words.places
        first, last = min(fill.first for fill in fills), max(fill.last for fill in fills)
        own = sum(places[fill.last] - places[fill.first] + 1 for fill in fills)
        return places[last] - places[first] + 1 - own

    def _denied(self, fills: Sequence[Fill]) -> bool:
        """Say whether one of the words is negated by a word that is not itself part of the phrase."""
        own = {fill.first for fill in fills}
        negators = self._words.negators
        return any(len([at for at in negators.get(fill.first, ()) if at not in own]) % 2 for fill in fills)

    def rule(self, rule: Rule) -> tuple[Found, ...]:
        """Return where the answer says every phrase of a keyword, or nothing; a denied phrase comes as it is."""
        found: list[Found] = []
        for pattern in rule.patterns:
            phrase = self.phrase(pattern)
            if phrase is None:
                return ()
            found.append(phrase)
        if rule.in_order:
            starts = [min(fill.first for fill in phrase.fills) for phrase in found]
            if starts != sorted(set(starts)):
                return ()
        return tuple(found)

    def spans(self, found: Iterable[Found]) -> tuple[Span, ...]:
        """Return the words of `found` as places in the answer's characters, in order, no word twice."""
        words = self._words
        spans: dict[int, Span] = {}
        for phrase in found:
            for fill in phrase.fills:
                start = words.starts[fill.first]
                spans.setdefault(start, Span(start, words.ends[fill.last], fill.how, fill.word))
        return tuple(spans[start] for start in sorted(spans))
