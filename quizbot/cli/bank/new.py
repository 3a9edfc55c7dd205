"""`quizbot bank new`: a bank to begin with, and what to do with it next."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.bank.ids import as_id
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DEFAULT = "my-questions"
_ENDINGS = (".yaml", ".yml")


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    new = actions.add_parser(
        "new",
        help="write a new bank to begin with",
        description="Write a small bank with comments: three questions to replace with yours. It overwrites nothing.",
    )
    new.add_argument(
        "name",
        nargs="?",
        default=DEFAULT,
        metavar="FILE|ID",
        help=f"the new file, as in interviews/llm.yaml, or the bank's id, as in llm (default: {DEFAULT})",
    )
    new.set_defaults(run=new_bank)


def new_bank(options: argparse.Namespace) -> int:
    """Write a new bank with the schema beside it, and say what comes next."""
    from quizbot.authoring.starter import starter
    from quizbot.bank.library import Library, shipped_folder
    from quizbot.bank.schema import FILE, MODELINE

    file, bank = _named(options.name)
    for other in Library(paths.own_banks(), paths.cache()).banks():
        if other.id == bank:
            raise QuizbotError(
                f"There is a bank {bank} already ({other.origin}, {other.file}).",
                "Choose another name, as in: quizbot bank new my-" + bank,
            )
    shown = shlex.quote(str(file))
    write_new(file, starter(bank, shown, MODELINE))
    schema = write_schema(file.parent)
    print(f"Wrote {file}: three questions that work as they are. Replace them bit by bit with yours.")
    if schema:
        print(f"Wrote {file.parent / FILE}: with it, editors complete and underline as you type.")
    print(f"""
Next:
  quizbot bank edit {shown}     opens it in your editor and checks it when you close that
  quizbot bank watch {shown}    checks at each save; type answers and see their marks
  quizbot bank check {shown}    all problems, each with its line; runs the examples as tests
  quizbot bank add {shown}      puts it among your banks: it is in the next quiz
  quizbot practice --bank {bank}    asks its questions (or open “quizbot” and choose it there)

How to write questions that can be marked fairly: {shipped_folder() / "README.md"}""")
    return Exit.OK


def _named(name: str) -> tuple[Path, str]:
    """Return the file and the id that a name means.

    Raises:
        QuizbotError: no id can be made of it.
    """
    path = Path(name)
    is_file = name.endswith(_ENDINGS) or len(path.parts) > 1
    bank = as_id(path.stem if name.endswith(_ENDINGS) else path.name)
    if not bank or path.is_dir():
        raise QuizbotError(
            f"“{clean(name)[:80]}” is no name for a bank.",
            "Name a file or an id of a-z, 0-9 and hyphens, as in: quizbot bank new llm-serving",
            status=Exit.USAGE,
        )
    if not is_file:
        return Path(f"{bank}.yaml"), bank
    return (path if name.endswith(_ENDINGS) else path.with_name(f"{path.name}.yaml")), bank


def write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet.

    Raises:
        QuizbotError: it is there, or cannot be written.
    """
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError as problem:
        raise QuizbotError(
            f"{file} is there already and stays as it is.",
            f"Edit it with: quizbot bank edit {shlex.quote(str(file))}",
        ) from problem
    except OSError as problem:
        raise QuizbotError(
            f"{file} cannot be written: {problem.strerror or problem}.", "Choose a folder that you may write to."
        ) from problem


def write_schema(folder: Path, *, renew: bool = False) -> bool:
    """Put the JSON Schema into a folder; one that is there stays unless `renew`. Say whether it was written.

    A bank works without it, so a folder that takes no second file is no error.
    """
    from quizbot.bank.schema import FILE, schema_text

    try:
        with (folder / FILE).open("w" if renew else "x", encoding="utf-8", newline="\n") as file:
            file.write(schema_text())
    except OSError:
        return False
    return True
