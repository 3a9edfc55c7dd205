"""One session again: each question, your answer, the mark as it was then, the model answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from quizbot.errors import QuizbotError
from quizbot.tui.content import QUIET, plain
from quizbot.tui.widgets.transcript import Transcript


class ReviewScreen(Screen[None]):
    """The session with this number, as it was."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="review.back", tooltip="Back"),
        Binding("n,right", "jump(1)", "Next question", id="review.next", tooltip="The next question"),
        Binding("p,left", "jump(-1)", "Previous", id="review.previous", tooltip="The question before"),
        Binding("w", "why", "Why", id="review.why", tooltip="Why an answer got its mark, word by word"),
        Binding("up", "line(-1)", "Up", id="review.up", show=False, tooltip="A line up"),
        Binding("down", "line(1)", "Down", id="review.down", show=False, tooltip="A line down"),
        Binding("pageup", "page(-1)", "Page up", id="review.pageup", show=False, tooltip="A page up"),
        Binding("pagedown,space", "page(1)", "Page down", id="review.pagedown", show=False, tooltip="A page down"),
        Binding("home", "top", "Top", id="review.top", show=False, tooltip="The beginning"),
    ]

    def __init__(self, session: int) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("", id="bar")
        yield Transcript(id="log", follow=False)
        yield Footer()

    def on_mount(self) -> None:
        """Read the session and show it from its beginning."""
        from quizbot import paths
        from quizbot.interview.conversation import Notice
        from quizbot.records.review import review
        from quizbot.records.store import Store

        log = self.query_one(Transcript)
        try:
            with Store.open_reading(paths.database()) as store:
                stored = store.events(self._session)
        except QuizbotError as problem:
            log.say((Notice(str(problem)),))
            return
        session = review(self._session, stored)
        score = "no score" if session.score is None else f"score {session.score}/100"
        when = session.started.astimezone().strftime("%d %b %Y %H:%M")
        left = "" if session.finished else " · unfinished"
        bar = f"Session {session.id} · {when} · {score}{left}"
        self.query_one("#bar", Static).update(plain(bar, QUIET))
        log.say(tuple(item.event for item in stored))

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_jump(self, step: int) -> None:
        """Scroll to the next or previous question."""
        log = self.query_one(Transcript)
        tops = [message.virtual_region.y for message in log.query(".asked.first")]
        here = log.scroll_offset.y
        further = [top for top in tops if (top > here + 1 if step > 0 else top < here - 1)]
        if further:
            log.scroll_to(y=min(further) if step > 0 else max(further))

    def action_why(self) -> None:
        """Explain the marks, beginning with the first answer in view."""
        from quizbot.tui.screens.why import WhyScreen

        log = self.query_one(Transcript)
        shown = log.answers
        answers = [message.given for message in shown if message.given]
        if answers:
            below = [at for at, message in enumerate(shown) if message.virtual_region.bottom > log.scroll_offset.y]
            self.app.push_screen(WhyScreen(answers, below[0] if below else len(answers) - 1))

    def action_line(self, step: int) -> None:
        """Scroll by a line."""
        self.query_one(Transcript).scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """Scroll by a page."""
        log = self.query_one(Transcript)
        if step > 0:
            log.scroll_page_down()
        else:
            log.scroll_page_up()

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.query_one(Transcript).scroll_home()
