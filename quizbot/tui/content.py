"""Text into `Content`: the one door through which text of people and banks reaches the screen.

A `Content` is never parsed as markup, so "[CLS]" stays "[CLS]"; `clean` has taken the control codes out.
"""

from __future__ import annotations

from textual.content import Content

from quizbot.text import clean

QUIET = "$quiet"


def plain(text: str, style: str = "") -> Content:
    """Return text as it is, in one style."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def joined(*parts: str | Content | tuple[str, str]) -> Content:
    """Return parts one after the other; each is a text, a text with its style, or made already."""
    return Content.assemble(*parts)
