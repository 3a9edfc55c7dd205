"""`quizbot bank check`: a bank's form, its own tests, its quality; on request what attacks and other answers earn."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit, QuizbotError
from quizbot.text import clean, count

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.library import Library
    from quizbot.bank.model import Bank, Problem

EPILOG = """\
Each problem is a line “file:line:column: message [rule]”; a failed test is explained word by word under it.
A quality rule that is broken on purpose is excused in the file, with the reason:  lint_ok: {no-hint: it is one itself}
Exit status: 0 all well, 1 problems, 2 usage."""


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    check = actions.add_parser(
        "check",
        help="check a bank's form, run its own tests, look at its quality",
        description="Check banks in three layers: form, own tests (examples, model answers), quality.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("names", nargs="*", metavar="BANK", help="a file, a folder or a bank's id (default: your own)")
    check.add_argument("--no-tests", action="store_true", help="leave out the banks' own tests")
    check.add_argument("--no-lint", action="store_true", help="leave out the quality")
    check.add_argument("--strict", action="store_true", help="also name keywords that nothing in the bank uses")
    check.add_argument("--attack", action="store_true", help="try slips, denials, echoes and other tricks")
    check.add_argument("--crosstalk", action="store_true", help="mark every model answer against every other question")
    check.add_argument("--json", action="store_true", help="as JSON")
    check.set_defaults(run=check_banks)


def check_banks(options: argparse.Namespace) -> int:
    """Check the banks that are named, and print what is wrong."""
    from quizbot.bank.library import Library, load_file

    library = Library(paths.own_banks())
    files = _files(library, options.names)
    problems: list[Problem] = []
    banks: list[Bank] = []
    for file in files:
        loaded = load_file(file, library.vocabulary)
        problems += loaded.problems
        if loaded.bank:
            banks.append(loaded.bank)
    tally = ""
    for found in _layers(banks, options):
        if isinstance(found, str):
            tally = found
        else:
            problems.append(found)
    order = {str(file): number for number, file in enumerate(files)}
    problems.sort(key=lambda item: (order[item.place.file], item.place.line, item.place.column))
    if options.json:
        print(json.dumps(_as_json(problems, banks, tally), ensure_ascii=False, indent=2))
    else:
        _report(problems, files, banks, tally)
    return Exit.PROBLEM if problems else Exit.OK


def _layers(banks: Sequence[Bank], options: argparse.Namespace) -> Iterator[Problem | str]:
    """Yield the problems of every layer that is asked for, and last a line on the cross-talk."""
    from quizbot.authoring.attack import attack
    from quizbot.authoring.check import check_question
    from quizbot.authoring.crosstalk import Tally, crosstalk
    from quizbot.authoring.lint import alike, lint

    questions = [question for bank in banks for question in bank.questions]
    progress = _Progress(len(questions) * (2 if options.crosstalk else 1))
    for question in questions:
        progress.step()
        if not options.no_tests:
            yield from check_question(question)
        if not options.no_lint:
            yield from lint(question, strict=options.strict)
        if options.attack:
            yield from attack(question)
    if not options.no_lint:
        yield from alike(questions)
    if options.crosstalk:
        tally = Tally()
        for problem in crosstalk(questions, questions, tally):
            if problem:
                yield problem
            else:
                progress.step()
        yield str(tally)
    progress.done()


def _files(library: Library, names: Sequence[str]) -> list[Path]:
    """Return the files that the names stand for; all own banks without any name.

    Raises:
        QuizbotError: a name is no file, folder or bank's id, a folder holds no bank, or there is no own bank.
    """
    by_id = {bank.id: Path(bank.file) for bank in library.banks()}
    if not names:
        own = [Path(bank.file) for bank in library.banks() if bank.origin == "own"]
        if not own:
            hint = "Name a file, a folder or a bank's id (see: quizbot bank list)."
            raise QuizbotError("You have no bank of your own to check.", hint, status=Exit.USAGE)
        return own
    files: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = [file for ending in ("*.yaml", "*.yml") for file in path.rglob(ending) if file.stem != "vocabulary"]
            if not found:
                hint = "A bank is a file that ends in .yaml; begin one with: quizbot bank new"
                raise QuizbotError(f"The folder {clean(name)[:120]} holds no bank.", hint, status=Exit.USAGE)
            files += sorted(found)
        elif name in by_id and not path.exists():
            files.append(by_id[name])
        elif path.exists() or path.suffix or len(path.parts) > 1:
            files.append(path)  # one that cannot be read is a problem among the others
        else:
            raise QuizbotError(
                f"There is no bank and no file {clean(name)[:120]}.", _nearest(name, by_id), status=Exit.USAGE
            )
    return list(dict.fromkeys(files))


def _nearest(name: str, ids: Iterable[str]) -> str:
    from difflib import get_close_matches  # only on the way to a message

    near = get_close_matches(name[:120], ids, n=2)
    return f"Did you mean {' or '.join(near)}?" if near else "“quizbot bank list” shows the banks."


def _report(problems: Sequence[Problem], files: Sequence[Path], banks: Sequence[Bank], tally: str) -> None:
    """Print a line per problem, with what explains it under it; what is well goes to stderr."""
    for problem in problems:
        print(f"{clean(str(problem))}{f' [{problem.rule}]' if problem.rule else ''}")
        for line in problem.detail:
            print(f"    {clean(line)}")
    sys.stdout.flush()
    broken = {problem.place.file for problem in problems}
    for bank in banks:
        if bank.file not in broken:
            examples = sum(len(question.examples) for question in bank.questions)
            done = f"{count(len(bank.questions), 'question')}, {count(examples, 'example')}: all well"
            print(f"{clean(bank.file)}: {done}", file=sys.stderr)
    if tally:
        print(tally, file=sys.stderr)
    if problems:
        print(f"{count(len(problems), 'problem')} in {count(len(files), 'file')}.", file=sys.stderr)


def _as_json(problems: Iterable[Problem], banks: Sequence[Bank], tally: str) -> dict[str, object]:
    return {
        "problems": [
            {
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "rule": problem.rule or "form",
                "message": problem.message,
                "detail": list(problem.detail),
            }
            for problem in problems
        ],
        "banks": [{"id": bank.id, "file": bank.file, "questions": len(bank.questions)} for bank in banks],
        **({"crosstalk": tally} if tally else {}),
    }


class _Progress:
    """A bar on a terminal's stderr, for checks of many questions; nothing elsewhere."""

    WIDTH, FROM = 30, 40

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._shown = total >= self.FROM and sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._shown and self._done % max(1, self._total // 100) == 0:
            filled = self.WIDTH * self._done // self._total
            bar = "━" * filled + "─" * (self.WIDTH - filled)
            print(f"\r{bar} {self._done} of {self._total}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Take the bar away."""
        if self._shown:
            print(f"\r{' ' * (self.WIDTH + 24)}\r", end="", file=sys.stderr, flush=True)
