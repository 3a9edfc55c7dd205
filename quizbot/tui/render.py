"""Questions, answers and marks as the screen shows them; a chat and a review look the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.content import Content

from quizbot.grading.mark import ConceptMark, Mark, Span, State, Verdict
from quizbot.interview import wording
from quizbot.interview.events import Answered, Asked
from quizbot.text import clean
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.hanging import Hanging, Line

EARNED, WRONG = "bold underline $text-success", "bold underline $text-error"

_STATE_STYLES = {
    State.EARNED: "$text-success",
    State.PARTLY: "$text-warning",
    State.MISSED: "$text-error",
    State.DENIED: "$text-error",
}
_VERDICT_STYLES = {Verdict.STRONG: "$text-success", Verdict.PARTIAL: "$text-warning", Verdict.WEAK: "$text-error"}
_BAR = 20


def question(asked: Asked) -> Content:
    """Return a question with the line that says where in the session it stands."""
    return joined((wording.heading(asked), QUIET), "\n", (clean(asked.text), "bold"))


def answer(text: str, mark: Mark) -> Content:
    """Return the person's own words, with what they earned (and got wrong) marked in them."""
    content = Content(text)
    for concept in mark.concepts:
        if concept.share:
            content = _stylized(content, concept.spans, EARNED)
        elif concept.state is State.DENIED:
            content = _stylized(content, concept.spans, WRONG)
    for wrong in mark.misconceptions:
        content = _stylized(content, wrong.spans, WRONG)
    return content


def _stylized(content: Content, spans: Sequence[Span], style: str) -> Content:
    for start, end in wording.pieces(content.plain, spans, gap=1):
        content = content.stylize(style, start, end)
    return content


def mark(answered: Answered, before: int | None, earned: Collection[str]) -> Hanging:
    """Return a mark: points, a line a concept with the words that earned it, mistakes and remarks.

    `before` is where the question stood, if this answers a probe, and `earned` names what was earned by then.
    """
    style = f"bold {_VERDICT_STYLES[_verdict(answered.points)]}"
    opening = joined(points_bar(answered.points), f"  {wording.opening(answered, before)}")
    lines = [Line(plain(f"{answered.points}/100 ", style), opening)]
    lines += [_concept(concept, answered.text) for concept in wording.worth_telling(answered.mark, earned)]
    for wrong in answered.mark.misconceptions:
        said = joined(clean(wrong.say), *_quotes(answered.text, wrong.spans, "$text-error"))
        lines.append(Line(plain(f"{wording.MISCONCEPTION_SIGN} ", "bold $text-error"), said))
    lines += [Line(plain("  "), plain(remark, QUIET)) for remark in wording.remarks(answered.mark)]
    return Hanging(lines)


def _verdict(points: int) -> Verdict:
    return Mark(points, ()).verdict


def points_bar(points: int, width: int = _BAR) -> Content:
    """Return points as a bar of text."""
    filled = round(points / 100 * width)
    style = _VERDICT_STYLES[_verdict(points)]
    return joined(("━" * filled, style), ("─" * (width - filled), "$border"))


def _concept(concept: ConceptMark, text: str) -> Line:
    """Return "✓ its name  “the words that earned it”"."""
    style = _STATE_STYLES[concept.state]
    said = joined(clean(wording.found(concept)), *_quotes(text, concept.spans, style))
    return Line(plain(f"{wording.SIGNS[concept.state]} ", f"bold {style}"), said)


def _quotes(text: str, spans: Sequence[Span], style: str) -> list[tuple[str, str]]:
    return [(f"  “{piece}”", f"italic {style}") for piece in wording.quotes(text, spans)]


def model_answer(text: str) -> Content:
    """Return the model answer, set apart by its first words."""
    return joined(("A full answer  ", "bold $text-secondary"), (clean(text) or "This question has none.", QUIET))


def hint(text: str) -> Content:
    """Return a hint."""
    return joined(("Hint  ", "bold $text-accent"), clean(text))
