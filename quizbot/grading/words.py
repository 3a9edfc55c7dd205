"""An answer as words: where each stands, how far they are apart, and what denies them.

The answer is cut into pieces by one `findall` and each piece is looked up in a table that remembers it (`forms`): this
is where a mark's microseconds go, so it is arrays and not objects. Offsets are characters of the cleaned answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quizbot.grading.forms import (
    AND,
    CONTRAST,
    FROM,
    JUDGE,
    LINK,
    NEGATOR,
    NEGATORS,
    PAIR,
    PIECE,
    PREVENTER,
    STOP,
    TRUTH,
    VERB,
    VERB_NEGATORS,
    Form,
    form,
    known_forms,
)

REACH = 4
"""So many content words after a negator it can negate: negation is local (a wide scope marks people down unfairly)."""

LONG = 5
"""Words from which a stretch between commas is a clause of its own and no item of a list."""

CLAUSE = 1000
"""How far apart two clauses are: further than any phrase reaches."""

WRAPPED = 60
"""Characters of a line from which its end is taken for a wrapped line's and not for the end of a clause."""

_AFTER_PAIR = {"instead": "of", "rather": "than"}
_ONLY = frozenset({"only", "just", "merely", "simply", "necessarily"})  # "not only" affirms
_LIMITS = frozenset({"fewer", "more", "longer", "later"})  # "no more than two" affirms, "no less" always
_FALSE = frozenset({"wrong", "false", "untrue", "incorrect"})
_THEN = frozenset({"so", "then"})  # begin a main clause
_POINTING = frozenset({"which", "this", "that"})


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
    pieces = PIECE.findall(_unwrapped(text) if "\n" in text else text)
    known = known_forms().get
    found = [known(piece) or form(piece) for piece in pieces]
    starts: list[int] = []
    ends: list[int] = []
    forms: list[Form] = []
    places: list[int] = []
    negators: dict[int, tuple[int, ...]] = {}
    spared: set[int] = set()
    denials: list[Denial] = []
    sentences: list[int] = []
    judged = verb = subordinate = conditional = preventing = False
    place = reach = spare = end = since = begin = 0
    scope: tuple[int, ...] = ()
    only: tuple[int, ...] = ()
    pending: list[int] = []
    for at, item in enumerate(found):
        _, _, content, role, gap, width, length = item
        start, end = end, end + length
        if width:
            number = len(forms)
            since += 1
            if content:
                place += 1
            if role >= JUDGE:
                if role == VERB:
                    verb = True
                    if scope and reach < REACH and scope[-1] != number - 1:
                        scope = ()  # "which is not separable can be ...": the denied verb has all of its own
                elif role == CONTRAST or (role == AND and verb and _verb_ahead(found, at)):
                    place, verb, scope, subordinate = place + CLAUSE, False, (), False
                    begin = _close(pending, denials, begin, number)
                elif role == AND:
                    place += 1
                    if item.normal != "or":
                        scope = ()
                    if at + 1 < len(found) and found[at + 1].role in (VERB, NEGATOR):
                        begin = _close(pending, denials, begin, number)
                elif role == LINK:
                    verb, scope = False, ()
                    begin = _close(pending, denials, begin, number)
                    subordinate = subordinate or (since == 1 and item.normal not in _THEN)
                    conditional = item.normal == "if"
                else:
                    judged = True
            if only:
                negators[number], only = only, ()
            elif scope:
                negators[number] = scope
                if content:
                    reach -= 1
                    if reach <= 0:
                        scope = ()
            if spare:
                spared.add(number)
                if content:
                    spare -= 1
            if role and role < JUDGE:
                if role == PREVENTER:
                    preventing, spare = True, REACH
                elif role == FROM:
                    if preventing:
                        scope, reach, spare, preventing = (number,), REACH, 0, False
                elif role == PAIR:
                    if _follows(found, at) == _AFTER_PAIR[item.normal]:
                        scope, reach = (*scope[-3:], number), 2
                elif _negates(item, found, at):
                    if conditional or (since == 1 and item.normal == "without"):
                        spare, subordinate = REACH, subordinate or since == 1
                    else:
                        scope, reach = (*scope[-3:], number), REACH
                        verbal = item.normal in VERB_NEGATORS or "'" in item.normal
                        if verbal or any(before.role == VERB for before in forms[-2:]):
                            pending.append(number)
                else:
                    only = (number,)  # "not only X" affirms X and denies the "only"
            starts.append(start)
            ends.append(start + width)
            forms.append(item)
            places.append(place)
        if gap:
            number = len(forms)
            begin = _close(pending, denials, begin, number)
            scope = ()  # what follows a comma is seldom still negated
            spare = 0
            conditional = preventing = False
            if gap == STOP:
                place, verb, subordinate = place + CLAUSE, False, False
                sentences.append(number)
            elif subordinate:
                place, verb, subordinate = place + 2, False, False  # "if X, Y" is one statement
            elif (verb and _verb_ahead(found, at)) or (since >= LONG and _words_ahead(found, at) >= LONG):
                place, verb = place + CLAUSE, False
            else:
                place += 1
            since = 0
    _close(pending, denials, begin, len(forms))
    refused: set[int] = set()
    if judged:
        refused, by = _refused([form.normal for form in forms], [*sentences, len(forms)])
        denials = [denial for denial in denials if denial.at not in by]
    return Words(starts, ends, forms, places, negators, spared, denials, refused)


def _close(pending: list[int], denials: list[Denial], begin: int, end: int) -> int:
    """Note the verbs denied in the stretch of words that ends here, and return where the next one begins."""
    if pending:
        denials.extend(Denial(at, begin, end) for at in pending)
        pending.clear()
    return end


def _unwrapped(text: str) -> str:
    """Return a text with the ends of wrapped lines as spaces: pasted text is often broken in mid-sentence."""
    return _WRAP.sub(" ", text)


_WRAP = re.compile(rf"(?<=[^\n]{{{WRAPPED}}}[\w,)])\n(?=[^\W\d_])")


def _refused(said: list[str], sentences: list[int]) -> tuple[set[int], set[int]]:
    """Return the words denied as a whole, and the negators that do it.

    "It is not the case that ...", "... is not true", "..., which is wrong". `sentences` are their ends, in words.
    """
    refused: set[int] = set()
    used: set[int] = set()
    begin = 0
    for end in sentences:
        for at in range(begin, end):
            if said[at] not in TRUTH:
                continue
            before = range(max(begin, at - 3), at)
            denials = [word for word in before if said[word] in NEGATORS or said[word].endswith("n't")]
            if not denials and said[at] not in _FALSE:
                continue
            if at + 1 < end and said[at + 1] == "that":
                reach = range(at + 2, end)
            elif at + 1 == end and (pointing := [word for word in before if said[word] in _POINTING]):
                reach = range(begin, pointing[0])
            elif at + 1 == end and denials and said[at] in ("true", "case"):
                reach = range(begin, denials[0])
            else:
                continue
            used.update(denials)
            if not (denials and said[at] in _FALSE):  # "not wrong" denies nothing
                refused.symmetric_difference_update(reach)
        begin = end
    return refused, used


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
