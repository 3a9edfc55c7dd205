"""One answer against a question's keywords: which words fill which slots, how, and what was denied.

A word fills a slot if it is the same word, has the same stem, is a synonym, or is a misspelling of it. A phrase is
found where all its slots are filled close together in one clause, each by words of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from quizbot.grading.compiled import Compiled, Look, Pattern, Rule, Target
from quizbot.grading.mark import How, Span
from quizbot.grading.words import CLAUSE, PREFIXES, Words, parted

SLACK = 5
"""Other content words (a comma or "and" counts as one) that may stand among the words of a phrase."""

_TOWARDS = frozenset({"to", "into", "onto"})


class Fill(NamedTuple):
    """Words [first, last] of the answer (as numbered in `Words`) that fill a slot."""

    first: int
    last: int
    how: How
    word: str


Outcome = Literal["found", "denied", "far", "quoted", "elsewhere", "affirmed"]
"""What becomes of a phrase all of whose slots are filled.

`found`: it is said; `denied`: its opposite is; `far`: the words are too far apart; `quoted`: they only repeat the
interviewer; `elsewhere`: one of them belongs to something else; `affirmed`: the keyword says "not", the answer doesn't.
"""

_Fill = tuple[int, int, How, str]
"""A `Fill` to be: most are never asked for."""


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
        self._slots: dict[int, list[_Fill]] = {}
        self._made: dict[int, list[Fill]] = {}
        self.filled = 0
        """The slots that some words fill, as bits: a rule that `needs` others cannot be found."""
        self._opposite: dict[str, list[int]] = {}
        self._negators = widened(words, question.affirmed) if words.denials else words.negators
        self._look_up()

    def _look_up(self) -> None:
        """Go through the answer once and file every word under the slots that it fills."""
        question, slots = self._question, self._slots
        starts, ends, forms = self._words.starts, self._words.ends, self._words.forms
        looks, filled = question.looks, 0
        longer: list[tuple[int, Look]] = []
        for at, item in enumerate(forms):
            try:
                look = looks[item[0]]
            except KeyError:
                look = question.look(item)
            if look is None:
                continue
            if at and starts[at] - ends[at - 1] == 1:
                before = forms[at - 1].normal
                for target in look.joined.get(before, ()):  # "over fitting"
                    self._add(target.slot, (at - 1, at, "stem", target.name))
                if before in PREFIXES and forms[at - 1].stem not in question.stems:
                    continue  # "non-linear" is not linear, "self-supervised" not supervised
            filled |= look.slots
            for slot, how, word in look.fills:
                if slot in slots:
                    slots[slot].append((at, at, how, word))
                else:
                    slots[slot] = [(at, at, how, word)]
            if look.first:
                longer.append((at, look))
        self.filled |= filled
        for at, look in longer:
            following = self._next(at + 1)
            targets = list(self._beginning(look, following))
            if following < len(forms) and not forms[following].content:  # a keyword of the question names this word
                targets += self._beginning(look, self._next(following, content=True))
            for target in targets:
                self._add_longer(at, target)

    def _beginning(self, look: Look, following: int) -> Iterable[Target]:
        """Return the targets of several words that begin with a word and the one at `following`."""
        forms = self._words.forms
        second = self._question.looks[forms[following].normal] if following < len(forms) else None
        return look.first.get(second.stem, ()) if second else ()

    def _next(self, at: int, *, content: bool = False) -> int:
        """Return the first word from `at` on that is a content word, or one that a keyword names; there may be none.

        `content`: words such as "is" are none, though a keyword names them; a letter is ("e to the x").
        """
        forms, kept = self._words.forms, self._question.kept
        while at < len(forms) and not forms[at].content:
            if forms[at].normal in kept and not (content and forms[at].width > 1):
                break
            at += 1
        return at

    def _add_longer(self, at: int, target: Target) -> None:
        """File the content words from `at` on, if they are all the words of the target and none is a confusable."""
        question, words = self._question, self._words
        how: How = "synonym" if target.synonym else "exact"
        place = at - 1
        for meant, stem in zip(target.words, target.stems, strict=True):
            place = self._next(place + 1)
            if place < len(words.forms) and words.forms[place].stem != stem:
                place = self._next(place, content=True)
            if place == len(words.forms):
                return
            item = words.forms[place]
            look = question.looks[item.normal]
            if look is None or look.stem != stem:
                return
            if look.corrected:
                how = "typo"
            elif item.normal != meant:
                if question.lexicon.apart(item.normal, meant):
                    return
                if how == "exact":
                    how = "stem"
        if words.places[place] - words.places[at] < CLAUSE:
            self._add(target.slot, (at, place, how, target.name))

    def _add(self, slot: int, fill: _Fill) -> None:
        self.filled |= 1 << slot
        fills = self._slots.setdefault(slot, [])
        for at in range(max(0, len(fills) - 3), len(fills)):
            if fills[at][:2] == fill[:2]:  # the same words in another way: the plainest is the one to tell
                if fill[2] == "exact":
                    fills[at] = fill
                return
        fills.append(fill)

    def fills(self, slot: int) -> list[Fill]:
        """Return what fills a slot, in order; made only for the few keywords whose slots are all filled."""
        found = self._made.get(slot)
        if found is None:
            found = self._made[slot] = sorted(Fill(*fill) for fill in self._slots.get(slot, ()))
        return found

    def phrase(self, pattern: Pattern) -> Found | None:
        """Return the closest place where the answer says `pattern`; one that is denied only if there is no other."""
        found = self._closest(pattern.slots, negated=pattern.negated)
        if pattern.loose and (found is None or found.denied):
            return self._closest(pattern.loose, negated=pattern.negated) or found
        return found

    def _closest(self, slots: Sequence[int], *, negated: bool) -> Found | None:
        best: tuple[bool, int, tuple[Fill, ...]] | None = None
        for candidate in self.candidates(slots):
            spread = self.spread(candidate)
            outcome = self.outcome(candidate, spread, negated=negated)
            if outcome in ("found", "denied"):
                rank = (outcome == "denied", spread)
                if best is None or rank < best[:2]:
                    best = (*rank, candidate)
        return Found(best[2], best[0]) if best else None

    def candidates(self, slots: Sequence[int]) -> list[tuple[Fill, ...]]:
        """Return the ways to fill all slots with neighbouring words of one clause."""
        fills: list[list[Fill]] = []
        for slot in slots:
            found = self.fills(slot)
            if not found:
                return []
            fills.append(found)
        if len(fills) == 1:
            return [(fill,) for fill in fills[0]]
        anchor = min(range(len(fills)), key=lambda number: len(fills[number]))
        return [tuple(near) for start in fills[anchor] if (near := self._around(start, anchor, fills))]

    def outcome(self, fills: tuple[Fill, ...], spread: int, *, negated: bool) -> Outcome:
        """Say whether words that fill all slots of a phrase say it, and if not, why."""
        if spread > SLACK:
            return "far"
        if self._deaf and self._deaf.issuperset([fill.first for fill in fills]):
            return "quoted"
        if len(fills) > 1 and self._misattributed(fills):
            return "elsewhere"
        words = self._words
        denied = self._denied(fills)
        if negated and not denied and not any(fill.first in words.spared for fill in fills):
            return "affirmed"  # a keyword that says "not" has nothing to do with what is affirmed
        denied = (denied and not negated) != any(fill.first in words.refused for fill in fills)
        return "denied" if denied else "found"

    def _around(self, start: Fill, anchor: int, fills: Sequence[Sequence[Fill]]) -> list[Fill] | None:
        """Fill the other slots with what lies nearest to `start` in its clause, no word twice."""
        places = self._words.places
        here = places[start.first]
        taken = set(range(start.first, start.last + 1))
        chosen = [start]
        # The slots with fewest fills choose first, so that none takes the only word of another.
        for number in sorted(range(len(fills)), key=lambda number: len(fills[number])):
            if number == anchor:
                continue
            options = fills[number]
            at = bisect_left(options, (start.first,))
            # Three on each side are enough to get past words that other slots have taken. Of two as near the later one
            # is meant: "high" in "low error, high error" is said of the error after it.
            near = list(options[max(0, at - 3) : at + 3])
            if len(near) > 1:
                near.sort(
                    key=lambda fill: (
                        abs(places[fill.first] - here),
                        fill.first < start.first,
                        abs(fill.first - start.first),
                    )
                )
            for fill in near:
                span = range(fill.first, fill.last + 1)
                if abs(places[fill.first] - here) < CLAUSE and taken.isdisjoint(span):
                    chosen.append(fill)
                    taken.update(span)
                    break
            else:
                return None
        return chosen

    def _misattributed(self, fills: Sequence[Fill]) -> bool:
        """Say whether a word belongs to something else: "high bias, low variance" does not say "low bias".

        A word does not belong here if its opposite (the other side of an `apart` pair) stands nearer to the phrase's
        other words than itself; unless the two stand side by side ("training and validation error"), or a preposition
        leads from the one to the other ("the input is added to its output").
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
                far = abs(here - there) + parted(self._words, *sorted((fill.first, other)))
                for twin in twins[max(0, near - 2) : near + 2]:
                    at = places[twin]
                    if twin in own or abs(at - here) <= 2 or abs(at - there) >= far:
                        continue
                    if abs(at - there) + parted(self._words, *sorted((twin, other))) < far:
                        if fill.first < other < twin and self._leads(other, twin):
                            continue
                        return True
        return False

    def _leads(self, begin: int, end: int) -> bool:
        """Say whether a preposition stands between two places."""
        return any(form.normal in _TOWARDS for form in self._words.forms[begin + 1 : end])

    def _twins(self, at: int) -> list[int]:
        """Return the places, in order, of the words that are the opposite of the word at `at`."""
        found = self._opposite.get(self._words.forms[at].normal)
        if found is None:
            normal = self._words.forms[at].normal
            opposites = self._question.lexicon.opposites(normal)
            forms = self._words.forms if opposites else []
            found = self._opposite[normal] = [place for place, form in enumerate(forms) if form.normal in opposites]
        return found

    def spread(self, fills: Sequence[Fill]) -> int:
        """Return how many other content words stand among those of a phrase."""
        places = self._words.places
        first, last = min(fill.first for fill in fills), max(fill.last for fill in fills)
        own = sum(places[fill.last] - places[fill.first] + 1 for fill in fills)
        return places[last] - places[first] + 1 - own

    def deniers(self, fills: Sequence[Fill]) -> tuple[int, ...]:
        """Return the words that negate a phrase, as numbered in `Words`."""
        own = {fill.first for fill in fills}
        found = {at for fill in fills for at in self._negators.get(fill.first, ()) if at not in own}
        return tuple(sorted(found))

    def _denied(self, fills: Sequence[Fill]) -> bool:
        """Say whether one of the words is negated by a word that is not itself part of the phrase."""
        own = {fill.first for fill in fills}
        negators = self._negators
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


def widened(words: Words, affirmed: frozenset[str]) -> dict[int, tuple[int, ...]]:
    """Return what negates each word, where a denied verb denies all that it rules if it is one that must be affirmed.

    `affirmed` are the stems that good answers affirm.

    "Dropout does not reduce overfitting" denies dropout too; "ReLU does not saturate" says nothing against ReLU.
    """
    negators = words.negators
    for at, begin, end in words.denials:
        if any(
            at in (by := negators.get(word, ())) and len(by) % 2 and words.forms[word].stem in affirmed
            for word in range(at + 1, end)
        ):
            if negators is words.negators:
                negators = dict(negators)
            for word in range(begin, end):
                by = negators.get(word, ())
                if at not in by:
                    negators[word] = (*by, at)
    return negators
