"""The list of scored sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quizbot.errors import QuizbotError
from quizbot.interview.wording import topic_name
from quizbot.text import shorten
from quizbot.tui.content import QUIET, joined, plain

if TYPE_CHECKING:
    from quizbot.records.store import SessionRow


def session_line(row: SessionRow) -> Content:
    """Return a session as one line: number, when, score, how much of it was answered, topics."""
    when = row.started.astimezone().strftime("%d %b %H:%M")
    score: tuple[str, str] = ("  –     ", QUIET) if row.score is None else (f"{row.score:>3}/100 ", "bold")
    topics = shorten(", ".join(topic_name(topic) for topic in row.topics), 40)
    state = "" if row.finished else " · unfinished"
    return joined(
        (f"{row.id:>4}  ", QUIET),
        f"{when}  ",
        score,
        (f" {row.answered} of {row.total}{state}  ", QUIET),
        topics,
    )


class SessionsScreen(Screen[None]):
    """All sessions, newest first; Enter opens one."""

    CSS_PATH = "sessions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="sessions.open", tooltip="Show the session"),
        Binding("escape", "back", "Back", id="sessions.back", tooltip="Back"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("Sessions", classes="title")
        yield OptionList(id="list", markup=False)
        yield Static("", id="empty", classes="quiet")
        yield Footer()

    def on_mount(self) -> None:
        """Read the sessions."""
        from quizbot import paths
        from quizbot.records.store import Store

        try:
            with Store.open_reading(paths.database()) as store:
                rows = store.sessions()
            said = "" if rows else "No session yet. Press Escape and start one: it will be kept here."
        except QuizbotError as problem:
            rows, said = (), str(problem)
        options = self.query_one(OptionList)
        options.add_options([Option(session_line(row), id=str(row.id)) for row in rows])
        options.display = bool(rows)
        self.query_one("#empty", Static).update(plain(said))
        if rows:
            options.highlighted = 0
            options.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from quizbot.tui.screens.review import ReviewScreen

        if event.option.id:
            self.app.push_screen(ReviewScreen(int(event.option.id)))

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()
