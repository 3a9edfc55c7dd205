"""`quizbot bank export`: banks for other programs, and for paper."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.model import Bank

FORMATS = ("yaml", "json", "csv", "markdown", "anki")
_ALL = "all"
_ENDINGS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".md": "markdown", ".apkg": "anki"}


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = actions.add_parser(
        "export",
        help="write a bank as YAML, JSON, CSV, Anki cards or a study sheet",
        description="Write a bank for another program: YAML and JSON hold every field, CSV what fits a table, Markdown "
        "is a study sheet to print, anki a package of cards (with “pip install 'quizbot[anki]'”). Of “all” banks, YAML "
        "and JSON become a file a bank in the folder -o.",
        epilog="What has no place in the format is listed on stderr. Exit status: 0 all has a place (in a study sheet: "
        "all that is for learners), 1 something has none, 2 usage.",
    )
    command.add_argument("bank", metavar="BANK|FILE|all", help="a bank's id or file, or all banks")
    command.add_argument("--format", choices=FORMATS, help="what to write (default: by the ending of -o, else yaml)")
    command.add_argument("-o", "--output", metavar="FILE", help="where to (default: standard output)")
    command.add_argument("--force", action="store_true", help="write over a file that is there")
    command.set_defaults(run=export_bank)


def export_bank(options: argparse.Namespace) -> int:
    """Write banks in a format, and say what has no place in it."""
    banks = _banks(options.bank)
    form = options.format or _ENDINGS.get(Path(options.output or "").suffix.casefold(), "yaml")
    if options.bank == _ALL and form in ("yaml", "json"):
        return _each(banks, form, options)
    data, lost = _made(banks, form)
    if options.output:
        _write(Path(options.output), data, force=options.force)
        found = count(sum(len(bank.questions) for bank in banks), "question")
        print(f"Wrote {options.output}: {found}.", file=sys.stderr)
    elif form == "anki":
        raise QuizbotError("An Anki package is no text.", "Name its file, as in: -o cards.apkg", status=Exit.USAGE)
    else:
        sys.stdout.write(data.decode())
    for line in lost:
        print(f"Left out: {line}", file=sys.stderr)
    return Exit.PROBLEM if lost and form != "markdown" else Exit.OK


def _each(banks: Sequence[Bank], form: str, options: argparse.Namespace) -> int:
    """Write a file a bank into a folder."""
    if not options.output or Path(options.output).is_file():
        raise QuizbotError(
            f"All banks as {form.upper()} are several files.",
            "Name a folder for them, as in: -o banks",
            status=Exit.USAGE,
        )
    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise QuizbotError(f"{folder} cannot be made: {problem.strerror}.", "Choose another folder.") from problem
    for bank in banks:
        _write(folder / f"{bank.id}.{form}", _made([bank], form)[0], force=options.force)
    print(f"Wrote {count(len(banks), 'bank')} to {folder}.", file=sys.stderr)
    return Exit.OK


def _banks(name: str) -> Sequence[Bank]:
    """Return the banks that a name means.

    Raises:
        QuizbotError: there is none, or its file has problems.
    """
    from quizbot.bank.library import Library, load_file

    library = Library(paths.own_banks(), paths.cache())
    if name == _ALL:
        return library.banks()
    found = [bank for bank in library.banks() if bank.id == name]
    if found:
        return found
    path = Path(name)
    if not path.is_file():
        raise QuizbotError(
            f"There is no bank and no file {clean(name)[:120]}.",
            "“quizbot bank list” shows the banks.",
            status=Exit.USAGE,
        )
    loaded = load_file(path, library.vocabulary)
    if loaded.bank is None or loaded.problems:  # a part of a bank is not what was asked for
        for problem in loaded.problems:
            print(problem, file=sys.stderr)
        raise QuizbotError(f"{path} has {count(len(loaded.problems), 'problem')}.", "Mend it and export it again.")
    return [loaded.bank]


def _made(banks: Sequence[Bank], form: str) -> tuple[bytes, tuple[str, ...]]:
    """Return banks in a format, and what has no place in it."""
    if form == "yaml":
        from quizbot.bank.write import bank_yaml

        return "".join(map(bank_yaml, banks)).encode(), ()
    if form == "json":
        from quizbot.authoring.convert.json_data import write_json

        return "".join(map(write_json, banks)).encode(), ()
    if form == "anki":
        return _anki(banks)
    from quizbot.authoring.convert import write_banks

    text, lost = write_banks(banks, form)
    return text.encode(), lost


def _anki(banks: Sequence[Bank]) -> tuple[bytes, tuple[str, ...]]:
    from quizbot.authoring.convert.table import left_out_of_cards
    from quizbot.bank.anki_write import package
    from quizbot.clock import now

    return package(banks, now().timestamp()), left_out_of_cards(banks)


def _write(path: Path, data: bytes, *, force: bool) -> None:
    from quizbot.bank.writing import write_all

    if path.exists() and not force:
        raise QuizbotError(
            f"{path} is there already and stays as it is.",
            f"Write over it with --force, or choose another name than {shlex.quote(path.name)}.",
        )
    write_all({path: data})
