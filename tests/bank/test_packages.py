"""Installed packages bring banks by an entry point: found where they lie, never run, never in the way of others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbot.bank.library import Library
from quizbot.bank.packages import packages
from quizbot.errors import QuizbotError

SAMPLE = Path(__file__).parent / "sample_package"
SCRIPT = Path(sys.executable).with_name("quizbot")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip has installed the sample package."""
    target = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
    ]
    command += ["--no-build-isolation", "--target", str(target), str(SAMPLE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return target


@pytest.fixture
def there(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same folder, among those in which Python looks for packages."""
    monkeypatch.syspath_prepend(str(installed))
    yield installed
    assert "sample_banks" not in sys.modules, "a stranger's code was run"


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, value: str, name: str = "other") -> None:
    """Make a package that is installed as far as its entry point goes."""
    info = folder / f"{name}-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[quizbot.banks]\nit = {value}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))


def test_its_banks_are_in_the_quiz_after_shipped_and_own_ones(there: Path, tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.problems == ()
    found = {bank.id: bank for bank in library.banks()}
    assert [bank.origin for bank in library.banks()][-2:] == ["package", "package"]
    assert found["sample-serving"].file == str(there / "sample_banks" / "banks" / "sample-serving.yaml")
    assert library.package_of(found["sample-data"]) == "sample-banks 1.2"
    assert library.package_of(library.banks()[0]) == ""
    assert library.find("sample-serving/cache").ask.startswith("Why")


def test_the_commands_tell_them_apart_and_ask_them(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QUIZBOT_HOME": str(tmp_path), "PYTHONPATH": str(installed)}

    def run(*arguments: str, said: str = "") -> str:
        done = subprocess.run(
            [SCRIPT, *arguments], env=environment, input=said, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = run("bank", "list")
    assert "From installed packages (2 banks, 2 questions):" in listed
    assert "sample-serving.yaml (package sample-banks 1.2)" in listed
    rows = {bank["id"]: bank for bank in json.loads(run("bank", "list", "--json"))["banks"]}
    assert (rows["sample-data"]["origin"], rows["sample-data"]["package"]) == ("package", "sample-banks 1.2")
    assert "Why would you put a cache" in run("practice", "--plain", "--bank", "sample-serving", said="skip\n")


def test_an_own_bank_of_its_id_is_refused_and_says_whose_it_is(there: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes((there / "sample_banks" / "more" / "sample-data.yaml").read_bytes())
    with pytest.raises(QuizbotError, match=r"The bank sample-data of the package sample-banks 1\.2 has this id"):
        Library(tmp_path / "own").add(file)


def test_one_that_comes_later_never_hides_an_own_bank(there: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes((there / "sample_banks" / "more" / "sample-data.yaml").read_bytes())
    library = Library(tmp_path)
    assert next(bank.origin for bank in library.banks() if bank.id == "sample-data") == "own"
    [problem] = library.problems
    assert f"is taken by the own bank {tmp_path / 'mine.yaml'}" in problem.message


@pytest.mark.parametrize(
    "value",
    [
        "nowhere_at_all",
        "one_module",
        "os",
        "a..b",
        "..",
        "/etc",
        "sys",
        "sample_banks.not_there",
        "x:y",
        "json.decoder",
    ],
)
def test_one_that_leads_nowhere_is_told_and_hides_nothing(
    there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "one_module.py").write_text("raise RuntimeError", encoding="utf-8")
    (tmp_path / "site" / "stranger.yaml").write_text("not of this package", encoding="utf-8")
    fake(tmp_path / "site", monkeypatch, value)
    library = Library()
    assert library.find("sample-serving/cache")
    [problem] = library.problems
    assert str(problem).startswith("other 1:1:1: ")
    assert "\n" not in str(problem)


def test_a_broken_bank_in_one_hides_no_other(there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "site" / "broken_pack" / "banks"
    inside.mkdir(parents=True)
    (inside / "broken.yaml").write_text("schema: [", encoding="utf-8")
    fake(tmp_path / "site", monkeypatch, "broken_pack")
    library = Library()
    assert library.find("sample-serving/cache")
    assert [problem.place.file for problem in library.problems] == [str(inside / "broken.yaml")]


def test_a_package_without_init_and_one_in_a_zip_bring_theirs(
    there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = (SAMPLE / "sample_banks" / "more" / "sample-data.yaml").read_text(encoding="utf-8")
    inside = tmp_path / "site" / "plain_folder" / "banks"
    inside.mkdir(parents=True)
    (inside / "a.yaml").write_text(bank.replace("sample-data", "from-folder"), encoding="utf-8")
    fake(tmp_path / "site", monkeypatch, "plain_folder")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("zipped/__init__.py", "raise RuntimeError")
        packed.writestr("zipped/banks/b.yaml", bank.replace("sample-data", "from-zip"))
        packed.writestr("zipped-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: zipped\nVersion: 1\n")
        packed.writestr("zipped-1.dist-info/entry_points.txt", "[quizbot.banks]\nit = zipped\n")
    monkeypatch.syspath_prepend(str(tmp_path / "packed.zip"))
    library = Library()
    assert library.problems == ()
    assert {"from-folder", "from-zip", "sample-data"} <= {bank.id for bank in library.banks()}


def test_a_folder_that_two_entry_points_name_is_read_once(
    there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path / "site", monkeypatch, "sample_banks.more")
    assert Library().problems == ()


def test_who_has_no_such_package_does_not_load_the_machinery_for_them(tmp_path: Path) -> None:
    code = (
        "import sys; from quizbot.bank.library import Library; Library().banks(); "
        "print('importlib.metadata' in sys.modules, 'zipfile' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert run.stdout.split()[0] == "False"


def test_an_installation_without_packages_brings_none() -> None:
    assert list(packages()) == []
