"""The keyword language: a short phrase, read into places and alternatives.

`a|b` is either word in one place, `_` joins words into one place, a list is all of its phrases, `in_order` all of
them in this order, and a phrase that says "not" matches only a denied mention. That is the whole language.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quizbot.bank.model import Keyword, Phrase, Slot, Words
from quizbot.bank.read import Fields, Items, Node, Text
from quizbot.text import clean, one_line

MAX_PLACES = 12
MAX_ALTERNATIVES = 24
MAX_PHRASES = 8

NEGATIONS = frozenset(
    """
    not no never without cannot neither nor none can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't
    couldn't shouldn't hasn't haven't
    """.split()
)
_SKIPPED = frozenset(
    """
    a an the of to in on at is are was were be been it its this that and or for with as by does do did has have had from
    than then so you we they
    """.split()
)
_SAYS_SOMETHING = re.compile(r"[^\W_]|[<>=≤≥≠≈^*+%]")

Report = Callable[[Node, str], None]
"""Called with the node that is wrong and what is wrong with it."""


def read_keyword(node: Node, report: Report) -> Keyword | None:
    """Return the keyword that a node of a bank means, or None after reporting what is wrong with it."""
    match node:
        case Text():
            phrase = read_phrase(node, report)
            return Keyword((phrase,), in_order=False, text=phrase.text) if phrase else None
        case Items():
            return _all_of(node, node, report, in_order=False)
        case Fields():
            inner = node.values.get("in_order")
            if list(node.values) != ["in_order"] or not isinstance(inner, Items):
                report(node, "a keyword is a phrase, a list of phrases, or {in_order: [phrase, phrase]}")
                return None
            return _all_of(node, inner, report, in_order=True)


def _all_of(node: Node, items: Items, report: Report, *, in_order: bool) -> Keyword | None:
    if not 1 <= len(items.values) <= MAX_PHRASES:
        report(node, f"a list of 1 to {MAX_PHRASES} phrases is meant here, this has {len(items.values)}")
        return None
    phrases: list[Phrase] = []
    for item in items.values:
        if not isinstance(item, Text):
            report(item, "a phrase is meant here; a text in [brackets] needs quotes")
            return None
        phrase = read_phrase(item, report)
        if phrase is None:
            return None
        phrases.append(phrase)
    text = ", ".join(phrase.text for phrase in phrases)
    return Keyword(tuple(phrases), in_order, f"in order: {text}" if in_order else text)


def read_phrase(node: Text, report: Report) -> Phrase | None:
    """Return the phrase that was typed, or None after reporting what is wrong with it."""
    text = one_line(node.value)
    places = clean(text).casefold().replace("’", "'").split()
    if not places:
        report(node, "an empty keyword matches nothing")
        return None
    if "|" in places:
        report(node, f"“{text}”: write alternatives without spaces around “|”, as in “train|fit”")
        return None
    slots: list[tuple[str, Slot]] = []
    negated = False
    for place in places:
        if all(part in NEGATIONS for part in place.split("|")):
            negated = True
            continue
        alternatives = [part.strip("_") for part in place.split("|")]
        if not all(_SAYS_SOMETHING.search(part) for part in alternatives):
            report(node, f"“{place}”: every alternative needs a word")
            return None
        if len(alternatives) > MAX_ALTERNATIVES:
            report(node, f"{len(alternatives)} alternatives in one place; {MAX_ALTERNATIVES} are the most")
            return None
        slots.append((place, tuple(dict.fromkeys(_words(part) for part in alternatives))))
    if not slots:
        report(node, f"“{text}” only says “not”; say what is denied")
        return None
    telling = [slot for place, slot in slots if place not in _SKIPPED] or [slot for _, slot in slots]
    if len(telling) > MAX_PLACES:
        report(node, f"{len(telling)} words in one keyword; {MAX_PLACES} are the most, and 2 or 3 work best")
        return None
    return Phrase(tuple(telling), negated, text)


def _words(alternative: str) -> Words:
    return tuple(word for word in alternative.split("_") if word)
