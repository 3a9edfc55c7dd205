"""`quizbot bank edit`: a bank in one's editor, checked afterwards, opened again where something is wrong.

A bank that is in the quiz is edited as a draft. Only a healthy draft takes its place, so that a slip of the keyboard
never costs a bank; what is not finished yet waits for the next time.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.cli.bank.editors import command, editor
from quizbot.cli.bank.examine import Examined, examine_file
from quizbot.cli.bank.new import write_schema
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.library import Library

_PROBLEMS_SHOWN = 12


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    edit = actions.add_parser(
        "edit",
        help="open a bank in your editor and check it",
        description="Open a bank in your editor ($VISUAL, $EDITOR or the first one found) and check it when that is "
        "closed. One of your own banks stays in the quiz as it was until what you wrote is healthy.",
    )
    edit.add_argument("bank", metavar="BANK|FILE", help="the id of one of your own banks, or a bank's file")
    edit.add_argument("--discard", action="store_true", help="throw away the unfinished draft of one of your own banks")
    edit.set_defaults(run=edit_bank)


def edit_bank(options: argparse.Namespace) -> int:
    """Open a bank in an editor until it is healthy or nobody wants to go on."""
    from quizbot.bank.library import Library

    library = Library(paths.own_banks(), paths.cache())
    own = _own(library, options.bank)
    if own is None:
        if options.discard:
            raise QuizbotError("Only one of your own banks has a draft.", "See: quizbot bank list", status=Exit.USAGE)
        return _edit_file(_file(library, options.bank), library)
    draft = draft_of(own)
    if options.discard:
        draft.unlink(missing_ok=True)
        print(f"The bank is as it is in the quiz: {own}")
        return Exit.OK
    return _edit_own(own, draft, options.bank, library)


def _own(library: Library, name: str) -> Path | None:
    """Return the file of the user's own bank that is meant by its id or by its file, or None."""
    file = library.own_file(name)
    if file is not None:
        return file
    path = Path(name)
    folder = paths.own_banks()
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None


def draft_of(own: Path) -> Path:
    """Return where the draft of an own bank lies: one file a bank, also of those in folders of the same names."""
    inside = own.resolve().relative_to(paths.own_banks().resolve())
    return paths.home() / "drafts" / "--".join(inside.parts)


def _file(library: Library, name: str) -> Path:
    """Return the file that is meant.

    Raises:
        QuizbotError: there is none.
    """
    path = Path(name)
    if path.is_file():
        return path
    shown = clean(name)[:120]
    for bank in library.banks():
        if bank.id == name:
            raise QuizbotError(
                f"{name} is a {bank.origin} bank and stays as it is.",
                f"Copy {bank.file}, give the copy another id in its line “bank:”, and edit that.",
                status=Exit.USAGE,
            )
    raise QuizbotError(
        f"There is no file and no bank of yours named {shown}.",
        f"Begin one with “quizbot bank new {shlex.quote(shown)}”; “quizbot bank list” shows the banks.",
        status=Exit.USAGE,
    )


def _edit_file(file: Path, library: Library) -> int:
    """Edit a file where it lies; it is in no quiz."""
    done = _until_healthy(file, library)
    shown = shlex.quote(str(file))
    if done.problems:
        print(f"Go on with: quizbot bank edit {shown}", file=sys.stderr)
        return Exit.PROBLEM
    print(f"{_sizes(done)}: all well. Put it in the quiz with: quizbot bank add {shown}")
    return Exit.OK


def _edit_own(own: Path, draft: Path, name: str, library: Library) -> int:
    """Edit one of the user's own banks, `name` as typed: as a draft, which takes its place once it is healthy."""
    from quizbot.bank.writing import write_all

    paths.ensure(draft.parent)
    write_schema(draft.parent, renew=True)
    before = own.read_bytes()
    if draft.exists():
        way = f"Begin again from the bank in the quiz with: quizbot bank edit --discard {shlex.quote(name)}"
        print(f"Going on with your draft, which is not in the quiz yet. {way}")
        if own.stat().st_mtime > draft.stat().st_mtime:
            print(f"The bank in the quiz has changed since you wrote it: {own}")
    else:
        write_all({draft: before})
    done = _until_healthy(draft, library)
    try:
        after = draft.read_bytes()
    except OSError as problem:
        raise QuizbotError(f"The draft {draft} is gone; {own} stays as it was.", "Edit it again.") from problem
    if after == before:
        draft.unlink()
        print("Nothing was changed.")
        return Exit.PROBLEM if done.problems else Exit.OK
    if done.problems:
        again = f"quizbot bank edit {shlex.quote(name)}"
        print(
            f"In the quiz the bank stays as it was. What you wrote is kept in {draft}; go on with: {again}",
            file=sys.stderr,
        )
        return Exit.PROBLEM
    _may_replace(done, own, draft, library)
    if own.read_bytes() != before:
        raise QuizbotError(
            f"{own} was changed by something else meanwhile, so your draft does not replace it.",
            f"Compare them: your draft is kept in {draft}.",
        )
    write_all({own: after})
    draft.unlink()
    print(f"{_sizes(done)}: all well. It is in the quiz now.")
    return Exit.OK


def _may_replace(done: Examined, own: Path, draft: Path, library: Library) -> None:
    """Make sure that a bank whose id was changed does not take that of another.

    Raises:
        QuizbotError: it does.
    """
    for bank in library.banks():
        if done.bank and bank.id == done.bank.id and bank.file != str(own):
            raise QuizbotError(
                f"The id {bank.id} is taken by the {bank.origin} bank {bank.file}, so {own} stays as it was.",
                f"Give it another in its line “bank:”; what you wrote is kept in {draft}.",
            )


def _until_healthy(file: Path, library: Library) -> Examined:
    """Open the editor, check, and open it again at the first problem as long as that is wanted."""
    opener = editor()
    line = 1
    while True:
        _open(command(opener, file, line))
        done = examine_file(file, library.vocabulary)
        if not done.problems:
            return done
        for problem in done.problems[:_PROBLEMS_SHOWN]:
            print(problem)
        if len(done.problems) > _PROBLEMS_SHOWN:
            print(f"and {count(len(done.problems) - _PROBLEMS_SHOWN, 'more problem')}")
        line = done.line
        if not _wanted(f"{count(len(done.problems), 'problem')}. Open it again at line {line}? [Y/n] "):
            return done


def _open(words: list[str]) -> None:
    """Run the editor and wait until it is closed.

    Raises:
        QuizbotError: it cannot be started.
    """
    sys.stdout.flush()
    try:
        status = subprocess.run(words, check=False).returncode  # noqa: S603 - the user's own editor, without a shell
    except OSError as problem:
        raise QuizbotError(
            f"The editor {words[0]} cannot be started: {problem.strerror or problem}.",
            "Set another, as in: export EDITOR=nano",
            status=Exit.USAGE,
        ) from problem
    if status:
        print(f"The editor {words[0]} ended with status {status}; what it saved is checked.", file=sys.stderr)


def _wanted(question: str) -> bool:
    """Ask; Enter is yes, and so is nothing but yes. The end of the input is no."""
    print(question, end="", flush=True)
    answer = sys.stdin.readline(100)
    if not answer:
        print()
    return answer.strip().casefold() in ("y", "yes") or answer == "\n"


def _sizes(done: Examined) -> str:
    questions = done.bank.questions if done.bank else ()
    examples = sum(len(question.examples) for question in questions)
    return f"{count(len(questions), 'question')}, {count(examples, 'example')}"
