"""Why a mark is what it is: which keyword matched which words how, and what was refused and why.

Nothing here marks: it asks the grader's own parts again and keeps what they say. It is slower (about ten times), and
only run when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizbot.bank.model import Question
from quizbot.grading.compiled import Compiled, Pattern, Rule, compiled
from quizbot.grading.grade import echoes, first_said, grade, sides_of, words_of
from quizbot.grading.mark import How, Mark, State
from quizbot.grading.match import SLACK, Answer, Fill, Outcome
from quizbot.grading.sides import Mentions
from quizbot.grading.words import CLAUSE, Words, read
from quizbot.text import clean, shorten

NEAREST = 3
"""So many keywords of a concept that was not earned are explained: those that came nearest."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Words [start, end) of the answer that look like `meant` and are not taken for it."""

    start: int
    end: int
    said: str
    meant: str
    why: str


@dataclass(frozen=True, slots=True)
class PlaceWhy:
    """One place of a keyword: what it `wanted`, and the words [start, end) that fill it; `start` is -1 if none do."""

    wanted: str
    start: int = -1
    end: int = -1
    said: str = ""
    how: How | None = None
    word: str = ""
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class KeywordWhy:
    """One keyword: whether it was found, the sentence that says why or why not, and its places."""

    keyword: str
    found: bool
    why: str
    places: tuple[PlaceWhy, ...]


