"""`quizbot bank import`: questions from other programs' files, as a bank."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.authoring.convert.cards import Carried
    from quizbot.bank.data import Data

FORMATS = ("csv", "tsv", "anki-text", "apkg", "markdown", "gift", "moodle", "json")
_ENDINGS = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".apkg": "apkg", ".colpkg": "apkg", ".md": "markdown",
    ".markdown": "markdown", ".gift": "gift", ".xml": "moodle", ".json": "json",
}  # fmt: skip
_BYTES, _PACKAGE_BYTES = 5_000_000, 50_000_000


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = actions.add_parser(
        "import",
        help="make a bank of a table, Anki cards, Markdown or Moodle questions",
        description="Make a bank of questions and answers from another program: CSV or TSV (a header names the columns "
        "question, answer, also, level, topic, id; without one there are two columns), Anki (.apkg, or notes in plain "
        "text), Markdown (“Q:” and “A:” lines, headings with the answer below, or a numbered list with the answers "
        "below), Moodle GIFT and XML (short answers, essays), and quizbot's own JSON.",
        epilog="What could not be carried over is listed on stderr. Exit status: 0 all was carried over, 1 something "
        "was not, 2 usage.",
    )
    command.add_argument("file", metavar="FILE", help="the file to read")
    command.add_argument("--format", choices=FORMATS, help="what it is (default: by its name and content)")
    command.add_argument("-o", "--output", metavar="OUT.yaml", help="the new bank's file (default: standard output)")
    command.add_argument("--id", help="the new bank's id (default: from the file)")
    command.add_argument("--title", default="", help="its title")
    command.add_argument("--topic", default="", help="the topic of questions without one")
    command.add_argument("--level", choices=("entry", "mid", "senior"), help="the level of questions without one")
    command.add_argument("--add", action="store_true", help="put it among your own banks")
    command.set_defaults(run=import_bank)


def import_bank(options: argparse.Namespace) -> int:
    """Read a file, write a bank, and say what was left behind."""
    from quizbot.authoring.convert.cards import Carried, as_bank
    from quizbot.bank.ids import as_id
    from quizbot.bank.library import Library
    from quizbot.bank.load import load_bank
    from quizbot.bank.write import to_yaml
    from quizbot.cli.bank.new import write_new

    path = Path(options.file)
    data = _bytes(path)
    form = options.format or _form(path, data)
    carried = Carried()
    if form == "json":
        made = _json(data, options)
    else:
        carried = _package(data) if form == "apkg" else _cards(data, form, path)
        bank = as_id(options.id or carried.bank or path.stem) or "imported"
        if options.id and bank != options.id:
            raise QuizbotError(
                f"“{clean(options.id)[:80]}” is no id.", f"Use a-z, 0-9 and hyphens: --id {bank}", status=Exit.USAGE
            )
        title = clean(options.title or carried.title).strip()
        made = as_bank(carried, bank, title, clean(options.topic).strip(), options.level or "")
    for note in carried.notes:
        print(note, file=sys.stderr)
    if not made.get("questions"):
        raise QuizbotError(
            f"There is no question with an answer in {path} (read as {form}).", "See --format in --help."
        )
    text = to_yaml(made)
    library = Library(paths.own_banks(), paths.cache())
    loaded = load_bank(text.encode(), str(options.output or path), "file", library.vocabulary)
    for problem in loaded.problems:
        print(problem if options.output else f"{path}: {problem.message}", file=sys.stderr)
    if loaded.bank is None or (loaded.problems and options.add):
        raise QuizbotError(f"{path} makes no bank that can be used.", "Mend what is listed above.")
    name, found = loaded.bank.id, count(len(loaded.bank.questions), "question")
    if options.output:
        write_new(Path(options.output), text)
        print(f"Wrote {options.output}: {found}.", file=sys.stderr)
    if options.add:
        library.add_all([(str(options.output or path), text.encode())])
        print(f"Added {name} with {found}. Practise it with: quizbot practice --bank {name}", file=sys.stderr)
    elif options.output:
        print(f"Put it in the quiz with: quizbot bank add {shlex.quote(options.output)}", file=sys.stderr)
    else:
        sys.stdout.write(text)
    if carried.notes:
        print(f"Not carried over: {count(len(carried.notes), 'thing')}, listed above.", file=sys.stderr)
    return Exit.PROBLEM if carried.notes or loaded.problems else Exit.OK


def _bytes(path: Path) -> bytes:
    most = _PACKAGE_BYTES if path.suffix.casefold() in (".apkg", ".colpkg") else _BYTES
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or problem
        raise QuizbotError(f"{path} cannot be read: {said}.", "Check its name and place.", status=Exit.USAGE) from (
            problem
        )
    if len(data) > most:
        raise QuizbotError(f"{path} is larger than {most // 10**6} MB, the most that is read.", "Split it.")
    return data


def _form(path: Path, data: bytes) -> str:
    """Return the format that a file has, by its content where that says so, else by its name.

    Raises:
        QuizbotError: neither says it.
    """
    head = data[:2000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    ending = path.suffix.casefold()
    if data[:2] == b"PK":
        return "apkg"
    if head.startswith(("#separator:", "#html:", "#columns:", "#notetype", "#deck", "#tags", "#guid")):
        return "anki-text"
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if ending in (".yaml", ".yml"):
        raise QuizbotError(
            f"{path} is a bank already.", f"quizbot bank add {shlex.quote(str(path))}", status=Exit.USAGE
        )
    if head.startswith("<"):
        return "moodle"
    if head.startswith("{"):
        return "json"
    if head.startswith(("::", "$CATEGORY", "//")) or ("{" in head and ("{=" in head or "{}" in head)):
        return "gift"
    if "\t" in head.partition("\n")[0]:
        return "tsv"
    raise QuizbotError(
        f"What {path} is cannot be seen from its name or content.",
        f"Say it with --format, one of: {', '.join(FORMATS)}.",
        status=Exit.USAGE,
    )


def _text(data: bytes, path: Path) -> str:
    """Return a file's text: UTF-8, or UTF-16 as spreadsheets write it.

    Raises:
        QuizbotError: it is neither.
    """
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise QuizbotError(f"{path} is no UTF-8 text (byte {problem.start}).", "Save it as UTF-8.") from problem


def _cards(data: bytes, form: str, path: Path) -> Carried:
    from quizbot.authoring.convert import read_cards

    text = _text(data, path).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        return read_cards(text, form)
    except QuizbotError as problem:
        raise QuizbotError(f"{path}: {clean(problem.message)}", problem.hint, status=problem.status) from problem


def _package(data: bytes) -> Carried:
    """Return the cards of an Anki package."""
    from quizbot.authoring.convert.anki import AnkiNote, Gathered
    from quizbot.bank.anki_read import read_package

    package = read_package(data)
    gathered = Gathered()
    for number, note in enumerate(package.notes, 1):
        gathered.add(
            AnkiNote(
                f"note {number}", note.names, note.fields, note.kind, note.deck, note.tags, html=True, cloze=note.cloze
            )
        )
    carried = gathered.done()
    if package.media:
        carried.note("media", f"{count(package.media, 'file')} of images and sounds left out")
    if package.reviews:
        carried.note("reviews", f"what Anki recorded of {count(package.reviews, 'review')} is left out")
    return carried


def _json(data: bytes, options: argparse.Namespace) -> Data:
    """Return the plain data of a bank in JSON, with its texts cleaned; its form is checked as that of any bank.

    Raises:
        QuizbotError: it is no JSON, or no mapping.
    """
    from quizbot.authoring.convert.json_data import read_json

    made = read_json(_text(data, Path(options.file)))
    for key, value in (("bank", options.id), ("title", options.title), ("topic", options.topic)):
        if value:
            made[key] = clean(value).strip()
    if options.level:
        made["level"] = options.level
    return made
