"""Banks come in from other programs and go out to them; what has no place is said, and the exit status says so, too."""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from quizbot.__main__ import main
from quizbot.bank import anki_read
from quizbot.bank.anki_read import read_package
from quizbot.bank.anki_write import package
from quizbot.bank.library import Library, load_file
from quizbot.bank.model import Bank
from quizbot.errors import QuizbotError

SHARED = Library(None).vocabulary
SHIPPED = Library(None).banks()


@pytest.fixture
def run(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return what runs a command in an empty folder and gives its output and its messages."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, status: int = 0) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["quizbot", *map(str, words)])
        try:
            found = main()
        except SystemExit as ended:
            found = ended.code
        out, err = capsys.readouterr()
        assert (found or 0) == status, (found, out, err)
        return out, err

    return run


def banks_in(path: Path) -> Bank:
    loaded = load_file(path, SHARED)
    assert loaded.bank, loaded.problems
    assert not loaded.problems, loaded.problems
    return loaded.bank


def same(one: Bank, other: Bank) -> None:
    """Both banks have the same of everything, also of their questions' tests."""
    assert replace(one, file="", origin="file") == replace(other, file="", origin="file")
    for before, after in zip(one.questions, other.questions, strict=True):
        assert [replace(item, place=None) for item in before.examples] == [
            replace(item, place=None) for item in after.examples
        ]


def test_a_table_becomes_a_bank_that_can_be_practised(run, tmp_path):
    (tmp_path / "cards.csv").write_text("question,answer\nWhy?,It is so: yes\n", encoding="utf-8")
    out, err = run("bank", "import", "cards.csv", "--title", "My cards", "--topic", "ml", "--level", "entry")
    assert out.startswith("schema: 1\nbank: cards\ntitle: My cards\ntopic: ml\nlevel: entry\n")
    assert not err
    run("bank", "import", "cards.csv", "-o", "out.yaml", "--id", "mine", "--add")
    assert banks_in(tmp_path / "out.yaml").questions[0].answer == "It is so: yes"
    assert "mine/why" in Library(tmp_path / "home" / "banks").by_key()
    _, err = run("bank", "import", "cards.csv", "-o", "out.yaml", status=1)
    assert "is there already and stays as it is" in err


def test_what_is_not_carried_over_is_listed_and_gives_status_1(run, tmp_path):
    (tmp_path / "cards.csv").write_text("question,answer,colour\nWhy?,So.,red\nHow?,,\n", encoding="utf-8")
    out, err = run("bank", "import", "cards.csv", status=1)
    assert "ask: Why?" in out
    assert "the column “colour”" in err
    assert "line 3: an answer to “How?” is missing" in err
    assert "Not carried over: 2 things" in err


@pytest.mark.parametrize(
    ("name", "content", "words", "status", "said"),
    [
        ("a.txt", b"just words", [], 2, "Say it with --format"),
        ("a.csv", b"caf\xe9,b\n", [], 1, "is no UTF-8 text"),
        ("a.csv", b"", [], 1, "no question with an answer"),
        ("a.yaml", b"schema: 1", [], 2, "is a bank already"),
        ("a.csv", b"x" * 5_000_001, [], 1, "larger than 5 MB"),
        ("a.csv", b"a,b\n", ["--id", "No Id"], 2, "is no id"),
        ("a.json", b'{"schema": 1,', [], 1, "This is no JSON (line 1"),
        ("a.json", b"[" * 100_000, [], 1, "nests too deep"),
        ("a.json", b'{"a": 1, "a": 2}', [], 1, "stands twice"),
        ("a.json", b'{"schema": 1, "bank": "a", "questions": [{"id": "x"}]}', [], 1, "“ask” is missing"),
        ("a.json", b'{"x: y\\n- z": 1}', [], 1, "no key of a bank"),
        ("a.apkg", b"PK\x03\x04 broken", [], 1, "no Anki package"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_sentence(run, tmp_path, name, content, words, status, said):
    (tmp_path / name).write_bytes(content)
    _, err = run("bank", "import", name, *words, status=status)
    assert said in err
    assert "Traceback" not in err


def test_escape_codes_of_a_stranger_never_reach_the_terminal(run, tmp_path):
    (tmp_path / "a.csv").write_text("question,answer,\x1b[31mred\nWhy\x1b[2J?,So\x00.,x\n", encoding="utf-8")
    out, err = run("bank", "import", "a.csv", status=1)
    assert "\x1b" not in out + err
    assert "ask: Why?" in out


@pytest.mark.parametrize("bank", SHIPPED, ids=lambda bank: bank.id)
def test_yaml_to_json_to_yaml_keeps_every_field(run, tmp_path, bank):
    run("bank", "export", bank.id, "-o", "a.json")
    run("bank", "import", "a.json", "-o", "b.yaml")
    same(bank, banks_in(tmp_path / "b.yaml"))
    run("bank", "export", "b.yaml", "-o", "c.json")
    assert (tmp_path / "a.json").read_text("utf-8") == (tmp_path / "c.json").read_text("utf-8")


def test_all_banks_go_into_a_folder_a_file_each(run, tmp_path):
    run("bank", "export", "all", "--format", "yaml", "-o", "out")
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {bank.id for bank in SHIPPED}
    _, err = run("bank", "export", "all", "--format", "json", status=2)
    assert "Name a folder" in err


def test_csv_keeps_texts_and_names_what_has_no_place(run, tmp_path):
    source = tmp_path / "s.yaml"
    source.write_text(
        "schema: 1\nbank: s\nquestions:\n  - id: one\n    kind: faq\n    level: senior\n    topic: t\n    minutes: 5\n"
        '    ask: =1+1?\n    answer: "\'-2, \\"so\\""\n    also: [a, b]\n    sources: [c]\n    followups: [two]\n'
        "  - {id: two, ask: Why?, answer: So, concepts: [{id: c, any: [word]}]}\n",
        encoding="utf-8",
    )
    _, err = run("bank", "export", "s.yaml", "-o", "s.csv", status=1)
    assert "Left out: s/two: 1 concept" in err
    assert "'=1+1?" in (tmp_path / "s.csv").read_text("utf-8")  # no spreadsheet runs it
    run("bank", "import", "s.csv", "-o", "t.yaml")
    before, after = banks_in(source).questions[0], banks_in(tmp_path / "t.yaml").questions[0]
    assert replace(after, digest="") == replace(before, digest="")


def test_a_study_sheet_shows_points_answers_and_mistakes_as_text(run, tmp_path):
    out, _ = run("bank", "export", "ml-foundations", "--format", "markdown")
    assert "## 1. What is overfitting" in out
    assert "- fits the noise of the training data (worth 2)" in out
    assert "**Common mistakes**" in out
    (tmp_path / "s.yaml").write_text(
        "schema: 1\nbank: s\nquestions:\n  - {id: one, ask: '[CLS] *x*', answer: '# no heading'}\n", encoding="utf-8"
    )
    out, _ = run("bank", "export", "s.yaml", "--format", "markdown")
    assert r"## 1. \[CLS\] \*x\*" in out
    assert r"\# no heading" in out


def test_an_export_writes_over_nothing_unasked(run, tmp_path):
    run("bank", "export", "ml-foundations", "-o", "a.json")
    _, err = run("bank", "export", "ml-foundations", "-o", "a.json", status=1)
    assert "stays as it is" in err
    run("bank", "export", "ml-foundations", "-o", "a.json", "--force")


def test_anki_cards_come_back_with_the_texts_of_every_shipped_question(run, tmp_path):
    pytest.importorskip("genanki")
    run("bank", "export", "all", "-o", "cards.apkg", status=1)
    _, err = run("bank", "import", "cards.apkg", "-o", "back.yaml", status=1)
    assert "the field “Points” is left out" in err
    before = sorted((question.ask, question.answer) for bank in SHIPPED for question in bank.questions)
    after = sorted((question.ask, question.answer) for question in banks_in(tmp_path / "back.yaml").questions)
    assert after == before


def test_a_card_keeps_its_identity_from_package_to_package(tmp_path):
    pytest.importorskip("genanki")

    def guids(data: bytes) -> list[tuple[str, int]]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            (tmp_path / "c").write_bytes(archive.read("collection.anki2"))
        with closing(sqlite3.connect(tmp_path / "c")) as base:
            return sorted(base.execute("SELECT guid, mod FROM notes"))

    one, again, later = (guids(package(SHIPPED[:1], when)) for when in (1e9, 1e9, 2e9))
    assert one == again
    assert [guid for guid, _ in one] == [guid for guid, _ in later]
    assert later[0][1] > one[0][1]  # Anki updates a card only from what is newer
    assert package(SHIPPED[:1], 1e9) == package(SHIPPED[:1], 1e9)


def test_without_genanki_one_sentence_says_how_to_get_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "genanki", None)
    _, err = run("bank", "export", "all", "-o", "cards.apkg", status=2)
    assert "pip install 'quizbot[anki]'" in err


def packed(*, base: bytes | None = None, name: str = "collection.anki2", **members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if base is not None:
            archive.writestr(name, base)
        for member, data in members.items():
            archive.writestr(member.replace("_", "."), data)
    return out.getvalue()


def collection(folder: Path, *more: str) -> bytes:
    """Return an Anki database of a basic note, one with a third field and one cloze note; `more` SQL on top."""
    models = {
        "1": {"name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}, {"name": "Extra"}]},
        "2": {"name": "Fill", "type": 1, "flds": [{"name": "Text"}]},
    }
    file = folder / "made"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as base:
        base.executescript(
            "CREATE TABLE col (models TEXT, decks TEXT); CREATE TABLE revlog (id INTEGER);"
            "CREATE TABLE notes (id INTEGER, mid INTEGER, tags TEXT, flds TEXT);"
            "CREATE TABLE cards (nid INTEGER, did INTEGER); INSERT INTO revlog VALUES (1), (2);"
            "INSERT INTO cards VALUES (1, 7), (2, 7);"
        )
        base.execute("INSERT INTO col VALUES (?, ?)", (json.dumps(models), json.dumps({"7": {"name": "ML::Eval"}})))
        for row in (
            (1, 1, " a b ", "Why?\x1fSo.\x1f"),
            (2, 1, "", "How?\x1f<b>Thus</b>\x1fmore"),
            (3, 2, "", "{{c1::x}}"),
        ):
            base.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", row)
        for line in more:
            base.execute(line)
        base.commit()
    return file.read_bytes()


def test_a_package_gives_fronts_and_backs_and_names_the_rest(run, tmp_path):
    (tmp_path / "my.apkg").write_bytes(packed(base=collection(tmp_path), **{"0": b"image", "media": b"{}"}))
    _, err = run("bank", "import", "my.apkg", "-o", "my.yaml", status=1)
    bank = banks_in(tmp_path / "my.yaml")
    assert [(question.ask, question.answer, question.topic) for question in bank.questions] == [
        ("Why?", "So.", "ML/Eval"),
        ("How?", "Thus", "ML/Eval"),
    ]
    for said in (
        "note 2: the field “Extra” is left out: “more”",
        "note 3: a cloze",
        "a, b",
        "1 file of images",
        "2 reviews",
    ):
        assert said in err


def test_the_newest_form_of_package_is_refused_with_the_way_to_an_older_one():
    with pytest.raises(QuizbotError, match="only new versions of Anki read") as raised:
        read_package(packed(base=b"x", name="collection.anki21b", collection_anki2=b"advice"))
    assert "Support older Anki versions" in raised.value.hint


def test_a_package_that_unpacks_without_end_is_refused():
    with pytest.raises(QuizbotError, match="unpacks to more than"):
        read_package(packed(base=b"\0" * (anki_read.MOST_BYTES + 1)))


@pytest.mark.parametrize("base", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_refused(base):
    with pytest.raises(QuizbotError, match=r"damaged|no notes"):
        read_package(packed(base=base))


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 1 AS mid, '' AS tags, 'x' AS flds FROM n"


def test_a_view_in_the_place_of_a_table_is_not_run(tmp_path):
    with pytest.raises(QuizbotError, match="no notes"):
        read_package(packed(base=collection(tmp_path, "DROP TABLE notes", f"CREATE VIEW notes AS {ENDLESS}")))


def test_a_truncated_database_never_ends_in_a_traceback(tmp_path):
    whole = collection(tmp_path)
    for end in range(0, len(whole), 997):
        try:
            read_package(packed(base=whole[:end]))
        except QuizbotError:
            continue
