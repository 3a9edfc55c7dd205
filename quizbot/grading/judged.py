"""Statements judged as a whole: what is called false, and what is dismissed as beside the point."""

from __future__ import annotations

from collections.abc import Sequence

from quizbot.grading.forms import (
    AND,
    CONTRAST,
    EFFECT,
    LINK,
    NEEDED,
    NEGATOR,
    NEGATORS,
    POINTLESS,
    TRUTH,
    VERB,
    Form,
)

_FALSE = frozenset({"wrong", "false", "untrue", "incorrect"})
_POINTING = frozenset({"which", "this", "that"})
_SUPPOSING = frozenset({"if", "whether", "unless", "when", "where", "once", "until"})
_BARE = frozenset("dont doesnt didnt isnt arent wont cant cannot".split())
_SELDOM = frozenset({"rarely", "seldom", "hardly", "barely"})  # "an assumption which is rarely true" was made
_NEAR = 3  # words before a judging word among which its verb and its "not" are


def refused(forms: Sequence[Form], sentences: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return the words denied as a whole, and the negators that do it.

    "It is not the case that ...", "... is not true", "..., which is wrong". `sentences` are their ends, in words.
    """
    said = [item.normal for item in forms]
    found: set[int] = set()
    used: set[int] = set()
    begin = 0
    for end in sentences:
        for at in range(begin, end):
            if said[at] not in TRUTH:
                continue
            before = range(max(begin, at - _NEAR), at)
            denials = [word for word in before if _denies(said[word]) and said[word] not in _SELDOM]
            if not denials and said[at] not in _FALSE:
                continue
            if at + 1 < end and said[at + 1] == "that" and not forms[at].gap:
                reach = range(at + 2, end)
            elif at + 1 == end and (pointing := [word for word in before if _points(forms, word)]):
                reach = range(begin, pointing[0])
            elif at + 1 == end and denials and said[at] in ("true", "case"):
                reach = range(begin, denials[0])
            else:
                continue
            used.update(denials)
            if not (denials and said[at] in _FALSE):  # "not wrong" denies nothing
                found.symmetric_difference_update(reach)
        begin = end
    return found, used


def _points(forms: Sequence[Form], at: int) -> bool:
    """Say whether a word points back at what was said: "which is wrong", not "a thing that went wrong"."""
    return forms[at].normal in _POINTING and forms[at + 1].role in (VERB, NEGATOR)


def dismissed(forms: Sequence[Form]) -> list[tuple[int, int, int]]:
    """Return what is called pointless or not needed, as (the judging word, first word, end) of each.

    "Comparing it with the mean is meaningless", "tests are not needed", "order does not matter", "order makes no
    difference", "trees are, networks aren't". "If labels are not needed" dismisses nothing.
    """
    found: list[tuple[int, int, int]] = []
    for at, item in enumerate(forms):
        if item.role == NEGATOR and (item.gap or at + 1 == len(forms)) and _ends_denied(forms, at):
            verb, dismisses = at - (item.normal == "not"), True  # "linear models are convex, networks aren't"
        elif item.normal in EFFECT and at >= 2 and forms[at - 1].normal == "no":
            verb, dismisses = at - 2, True  # "makes no difference"
        elif item.normal in POINTLESS or item.normal in NEEDED:
            verb, denied = _verb(forms, at)
            dismisses = denied == (item.normal in NEEDED)
        else:
            continue
        if dismisses and (begin := _subject(forms, verb)) < verb:
            found.append((at, begin, verb))
    return found


def _ends_denied(forms: Sequence[Form], at: int) -> bool:
    """Say whether a negator ends its clause as all that is left of a verb: "don't", "are not"."""
    if forms[at].normal == "not":
        return at > 0 and forms[at - 1].role == VERB and not forms[at - 1].gap
    return "'" in forms[at].normal or forms[at].normal in _BARE


def _verb(forms: Sequence[Form], at: int) -> tuple[int, bool]:
    """Return where the verb of a judging word begins and whether it is denied; 0 if it has none ("useless weights")."""
    denied = False
    for back in range(at - 1, max(-1, at - 1 - _NEAR), -1):
        item = forms[back]
        if item.gap:
            break
        if _denies(item.normal):
            denied = not denied
            if item.normal != "not":  # "doesn't", "cannot"; "never" stands before its verb
                return back, denied
        elif item.role == VERB:
            return back, denied
        elif item.content and denied:
            break
    return 0, denied


def _subject(forms: Sequence[Form], verb: int) -> int:
    """Return where the subject of a verb begins; the verb itself if the sentence only supposes."""
    begin, verbs = verb, False
    while begin and not forms[begin - 1].gap:
        before = forms[begin - 1]
        if before.normal in _SUPPOSING:
            return verb
        if before.role in (CONTRAST, LINK) or (before.role == AND and verbs):
            break
        verbs = verbs or before.role == VERB
        begin -= 1
    return begin


def _denies(word: str) -> bool:
    return word in NEGATORS or word.endswith("n't")
