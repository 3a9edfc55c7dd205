"""How a session went: the score by topic, and each question with its points."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Footer, Static

from quizbot.errors import QuizbotError
from quizbot.interview.wording import topic_name
from quizbot.text import count, shorten
from quizbot.tui import render
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.hanging import Hanging, Line

if TYPE_CHECKING:
    from quizbot.interview.plan import Wish
    from quizbot.records.review import QuestionReview, SessionReview


class SummaryScreen(Screen[None]):
    """The summary of a session; `wish` is what to practise again."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,a", "again", "Practise again", id="summary.again", tooltip="Another session of the same kind"),
        Binding("v", "review", "Review answers", id="summary.review", tooltip="Look at the answers again"),
        Binding("escape", "home", "Home", id="summary.home", tooltip="Home"),
    ]

    def __init__(self, session: int, wish: Wish | None = None) -> None:
        super().__init__()
        self._session = session
        self._wish = wish

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with VerticalScroll(id="page"):
            yield Static("", id="summary")
        yield Footer()

    def on_mount(self) -> None:
        """Read the session and sum it up."""
        from quizbot import paths
        from quizbot.records.review import review
        from quizbot.records.store import Store

        try:
            with Store.open_reading(paths.database()) as store:
                content: Visual = _summary(review(self._session, store.events(self._session)))
        except QuizbotError as problem:
            content = plain(str(problem))
        self.query_one("#summary", Static).update(content)

    def action_again(self) -> None:
        """Practise more of the same."""
        from quizbot.tui.screens.chat import ChatScreen

        self.app.load()  # type: ignore[attr-defined]
        self.app.switch_screen(ChatScreen(self._wish))

    def action_review(self) -> None:
        """Look at the answers again."""
        from quizbot.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self._session))

    def action_home(self) -> None:
        """Go home."""
        self.app.go_home()  # type: ignore[attr-defined]


def _summary(session: SessionReview) -> Hanging:
    lines = [_row(plain(f"Session {session.id}", "bold $primary")), _EMPTY]
    if session.score is None:
        lines.append(_row(plain("No question was answered, so there is no score.", QUIET)))
    else:
        counted = sum(part.questions for part in session.by_topic.values())
        said = f"  {session.score}/100 over {count(counted, 'question')}"
        lines.append(_row(plain(said, "bold"), render.points_bar(session.score, 30)))
        lines += [_EMPTY, _row(plain("By topic", "bold"))]
        lines += [
            _row(
                joined(f" {part.score:>3}  {topic_name(topic)} ", (f"({count(part.questions, 'question')})", QUIET)),
                render.points_bar(part.score, 12),
            )
            for topic, part in session.by_topic.items()
        ]
    return Hanging([*lines, _EMPTY, _row(plain("Questions", "bold")), *map(_question, session.questions)])


def _row(text: Content, sign: Content | None = None) -> Line:
    return Line(sign or Content(""), text)


_EMPTY = Line(Content(""), Content(""))


def _question(question: QuestionReview) -> Line:
    points = str(question.outcome) if question.points is None else f"{question.points:>3}"
    style = QUIET if question.points is None else "bold"
    sign = joined((f"{question.number:>3}. ", QUIET), (f"{points:<4} ", style))
    return Line(sign, plain(shorten(question.ask, 160)))
