"""The bank browser: every bank and question, found as one types, with all there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Footer, Input, Static, Tree

from quizbot.bank.model import Problem, Question
from quizbot.interview.wording import topic_name
from quizbot.text import count, one_line, shorten
from quizbot.tui.catalogue import Catalogue, read_catalogue
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.loading import Loaded
from quizbot.tui.question_page import bank_page, found_in, problem_page, question_page
from quizbot.tui.widgets.bank_tree import BankTree, Branch, Entry, Trouble, key_of

if TYPE_CHECKING:
    from quizbot.interview.plan import Wish

_SESSION = 10
"""Questions of a session on a whole bank or topic."""


class BanksScreen(Screen[None]):
    """All banks as a tree beside the page of what the cursor is on."""

    CSS_PATH = "banks.tcss"
    AUTO_FOCUS = "#tree"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", "Search", id="banks.search", key_display="/", tooltip="Search as you type"),
        Binding("p", "practise", "Practise", id="banks.practise", tooltip="Practise this question, topic or bank"),
        Binding("w", "workshop", "Workshop", id="banks.workshop", tooltip="Try answers while you write the question"),
        Binding("r", "read", "Read again", id="banks.read", tooltip="Read the banks again from their files"),
        Binding("escape", "back", "Back", id="banks.back", tooltip="Leave the search, or go back"),
        Binding("up", "line(-1)", "Up", id="banks.up", show=False, tooltip="The line above"),
        Binding("down", "line(1)", "Down", id="banks.down", show=False, tooltip="The line below"),
        Binding("pageup", "page(-1)", "Page up", id="banks.pageup", show=False, tooltip="Scroll the page up"),
        Binding("pagedown", "page(1)", "Page down", id="banks.pagedown", show=False, tooltip="Scroll the page down"),
    ]

    search = query_one("#search", Input)
    banks = query_one("#tree", BankTree)
    page = query_one("#page", VerticalScroll)
    text = query_one("#text", Static)
    bar = query_one("#bar", Static)

    @dataclass
    class Read(Message):
        """The banks were read."""

        catalogue: Catalogue

    @dataclass
    class Unread(Message):
        """The banks could not be read; `why` is a sentence for the person."""

        why: str

    def __init__(self) -> None:
        super().__init__()
        self._catalogue: Catalogue | None = None
        self._shown: str | None = None
        self.drafts: dict[str, str] = {}
        """What was typed in the workshop, by question."""

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("", id="bar")
        yield Input(id="search", placeholder="/ to search questions, concepts and keywords", compact=True)
        with Horizontal(id="both"):
            yield BankTree(id="tree")
            with VerticalScroll(id="page"):
                yield Static("", id="text", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Say what is going on until the banks are read."""
        self.bar.update(plain("Opening the banks …", QUIET))

    def on_screen_resume(self) -> None:
        """Read the banks and the records, at first and after a session or the workshop."""
        self.read()

    @work(thread=True, exclusive=True, group="catalogue", exit_on_error=False)
    def read(self, *, all_again: bool = False) -> None:
        """Read in a thread what has changed, or `all_again`."""
        try:
            catalogue = read_catalogue(None if all_again else self._catalogue)
        except Exception as problem:  # noqa: BLE001 - a thread's error would be silence on the screen
            said = f"The banks could not be opened ({type(problem).__name__}: {problem}). Please report this."
            self.post_message(self.Unread(said))
        else:
            self.post_message(self.Read(catalogue))

    @on(Read)
    def _read(self, message: Read) -> None:
        self._catalogue = message.catalogue
        self._shown = None
        self._fill()

    @on(Unread)
    def _unread(self, message: Unread) -> None:
        self.bar.update(plain(message.why, "$text-error"))

    @on(Input.Changed)
    def _fill(self) -> None:
        """Show what holds the words of the search."""
        catalogue = self._catalogue
        if catalogue is None:
            return
        search = self.search.value.strip()
        found = catalogue.matching(search)
        self.banks.show(catalogue, found, searching=bool(search))
        number = sum(len(questions) for _, questions in found)
        said = f"{count(number, 'question')} in {count(len(found), 'bank')}"
        if search:
            said = f"{number:,} of {count(len(catalogue.texts), 'question')}"
        wrong = f"   {one_line(catalogue.unreadable)}" if catalogue.unreadable else ""
        self.bar.update(joined(("Banks", "bold $primary"), (f"   {said}", QUIET), (wrong, "$text-error")))
        self._show()

    @on(Tree.NodeHighlighted)
    def _show(self) -> None:
        """Show the page of what the cursor is on."""
        entry = self.banks.entry
        key = f"{key_of(entry)} {len(entry.questions) if isinstance(entry, Branch) else self.search.value}"
        if entry and key == self._shown:
            return
        self._shown = key
        self.text.update(self._page(entry))
        self.page.scroll_home(animate=False)
        self.refresh_bindings()

    def _page(self, entry: Entry | None) -> Visual:
        catalogue = self._catalogue
        if catalogue is None:
            return plain("")
        match entry:
            case Question():
                return found_in(question_page(entry, catalogue.past.get(entry.key, ())), self.search.value)
            case Branch(bank, questions, topic):
                return bank_page(bank, questions, catalogue.past, topic_name(topic) if topic else bank.title)
            case Problem():
                return problem_page(entry)
            case Trouble(problems):
                return problem_page(problems[0])
        if self.search.value.strip():
            return plain(f"No question holds “{shorten(self.search.value, 60)}”. Escape ends the search.", QUIET)
        return plain(
            "There is no bank yet. Begin one with: quizbot bank new, or add one with: quizbot bank add FILE", QUIET
        )

    @on(Input.Submitted)
    def _found(self) -> None:
        self.banks.focus()

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[Entry]) -> None:
        if isinstance(event.node.data, Question):
            self.action_practise()

    def action_search(self) -> None:
        """Go to the search."""
        self.search.focus()

    def action_line(self, step: int) -> None:
        """Move in the tree while the cursor stays in the search."""
        if step < 0:
            self.banks.action_cursor_up()
        else:
            self.banks.action_cursor_down()

    def action_page(self, step: int) -> None:
        """Scroll the page."""
        if step < 0:
            self.page.scroll_page_up()
        else:
            self.page.scroll_page_down()

    def action_read(self) -> None:
        """Read the banks again."""
        self.read(all_again=True)

    def action_back(self) -> None:
        """End the search, or else go back."""
        if self.search.value or self.search.has_focus:
            self.search.value = ""
            self.banks.focus()
        else:
            self.app.pop_screen()

    def action_practise(self) -> None:
        """Begin a session on what the cursor is on."""
        from quizbot.tui.screens.chat import ChatScreen

        catalogue, wish = self._catalogue, _wish(self.banks.entry)
        if catalogue is None or catalogue.library is None or wish is None:
            return
        before: Loaded | None = getattr(self.app, "loaded", None)
        asked = {key: len(times) for key, times in catalogue.past.items()}
        questions = catalogue.library.questions()
        now = Loaded(catalogue.library, questions, asked=asked, unreadable=catalogue.unreadable)
        # The session is on the banks as they are shown here, not as they were when the app began.
        self.app.loaded = replace(now, sessions=before.sessions) if before else now  # type: ignore[attr-defined]
        self.app.push_screen(ChatScreen(wish))

    def action_workshop(self) -> None:
        """Open the workshop on the question or the broken file."""
        from quizbot.tui.screens.workshop import WorkshopScreen

        catalogue, entry = self._catalogue, self.banks.entry
        if isinstance(entry, Trouble):
            entry = entry.problems[0]
        elif isinstance(entry, Branch):
            entry = next(iter(entry.questions), None)
        if catalogue is None or entry is None:
            return
        question = entry.id if isinstance(entry, Question) else ""
        self.app.push_screen(WorkshopScreen(entry.place.file, question, catalogue.vocabulary, self.drafts))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what is possible with what the cursor is on."""
        if action == "practise":
            return _wish(self.banks.entry) is not None if self.is_mounted else False
        if action == "workshop":
            return self.is_mounted and self.banks.entry is not None
        return True


def _wish(entry: Entry | None) -> Wish | None:
    """Return what to practise, if an entry can be practised."""
    from quizbot.interview.plan import Wish

    match entry:
        case Question():
            return Wish(count=1, question=entry.key)
        case Branch(bank, questions, topic) if questions:
            return Wish(count=_SESSION, bank=bank.id, topic=topic)
    return None
