"""What is shipped works where nothing of the checkout is: a wheel, installed in a clean environment, runs a quiz."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_bank_and_style_and_nothing_foreign(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, prefix in (("questions", "quizbot/questions"), ("quizbot", "quizbot")):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".yaml", ".tcss", ".py") and "__pycache__" not in file.parts:
                assert f"{prefix}/{file.relative_to(ROOT / folder).as_posix()}" in names
    assert not [name for name in names if name.startswith("tests") or "__pycache__" in name]
    assert "quizbot/py.typed" in names


def test_a_clean_environment_runs_a_quiz_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "environment"
    venv.create(place, with_pip=True)
    binaries = place / ("Scripts" if os.name == "nt" else "bin")
    install = subprocess.run(
        [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    if install.returncode and "No matching distribution" in install.stderr:
        pytest.skip("no package index can be reached from here, so a clean environment cannot be filled")
    assert install.returncode == 0, install.stderr
    environment = {**os.environ, "QUIZBOT_HOME": str(tmp_path / "home")}
    environment.pop("PYTHONPATH", None)
    run = subprocess.run(
        [binaries / "quizbot", "practice", "--plain", "-n", "2", "--seed", "1"],
        input="I don't know\nI don't know\nskip\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert "Question 2 of 2" in run.stdout
    assert "A full answer:" in run.stdout
    assert "Kept as session 1" in run.stdout
