"""The commands, through the installed console script, as a person or another program runs them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizbot.text import MAX_ANSWER

SCRIPT = Path(sys.executable).with_name("quizbot")

BANK = """
schema: 1
bank: teamwork
title: Working with others
topic: teamwork
questions:
  - id: code-review
    level: entry
    ask: What do you look for in a colleague's pull request?
    concepts:
      - id: correct
        name: tests show that it works
        worth: 2
        any: [test|tests cover|pass, edge_case]
        hint: What comes before style?
        probe: How do you know that it works?
      - id: readable
        name: others can read it
        any: [readable|readability, naming|names]
        hint: Think of whoever reads it next.
        probe: And for whoever reads it next?
    answer: Tests cover the edge cases, and it is readable.
    examples:
      - say: the tests pass and the naming is fine
        mark: 100
      - say: mostly the naming
        mark: 33
        earns: [readable]
        misses: [correct]
      - say: whether the tests pass
        mark: 67
        misses: [readable]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A healthy bank's file."""
    file = tmp_path / "teamwork.yaml"
    file.write_text(BANK, encoding="utf-8")
    return file


def quizbot(
    *arguments: str | Path, said: str | bytes = "", home: Path, status: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the console script; it must end with `status` and never show a traceback."""
    data = said.encode() if isinstance(said, str) else said
    run = subprocess.run(
        [SCRIPT, *arguments],
        input=data,
        capture_output=True,
        env={**os.environ, "QUIZBOT_HOME": str(home)},
        check=False,
        timeout=60,
    )
    out, err = run.stdout.decode(), run.stderr.decode()
    assert "Traceback" not in err, err
    assert run.returncode == status, (run.returncode, out, err)
    return subprocess.CompletedProcess(run.args, run.returncode, out, err)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["practice"],
        ["review"],
        ["bank"],
        ["bank", "list"],
        ["bank", "check"],
        ["bank", "add"],
        ["bank", "remove"],
        ["grade"],
    ],
)
def test_every_command_answers_help(command: list[str], own_home: Path) -> None:
    said = quizbot(*command, "--help", home=own_home).stdout
    assert said.startswith("usage: quizbot")
    assert len(said.splitlines()) > 4


def test_a_bank_is_added_asked_reviewed_and_removed(bank: Path, own_home: Path) -> None:
    assert "1 question, 3 examples: all well" in quizbot("bank", "check", bank, home=own_home).stderr
    assert "Added teamwork with 1 question." in quizbot("bank", "add", bank, home=own_home).stdout
    assert (own_home / "banks" / "teamwork.yaml").read_text(encoding="utf-8") == BANK

    talk = quizbot(
        "practice", "--plain", "--bank", "teamwork", said="mostly the naming\nthe tests pass\n", home=own_home
    ).stdout
    assert "Question 1 of 1 · teamwork · entry" in talk
    assert "33/100" in talk
    assert "earned: others can read it “naming”" in talk
    assert "How do you know that it works?" in talk
    assert "That's it: 33 → 83." in talk
    assert "A full answer: Tests cover the edge cases" in talk
    assert "Score: 83/100" in talk

    assert "83/100" in quizbot("review", home=own_home).stdout
    shown = quizbot("review", "last", home=own_home).stdout
    assert "You: mostly the naming" in shown
    assert "earned: others can read it “naming”" in shown
    [session] = json.loads(quizbot("review", "--json", home=own_home).stdout)
    assert (session["score"], session["answered"], session["total"]) == (83, 1, 1)
    whole = json.loads(quizbot("review", "1", "--json", home=own_home).stdout)
    assert whole["questions"][0]["answers"][0]["text"] == "mostly the naming"

    assert "Removed teamwork" in quizbot("bank", "remove", "teamwork", home=own_home).stdout
    assert "83/100" in quizbot("review", "last", home=own_home).stdout, "a review needs no bank"


def test_the_end_of_the_input_ends_the_session_in_good_order(bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    talk = quizbot("practice", "--plain", "--bank", "teamwork", said="", home=own_home).stdout
    assert "No question was answered this time." in talk
    [session] = json.loads(quizbot("review", "--json", home=own_home).stdout)
    assert session["reason"] == "quit"


def test_shipped_banks_can_be_practised_at_once_and_a_seed_repeats_a_session(own_home: Path) -> None:
    first, second = (
        quizbot("practice", "--plain", "-n", "3", "--seed", "5", said="skip\nskip\nskip\n", home=own_home).stdout
        for _ in range(2)
    )
    assert first.replace("session 1", "").replace("review 1", "") == second.replace("session 2", "").replace(
        "review 2", ""
    )
    assert first.count("Question ") == 3


def test_a_line_that_ends_in_a_backslash_goes_on(bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    talk = quizbot(
        "practice", "--plain", "--bank", "teamwork", said="the tests pass\\\nand the naming is fine\n", home=own_home
    ).stdout
    assert "100/100" in talk


@pytest.mark.parametrize(
    "said",
    [
        b"\xff\xfe not utf-8 \x80\n",
        b"[bold]markup[/] [CLS] [/] naming\n",
        b"\x1b[31mred\x1b]0;title\x07 \x00 naming\n",
        "👩‍💻 naming 🙂\n".encode(),
        "שלום naming مرحبا \u202e\n".encode(),
        b"naming " * 150_000 + b"\n",
        b"\n\n \n",
        b"naming without an end of line",
    ],
    ids=["not-utf8", "markup", "escape-codes", "emoji", "right-to-left", "a-megabyte", "empty", "no-newline"],
)
def test_strange_answers_get_normal_service(said: bytes, bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    talk = quizbot("practice", "--plain", "--bank", "teamwork", said=said, home=own_home).stdout
    assert "Question 1 of 1" in talk
    assert "\x1b" not in talk
    if len(said) > MAX_ANSWER:
        assert f"Only the first {MAX_ANSWER:,} characters" in talk
    if b"naming" in said:
        assert "33/100" in talk
        shown = quizbot("review", "last", home=own_home).stdout
        assert "naming" in shown
        assert "\x1b" not in shown


def test_a_broken_bank_is_refused_with_every_error_and_its_place(bank: Path, own_home: Path) -> None:
    bank.write_text(BANK.replace("level: entry", "level: beginner").replace("worth: 2", "worht: 2"), encoding="utf-8")
    out = quizbot("bank", "check", bank, home=own_home, status=1).stdout
    assert f"{bank}:8:12: “level” is one of entry, mid, senior" in out
    assert f"{bank}:13:9: unknown key “worht”; did you mean “worth”?" in out
    refused = quizbot("bank", "add", bank, home=own_home, status=1)
    assert "Nothing was added" in refused.stderr
    assert not (own_home / "banks").exists()


def test_a_bank_whose_own_tests_fail_is_told_what_was_expected(bank: Path, own_home: Path) -> None:
    bank.write_text(BANK.replace("mark: 33", "mark: 50"), encoding="utf-8")
    out = quizbot("bank", "check", bank, home=own_home, status=1).stdout
    assert "“mostly the naming” earns 33 (misses correct), expected 50" in out


def test_a_broken_own_bank_never_hides_the_healthy_ones(bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    (own_home / "banks" / "broken.yaml").write_text("schema: 1\nbank: [", encoding="utf-8")
    run = quizbot("practice", "--plain", "--bank", "teamwork", said="naming\n", home=own_home)
    assert "33/100" in run.stdout
    assert "broken.yaml:" in run.stderr
    listed = quizbot("bank", "list", home=own_home, status=1)
    assert "teamwork" in listed.stdout
    assert "broken.yaml:" in listed.stderr


def test_a_bank_of_a_shipped_id_is_refused(bank: Path, own_home: Path) -> None:
    bank.write_text(BANK.replace("bank: teamwork", "bank: levels-and-career"), encoding="utf-8")
    assert "shipped bank" in quizbot("bank", "add", bank, home=own_home, status=1).stderr


@pytest.mark.parametrize(
    ("arguments", "status", "way"),
    [
        (["practice", "--plain", "--topic", "levels-and-carer"], 2, "Did you mean levels-and-career"),
        (["practice", "--plain", "-n", "0"], 2, "from 1 to 1000"),
        (["practice", "--plain", "--resume"], 2, "no interrupted session"),
        (["review", "7"], 2, "no session yet"),
        (["bank", "remove", "nowhere"], 1, "bank list"),
        (["bank", "check", "nowhere.yaml"], 1, "nowhere.yaml:1:1"),
        (["grade", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        ([], 2, "--plain"),
        (["practice"], 2, "--plain"),
    ],
)
def test_a_mistake_is_told_with_a_way_on(arguments: list[str], status: int, way: str, own_home: Path) -> None:
    run = quizbot(*arguments, home=own_home, status=status)
    assert way in run.stderr + run.stdout


def test_ctrl_c_loses_nothing_and_the_session_goes_on_where_it_was(bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    process = subprocess.Popen(
        [SCRIPT, "practice", "--plain", "--bank", "teamwork"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QUIZBOT_HOME": str(own_home)},
        text=True,
    )
    assert process.stdin and process.stdout
    process.stdin.write("mostly the naming\n")
    process.stdin.flush()
    for line in process.stdout:
        if "How do you know" in line:
            break
    time.sleep(0.2)  # until it waits for the next answer
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "--resume 1" in out
    talk = quizbot("practice", "--plain", "--resume", said="the tests pass\n", home=own_home).stdout
    assert "33 → 83" in talk


def test_a_data_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = quizbot("practice", "--plain", said="x\n", home=tmp_path / "file" / "home", status=1)
    assert "QUIZBOT_HOME" in run.stderr


def test_records_of_another_program_are_left_alone(own_home: Path) -> None:
    own_home.mkdir()
    with sqlite3.connect(own_home / "records.sqlite3") as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    assert "another program" in quizbot("practice", "--plain", said="x\n", home=own_home, status=1).stderr


def test_two_quizbots_at_the_same_time_keep_their_sessions_apart(bank: Path, own_home: Path) -> None:
    quizbot("bank", "add", bank, home=own_home)
    environment = {**os.environ, "QUIZBOT_HOME": str(own_home)}
    both = [
        subprocess.Popen(
            [SCRIPT, "practice", "--plain", "--bank", "teamwork"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate("mostly the naming\nthe tests pass\n", timeout=30) for process in both]
    assert all("33 → 83" in out for out, _ in said), said
    sessions = json.loads(quizbot("review", "--json", home=own_home).stdout)
    assert [session["score"] for session in sessions] == [83, 83]


class TestGrade:
    def test_rows_are_marked_and_other_keys_pass_through(self, bank: Path, own_home: Path) -> None:
        rows = [
            {"question": "code-review", "text": "mostly the naming", "id": 7},
            {
                "ask": "What is a stack?",
                "answer": ["Last in, first out.", "A pile."],
                "text": "the last one in is first out",
            },
        ]
        out = quizbot("grade", "--bank", bank, said="\n".join(map(json.dumps, rows)), home=own_home).stdout
        first, second = map(json.loads, out.splitlines())
        assert (first["points"], first["verdict"], first["id"]) == (33, "weak", 7)
        assert first["concepts"][1]["spans"] == [{"start": 11, "end": 17, "how": "exact", "word": "naming"}]
        assert {"misconceptions", "remarks", "grader"} <= set(first)
        assert second["points"] > 60

    def test_a_bad_row_gives_an_error_on_its_line_and_the_rest_goes_on(self, bank: Path, own_home: Path) -> None:
        rows = ['{"question": "nowhere/at-all", "text": "x", "id": 1}', "no json", '{"id": 2}', "[1]", "\xff",
                '{"question": "code-review", "text": "naming"}']  # fmt: skip
        out = quizbot("grade", "--bank", bank, said="\n".join(rows), home=own_home, status=1).stdout
        answers = [json.loads(line) for line in out.splitlines()]
        assert ["error" in answer for answer in answers] == [True] * 5 + [False]
        assert answers[0]["id"] == 1
        assert "line 1" in answers[0]["error"]

    def test_shipped_questions_go_by_their_full_name(self, own_home: Path) -> None:
        row = {"question": "levels-and-career/portfolio-project", "text": "no idea what to say here"}
        out = quizbot("grade", said=json.dumps(row), home=own_home).stdout
        assert json.loads(out)["points"] < 30

    def test_explain_adds_the_reasons(self, bank: Path, own_home: Path) -> None:
        row = json.dumps({"question": "code-review", "text": "the tests don't pass"})
        plain = json.loads(quizbot("grade", "--bank", bank, said=row, home=own_home).stdout)
        told = json.loads(quizbot("grade", "--explain", "--bank", bank, said=row, home=own_home).stdout)
        explained = told.pop("explain")
        assert told == plain
        [keyword, *_] = explained["concepts"][0]["keywords"]
        assert (keyword["found"], keyword["why"]) == (False, "denied by “don't”")
        assert [(place["said"], place["how"]) for place in keyword["places"]] == [("tests", "exact"), ("pass", "exact")]

    def test_a_closed_pipe_is_no_error(self, bank: Path, own_home: Path) -> None:
        row = json.dumps({"question": "code-review", "text": "naming"}) + "\n"
        command = f'"{SCRIPT}" grade --bank "{bank}" | head -1'
        run = subprocess.run(command, shell=True, input=row * 5000, capture_output=True, text=True, check=False)
        assert "Traceback" not in run.stderr
        assert run.stdout.count("\n") == 1


class TestWhy:
    def test_a_mark_is_explained_word_by_word(self, bank: Path, own_home: Path) -> None:
        out = quizbot(
            "why", "code-review", "it is readabel; the tests don't pass", "--bank", bank, home=own_home
        ).stdout
        assert out.startswith("33/100 for teamwork/code-review: What do you look for")
        assert "✗ tests show that it works: denied, 0 of 2" in out
        assert "denied by “don't”: “tests”, “pass”" in out
        assert "“readabel” for readable (misspelt)" in out

    def test_the_answer_may_come_on_stdin_and_go_out_as_json(self, bank: Path, own_home: Path) -> None:
        out = quizbot("why", "code-review", "--bank", bank, "--json", said="clear names\n", home=own_home).stdout
        assert json.loads(out)["explain"]["concepts"][1]["state"] == "earned"

    def test_shipped_questions_go_by_their_bare_id_if_only_one_has_it(self, own_home: Path) -> None:
        assert quizbot("why", "portfolio-project", "no idea", home=own_home).stdout.startswith("0/100")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [(["nothing-like-it", "x"], "no question"), (["portfolio-project", " "], "no answer to explain")],
    )
    def test_what_cannot_be_explained_is_said(self, arguments: list[str], said: str, own_home: Path) -> None:
        run = subprocess.run([SCRIPT, "why", *arguments], capture_output=True, text=True, check=False, timeout=60)
        assert run.returncode in (1, 2)
        assert said in run.stderr
        assert "Traceback" not in run.stderr


class TestBankCheck:
    LOOSE = BANK.replace("[readable|readability, naming|names]", "[readable|readability, code]")

    def test_a_failed_test_is_explained_word_by_word(self, tmp_path: Path, own_home: Path) -> None:
        file = tmp_path / "teamwork.yaml"
        file.write_text(BANK.replace("mark: 33", "mark: 100"), encoding="utf-8")
        out = quizbot("bank", "check", file, "--no-lint", home=own_home, status=1).stdout
        first, *rest = out.splitlines()
        assert first.startswith(f"{file}:")
        assert "expected 100 [test]" in first
        assert "    ✓ others can read it: earned, 1 of 1" in rest
        assert "          found: “naming”" in rest

    def test_each_layer_can_be_left_out(self, tmp_path: Path, own_home: Path) -> None:
        file = tmp_path / "teamwork.yaml"
        file.write_text(self.LOOSE, encoding="utf-8")
        assert "[common-word]" in quizbot("bank", "check", file, home=own_home, status=1).stdout
        assert "[common-word]" not in quizbot("bank", "check", file, "--no-lint", home=own_home, status=1).stdout
        assert "[test]" not in quizbot("bank", "check", file, "--no-tests", home=own_home, status=1).stdout

    def test_json_has_every_problem_with_its_place_and_rule(self, tmp_path: Path, own_home: Path) -> None:
        file = tmp_path / "teamwork.yaml"
        file.write_text(self.LOOSE, encoding="utf-8")
        out = json.loads(quizbot("bank", "check", file, "--json", "--crosstalk", home=own_home, status=1).stdout)
        problem = next(item for item in out["problems"] if item["rule"] == "common-word")
        assert (problem["file"], problem["line"]) == (str(file), 7)
        assert out["crosstalk"].startswith("cross-talk: none")

    def test_a_bank_may_be_named_by_its_id_and_the_own_ones_are_meant_without_a_name(
        self, bank: Path, own_home: Path
    ) -> None:
        assert "no bank of your own" in quizbot("bank", "check", home=own_home, status=2).stderr
        quizbot("bank", "add", bank, home=own_home)
        by_id = quizbot("bank", "check", "teamwork", "--no-lint", home=own_home).stderr
        assert by_id == quizbot("bank", "check", "--no-lint", home=own_home).stderr
        assert "all well" in by_id

    def test_a_missing_file_is_told(self, own_home: Path) -> None:
        assert "nowhere.yaml" in quizbot("bank", "check", "nowhere.yaml", home=own_home, status=1).stdout


def test_suggested_keywords_can_be_pasted(bank: Path, own_home: Path) -> None:
    out = quizbot(
        "bank",
        "suggest",
        "code-review",
        "--bank",
        bank,
        "--said",
        "the build stays green",
        "--for",
        "correct",
        home=own_home,
    ).stdout
    assert out.startswith("# correct, for “the build stays green”: 0 -> 67\n          - ")
    run = quizbot("bank", "suggest", "code-review", "--bank", bank, "--said", "x", home=own_home, status=2)
    assert "correct, readable" in run.stderr
