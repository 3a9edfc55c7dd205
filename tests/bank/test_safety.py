"""A bank is data from strangers. What wants to be more is refused, soon and without filling the memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quizbot.authoring.starter import starter
from quizbot.bank.load import load_bank
from quizbot.bank.model import Vocabulary
from quizbot.bank.read import MAX_BYTES
from quizbot.cli.bank.examine import examine

BANK = "schema: 1\nbank: b\nquestions:\n  - {id: q, ask: %s, answer: So.}\n"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

MEASURE = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_DATA, (200_000_000, 200_000_000))
from pathlib import Path
from quizbot.bank.library import load_file
from quizbot.bank.model import Vocabulary
load_file(Path(sys.argv[2]), Vocabulary())  # a healthy one first, so that nothing is measured that is only loaded
start = time.process_time()
if sys.argv[1].endswith(".zip"):
    from quizbot.bank.incoming import incoming
    from quizbot.errors import QuizbotError
    try:
        for bank in incoming(Path(sys.argv[1])).banks:
            from quizbot.bank.load import load_bank
            loaded = load_bank(bank.data, bank.name, "file", Vocabulary())
            assert loaded.bank is None, "it was taken"
            said = loaded.problems[0]
    except QuizbotError as problem:
        said = problem
else:
    loaded = load_file(Path(sys.argv[1]), Vocabulary())
    assert loaded.bank is None, "it was taken"
    said = loaded.problems[0]
print(time.process_time() - start, len(str(said)))
print(said)
"""


