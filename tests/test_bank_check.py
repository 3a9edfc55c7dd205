"""`quizbot bank check` names what it cannot check, and shows how far it is where somebody watches."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import OVERFIT

SCRIPT = Path(sys.executable).with_name("quizbot")


def check(home: Path, *arguments: object, stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, "bank", "check", *map(str, arguments)],
        env={**os.environ, "QUIZBOT_HOME": str(home / "home")},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of 50 questions, every one well formed and passing its own tests."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(50):
        text = OVERFIT.replace("bank: ml-evaluation", f"bank: copy-{number}")
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_bank_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no bank", encoding="utf-8")
    run = check(tmp_path, tmp_path)
    assert run.returncode == 2
    assert "holds no bank" in run.stderr


def test_a_slip_in_a_banks_id_gets_the_nearest_one(tmp_path: Path) -> None:
    run = check(tmp_path, "time-serious")
    assert (run.returncode, run.stdout) == (2, "")
    assert "There is no bank and no file time-serious. Did you mean time-series?" in run.stderr


def test_a_shipped_bank_its_file_and_its_folder_are_the_same_bank(tmp_path: Path) -> None:
    by_id = check(tmp_path, "ml-foundations", "--no-tests", "--no-lint")
    assert by_id.returncode == 0
    file = by_id.stderr.split(":", 1)[0]
    both = check(tmp_path, "ml-foundations", file, "--no-tests", "--no-lint")
    assert both.stderr == by_id.stderr


def test_problems_come_in_the_order_of_the_files_that_were_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("schema: 1\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("\n\nschema: 1\n", encoding="utf-8")
    out = check(tmp_path, tmp_path / "b.yaml", tmp_path / "a.yaml").stdout
    assert [line.split(":")[0][-6:] for line in out.splitlines()] == ["b.yaml", "b.yaml", "a.yaml", "a.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
def test_many_questions_show_a_bar_on_a_terminal_which_is_gone_at_the_end(many: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    run = check(tmp_path, many, "--no-lint", stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass  # how Linux says that the other end is closed
    finally:
        os.close(ours)
    text = shown.decode()
    assert run.returncode == 0, text
    assert "━" in text
    assert "50 of 50" in text
    after = text.rsplit("50 of 50", 1)[1]
    assert after.startswith("\r" + " " * 40), "the bar is still there"
    assert "\x1b" not in text


def test_no_bar_where_nobody_watches(many: Path, tmp_path: Path) -> None:
    run = check(tmp_path, many, "--no-lint")
    assert run.returncode == 0
    assert "━" not in run.stderr + run.stdout
