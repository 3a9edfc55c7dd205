"""The conversation in lines of text: for a screen reader, a pipe, a test. Nothing is drawn and nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TextIO

from quizbot import clock
from quizbot.interview import wording
from quizbot.interview.conversation import Conversation, Notice, Said
from quizbot.interview.events import (
    Answered,
    Asked,
    Finished,
    Hinted,
    Probed,
    Revealed,
    Skipped,
    Started,
)
from quizbot.text import MAX_ANSWER, clean

CONTINUED = "\\"
"""A line that ends in this goes on in the next one."""

WELCOME = (
    "Answer in your own words, one line an answer "
    f"(end a line with {CONTINUED} to go on in the next). Say “help” for more."
)


def practise(
    conversation: Conversation, opening: tuple[Said, ...], source: TextIO, out: TextIO, prompt: str = ""
) -> None:
    """Hold the conversation until it is finished or the input ends; the end of the input ends the session.

    `opening` is what the conversation said to begin with; `prompt` is printed before each answer.
    """
    teller = _Teller(lambda line: print(line, file=out, flush=True))
    teller.tell(opening)
    teller.stands_at(conversation)
    answers = _answers(source, out, prompt)
    while not conversation.finished:
        asked = clock.stopwatch()
        text = next(answers, None)
        said = conversation.leave() if text is None else conversation.hear(text, clock.stopwatch() - asked)
        teller.tell(said, standing=conversation)


def _answers(source: TextIO, out: TextIO, prompt: str) -> Iterator[str]:
    """Yield the answers of `source`; lines that are continued come as one answer."""
    lines: list[str] = []
    while True:
        print(prompt, end="", file=out, flush=True)
        # A line without end would be read whole into memory; four times the cap leaves room for what cleaning drops.
        line = source.readline(4 * MAX_ANSWER)
        if line and not line.endswith("\n"):
            while (rest := source.readline(4 * MAX_ANSWER)) and not rest.endswith("\n"):
                pass
        if not line:
            if lines:
                yield "\n".join(lines)
            return
        line = line.rstrip("\r\n")
        if line.endswith(CONTINUED):
            lines.append(line[: -len(CONTINUED)])
            continue
        yield "\n".join([*lines, line])
        lines = []


class _Teller:
    """Says events and notices as lines of text."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._points: int | None = None
        self._earned: frozenset[str] = frozenset()
        self._total = 0

    def stands_at(self, conversation: Conversation) -> None:
        """Take up a session that was interrupted after an answer: the next one is compared with it."""
        standing = conversation.state.standing
        self._points = standing.rounded if standing.answers else None
        self._earned = frozenset(name for name, share in standing.shares.items() if share == 1)

    def tell(self, said: tuple[Said, ...], standing: Conversation | None = None) -> None:
        """Say what happened in a turn, in order."""
        for item in said:
            match item:
                case Notice():
                    self._say(item.text)
                case Started():
                    self._total = len(item.questions)
                    self._say(WELCOME)
                case Asked():
                    self._points, self._earned, self._total = None, frozenset(), item.total
                    self._say(f"\n{wording.heading(item)}\n{clean(item.text)}")
                case Answered():
                    self._answered(item)
                case Probed():
                    self._say(f"\n{clean(item.text)}")
                case Hinted():
                    self._say(f"Hint: {clean(item.text)}")
                case Skipped():
                    self._say("Then here is one way to say it." if item.given_up else "Skipped; it does not count.")
                case Revealed():
                    self._say(f"\nA full answer: {clean(item.text)}")
                case Finished():
                    counted = standing.state.scores if standing else ()
                    score = standing.state.score if standing else None
                    self._say(f"\n{wording.farewell(item, score, len(counted), self._total)}")

    def _answered(self, item: Answered) -> None:
        self._say(f"\n{item.points}/100. {wording.opening(item, self._points)}")
        self._points = item.points
        for line in wording.mark_lines(item.mark, item.text, self._earned):
            self._say(f"  {line}")
        self._earned |= wording.earned(item.mark)
