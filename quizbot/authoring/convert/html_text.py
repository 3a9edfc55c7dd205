"""HTML (of cards and quizzes) into text: paragraphs and lists as lines; what is no text is named."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from quizbot.authoring.convert.cards import LONGEST

_LINES = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 ul ol table pre blockquote hr section article dt dd".split())
_HIDDEN = frozenset(("script", "style", "head", "title", "template"))
_MEDIA = {"img": "an image", "audio": "a sound", "video": "a film", "iframe": "an embedded page", "object": "an object"}
_MEDIA |= {"embed": "an object", "svg": "a drawing", "canvas": "a drawing"}
# Python's parser takes seconds for a few thousand tags that never end, so their "<" is made text before.
_UNENDED = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_DECLARED = re.compile(r"<[!?][^<>]*>")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


class _Reader(HTMLParser):
    """Collects the text (`parts`) and names what is none (`lost`)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []
        self._hidden = ""
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, hide what is not shown, or name what is no text."""
        if self._hidden:
            return
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag in _MEDIA:
            said = dict(attrs)
            name = said.get("src") or said.get("data") or ""
            self.lost.append(f"{_MEDIA[tag]} ({name[:60]})" if name else _MEDIA[tag])
            if said.get("alt"):
                self.parts.append(f" {said['alt']} ")
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End a line, or what is not shown."""
        if tag == self._hidden:
            self._hidden = ""
        elif tag in _LINES and not self._hidden:
            self.parts.append("\n")
        self._pre -= tag == "pre" and self._pre > 0

    def handle_data(self, data: str) -> None:
        """Keep text, with white space as a browser shows it."""
        if not self._hidden:
            self.parts.append(data if self._pre else _SPACES.sub(" ", data.replace("\n", " ")))


def html_to_text(html: str) -> tuple[str, list[str]]:
    """Return the text of a piece of HTML, and what is in it that is no text, as in "an image (curve.png)".

    A piece that is longer than any answer stays as it is: it is refused for that later.
    """
    if "<" not in html and "&" not in html:
        return html, []
    if len(html) > LONGEST:
        return html, []
    reader = _Reader()
    reader.feed(_UNENDED.sub("&lt;", _DECLARED.sub("", _without_comments(html))))
    reader.close()
    text = "\n".join(line.rstrip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip(), reader.lost


def _without_comments(html: str) -> str:
    """Return HTML without its comments; one that does not end stays."""
    kept: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join([*kept, html[at:]])
