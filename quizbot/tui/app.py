"""The app: opens at once, loads behind the first frame, and ends in good order."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizbot.tui.loading import Failed, Loaded, Ready
from quizbot.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from quizbot.interview.plan import Wish


class QuizApp(App[None]):
    """quizbot in full screen.

    `wish` opens a chat at once with `seed`; `resume` goes on with a session (a negative one: the latest unfinished).
    """

    TITLE = "quizbot"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="app.help", tooltip="What you can say and press"),
        Binding(
            "f8", "switch_theme", "Light/dark", id="app.theme", tooltip="Switch between light and dark", show=False
        ),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave quizbot; everything is kept", priority=True),
    ]

    def __init__(self, wish: Wish | None = None, seed: int | None = None, resume: int | None = None) -> None:
        super().__init__()
        self.wish = wish
        self.seed = seed
        self.resume = resume
        self.loaded: Loaded | None = None
        self.drafts: dict[int, str] = {}
        """What was typed and not sent, by session."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def on_mount(self) -> None:
        """Show the first screen, and only then load."""
        self._end_well()
        if self.wish is not None or self.resume is not None:
            from quizbot.tui.screens.chat import ChatScreen

            self.push_screen(ChatScreen(self.wish, self.seed, self.resume))
            self.load()  # the question is waited for, and not the empty frame before it
        else:
            from quizbot.tui.screens.home import HomeScreen

            self.push_screen(HomeScreen())
            self.call_after_refresh(self.load)

    def _end_well(self) -> None:
        """A closed terminal or a kill must not leave the terminal in a mess."""
        if sys.platform == "win32":
            return
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit, None, 128 + number)

    @work(thread=True, exclusive=True, group="load", exit_on_error=False)
    def load(self) -> None:
        """Load banks and records in a thread; the screens are told when it is done."""
        from quizbot.errors import QuizbotError
        from quizbot.tui.loading import load

        try:
            loaded = load()
        except QuizbotError as problem:
            self.call_from_thread(self._told, Failed(str(problem)))
        except Exception as problem:  # noqa: BLE001 - a thread's error would be silence on the screen
            said = f"The banks could not be opened ({type(problem).__name__}: {problem}). Please report this."
            self.call_from_thread(self._told, Failed(said))
        else:
            self.call_from_thread(self._told, Ready(loaded))

    def _told(self, message: Ready | Failed) -> None:
        if isinstance(message, Ready):
            self.loaded = message.loaded
        for screen in self.screen_stack:
            screen.post_message(message)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def go_home(self) -> None:
        """Leave the present screen for home, which is opened only now if the app began in a chat."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            from quizbot.tui.screens.home import HomeScreen

            self.switch_screen(HomeScreen())

    def action_help(self) -> None:
        """Open the help."""
        from quizbot.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_switch_theme(self) -> None:
        """Switch between light and dark."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the main actions in the command palette."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Help: what you can say and press", "How to answer, and all keys", self.action_help)
        yield SystemCommand("Review sessions", "Look at scored sessions again", self.open_review)
        yield SystemCommand("Browse banks", "All banks and questions, and a search in them", self.open_banks)
        yield SystemCommand("Light or dark", "Switch the colours", self.action_switch_theme)

    def open_review(self) -> None:
        """Open the list of sessions."""
        from quizbot.tui.screens.sessions import SessionsScreen

        if not isinstance(self.screen, SessionsScreen):
            self.push_screen(SessionsScreen())

    def open_banks(self) -> None:
        """Open the bank browser."""
        from quizbot.tui.screens.banks import BanksScreen

        if not any(isinstance(screen, BanksScreen) for screen in self.screen_stack):
            self.push_screen(BanksScreen())
