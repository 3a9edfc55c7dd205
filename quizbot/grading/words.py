"""An answer as words: where each stands, how far they are apart, and what denies them.

The answer is cut into pieces by one `findall` and each piece is looked up in a table that remembers it (`forms`): this
is where a mark's microseconds go, so it is arrays and not objects. Offsets are characters of the cleaned answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from quizbot.grading.forms import (
    AND,
    CONTRAST,
    FROM,
    JUDGE,
    LINK,
    NEGATOR,
    PAIR,
    PREVENTER,
    STOP,
    VERB,
    VERB_NEGATORS,
    Form,
    forms_of,
)
from quizbot.grading.judged import dismissed, refused

REACH = 4
"""So many content words after a negator it can negate: negation is local (a wide scope marks people down unfairly)."""

LONG = 5
"""Words from which a stretch between commas is a clause of its own and no item of a list."""

CLAUSE = 1000
"""How far apart two clauses are: further than any phrase reaches."""

PARTED = 2
"""So many content words a comma or "and" counts for, when it parts a word from one of two that it may belong to."""

PREFIXES = frozenset("non self semi un anti co sub meta pseudo quasi hyper".split())
"""Written before a word, with a hyphen or a space, these make another word of it."""

WRAPPED = 60
"""Characters of a line from which its end is taken for a wrapped line's and not for the end of a clause."""

_AFTER_PAIR = {"instead": "of", "rather": "than"}
_ONLY = frozenset({"only", "just", "merely", "simply", "necessarily"})  # "not only" affirms
_FAILING = frozenset({"fail", "fails", "failed", "failing"})  # deny what they fail to do
_LIMITS = frozenset({"fewer", "more", "longer", "later"})  # "no more than two" affirms, "no less" always
_SUBJECTS = frozenset({"it", "they", "we", "you", "i"})  # a verb follows them, mostly
_NOBODY = frozenset({"no", "none", "nobody", "neither", "nothing"})  # deny the verb that follows
_RELATIVE = frozenset({"that", "which", "who", "whose", "whom"})
_THEN = frozenset({"so", "then"})  # begin a main clause


class Denial(NamedTuple):
    """A verb that is denied by word `at`, and the stretch of words [begin, end) between commas that it rules."""

    at: int
    begin: int
    end: int


class Words(NamedTuple):
    """The words of an answer, as arrays of one entry a word.

    `starts`, `ends`: characters; `forms`: what each word is; `places`: distance along the answer in content words,
    where a comma or "and" counts as one more, and a new clause as `CLAUSE` more; `negators`: for the words that are
    negated, which words do it (an odd number denies, an even number does not); `spared`: words that somebody wants to
    avoid or does without ("prevents X", "if it does not X"), neither affirmed nor denied; `denials`: denied verbs;
    `refused`: words of a statement that is denied as a whole ("it is not true that ...").
    """

    starts: list[int]
    ends: list[int]
    forms: list[Form]
    places: list[int]
    negators: dict[int, tuple[int, ...]]
    spared: set[int]
    denials: list[Denial]
    refused: set[int]


def read(text: str) -> Words:
    """Return the words of an answer with their places, stems and what negates them."""
    forms = forms_of(_unwrapped(text) if "\n" in text else text)
    starts = list(accumulate([item[6] for item in forms], initial=0))
    del starts[-1]
    if 0 in [item[5] for item in forms]:
        forms, starts = _words_alone(forms, starts)
    ends = [start + item[5] for start, item in zip(starts, forms, strict=True)]
    reader = _Reader(forms)
    false: set[int] = set()
    denials, negators = reader.denials, reader.negators
    if reader.judged or (forms[-1:] and forms[-1].role == NEGATOR):
        false, by = refused(forms, [*reader.sentences, len(forms)])
        denials = [denial for denial in denials if denial.at not in by]
        for at, begin, end in dismissed(forms):
            for word in range(begin, end):
                negators[word] = (*negators.get(word, ()), at)
    return Words(starts, ends, forms, reader.places, negators, reader.spared, denials, false)


