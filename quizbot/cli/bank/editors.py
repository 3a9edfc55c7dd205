"""Which editor opens a bank, and how each is told the line."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from quizbot.errors import Exit, QuizbotError

KNOWN = ("nano", "micro", "vim", "nvim", "vi", "hx", "emacs", "code", "codium", "notepad")
"""Editors that are looked for, in this order, when none is set."""

_PLUS = frozenset("nano vi vim nvim view emacs emacsclient micro kak joe jed mg ne gedit".split())
_COLON = frozenset("hx helix subl zed".split())
_GOTO = frozenset("code code-insiders codium vscodium cursor windsurf".split())
# Those with a window of their own give the terminal back at once unless told to wait.
_WAIT = {**dict.fromkeys(_GOTO, "--wait"), "subl": "--wait", "zed": "--wait"}
_WAIT_SHORT = {"--wait": "-w"}


def editor() -> list[str]:
    """Return the command of this user's editor: of $VISUAL, of $EDITOR, or the first known one that is installed.

    Raises:
        QuizbotError: there is none, or the variable cannot be read as a command.
    """
    for variable in ("VISUAL", "EDITOR"):
        said = os.environ.get(variable, "").strip()
        if not said:
            continue
        try:
            return shlex.split(said, posix=os.name != "nt")
        except ValueError as problem:
            raise QuizbotError(
                f"${variable} is no command: {problem}.",
                f"Set it anew, as in: export {variable}=nano",
                status=Exit.USAGE,
            ) from problem
    for name in KNOWN:
        if shutil.which(name):
            return [name]
    raise QuizbotError(
        "No editor is set, and none that I know is installed.",
        "Set yours, as in “export EDITOR=nano”, or open the file yourself and run “quizbot bank watch FILE” beside it.",
        status=Exit.USAGE,
    )


def command(editor: list[str], file: Path, line: int = 1) -> list[str]:
    """Return the command that opens a file, at `line` (from 1) if the editor is known to take one."""
    name = Path(editor[0]).name.casefold().removesuffix(".exe").removesuffix(".cmd")
    words = list(editor)
    wait = _WAIT.get(name)
    if wait and wait not in words and _WAIT_SHORT[wait] not in words:
        words.append(wait)
    path = str(file.absolute())  # a name that begins with a hyphen is no option
    if line > 1 and name in _GOTO:
        return [*words, "-g", f"{path}:{line}"]
    if line > 1 and name in _COLON:
        return [*words, f"{path}:{line}"]
    if line > 1 and name in _PLUS:
        return [*words, f"+{line}", path]
    return [*words, path]
