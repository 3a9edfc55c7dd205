"""Lines whose continuations keep clear of their sign: "✓ a name that wraps" goes on under the name, not the sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Line(NamedTuple):
    """A line of text and the sign (of any width) that stands before it."""

    sign: Content
    text: Content


class Hanging(Visual):
    """Several lines, each with its sign; what does not fit wraps under the text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)

    def __str__(self) -> str:
        return "\n".join(f"{line.sign}{line.text}" for line in self.lines)

    def _wrapped(self, width: int) -> Content:
        rows: list[Content] = []
        for sign, text in self.lines:
            indent = sign.cell_length
            first, *rest = text.wrap(max(8, width - indent)) or [Content("")]
            rows.append(Content.assemble(sign, first))
            rows += [row.pad_left(indent) for row in rest]
        return Content("\n").join(rows)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Render at `width` cells."""
        return self._wrapped(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """Return the cells that the longest line takes unwrapped."""
        return max((line.sign.cell_length + line.text.cell_length for line in self.lines), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the rows at `width` cells."""
        return self._wrapped(width).get_height(rules, width)
