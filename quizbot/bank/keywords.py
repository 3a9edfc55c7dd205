"""The keyword language: a short phrase, read into places and alternatives.

`a|b` is either word in one place, `_` joins words into one place, a list is all of its phrases, `in_order` all of
them in this order, and a phrase that says "not" matches only a denied mention. That is the whole language.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quizbot.bank.model import Keyword, Phrase, Slot, Words
from quizbot.bank.read import Items, Node, Text
from quizbot.text import one_line

MAX_PLACES = 12
MAX_ALTERNATIVES = 32
MAX_PHRASES = 8

# don't and dont, isn't and isnt, can't, won't ...; a bare "cant" or "wont" is a slip for it, too.
NEGATION = re.compile(
    "not|no|never|without|cannot|nor|neither|none"
    "|(?:do|does|did|is|are|was|were|wo|would|ca|could|should|has|have|had|must|need)n?'?t"
)
_SKIPPED = frozenset(
    """
    a an the of to in on at is are was were be been it its this that and or for with as by does do did has have had from
    than then so you we they
    """.split()
)
_SAYS_SOMETHING = re.compile(r"[^\W_]|[<>=≤≥≠≈^*+%]")

_ORDER = re.compile(r"\b[oθω]\([^()|]*\)")  # O(n log n) is one word

Report = Callable[[Node, str], None]
"""Called with the node that is wrong and what is wrong with it."""


def read_keyword(node: Node, report: Report) -> Keyword | None:
    """Return the keyword that a node of a bank means, or None after reporting what is wrong with it."""
    if isinstance(node, Text):
        phrase = read_phrase(node, report)
        return Keyword((phrase,), in_order=False, text=phrase.text) if phrase else None
    if isinstance(node, Items):
        return _all_of(node, report, in_order=False)
    inner = node.values.get("in_order")
    if len(node.values) != 1 or not isinstance(inner, Items):
        report(
            node,
            "a keyword is a phrase, a list of phrases, or {in_order: [phrase, phrase]}; one with “: ” needs quotes",
        )
        return None
    return _all_of(inner, report, in_order=True)


def _all_of(items: Items, report: Report, *, in_order: bool) -> Keyword | None:
    fewest = 2 if in_order else 1
    if not fewest <= len(items.values) <= MAX_PHRASES:
        report(items, f"a list of {fewest} to {MAX_PHRASES} phrases is meant here, this has {len(items.values)}")
        return None
    phrases: list[Phrase] = []
    for item in items.values:
        if not isinstance(item, Text):
            report(item, "a phrase is meant here; lists go no deeper, and a text in [brackets] needs quotes")
        elif phrase := read_phrase(item, report):
            phrases.append(phrase)
    if len(phrases) < len(items.values):
        return None
    text = ", ".join(phrase.text for phrase in phrases)
    return Keyword(tuple(phrases), in_order, f"in order: {text}" if in_order else text)


def read_phrase(node: Text, report: Report) -> Phrase | None:
    """Return the phrase that was typed, or None after reporting what is wrong with it."""
    text = one_line(node.value)
    slots: list[Slot] = []
    skipped: list[Slot] = []
    negated = False
    for place in _ORDER.sub(_joined, text.casefold().replace("’", "'")).split():
        if "|" not in place and "_" not in place:
            if NEGATION.fullmatch(place):
                negated = True
            elif _SAYS_SOMETHING.search(place):
                (skipped if place in _SKIPPED else slots).append(((place,),))
            else:
                report(node, f"“{place}” has no word or number in it")
                return None
            continue
        alternatives = place.split("|")
        if said := _wrong(text, place, alternatives):
            report(node, said)
            return None
        if all(NEGATION.fullmatch(part) for part in alternatives):
            negated = True
        else:
            slots.append(tuple(dict.fromkeys(map(_words, alternatives))))
    slots = slots or skipped  # function words are kept only where nothing else would be left
    if not slots:
        report(node, f"“{text}” only says “not”; say what is denied" if text else "an empty keyword matches nothing")
        return None
    if len(slots) > MAX_PLACES:
        report(node, f"{len(slots)} words in one keyword; {MAX_PLACES} are the most, and 2 or 3 work best")
        return None
    return Phrase(tuple(slots), negated, text)


def _joined(order: re.Match[str]) -> str:
    return order.group().replace(" ", "").replace("_", "")


def _wrong(text: str, place: str, alternatives: list[str]) -> str:
    """Say what is wrong with a place of several alternatives or joined words, or nothing."""
    if place.startswith("|") or place.endswith("|"):
        return f"“{text}”: write alternatives without spaces around “|”, as in “train|fit”"
    if not all(map(_SAYS_SOMETHING.search, alternatives)):
        return f"“{place}”: every alternative needs a word"
    if len(alternatives) > MAX_ALTERNATIVES:
        return f"{len(alternatives)} alternatives in one place; {MAX_ALTERNATIVES} are the most"
    return ""


def _words(alternative: str) -> Words:
    return tuple(word for word in alternative.split("_") if word) if "_" in alternative else (alternative,)
