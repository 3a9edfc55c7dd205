"""The interviewer's words for what happens, shared by the plain-text mode and the full screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quizbot.grading.mark import ConceptMark, Mark, Remark, Span, State, Verdict
from quizbot.interview.events import Answered, Asked, Finished
from quizbot.text import MAX_ANSWER, one_line, shorten

SIGNS = {State.EARNED: "✓", State.PARTLY: "◐", State.MISSED: "✗", State.DENIED: "✗"}
MISCONCEPTION_SIGN = "!"
_SPOKEN = {State.EARNED: "earned", State.PARTLY: "partly", State.MISSED: "missed", State.DENIED: "missed"}

REMARKS = {
    Remark.EMPTY: "There was nothing to mark.",
    Remark.SHORT: "That is very short; in an interview, add a sentence on how or why.",
    Remark.ECHO: "Words that repeat the question earn nothing by themselves.",
    Remark.KEYWORD_LIST: "A bare list of keywords does not show understanding; say how they hang together.",
    Remark.OFF_SUBJECT: "I could not find anything on this question in that.",
    Remark.STRAYING: "Most of that is about something else; say just what answers the question.",
    Remark.CUT: f"Only the first {MAX_ANSWER:,} characters were marked.",
}

_OPENINGS = {
    Verdict.STRONG: "A strong answer.",
    Verdict.PARTIAL: "Part of it is there.",
    Verdict.WEAK: "Not yet.",
}
_QUOTE_GAP = 24
"""Characters between two matched words up to which they are quoted as one piece."""
_QUOTE_LONGEST = 72


def heading(asked: Asked) -> str:
    """Return "Question 3 of 10 · evaluation · mid"."""
    return f"Question {asked.number} of {asked.total} · {topic_name(asked.topic)} · {asked.level}"


def topic_name(topic: str) -> str:
    """Return a topic's slug as people read it: "levels-and-career" is "levels and career"."""
    return one_line(topic).replace("-", " ")


def opening(answered: Answered, before: int | None) -> str:
    """Return the first words on an answer; `before` is where the question stood, if this answers a probe."""
    if before is None:
        return _OPENINGS[answered.mark.verdict] if answered.points == answered.mark.points else "With a hint."
    if answered.points > before:
        return f"That's it: {before} → {answered.points}."
    if answered.points < before:
        return f"That cost something: {before} → {answered.points}."
    return f"That adds nothing I can mark; it stays at {before}."


def remarks(mark: Mark) -> tuple[str, ...]:
    """Return the sentences about the answer as a whole."""
    return tuple(REMARKS[remark] for remark in mark.remarks)


def pieces(text: str, spans: Sequence[Span], gap: int) -> list[tuple[int, int]]:
    """Return the spans in order as [start, end), those at most `gap` characters apart on one line as one piece."""
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda item: item.start):
        near = found and span.start - found[-1][1] <= gap and "\n" not in text[found[-1][1] : span.start]
        if near:
            found[-1] = (found[-1][0], max(found[-1][1], span.end))
        else:
            found.append((span.start, span.end))
    return found


def quotes(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the pieces of the answer that earned something, near matches quoted as one piece, in order."""
    unique = dict.fromkeys(shorten(text[start:end], _QUOTE_LONGEST) for start, end in pieces(text, spans, _QUOTE_GAP))
    return tuple(piece for piece in unique if piece)


def found(concept: ConceptMark) -> str:
    """Return a concept's name, with what became of it where the sign alone does not say."""
    if concept.state is State.DENIED:
        return f"{concept.name} (you said the opposite)"
    if concept.state is State.PARTLY:
        return f"{concept.name} ({round(100 * concept.share)} % of it)"
    return concept.name


def earned(mark: Mark) -> frozenset[str]:
    """Return the ids of the concepts that an answer earned whole."""
    return frozenset(item.id for item in mark.concepts if item.state is State.EARNED)


def worth_telling(mark: Mark, before: Collection[str]) -> list[ConceptMark]:
    """Return the concepts that are news: all of a first answer, later without what was earned `before`."""
    return [item for item in mark.concepts if item.id not in before]


def mark_lines(mark: Mark, text: str, before: Collection[str] = ()) -> tuple[str, ...]:
    """Return a mark as lines of plain text that read well aloud: a line a concept, misconception and remark.

    `before` names the concepts that an earlier answer to the question earned.
    """
    lines = [
        f"{_SPOKEN[item.state]}: {one_line(found(item))}{_quoted(text, item.spans)}"
        for item in worth_telling(mark, before)
    ]
    lines += [f"mistaken: {one_line(wrong.say)}{_quoted(text, wrong.spans)}" for wrong in mark.misconceptions]
    return (*lines, *remarks(mark))


def _quoted(text: str, spans: Sequence[Span]) -> str:
    return "".join(f" “{piece}”" for piece in quotes(text, spans))


def farewell(finished: Finished, score: int | None, counted: int, total: int) -> str:
    """Return the last words: the score and how much of the session was done."""
    if score is None:
        return "No question was answered this time. See you."
    done = "All questions done" if finished.reason == "done" and counted == total else f"{counted} of {total} counted"
    return f"{done}. Score: {score}/100."