@dataclass(frozen=True, slots=True)
class ConceptWhy:
    """One concept or misconception: the keywords that earned it (or hit it), or those that came nearest."""

    id: str
    name: str
    state: State | None
    worth: float
    share: float
    keywords: tuple[KeywordWhy, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A mark with its reasons. `quoted` are the words that only repeat the interviewer."""

    mark: Mark
    concepts: tuple[ConceptWhy, ...]
    misconceptions: tuple[ConceptWhy, ...]
    quoted: str

    def to_json(self) -> dict[str, Any]:
        """Return the reasons as JSON values, without the mark itself."""
        return {
            "concepts": [asdict(concept) for concept in self.concepts],
            "misconceptions": [asdict(wrong) for wrong in self.misconceptions],
            "quoted": self.quoted,
        }


def explain(question: Question, text: str, said: Sequence[str] = ()) -> Why:
    """Return the mark of an answer with its reasons; the arguments are those of `grade`."""
    text = clean(text)
    mark = grade(question, text, said)
    words = read(text)
    deaf = echoes(words, (question.ask, *question.variants, *said))
    quoted = " ".join(text[words.starts[at] : words.ends[at]] for at in sorted(deaf))
    if not question.concepts:
        return Why(mark, tuple(_shared_words(mark, text)), (), quoted)
    asked = _Asked(compiled(question), text, words, deaf)
    hit = {wrong.id for wrong in mark.misconceptions}
    concepts = [
        ConceptWhy(done.id, done.name, done.state, done.worth, done.share, asked.concept(number, done.state))
        for number, done in enumerate(mark.concepts)
    ]
    wrong = [
        ConceptWhy(
            item.id, item.say, None, item.costs, float(item.id in hit), asked.wrong(number, found=item.id in hit)
        )
        for number, item in enumerate(question.misconceptions)
    ]
    return Why(mark, tuple(concepts), tuple(item for item in wrong if item.keywords), quoted)


def _shared_words(mark: Mark, text: str) -> Iterator[ConceptWhy]:
    """Yield the sentences of a model answer, each with the words that the answer shares with it."""
    for part in mark.concepts:
        places = tuple(
            PlaceWhy(span.word, span.start, span.end, text[span.start : span.end], span.how, span.word)
            for span in part.spans
        )
        why = f"{len(places)} of its words are in the answer" if places else "too few of its words are in the answer"
        keyword = KeywordWhy(part.name, part.state is State.EARNED, why, places)
        yield ConceptWhy(part.id, part.name, part.state, part.worth, part.share, (keyword,))


class _Asked:
    """One answer, asked again keyword by keyword."""

    def __init__(self, ready: Compiled, text: str, words: Words, deaf: frozenset[int]) -> None:
        self._ready = ready
        self._text = text
        self._words = words
        self._answer = Answer(words, ready, deaf)
        self._sides = sides_of(ready)
        self._mentions = Mentions(words, self._sides.pairs)
        self._false = words_of(first_said(rules, self._answer) for rules in ready.misconceptions)
        self._refused: dict[int, list[Refused]] = {}
        for at, item in enumerate(words.forms):
            for slot, meant, why in ready.refusals(item):
                start, end = words.starts[at], words.ends[at]
                self._refused.setdefault(slot, []).append(Refused(start, end, text[start:end], meant, why))

    def concept(self, number: int, state: State) -> tuple[KeywordWhy, ...]:
        """Explain the keywords that earned a concept, or those that came nearest."""
        if number == len(self._ready.concepts):
            said = "so much of the model answer is said in its own words (or those of another good answer)"
            return (KeywordWhy("the model answer", state is not State.MISSED, said, ()),)
        expected = self._sides.expected[number] if self._sides.pairs else ()
        earned = state in (State.EARNED, State.PARTLY)
        return self._best(self._ready.concepts[number], expected, self._false, earned=earned)

    def wrong(self, number: int, *, found: bool) -> tuple[KeywordWhy, ...]:
        """Explain a misconception that was hit, or nearly was (all of its words are there)."""
        keywords = self._best(self._ready.misconceptions[number], (), frozenset(), earned=found)
        return keywords if found else tuple(item for item in keywords if all(place.how for place in item.places))[:1]

    def _best(
        self, rules: Sequence[Rule], expected: Sequence[tuple[int, int]], false: frozenset[int], *, earned: bool
    ) -> tuple[KeywordWhy, ...]:
        told = [self._keyword(rule, expected, false) for rule in rules]
        if earned and (found := tuple(item for item in told if item.found)):
            return found[:NEAREST]
        near = [item for item in told if any(place.how or place.refused for place in item.places)]
        near.sort(key=_distance)
        return tuple(near[:NEAREST])

    def _keyword(self, rule: Rule, expected: Sequence[tuple[int, int]], false: frozenset[int]) -> KeywordWhy:
        places: list[PlaceWhy] = []
        reasons: list[str] = []
        begins: list[int] = []
        for pattern in rule.patterns:
            outcome, why, fills = self._pattern(pattern)
            if outcome == "found" and (side := self._other_side(fills, expected)):
                why = side
            elif outcome == "found" and not false.isdisjoint([fill.first for fill in fills]):
                why = "its words say what is wrong"
            if why:
                reasons.append(why)
            slots = pattern.slots if len(fills) in (0, len(pattern.slots)) else pattern.loose
            places += self._places(slots, fills)
            begins.append(min((fill.first for fill in fills), default=0))
        if not reasons and rule.in_order and begins != sorted(set(begins)):
            reasons.append("in another order than the keyword asks for")
        return KeywordWhy(rule.text, not reasons, "; ".join(reasons) or "found", tuple(places))

    def _pattern(self, pattern: Pattern) -> tuple[Outcome | None, str, tuple[Fill, ...]]:
        """Return what becomes of a phrase, the reason if it is not said, and the words it is about."""
        best: tuple[int, Outcome, int, tuple[Fill, ...]] | None = None
        for slots in filter(None, (pattern.slots, pattern.loose)):
            for candidate in self._answer.candidates(slots):
                spread = self._answer.spread(candidate)
                outcome = self._answer.outcome(candidate, spread, negated=pattern.negated)
                rank = (_RANKS.index(outcome), outcome, spread, candidate)
                if best is None or rank[0] < best[0]:
                    best = rank
        if best is not None:
            _, outcome, spread, fills = best
            return outcome, self._reason(outcome, spread, fills), fills
        fills = tuple(found[0] for slot in pattern.slots if (found := self._answer.fills(slot)))
        if len(fills) < len(pattern.slots):
            missing = [_brief(self._ready.wanted(slot)) for slot in pattern.slots if not self._answer.fills(slot)]
            return None, f"{_MISSING} {' and '.join(missing)}", ()
        return None, "its words are in different clauses", fills

    def _reason(self, outcome: Outcome, spread: int, fills: Sequence[Fill]) -> str:
        match outcome:
            case "found":
                return ""
            case "denied":
                by = [self._said(at) for at in self._answer.deniers(fills)]
                return f"denied by “{'”, “'.join(by)}”" if by else "the statement is denied as a whole"
            case "far":
                if spread >= CLAUSE - 2 * SLACK:
                    return "its words are in different clauses"
                return f"its words are too far apart: {spread} others between them, {SLACK} may be"
            case "quoted":
                return "it only repeats the interviewer's words"
            case "elsewhere":
                return "its words belong to different things"
            case "affirmed":
                return "the keyword says “not”, the answer does not"

    def _other_side(self, fills: Sequence[Fill], expected: Sequence[tuple[int, int]]) -> str:
        for pair, side in expected:
            if self._mentions.side(pair, [fill.first for fill in fills]) == 1 - side:
                names = self._sides.pairs[pair].names
                return f"said of {names[1 - side]}; good answers say it of {names[side]}"
        return ""

    def _places(self, slots: Sequence[int], fills: Sequence[Fill]) -> Iterator[PlaceWhy]:
        """Yield the places of a phrase with what fills them; `fills` are in the order in which they were chosen."""
        left = list(fills)
        for slot in slots:
            options = self._answer.fills(slot)
            fill = next((fill for fill in left if fill in options), options[0] if options and not fills else None)
            refused = tuple(self._refused.get(slot, ()))
            if fill is None:
                yield PlaceWhy(self._ready.wanted(slot), refused=refused)
                continue
            if fill in left:
                left.remove(fill)
            start, end = self._words.starts[fill.first], self._words.ends[fill.last]
            yield PlaceWhy(self._ready.wanted(slot), start, end, self._text[start:end], fill.how, fill.word)

    def _said(self, at: int) -> str:
        return self._text[self._words.starts[at] : self._words.ends[at]]


_RANKS: tuple[Outcome, ...] = ("found", "denied", "affirmed", "elsewhere", "far", "quoted")


def _distance(keyword: KeywordWhy) -> tuple[bool, float]:
    """Return how far a keyword is from being found: by the share of its places that nothing fills."""
    empty = [place for place in keyword.places if not place.how]
    near = sum(0.5 for place in empty if place.refused)
    return bool(empty), (len(empty) - near) / len(keyword.places)


_HOW = {"exact": "the same word", "stem": "another form of it", "synonym": "means the same", "typo": "misspelt"}


def lines(why: Why) -> Iterator[str]:
    """Yield an explanation as lines of text; words of the answer stand in quotation marks."""
    for concept in why.concepts:
        sign = {"earned": "✓", "partly": "◐", "missed": "✗", "denied": "✗"}[str(concept.state)]
        yield f"{sign} {concept.name}: {concept.state}, {concept.share * concept.worth:g} of {concept.worth:g}"
        yield from _keyword_lines(concept.keywords)
    for wrong in why.misconceptions:
        yield f"! {wrong.name}" if wrong.share else f"(not held against it) {wrong.name}"
        yield from _keyword_lines(wrong.keywords)
    if why.quoted:
        yield f"Words of the interviewer that earn nothing: “{shorten(why.quoted, 200)}”"


def _keyword_lines(keywords: Sequence[KeywordWhy]) -> Iterator[str]:
    if not keywords:
        yield "    no keyword came near"
    for keyword in keywords:
        yield f"    {_brief(keyword.keyword)}"
        words = [
            f"“{place.said}”" + ("" if place.how == "exact" else f" for {place.word} ({_HOW[place.how]})")
            for place in keyword.places
            if place.how and place.said
        ]
        before = "; there is " if keyword.why.startswith(_MISSING) else ": "
        yield f"      {keyword.why}" + (f"{before}{', '.join(words)}" if words else "")
        for refused in dict.fromkeys(refused for place in keyword.places for refused in place.refused):
            yield f"      “{refused.said}” is not taken for {refused.meant}: it is {refused.why}"


def _brief(keyword: str) -> str:
    """Return a keyword with the first few alternatives of each place."""
    places = [place.split("|") for place in keyword.split(" ")]
    return " ".join("|".join(place[:_ALTERNATIVES] + ["…"] * (len(place) > _ALTERNATIVES)) for place in places)


_ALTERNATIVES = 4
_MISSING = "nothing says"
