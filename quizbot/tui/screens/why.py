"""Why an answer got its mark: word by word, over the conversation or the review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizbot.tui import render
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.hanging import Hanging, Line
from quizbot.tui.widgets.transcript import Given

if TYPE_CHECKING:
    from textual.visual import Visual

    from quizbot.tui.loading import Loaded

_STYLES = {"✓": "bold $text-success", "◐": "bold $text-warning", "✗": "bold $text-error", "!": "bold $text-error"}


class WhyScreen(ModalScreen[None]):
    """The reasons for the marks of these answers, one at a time, beginning with number `at` (from 0)."""

    CSS_PATH = "why.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f5,w,q,enter", "dismiss", "Close", id="why.close", tooltip="Close this"),
        Binding("p,left", "step(-1)", "Previous answer", id="why.previous", tooltip="The answer before"),
        Binding("n,right", "step(1)", "Next answer", id="why.next", tooltip="The next answer"),
    ]

    def __init__(self, answers: Sequence[Given], at: int) -> None:
        super().__init__()
        self._answers = answers
        self._at = at

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="box"):
            yield Static(self._page(), id="text", markup=False)

    def on_mount(self) -> None:
        """Let the keys scroll the page."""
        self.query_one("#box").focus()

    def action_step(self, step: int) -> None:
        """Explain another answer."""
        at = self._at + step
        if 0 <= at < len(self._answers):
            self._at = at
            self.query_one("#text", Static).update(self._page())
            self.query_one("#box", VerticalScroll).scroll_home(animate=False)

    def _page(self) -> Visual:
        return Hanging(list(self._lines(self._answers[self._at])))

    def _lines(self, given: Given) -> Iterator[Line]:
        """Yield the page: the question, the answer, and a line a reason."""
        from quizbot.grading.explain import explain, lines

        nothing = Content("")
        yield Line(nothing, plain(given.asked.text, "bold"))
        yield Line(nothing, nothing)
        loaded: Loaded | None = getattr(self.app, "loaded", None)
        question = loaded.library.by_key().get(given.asked.key) if loaded else None
        if question is None:
            yield Line(nothing, render.answer(given.answered.text, given.answered.mark))
            yield Line(nothing, nothing)
            gone = "This question is no longer in your banks, so its mark can't be explained."
            yield Line(nothing, plain(gone if loaded else "The banks are still being opened; try again.", QUIET))
        else:
            why = explain(question, given.answered.text, given.heard)
            yield Line(nothing, render.answer(given.answered.text, why.mark))
            yield Line(nothing, nothing)
            yield Line(nothing, joined(render.points_bar(why.mark.points), f"  {why.mark.points}/100 by itself"))
            then = given.answered.mark.points
            if then != why.mark.points:
                yield Line(nothing, plain(f"It was {then} then; question or grader have changed since.", QUIET))
            for line in lines(why):
                yield styled_reason(line)
        left = (
            f"Answer {self._at + 1} of {len(self._answers)}: n and p for the others. " if len(self._answers) > 1 else ""
        )
        yield Line(nothing, nothing)
        yield Line(nothing, plain(f"{left}Escape closes this.", QUIET))


def styled_reason(line: str) -> Line:
    """Return a line of an explanation with its indent kept where it wraps."""
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    if not indent:
        sign, _, rest = text.partition(" ")
        style = _STYLES.get(sign)
        return Line(plain(f"{sign} ", style), plain(rest, "bold")) if style else Line(Content(""), plain(text, QUIET))
    return Line(Content(indent), plain(text, "" if len(indent) > 4 else QUIET))
