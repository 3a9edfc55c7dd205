"""Everything about one question (or bank, or problem) as a page to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from quizbot.bank.model import Bank, Concept, Example, Keyword, Level, Misconception, Problem, Question
from quizbot.grading.mark import Mark, Verdict
from quizbot.interview.wording import topic_name
from quizbot.text import clean, count, one_line
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.hanging import Hanging, Line

if TYPE_CHECKING:
    from quizbot.records.history import Past

SIGNS = {Verdict.STRONG: "●", Verdict.PARTIAL: "◐", Verdict.WEAK: "○"}
"""How a question went the last time; the colour says it again."""
VERDICT_STYLES = {Verdict.STRONG: "$text-success", Verdict.PARTIAL: "$text-warning", Verdict.WEAK: "$text-error"}
FOUND = "on $accent 30%"
_NONE = Content("")
_BREAK = Line(_NONE, _NONE)
_RECENT = 8
_BETWEEN = "  ·  "


def verdict(points: int) -> Verdict:
    """Return the one word for points (0-100)."""
    return Mark(points, ()).verdict


def question_page(question: Question, past: Sequence[Past] = ()) -> Hanging:
    """Return a question with all that an author wrote, and what became of it when it was asked."""
    return Hanging(list(_question(question, past)))


def _question(question: Question, past: Sequence[Past]) -> Iterator[Line]:
    yield Line(_NONE, plain(question.ask, "bold"))
    for variant in question.variants:
        yield Line(plain("or  ", QUIET), plain(variant, QUIET))
    facts = (topic_name(question.topic), question.level, question.kind, f"{question.minutes:g} min")
    yield Line(_NONE, plain(" · ".join(facts), "$text-primary"))
    yield Line(_NONE, _record(past))
    yield _BREAK
    whole = sum(concept.worth for concept in question.concepts)
    if question.concepts:
        yield _title("Concepts", "and their points")
    else:
        yield Line(_NONE, plain("It has no concepts: answers are compared with the model answer.", QUIET))
    for concept in question.concepts:
        yield from _concept(concept, round(100 * concept.worth / whole))
    if question.misconceptions:
        yield _BREAK
        yield _title("Misconceptions", "and what they cost")
        for wrong in question.misconceptions:
            yield from _misconception(wrong, round(100 * wrong.costs / whole) if whole else 0)
    for title, texts in (("Model answer", (question.answer,)), ("Other good answers", question.also)):
        if any(texts):
            yield _BREAK
            yield _title(title)
            yield from (_item(text) for text in texts)
    if question.examples:
        yield _BREAK
        yield _title("Examples", "and the points they must earn")
        yield from (line for example in question.examples for line in _example(example))
    yield from _small("Followed by", question.followups)
    yield from _small("Sources", question.sources)
    yield from _small("Covers", question.covers)
    yield _BREAK
    yield Line(_NONE, plain(question.key, QUIET))
    yield Line(_NONE, plain(str(question.place), QUIET))


def _title(title: str, note: str = "") -> Line:
    return Line(_NONE, joined((title, "bold $primary"), (f"  {note}", QUIET)))


def _item(text: str) -> Line:
    return Line(plain("  "), plain(one_line(text)))


def _record(past: Sequence[Past]) -> Content:
    """Return "Asked 3 times, last on 01 Mar 2026: 45, 67, 92"."""
    if not past:
        return plain("You have not been asked this yet.", QUIET)
    when = past[-1].at.astimezone().strftime("%d %b %Y")
    times = "once" if len(past) == 1 else f"{len(past):,} times, last"
    marks = [time.points for time in past if time.points is not None][-_RECENT:]
    said = joined((f"You were asked this {times} on {when}", QUIET))
    for place, points in enumerate(marks):
        before = ": " if place == 0 else "  "
        said = joined(said, (before, QUIET), (str(points), f"bold {VERDICT_STYLES[verdict(points)]}"))
    return said if marks else joined(said, (", without an answer", QUIET))


def _concept(concept: Concept, points: int) -> Iterator[Line]:
    asks = f"  {concept.at_least} of these" if concept.at_least > 1 else ""
    yield Line(plain(f"{points:>3}  ", "bold $text-accent"), joined((clean(concept.name), "bold"), (asks, QUIET)))
    yield from _keywords(concept.keywords)
    for name, text in (("hint", concept.hint), ("probe", concept.probe)):
        if text:
            yield Line(plain(f"     {name:<5}  ", "$text-secondary"), plain(text, QUIET))


def _misconception(wrong: Misconception, points: int) -> Iterator[Line]:
    yield Line(plain(f"{-points:>3}  ".replace("-", "−"), "bold $text-error"), plain(wrong.say, "bold"))
    yield from _keywords(wrong.keywords)


def _keywords(keywords: Sequence[Keyword]) -> Iterator[Line]:
    """Yield keywords, a line each, with the signs of their language held back."""
    for keyword in keywords:
        text = one_line(keyword.text)
        shown = Content(text)
        for at, letter in enumerate(text):
            if letter in "|_":
                shown = shown.stylize("$text-accent", at, at + 1)
        yield Line(plain("     · ", "$border"), shown)


def _example(example: Example) -> Iterator[Line]:
    if example.mark is None:
        wanted = "any"
    else:
        low, high = example.mark
        wanted = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    yield Line(plain(f"{wanted:>6}  ", "bold $text-accent"), plain(one_line(example.say) or "(nothing)"))
    named = [("earns", example.earns), ("misses", example.misses), ("hits", example.hits)]
    told = [f"{verb} {', '.join(names)}" for verb, names in named if names]
    if told:
        yield Line(plain("        "), plain("; ".join(told), QUIET))


def _small(title: str, items: Sequence[str]) -> Iterator[Line]:
    if items:
        yield _BREAK
        yield Line(plain(f"{title}  ", "bold $primary"), plain(one_line(", ".join(items)), QUIET))


def bank_page(bank: Bank, questions: Sequence[Question], past: Mapping[str, tuple[Past, ...]], name: str) -> Hanging:
    """Return what is in a bank, or in one topic of it: `questions` of it, called `name`."""
    marks = [times[-1].points for question in questions if (times := past.get(question.key))]
    counted = [points for points in marks if points is not None]
    levels = {level: sum(question.level is level for question in questions) for level in Level}
    lines = [
        Line(_NONE, plain(name, "bold")),
        Line(
            _NONE,
            plain(_BETWEEN.join(f"{number} {level}" for level, number in levels.items() if number), "$text-primary"),
        ),
        Line(_NONE, plain(f"{count(len(questions), 'question')}, {len(marks):,} of them asked so far", QUIET)),
    ]
    for kind, style in VERDICT_STYLES.items():
        number = sum(verdict(points) is kind for points in counted)
        if number:
            lines.append(Line(plain(f"  {SIGNS[kind]} ", style), plain(f"{number:,} {kind} the last time")))
    lines += [_BREAK, Line(_NONE, plain(f"{bank.id} · {bank.origin}", QUIET)), Line(_NONE, plain(bank.file, QUIET))]
    return Hanging(lines)


def problem_page(problem: Problem) -> Hanging:
    """Return a problem of a bank's file with its place and the way on."""
    return Hanging(
        [
            Line(plain("! ", "bold $text-error"), plain(problem.message, "bold")),
            _BREAK,
            Line(_NONE, plain(str(problem.place), "$text-primary")),
            _BREAK,
            Line(
                _NONE,
                plain("What is healthy in your banks is used. Save the file, then press r to read it again.", QUIET),
            ),
        ]
    )


def found_in(page: Hanging, search: str) -> Hanging:
    """Return the page with the words of a search marked in it; single letters would only be noise."""
    words = [word for word in search.casefold().split() if len(word) > 1]
    return Hanging([Line(line.sign, _found(line.text, words)) for line in page.lines]) if words else page


def _found(text: Content, words: Sequence[str]) -> Content:
    lower = text.plain.casefold()
    if len(lower) != len(text.plain):  # "ß" becomes two letters: the places would be wrong
        return text
    for word in words:
        at = lower.find(word)
        while at >= 0:
            text = text.stylize(FOUND, at, at + len(word))
            at = lower.find(word, at + len(word))
    return text
