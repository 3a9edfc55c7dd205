"""Banks, their topics and their questions as a tree that is filled where it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.widgets import Tree

from quizbot.bank.model import Bank, Problem, Question
from quizbot.interview.wording import topic_name
from quizbot.text import count, shorten
from quizbot.tui.question_page import SIGNS, verdict

if TYPE_CHECKING:
    from textual.widgets.tree import TreeNode

    from quizbot.records.history import Past
    from quizbot.tui.catalogue import Catalogue

MOST_OPEN = 200
"""Found questions up to which banks open by themselves; the others show how many they hold."""
_LONGEST = 160
_FEW_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Branch:
    """A bank, or one `topic` of it, with those of its questions that are shown."""

    bank: Bank
    questions: tuple[Question, ...]
    topic: str = ""

    @property
    def key(self) -> str:
        """What stays the same when the banks are read again."""
        return f"{self.bank.id}//{self.topic}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in the banks."""

    problems: tuple[Problem, ...]
    key: str = "//"


Entry = Branch | Trouble | Question | Problem


def key_of(entry: Entry | None) -> str:
    """Return what finds an entry again after the banks were read again."""
    return str(entry) if isinstance(entry, Problem) else entry.key if entry else ""


class BankTree(Tree[Entry]):
    """Banks > topics (where there are several) > questions; what is wrong in the banks stands first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bank-tree--bank",
        "bank-tree--quiet",
        "bank-tree--strong",
        "bank-tree--partial",
        "bank-tree--weak",
        "bank-tree--problem",
    }
    DEFAULT_CSS = """
    BankTree {
        background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; padding: 0;
        &:focus { background-tint: $foreground 0%; }
        & > .tree--guides, &:focus > .tree--guides { color: $border; }
        & > .tree--guides-hover, &:focus > .tree--guides-hover { color: $border; }
        & > .tree--guides-selected, &:focus > .tree--guides-selected { color: $border; }
        & > .tree--cursor { background: $panel; color: $foreground; text-style: none; }
        &:focus > .tree--cursor { background: $primary 35%; color: $foreground; text-style: none; }
        & > .tree--highlight-line { background: $surface; }
        & > .bank-tree--bank { text-style: bold; }
        & > .bank-tree--quiet { color: $quiet; }
        & > .bank-tree--strong { color: $text-success; }
        & > .bank-tree--partial { color: $text-warning; }
        & > .bank-tree--weak { color: $text-error; }
        & > .bank-tree--problem { color: $text-error; }
    }
    """
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = True
        self._past: Mapping[str, tuple[Past, ...]] = {}
        self._open: set[str] = set()
        """The branches that the person opened, for when a search is over."""
        self._searching = False

    @property
    def entry(self) -> Entry | None:
        """What the cursor is on."""
        return self.cursor_node.data if self.cursor_node else None

    def show(
        self, catalogue: Catalogue, found: Sequence[tuple[Bank, tuple[Question, ...]]], *, searching: bool
    ) -> None:
        """Show these banks and questions; the cursor stays on what it was on, if that is still there.

        While `searching`, banks open by themselves, and the cursor goes to the first question found.
        """
        at = key_of(self.entry) if isinstance(self.entry, Question) or not searching else ""
        if not self._searching:
            self._open = {key_of(node.data) for node in self._branches() if node.is_expanded}
        self._searching = searching
        self._past = catalogue.past
        with self.app.batch_update():
            self.clear()
            if catalogue.problems and not searching:
                node = self.root.add(Text(), Trouble(catalogue.problems))
                if len(catalogue.problems) <= _FEW_PROBLEMS or "//" in self._open:
                    self._unfold(node)
            left = MOST_OPEN
            for bank, questions in found:
                branch = Branch(bank, questions)
                node = self.root.add(Text(), branch)
                if (searching and len(questions) <= left) or (not searching and branch.key in self._open):
                    left -= len(questions)
                    self._unfold(node)
            self._go_to(at)

    def _branches(self) -> list[TreeNode[Entry]]:
        """Return the nodes that can be open: banks, and the topics in them."""
        banks = list(self.root.children)
        return banks + [topic for bank in banks for topic in bank.children if isinstance(topic.data, Branch)]

    def _unfold(self, node: TreeNode[Entry]) -> None:
        self._fill(node)
        node.expand()

    def _fill(self, node: TreeNode[Entry]) -> None:
        """Put in what belongs into a node, when it is opened for the first time."""
        if node.children:
            return
        if isinstance(node.data, Trouble):
            for problem in node.data.problems:
                node.add_leaf(Text(), problem)
        elif isinstance(node.data, Branch):
            topics = self._topics(node.data)
            for topic in topics:
                inner = node.add(Text(), topic)
                if topic.key in self._open:
                    self._unfold(inner)
            for question in () if topics else node.data.questions:
                node.add_leaf(Text(), question)

    def _topics(self, branch: Branch) -> list[Branch]:
        """Return the topics of a bank that has several; what was found is not sorted into topics."""
        if branch.topic or self._searching:
            return []
        topics: dict[str, list[Question]] = {}
        for question in branch.questions:
            topics.setdefault(question.topic, []).append(question)
        if len(topics) < 2:
            return []
        return [Branch(branch.bank, tuple(questions), topic) for topic, questions in topics.items()]

    def _go_to(self, key: str) -> None:
        """Put the cursor on the entry with this key, or else on the first question found, or the first line."""
        last = self.last_line  # builds the lines
        nodes = [node for line in range(last + 1) if (node := self.get_node_at_line(line))]
        there = next((node for node in nodes if key and key_of(node.data) == key), None)
        if there is None and self._searching:
            there = next((node for node in nodes if isinstance(node.data, Question)), None)
        chosen = there or (nodes[0] if nodes else None)
        if chosen is None:
            self.cursor_line = -1
        else:
            self.move_cursor(chosen)
            self.scroll_to_line(chosen.line, animate=False)

    @on(Tree.NodeExpanded)
    def _opened(self, event: Tree.NodeExpanded[Entry]) -> None:
        self._fill(event.node)

    def get_label_width(self, node: TreeNode[Entry]) -> int:  # noqa: ARG002
        """Return one cell: labels are cut to the window, and nothing is measured that is not seen."""
        return 1

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        """Return an entry in one line, cut to the window."""
        label = Text(no_wrap=True, end="")
        if isinstance(node.data, Branch | Trouble):
            label.append(
                self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE, base_style + self._look("quiet")
            )
        for place, (text, look) in enumerate(self._pieces(node.data)):
            label.append(" " * bool(place), style)
            label.append(shorten(text, _LONGEST), style + self._look(look) if look else style)
        depth = 0 if node.parent is None or node.parent.is_root else 1 if node.parent.parent is self.root else 2
        room = max(8, self.scrollable_content_region.width - depth * self.guide_depth)
        label.truncate(room, overflow="ellipsis")
        label.append(" " * (room - label.cell_len), style)  # the cursor is a whole line
        return label

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"bank-tree--{name}", partial=True)

    def _pieces(self, entry: Entry | None) -> list[tuple[str, str]]:
        """Return the parts of a label, each with the name of its look."""
        match entry:
            case Trouble(problems):
                return [(f"{count(len(problems), 'problem')} in the banks", "problem")]
            case Problem(place, message):
                name = place.file.replace("\\", "/").rpartition("/")[2]
                return [(f"{name}:{place.line}:{place.column}", "problem"), (message, "")]
            case Branch(bank, questions, topic):
                name = topic_name(topic) if topic else bank.title
                return [(name, "" if topic else "bank"), (f"{len(questions):,}", "quiet")]
            case Question():
                return [self._sign(entry), (entry.ask, "")]
            case _:
                return []

    def _sign(self, question: Question) -> tuple[str, str]:
        """Return how the question went the last time it was asked, as a sign."""
        marks = [time.points for time in self._past.get(question.key, ()) if time.points is not None]
        if not marks:
            return "·", "quiet"
        how = verdict(marks[-1])
        return SIGNS[how], how.value