def refusal(file: Path, tmp_path: Path) -> str:
    """Return what is said of a file; it takes less than a second of computing and 200 MB, or this fails."""
    healthy = tmp_path / "healthy.yaml"
    healthy.write_text(BANK % "Why?", encoding="utf-8")
    command = [sys.executable, "-c", MEASURE, str(file), str(healthy)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr[-2000:]
    numbers, said = run.stdout.split("\n", 1)
    seconds, length = numbers.split()
    assert float(seconds) < 1, seconds
    assert int(length) < 1000
    return said


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be given this little memory")
class TestBombs:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (LAUGHS, "is a YAML anchor"),
            (BANK % "&a [*a, *a]", "is a YAML anchor"),
            (BANK % "*nothing", "is a YAML alias"),
            ("[" * 4_900_000, "nested deeper than"),
            ("{a: " * 1_200_000, "nested deeper than"),
            ("- a\n" * 1_200_000, "more than 300,000 values"),
            ("".join(f"k{number}: a\n" for number in range(350_000)), "more than 300,000 values"),
            (f"schema: 1\nbank: b\nquestions: [{'a, ' * 1_600_000}]", "more than 300,000 values"),
            ("- &a b\n" * 700_000, "is a YAML anchor"),
            ("\0" * 4_900_000, "control character"),
            ("\t- a\n" * 980_000, "a tab"),
            ('a: "' + "x" * 4_900_000, "a quote is opened here"),
        ],
        ids=[
            "laughs",
            "a-loop",
            "alias",
            "brackets",
            "braces",
            "items",
            "keys",
            "commas",
            "anchors",
            "zeros",
            "tabs",
            "quote",
        ],
    )
    def test_it_is_refused_soon_and_in_little_memory(self, content: str, said: str, tmp_path: Path) -> None:
        file = tmp_path / "bomb.yaml"
        file.write_text(content, encoding="utf-8")
        assert file.stat().st_size <= MAX_BYTES
        assert said in refusal(file, tmp_path)

    @pytest.mark.parametrize("piece", ["x", "- a\n", "[", "&a", "\xff"])
    def test_a_file_of_50_mb(self, piece: str, tmp_path: Path) -> None:
        file = tmp_path / "large.yaml"
        file.write_bytes((piece * (50_000_000 // len(piece))).encode("latin-1"))
        assert "larger than 5 MB" in refusal(file, tmp_path)

    def test_an_archive_that_swells(self, tmp_path: Path) -> None:
        file = tmp_path / "bomb.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("bomb.yaml", b"a" * 200_000_000)
        assert "larger than 5 MB" in refusal(file, tmp_path)

    def test_an_archive_of_many_that_swell(self, tmp_path: Path) -> None:
        file = tmp_path / "bomb.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for number in range(100):
                packed.writestr(f"{number}.yaml", b"a" * 5_000_000)
        assert "more than 50 MB together" in refusal(file, tmp_path)


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch {place}']",
        "!!python/object/new:subprocess.Popen [['touch', '{place}']]",
        "!!python/name:os.system ''",
        "!!python/module:os ''",
        "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch {place}']",
        "!!binary aGVsbG8=",
        "!own text",
    ],
)
def test_a_tag_makes_nothing_and_runs_nothing(tag: str, tmp_path: Path) -> None:
    place = tmp_path / "was-run"
    loaded = load_bank((BANK % tag.format(place=place)).encode(), "b.yaml", "file", Vocabulary())
    assert loaded.bank is None
    assert "is a YAML tag; banks have none" in loaded.problems[0].message
    assert not place.exists()


SHOWN = """
schema: 1
bank: strange
title: "[bold red]Red[/] \\e[31m [/] {title}"
topic: "[link=file:///etc/passwd]topic[/]"
questions:
  - id: q
    ask: "What is the [CLS] token, [/] {0} %s? \\x1b]0;owned\\x07 \\u202e"
    answer: "[b]It begins[/b] the sequence."
"""


def test_markup_and_formats_show_as_they_are_and_escape_codes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "strange.yaml"
    environment = {**os.environ, "QUIZBOT_HOME": str(tmp_path / "home")}

    def run(*arguments: str, said: str = "", status: int = 0) -> str:
        script = Path(sys.executable).with_name("quizbot")
        done = subprocess.run(
            [script, *arguments], env=environment, input=said, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
        return done.stdout + done.stderr

    file.write_text(SHOWN, encoding="utf-8")
    assert f"{file}:4:8: an escape in double quotes makes a control character" in run(
        "bank", "check", str(file), status=1
    )
    assert "Nothing was added" in run("bank", "add", str(file), status=1)

    file.write_text(SHOWN.replace("\\e[31m", "").replace("\\x1b]0;owned\\x07", ""), encoding="utf-8")
    run("bank", "add", str(file))
    listed = run("bank", "list")
    assert "[bold red]Red[/] [/] {title}" in listed
    assert "1 [link=file:///etc/passwd]topic[/]" in listed
    talk = run("practice", "--plain", "--bank", "strange", said="I don't know\n")
    assert "What is the [CLS] token, [/] {0} %s?" in talk
    assert "[b]It begins[/b] the sequence." in talk
    assert "[CLS] token" in run("bank", "watch", str(file))


def test_a_thousand_damaged_files_give_messages_and_nothing_else() -> None:
    chance = random.Random(7)
    whole = starter("fuzzed", "fuzzed.yaml", "#")
    pieces = [
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "#",
        "\n",
        "\t",
        "\0",
        "---",
        "%",
        "\u2028",
        "é",
        "0x",
        "~",
    ]
    refused = 0
    for _ in range(1000):
        text = whole
        for _ in range(chance.choice((1, 1, 2, 5, 40))):
            at = chance.randrange(len(text))
            until = at + chance.choice((0, 0, 1, 3, 80))
            text = text[:at] + chance.choice(pieces) + text[until:]
        data = bytearray(text.encode())
        if chance.random() < 0.1:
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = examine(bytes(data), "fuzzed.yaml", Vocabulary())
        refused += bool(found.problems)
        assert found.bank or found.problems
        for problem in found.problems:
            assert str(problem).startswith("fuzzed.yaml:")
            assert str(problem).isprintable()
    assert refused > 500
