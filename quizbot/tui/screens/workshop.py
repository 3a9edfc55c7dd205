"""The workshop: the question one is writing, an answer to it on one side, its mark on the other as one types."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Footer, Static, TextArea

from quizbot.bank.model import Problem, Question, Vocabulary
from quizbot.bank.saves import stamp
from quizbot.grading.grade import grade
from quizbot.interview.events import Answered
from quizbot.text import MAX_ANSWER, clean, count, one_line
from quizbot.tui import render
from quizbot.tui.content import QUIET, joined, plain
from quizbot.tui.hanging import Hanging, Line
from quizbot.tui.workbench import Work, answers_of, failing, read_work

POLL = 1.0
"""Seconds between two looks at the file."""
_PROBLEMS_SHOWN = 50


class WorkshopScreen(Screen[None]):
    """A file's questions, beginning with the one of this id (or the first), read again whenever the file is saved.

    `drafts` keeps what was typed, by question, for when somebody comes back.
    """

    CSS_PATH = "workshop.tcss"
    AUTO_FOCUS = "#try"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "given", "Bank's answers", id="workshop.given", tooltip="The model answer and each example"),
        Binding("f3", "step(-1)", "Previous", id="workshop.previous", tooltip="The question before"),
        Binding("f4", "step(1)", "Next", id="workshop.next", tooltip="The next question"),
        Binding("f5", "why", "Why", id="workshop.why", tooltip="Why the mark is what it is, word by word"),
        Binding("escape", "back", "Back", id="workshop.back", tooltip="Back; what you typed is kept"),
        Binding("pageup", "page(-1)", "Up", id="workshop.up", show=False, priority=True, tooltip="Scroll the mark up"),
        Binding("pagedown", "page(1)", "Down", id="workshop.down", show=False, priority=True, tooltip="Scroll it down"),
    ]

    bar = query_one("#bar", Static)
    asked = query_one("#asked", Static)
    box = query_one("#try", TextArea)
    mark = query_one("#mark", Static)
    side = query_one("#side", VerticalScroll)
    problems = query_one("#problems", Static)

    def __init__(self, file: str, question: str, shared: Vocabulary, drafts: dict[str, str] | None = None) -> None:
        super().__init__()
        self._file = Path(file)
        self._at = question
        self._shared = shared
        self._drafts = {} if drafts is None else drafts
        self._work: Work | None = None
        self._question: Question | None = None
        self._failing: tuple[Problem, ...] = ()
        self._gone = False
        self._why = False
        self._given = 0  # which of the bank's own answers is in the box; 0 is what the person writes

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("", id="bar")
        yield Static("", id="asked")
        with Horizontal(id="both"):
            with Vertical(id="answer"):
                yield TextArea(
                    id="try",
                    soft_wrap=True,
                    show_line_numbers=False,
                    highlight_cursor_line=False,
                    placeholder="Type an answer: it is marked as you type …",
                    tooltip="An answer as somebody might give it. F2 puts in the bank's own.",
                )
            with VerticalScroll(id="side", can_focus=False):
                yield Static("", id="mark", markup=False)
        with VerticalScroll(id="wrong", can_focus=False):
            yield Static("", id="problems", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Look at the file from now on."""
        self.bar.update(plain(f"Opening {self._file.name} …", QUIET))
        self.look()

    @work(exclusive=True, group="workshop", exit_on_error=False)
    async def look(self) -> None:
        """Read the file whenever it has been saved, until the screen is left. The reading itself is in a thread."""
        while True:
            now = await asyncio.to_thread(stamp, self._file)
            if self._work is None or now != self._work.at:
                if now is None and self._work is not None:
                    self._gone = True  # what was read stays: an editor may be in the middle of a save
                    self._show_bar()
                else:
                    await self._take(await asyncio.to_thread(read_work, self._file, self._shared))
            elif self._gone:
                self._gone = False
                self._show_bar()
            await asyncio.sleep(POLL)

    async def _take(self, read: Work) -> None:
        """Show what the file says now; a question that has become unreadable stays as it was."""
        self._gone = False
        self._work = read
        found = next((question for question in read.questions if question.id == self._at), None)
        if found is None and self._question is None:
            found = next(iter(read.questions), None)
        if found:
            await self._show(found)
        else:
            self._failing = ()
            self._show_bar()
            self._show_problems()

    async def _show(self, question: Question) -> None:
        """Show a question, with the answer that was being written to it."""
        self._keep()
        if self._question is None or question.id != self._question.id:
            self._given = 0
        self._question, self._at = question, question.id
        self.asked.update(plain(question.ask, "bold"))
        self._put()
        self._show_bar()
        self._show_mark()
        if self._work:
            self._failing = tuple(await asyncio.to_thread(failing, self._work, question))
        self._show_problems()

    def _show_bar(self) -> None:
        """Show which question of which file this is."""
        questions = self._work.questions if self._work else ()
        ids = [question.id for question in questions]
        name = one_line(self._file.name)
        if self._question is None:
            self.bar.update(joined(("Workshop", "bold $primary"), (f"   {name}", QUIET)))
            self.asked.update(plain("No question of this file can be asked yet.", QUIET))
            return
        where = f"   {self._question.id}"
        if self._at in ids:
            where += f" · {ids.index(self._at) + 1} of {len(ids)}"
        said = joined(("Workshop", "bold $primary"), where, (f" · {name}:{self._question.place.line}", QUIET))
        if self._gone:
            said = joined(said, ("   The file is gone; waiting for it.", "$text-error"))
        elif self._at not in ids:
            said = joined(said, ("   It can't be read as it is saved now; this is how it was.", "$text-error"))
        self.bar.update(said)

    def _show_problems(self) -> None:
        """Show what is wrong in the file, and which of the question's own tests fail."""
        if self._work is None:
            return
        problems = [*self._work.problems, *self._failing]
        if not problems:
            tests = len(answers_of(self._question)) if self._question else 0
            self.problems.update(
                plain(f"✓ The file is in order; {count(tests, 'answer')} of its own earn what they should.", QUIET)
            )
            return
        lines = [
            Line(
                joined(("! ", "bold $text-error"), (f"{problem.place.line}:{problem.place.column}  ", "$text-error")),
                plain(one_line(problem.message)),
            )
            for problem in problems[:_PROBLEMS_SHOWN]
        ]
        if len(problems) > _PROBLEMS_SHOWN:
            lines.append(Line(Content("  "), plain(f"and {len(problems) - _PROBLEMS_SHOWN:,} more", QUIET)))
        self.problems.update(Hanging(lines))

    @property
    def _slot(self) -> str:
        """The name under which what is in the box is kept."""
        return f"{self._question.key if self._question else ''} {self._given}"

    def _own(self) -> tuple[str, str]:
        """Return the name and the text of the bank's own answer that the box began with."""
        answers = answers_of(self._question) if self._question else []
        return answers[self._given - 1] if 0 < self._given <= len(answers) else ("", "")

    def _keep(self) -> None:
        """Keep what was typed, also into one of the bank's own answers."""
        if self._question is None:
            return
        if self.box.text != clean(self._own()[1]):
            self._drafts[self._slot] = self.box.text
        else:
            self._drafts.pop(self._slot, None)

    def _put(self) -> None:
        """Put into the box what belongs there, if it is not there already."""
        text = self._drafts.get(self._slot, clean(self._own()[1]))
        if text != self.box.text:
            self.box.load_text(text)
            self.box.move_cursor(self.box.document.end)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._keep()
        self._show_mark()

    def _show_mark(self) -> None:
        """Mark what is in the box, and show it."""
        if self._question is not None:
            self.mark.update(self._marked(self._question, clean(self.box.text)[:MAX_ANSWER]))

    def _marked(self, question: Question, text: str) -> Visual:
        if not text.strip():
            names = [Line(plain("○ ", QUIET), plain(concept.name, QUIET)) for concept in question.concepts]
            return Hanging([Line(plain("–/100  ", QUIET), plain("Nothing to mark yet.", QUIET)), *names])
        found = grade(question, text)
        name, own = self._own()
        said = f"This is {name}." if text == clean(own) else f"This was {name}; you have changed it."
        given = [Line(Content(""), plain(said, "$text-secondary"))] if name else []
        if self._why:
            return Hanging([*given, *self._reasons(question, text)])
        marked = render.mark(Answered(1, text, found, found.points, 0.0, ""), None, ())
        opening = Line(marked.lines[0].sign, joined(render.points_bar(found.points, 12), f"  {found.verdict}"))
        nothing = Line(Content(""), Content(""))
        return Hanging(
            [*given, opening, *marked.lines[1:], nothing, Line(plain("▏ ", "$accent"), render.answer(text, found))]
        )

    def _reasons(self, question: Question, text: str) -> list[Line]:
        """Return a line a reason."""
        from quizbot.grading.explain import explain, lines
        from quizbot.tui.screens.why import styled_reason

        why = explain(question, text)
        opening = joined(render.points_bar(why.mark.points), f"  {why.mark.points}/100")
        return [Line(Content(""), opening), *map(styled_reason, lines(why))]

    async def action_step(self, step: int) -> None:
        """Go to another question of the file."""
        questions = self._work.questions if self._work else ()
        ids = [question.id for question in questions]
        if not ids:
            return
        at = ids.index(self._at) + step if self._at in ids else 0
        if 0 <= at < len(ids):
            await self._show(questions[at])

    def action_given(self) -> None:
        """Put the bank's next own answer into the box; after the last one, what was typed."""
        if self._question is None:
            return
        self._keep()
        self._given = (self._given + 1) % (len(answers_of(self._question)) + 1)
        self._put()

    def action_why(self) -> None:
        """Show the reasons of the mark, or the mark again."""
        self._why = not self._why
        self._show_mark()

    def action_page(self, step: int) -> None:
        """Scroll the mark while the cursor stays in the answer."""
        if step < 0:
            self.side.scroll_page_up()
        else:
            self.side.scroll_page_down()

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()
