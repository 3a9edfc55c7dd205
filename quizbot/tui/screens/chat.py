"""The chat: a conversation with the interviewer, one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Footer, Static

from quizbot import clock
from quizbot.errors import QuizbotError
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.loading import Failed, Loaded, Ready
from quizbot.tui.widgets.answer_box import AnswerBox
from quizbot.tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from quizbot.bank.model import Question
    from quizbot.interview.conversation import Conversation, Said
    from quizbot.interview.plan import Wish
    from quizbot.records.session import Recorder
    from quizbot.records.store import Store


READY_AFTER = 0.5
"""Seconds after the first question is shown until the grader is loaded."""


def _ready_for(question: Question) -> None:
    from quizbot.grading.grade import grade

    grade(question, "ready")


class ChatScreen(Screen[None]):
    """A session: a new one for a `wish` (with `seed`), or one to `resume` by its number (negative: the latest)."""

    CSS_PATH = "chat.tcss"
    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2", "say('hint')", "Hint", id="chat.hint", tooltip="A hint; what it helps to find counts three quarters"
        ),
        Binding("f3", 'say("I don\'t know")', "Don't know", id="chat.dontknow", tooltip="Show me; it counts as 0"),
        Binding("f4", "say('skip')", "Skip", id="chat.skip", tooltip="The next question; this one does not count"),
        Binding("f5", "why", "Why", id="chat.why", tooltip="Why the last answer got its mark, word by word"),
        Binding("escape", "leave", "Leave", id="chat.leave", tooltip="Home; the session is kept and can be resumed"),
        Binding("pageup", "scroll(-1)", "Up", id="chat.up", show=False, tooltip="Scroll up", priority=True),
        Binding("pagedown", "scroll(1)", "Down", id="chat.down", show=False, tooltip="Scroll down", priority=True),
    ]

    log_view = query_one("#log", Transcript)
    box = query_one("#answer", AnswerBox)
    bar = query_one("#bar", Static)

    def __init__(self, wish: Wish | None, seed: int | None = None, resume: int | None = None) -> None:
        super().__init__()
        self._wish = wish
        self._seed = seed
        self._resume = resume
        self._conversation: Conversation | None = None
        self._recorder: Recorder | None = None
        self._store: Store | None = None
        self._asked_at = clock.stopwatch()

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("", id="bar")
        yield Transcript(id="log")
        yield AnswerBox(id="answer")
        yield Footer()

    def on_mount(self) -> None:
        """Begin, or wait until the banks are loaded."""
        loaded: Loaded | None = getattr(self.app, "loaded", None)
        if loaded:
            self._begin(loaded)
        else:
            self.bar.update(plain("Opening the banks …", QUIET))

    @on(Ready)
    def _ready(self, message: Ready) -> None:
        if self._conversation is None:
            self._begin(message.loaded)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self._stop(message.why)

    def _begin(self, loaded: Loaded) -> None:
        """Open the records and start the conversation, or say why that is not possible."""
        from quizbot import paths
        from quizbot.records.store import Store

        try:
            self._store = Store.open(paths.database())
            said = self._start(loaded, self._store) if self._resume is None else self._go_on(loaded, self._store)
        except QuizbotError as problem:
            self._stop(str(problem))
            return
        self._show(said)
        self.set_timer(READY_AFTER, self._make_ready)
        if self._recorder and self._recorder.session is not None:
            drafts: dict[int, str] = getattr(self.app, "drafts", {})
            self.box.text = drafts.pop(self._recorder.session, "")
            self.box.move_cursor(self.box.document.end)

    def _make_ready(self) -> None:
        """Load the grader while the first answer is being typed, so that its mark comes at once."""
        question = self._conversation.question if self._conversation else None
        if question is not None:
            self.run_worker(lambda: _ready_for(question), thread=True, exit_on_error=False)

    def _start(self, loaded: Loaded, store: Store) -> tuple[Said, ...]:
        from quizbot.interview.conversation import Conversation, begin
        from quizbot.interview.plan import Wish, choose
        from quizbot.records.session import Recorder

        wish = self._wish or Wish()
        seed = clock.fresh_seed() if self._seed is None else self._seed
        chosen = choose(loaded.questions, wish, clock.chance(seed), loaded.asked if self._seed is None else None)
        self._recorder = Recorder(store)
        self._conversation = Conversation(loaded.library.by_key(), self._recorder)
        return self._conversation.start(begin(chosen, wish, seed))

    def _go_on(self, loaded: Loaded, store: Store) -> tuple[Said, ...]:
        """Show what was said so far, then what waits for an answer."""
        from quizbot.interview.conversation import Conversation
        from quizbot.records.session import Recorder, resume

        session = self._resume if self._resume is not None and self._resume > 0 else store.latest_unfinished()
        if session is None:
            raise QuizbotError("There is no interrupted session.", "Press Escape and start a new one.")
        stored = store.events(session)
        if not stored:
            raise QuizbotError(f"There is no session {session}.", "Press Escape and start a new one.")
        self._recorder = Recorder(store, session)
        self._conversation = Conversation(loaded.library.by_key(), self._recorder, resume(store, session))
        self.log_view.say(tuple(item.event for item in stored))
        waiting = self._conversation.question is not None
        return () if waiting else self._conversation.resume()

    def _stop(self, why: str) -> None:
        """Say why there is nothing to answer here."""
        from quizbot.interview.conversation import Notice

        self.bar.update(plain("This did not work.", "$text-error"))
        self.log_view.say((Notice(why),))
        self.box.display = False

    @on(AnswerBox.Sent)
    def _sent(self, message: AnswerBox.Sent) -> None:
        self._hear(message.text, typed=True)

    def action_say(self, text: str) -> None:
        """Say something for the person: a hint, skip, I don't know. What is in the box stays there."""
        self._hear(text, typed=False)

    def _hear(self, text: str, *, typed: bool) -> None:
        """Pass on what was said; it stays in the box if it could not be kept."""
        if self._conversation is None:
            return
        if self._conversation.finished:
            self._open_summary()
            return
        try:
            said = self._conversation.hear(text, clock.stopwatch() - self._asked_at)
        except QuizbotError as problem:
            self.notify(str(problem), title="Not kept yet", severity="error", timeout=10, markup=False)
            return
        if typed:
            self.box.text = ""
        self._show(said)

    def _show(self, said: tuple[Said, ...]) -> None:
        """Show a turn, and where the session stands."""
        self.log_view.say(said)
        self.log_view.anchor()
        self._asked_at = clock.stopwatch()
        self._update_bar()
        if self._conversation and self._conversation.finished:
            self._end()

    def _update_bar(self) -> None:
        state = self._conversation.state if self._conversation else None
        if state is None or state.asked is None:
            return
        score = "" if state.score is None else f"score {state.score}"
        left = f"Question {state.asked.number} of {state.asked.total}"
        session = f"session {self._recorder.session}" if self._recorder else ""
        parts = [part for part in (left, score, session) if part]
        self.bar.update(joined((" · ".join(parts), QUIET)))

    def _end(self) -> None:
        """Say how it went; Enter opens the summary."""
        from quizbot.interview import wording
        from quizbot.interview.conversation import Notice

        if self._conversation is None or self._conversation.state.finished is None:
            return
        state = self._conversation.state
        total = len(state.started.questions) if state.started else 0
        said = wording.farewell(self._conversation.state.finished, state.score, len(state.scores), total)
        self.log_view.say((Notice(f"{said} Press Enter for the summary."),))
        self.box.placeholder = "Enter opens the summary"

    def _open_summary(self) -> None:
        from quizbot.tui.screens.summary import SummaryScreen

        if self._recorder and self._recorder.session is not None:
            self.app.switch_screen(SummaryScreen(self._recorder.session, self._wish))

    def action_leave(self) -> None:
        """Go home. An unfinished session is kept as it is, and what was typed stays with it."""
        session = self._recorder.session if self._recorder else None
        if session is not None and self._conversation and not self._conversation.finished:
            if self.box.text.strip():
                getattr(self.app, "drafts", {})[session] = self.box.text
            self.notify(f"Session {session} is kept; “Resume” goes on with it.", markup=False)
        self.app.go_home()  # type: ignore[attr-defined]

    def action_why(self) -> None:
        """Explain the marks, beginning with the last one."""
        from quizbot.tui.screens.why import WhyScreen

        answers = [message.given for message in self.log_view.answers if message.given]
        if answers:
            self.app.push_screen(WhyScreen(answers, len(answers) - 1))
        else:
            self.notify("There is no mark to explain yet: answer first.", markup=False)

    def action_scroll(self, pages: int) -> None:
        """Scroll the conversation while the cursor stays in the answer."""
        if pages < 0:
            self.log_view.scroll_page_up()
        else:
            self.log_view.scroll_page_down()

    def on_key(self, event: events.Key) -> None:
        """Type into the answer, wherever the focus is."""
        if event.is_printable and event.character and not self.box.has_focus and self.box.display:
            self.box.focus()
            self.box.insert(event.character)
            event.stop()

    def on_unmount(self) -> None:
        """Close the records."""
        if self._store:
            self._store.close()