def _words_alone(found: list[Form], offsets: list[int]) -> tuple[list[Form], list[int]]:
    """Return pieces without those that hold no word; what they part stays parted."""
    forms: list[Form] = []
    starts: list[int] = []
    for item, offset in zip(found, offsets, strict=True):
        if item.width:
            forms.append(item)
            starts.append(offset)
        elif forms and item.gap > forms[-1].gap:
            forms[-1] = forms[-1]._replace(gap=item.gap, plain=False)
    return forms, starts


def parted(words: Words, begin: int, end: int) -> int:
    """Return what a comma or "and" between two words adds to their distance when one asks to what a third belongs.

    "A low value makes it safe and a high one bold" says nothing of what is both safe and high.
    """
    return PARTED * any(item.gap or item.role == AND for item in words.forms[begin:end])


class _Reader:
    """Goes through the words that do something: the ones between have only their place to be counted."""

    def __init__(self, forms: list[Form]) -> None:
        self.negators: dict[int, tuple[int, ...]] = {}
        self.spared: set[int] = set()
        self.denials: list[Denial] = []
        self.sentences: list[int] = []
        self.judged = False
        self._forms = forms
        self._scope: tuple[int, ...] = ()
        self._reach = self._spare = 0
        self._pending: list[tuple[int, int]] = []
        steps: list[int] = [item[2] for item in forms]
        steps.append(0)
        self._walk(steps)
        steps.pop()
        self.places = list(accumulate(steps))

    def _walk(self, steps: list[int]) -> None:
        """Find clauses and what is denied in them; add to `steps` how far each word is parted from the one before."""
        forms, judge = self._forms, JUDGE
        verb = subordinate = conditional = preventing = False
        begin = stretch = done = 0
        for at in [at for at, item in enumerate(forms) if not item[7]]:
            item = forms[at]
            role, gap = item.role, item.gap
            if self._scope or self._spare:
                self._mark(done, at)
            if role >= judge:
                if role == VERB:
                    verb = True
                    if self._scope and forms[self._scope[-1]].normal in _NOBODY:
                        self._reach = REACH  # "no method is best"
                    elif item.normal in _SUBJECTS and self._scope and forms[self._scope[-1]].role == NEGATOR:
                        pass  # "does not tie it to the company" goes on
                    elif self._scope and self._reach < REACH and self._scope[-1] != at - 1:
                        self._scope = ()  # "which is not separable can be ...": the denied verb has all of its own
                        begin = self._close(at)
                elif role == CONTRAST or (role == AND and verb and _verb_ahead(forms, at)):
                    steps[at] += CLAUSE
                    verb = subordinate = False
                    self._scope = ()
                    begin = self._close(at)
                elif role == AND:
                    steps[at] += 1
                    if item.normal != "or":
                        self._scope = ()
                    if at + 1 < len(forms) and forms[at + 1].role in (VERB, NEGATOR):
                        begin = self._close(at)
                    elif self._pending and _verb_ahead(forms, at):
                        begin = self._close(at)  # "they lack time and the model is slow"
                elif role == LINK and self._scope and self._scope[-1] == at - 1 and item.normal in _THEN:
                    pass  # "is not then used", "is not so clear" go on
                elif role == LINK:
                    verb = False
                    self._scope = ()
                    if item.normal not in _RELATIVE:  # "is not a model that ..." rules what follows, too
                        self._close(at)
                    begin = at
                    subordinate = subordinate or (at == stretch and item.normal not in _THEN)
                    conditional = item.normal == "if"
                else:
                    self.judged = True
            if self._scope or self._spare:
                self._mark(at, at + 1)
            done = at + 1
            if role and role < judge:
                if role == PREVENTER:
                    preventing, self._spare = True, REACH
                elif role == FROM:
                    if preventing:
                        self._scope, self._reach, self._spare, preventing = (at,), REACH, 0, False
                elif role == PAIR:
                    if _follows(forms, at) == _AFTER_PAIR[item.normal]:
                        self._scope, self._reach = (*self._scope[-3:], at), 2
                elif item.normal in _FAILING and _follows(forms, at) != "to":
                    pass  # "fails on rare cases" denies no cases
                elif not _negates(item, forms, at):
                    self.negators[at + 1] = (at,)  # "not only X" affirms X and denies the "only"
                elif conditional or (at == stretch and item.normal == "without"):
                    self._spare, subordinate = REACH, subordinate or at == stretch
                else:
                    self._scope, self._reach = (*self._scope[-3:], at), REACH
                    verbal = item.normal in VERB_NEGATORS or "'" in item.normal
                    if verbal or any(before.role == VERB for before in forms[max(0, at - 2) : at]):
                        self._pending.append((at, begin))
            if gap:
                self.judged = self.judged or role == NEGATOR
                begin = self._close(at + 1)
                self._scope, self._spare = (), 0  # what follows a comma is seldom still negated
                conditional = preventing = False
                if gap == STOP:
                    steps[at + 1] += CLAUSE
                    verb = subordinate = False
                    self.sentences.append(at + 1)
                elif subordinate:
                    steps[at + 1] += 2  # "if X, Y" is one statement
                    verb = subordinate = False
                elif (verb and _verb_ahead(forms, at)) or (
                    at + 1 - stretch >= LONG and _words_ahead(forms, at) >= LONG
                ):
                    steps[at + 1] += CLAUSE
                    verb = False
                else:
                    steps[at + 1] += 1
                stretch = at + 1
        if self._scope or self._spare:
            self._mark(done, len(forms))
        self._close(len(forms))

    def _mark(self, begin: int, end: int) -> None:
        """Note the words [begin, end) as negated or spared, as far as the negation reaches."""
        for at in range(begin, end):
            content = self._forms[at].content
            if self._scope and at not in self.negators:
                self.negators[at] = self._scope
                if content:
                    self._reach -= 1
                    if self._reach <= 0:
                        self._scope = ()
            if self._spare:
                self.spared.add(at)
                if content:
                    self._spare -= 1

    def _close(self, end: int) -> int:
        """Note the verbs denied in the stretch of words that ends here, and return where the next one begins."""
        if self._pending:
            self.denials.extend(Denial(at, begin, end) for at, begin in self._pending)
            self._pending.clear()
        return end


