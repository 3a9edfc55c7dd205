"""Home: choose what to practise, and start."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from quizbot.text import count
from quizbot.tui.content import QUIET, plain
from quizbot.tui.loading import Failed, Loaded, Ready
from quizbot.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from quizbot.interview.plan import Wish
    from quizbot.records.store import SessionRow

_LEVELS = [("any level", ""), ("entry", "entry"), ("mid", "mid"), ("senior", "senior")]
_KINDS = [("the job and the field", ""), ("the job (FAQ)", "faq"), ("the field (skills)", "skill")]
_COUNTS = [(f"{number} questions", str(number)) for number in (3, 5, 10, 20, 40)]
_SHOWN_SESSIONS = 4


class HomeScreen(Screen[None]):
    """What to practise, what is unfinished, and the last sessions at a glance."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "#start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start", id="home.start", tooltip="Start practising what is chosen"),
        Binding("r", "resume", "Resume", id="home.resume", tooltip="Go on with the unfinished session"),
        Binding("up", "app.focus_previous", "Up", id="home.up", show=False, tooltip="The choice above"),
        Binding("down", "app.focus_next", "Down", id="home.down", show=False, tooltip="The choice below"),
        Binding("v", "review", "Review", id="home.review", tooltip="Look at scored sessions again"),
        Binding("b", "banks", "Banks", id="home.banks", tooltip="Browse all banks and questions, and search them"),
    ]

    topic = query_one("#topic", Choice)
    level = query_one("#level", Choice)
    kind = query_one("#kind", Choice)
    number = query_one("#count", Choice)
    fits = query_one("#fits", Static)
    start_button = query_one("#start", Button)
    resume_button = query_one("#resume", Button)
    recent = query_one("#recent", Static)

    def compose(self) -> ComposeResult:
        """Lay out the screen; what depends on the banks is filled in when they are loaded."""
        with VerticalScroll(id="page"), Vertical(id="column"):
            yield Static(Content.assemble(("quizbot", "bold $primary"), ("   practise the interview", QUIET)))
            yield Static("What shall we practise?", id="question")
            yield Choice("topic", [("all topics", "")], id="topic")
            yield Choice("level", _LEVELS, id="level")
            yield Choice("kind", _KINDS, id="kind")
            yield Choice("how many", _COUNTS, "10", id="count")
            with Horizontal(id="actions"):
                yield Button("Start", id="start")
                yield Button("Resume", id="resume")
                yield Static("", id="fits")
            yield Static("", id="problems", classes="problem")
            yield Static("", id="recent")
        yield Footer()

    def on_mount(self) -> None:
        """Use what is loaded, if the app has been here before."""
        self.resume_button.display = False
        if loaded := self._loaded:
            self._fill(loaded)

    def on_screen_resume(self) -> None:
        """Look at the records again: a session may have been added."""
        if self._loaded:
            self.app.load()  # type: ignore[attr-defined]

    @property
    def _loaded(self) -> Loaded | None:
        loaded: Loaded | None = getattr(self.app, "loaded", None)
        return loaded

    @on(Ready)
    def _ready(self, message: Ready) -> None:
        self._fill(message.loaded)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.query_one("#problems", Static).update(plain(message.why))
        self.start_button.disabled = True

    def _fill(self, loaded: Loaded) -> None:
        """Show the topics with their counts, the unfinished session and the last ones."""
        from quizbot.interview.wording import topic_name

        topics: dict[str, int] = {}
        for question in loaded.questions:
            topics[question.topic] = topics.get(question.topic, 0) + 1
        options = [(f"{topic_name(topic)} ({number})", topic) for topic, number in sorted(topics.items())]
        self.topic.set_options([("all topics", ""), *options])
        unfinished = loaded.unfinished
        self.resume_button.display = unfinished is not None
        if unfinished:
            self.resume_button.label = f"Resume {unfinished.id} ({unfinished.answered} of {unfinished.total})"
        self._show_problems(loaded)
        self.recent.update(_recent(loaded.sessions))
        self._count_fitting()

    def _show_problems(self, loaded: Loaded) -> None:
        problems = loaded.library.problems
        lines = [loaded.unreadable] if loaded.unreadable else []
        if problems:
            lines.append(f"{count(len(problems), 'problem')} in the banks; what is healthy is used. {problems[0]}")
        self.query_one("#problems", Static).update(plain("\n".join(lines)))

    def wish(self) -> Wish:
        """Return what is chosen."""
        from quizbot.bank.model import Kind, Level
        from quizbot.interview.plan import Wish

        level, kind = self.level.value, self.kind.value
        return Wish(
            count=int(self.number.value),
            topic=self.topic.value,
            level=Level(level) if level else None,
            kind=Kind(kind) if kind else None,
        )

    @on(Choice.Changed)
    def _count_fitting(self) -> None:
        """Say how many questions fit what is chosen."""
        loaded = self._loaded
        if loaded is None:
            return
        wish = self.wish()
        fitting = sum(wish.fits(question) for question in loaded.questions)
        self.start_button.disabled = not fitting
        said = f"{count(fitting, 'question')} to choose from" if fitting else "No question fits; choose something else."
        self.fits.update(plain(said, QUIET if fitting else "$text-error"))

    @on(Button.Pressed, "#start")
    def action_start(self) -> None:
        """Open the chat."""
        from quizbot.tui.screens.chat import ChatScreen

        if not self.start_button.disabled:
            self.app.push_screen(ChatScreen(self.wish()))

    @on(Button.Pressed, "#resume")
    def action_resume(self) -> None:
        """Open the chat with the unfinished session."""
        from quizbot.tui.screens.chat import ChatScreen

        if self._loaded and (row := self._loaded.unfinished):
            self.app.push_screen(ChatScreen(None, resume=row.id))

    def action_review(self) -> None:
        """Open the list of sessions."""
        self.app.open_review()  # type: ignore[attr-defined]

    def action_banks(self) -> None:
        """Open the bank browser."""
        self.app.open_banks()  # type: ignore[attr-defined]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to resume only where there is something to resume."""
        if action == "resume":
            return bool(self._loaded and self._loaded.unfinished)
        return True


def _recent(rows: tuple[SessionRow, ...]) -> Content:
    """Return the last sessions, a line each."""
    from quizbot.tui.screens.sessions import session_line

    if not rows:
        return plain("No session yet. The first one takes ten minutes: press Enter.", QUIET)
    lines = [plain("Last sessions", "bold")] + [session_line(row) for row in rows[:_SHOWN_SESSIONS]]
    return Content("\n").join(lines)
