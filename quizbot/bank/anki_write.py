"""Banks as an Anki package, through genanki (the extra `anki`): a deck a bank, a card a question."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from html import escape
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from quizbot.bank.ids import as_id
from quizbot.bank.model import Bank, Question
from quizbot.errors import Exit, QuizbotError
from quizbot.text import one_line

if TYPE_CHECKING:
    from genanki import Package

_MODEL = 1_607_392_319  # any number, but always the same: Anki knows the note type by it
_FRONT = "{{Question}}"
_BACK = '{{FrontSide}}<hr id="answer">{{Answer}}{{#Points}}<hr><b>Points to make</b>{{Points}}{{/Points}}'
_CSS = ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; margin: auto; }"


def package(banks: Sequence[Bank], when: float) -> bytes:
    """Return an Anki package of banks, written at `when` (seconds since 1970).

    A question keeps its identity, so importing a later package updates its card and keeps what was learnt; Anki does
    so if that package's `when` is later.

    Raises:
        QuizbotError: genanki is not installed.
    """
    try:
        import genanki
    except ImportError as problem:
        raise QuizbotError(
            "Anki packages need the library genanki, which is not installed.",
            "Install it with: pip install 'quizbot[anki]'",
            status=Exit.USAGE,
        ) from problem
    model = genanki.Model(
        _MODEL,
        "quizbot question",
        fields=[{"name": name} for name in ("Question", "Answer", "Points")],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )
    decks = []
    for bank in banks:
        deck = genanki.Deck(_number(bank.id), f"quizbot::{one_line(bank.title).replace('::', ':')}")
        for question in bank.questions:
            tags = [tag for tag in (str(question.kind), str(question.level), as_id(question.topic)) if tag]
            guid = _guid(question.key)
            deck.add_note(genanki.Note(model=model, fields=_fields(question), tags=tags, guid=guid))
        decks.append(deck)
    return _packed(genanki.Package(decks), when)


def _number(name: str) -> int:
    """Return the number by which Anki knows a deck: always the same for a bank."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) + (1 << 31)


def _guid(key: str) -> str:
    """Return what Anki knows a card by: always the same for a question."""
    return blake2b(f"quizbot {key}".encode(), digest_size=8).hexdigest()


def _fields(question: Question) -> list[str]:
    """Return the fields of a note, as HTML that shows the texts as they are."""
    points = "".join(f"<li>{_html(concept.name)}</li>" for concept in question.concepts)
    return [_html(question.ask), _html(question.answer), f"<ul>{points}</ul>" if points else ""]


def _html(text: str) -> str:
    # Braces in pairs would be fields or cloze deletions for Anki, so the first of two is written as an entity.
    return escape(text).replace("{{", "&#123;{").replace("\n", "<br>")


def _packed(package: Package, when: float) -> bytes:
    """Return the package as an archive, the same bytes for the same moment.

    genanki's own `write_to_file` would leave a copy of the database in the folder of temporary files.
    """
    connection = sqlite3.connect(":memory:")
    package.write_to_db(connection.cursor(), when, count(int(when * 1000)))
    connection.commit()
    members = {"collection.anki2": connection.serialize(), "media": b"{}"}
    connection.close()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