def _unwrapped(text: str) -> str:
    """Return a text with the ends of wrapped lines as spaces: pasted text is often broken in mid-sentence."""
    return _WRAP.sub(" ", text)


_WRAP = re.compile(rf"(?<=[^\n]{{{WRAPPED}}}[\w,)])\n(?=[^\W\d_])")


def _verb_ahead(found: Sequence[Form], at: int) -> bool:
    """Say whether an auxiliary verb comes before the next clause, comma or "and"."""
    for ahead in range(at + 1, len(found)):
        item = found[ahead]
        if item.role == VERB:
            return True
        if item.gap or item.role > VERB:
            return False
    return False


def _words_ahead(found: Sequence[Form], at: int) -> int:
    """Return how many words come before the next comma or end of a sentence."""
    for ahead in range(at + 1, len(found)):
        if found[ahead].gap:
            return ahead - at
    return len(found) - at - 1


def _follows(found: Sequence[Form], at: int) -> str:
    return found[at + 1].normal if at + 1 < len(found) else ""


def _negates(item: Form, found: Sequence[Form], at: int) -> bool:
    """Say whether a negator begins a negation, given the words after it."""
    following = _follows(found, at)
    if following in _ONLY or (item.normal == "no" and following == "doubt"):
        return False
    limit = following == "less" or (following in _LIMITS and _follows(found, at + 1) == "than")
    return not (limit and item.normal in ("no", "not"))
