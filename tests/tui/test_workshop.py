"""The workshop: an answer on one side, its mark on the other, the file read again at each save."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from quizbot.bank.model import Vocabulary
from quizbot.tui.app import QuizApp
from quizbot.tui.screens import workshop
from quizbot.tui.screens.workshop import WorkshopScreen
from tests.conftest import OVERFIT
from tests.tui.conftest import SECOND
from tests.tui.driving import ready, text_of

Compare = Callable[..., bool]


@pytest.fixture
def file(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank's file that is being written."""
    monkeypatch.setattr(workshop, "POLL", 0.02)
    path = tmp_path / "mine.yaml"
    path.write_text(OVERFIT + SECOND, encoding="utf-8")
    return path


def save(file: Path, text: str) -> None:
    """Save as editors do: the file is a new one."""
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds on the screen."""
    for _ in range(200):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came true")


@asynccontextmanager
async def at_work(
    file: Path, question: str = "", size: tuple[int, int] = (110, 40)
) -> AsyncIterator[tuple[Pilot[Any], WorkshopScreen]]:
    app = QuizApp()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        screen = WorkshopScreen(str(file), question, Vocabulary())
        await app.push_screen(screen)
        await until(pilot, lambda: bool(shown(screen, "#problems")))
        yield pilot, screen


def shown(screen: WorkshopScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).visual)


async def test_the_mark_follows_every_letter(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        assert "–/100" in shown(screen, "#mark")
        screen.box.insert("it learns the noise in the training se")
        await pilot.pause()
        assert "33/100" in shown(screen, "#mark")
        await pilot.press("t")
        screen.box.insert("; dropout and early stopping; the gap between train and validation grows")
        await pilot.pause()
        assert "100/100" in shown(screen, "#mark")
        assert "✓ fits the noise of the training data" in shown(screen, "#mark")
        assert "“dropout and early stopping”" in shown(screen, "#mark")


async def test_a_misconception_is_told(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        screen.box.insert("training error is high and validation error is low")
        await pilot.pause()
        assert "! That is the wrong way round." in shown(screen, "#mark")


async def test_a_save_marks_the_same_answer_again(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        screen.box.insert("we buy a bigger boat")
        await pilot.pause()
        assert shown(screen, "#mark").startswith("0/100")
        save(file, (OVERFIT + SECOND).replace("- high variance", "- high variance\n          - bigger boat"))
        await until(pilot, lambda: "33/100" in shown(screen, "#mark"))
        assert screen.box.text == "we buy a bigger boat"


async def test_a_save_shows_the_new_wording(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        save(file, (OVERFIT + SECOND).replace("ask: What is overfitting, how", "ask: Explain overfitting; how"))
        await until(pilot, lambda: "Explain overfitting" in shown(screen, "#asked"))


async def test_problems_of_the_form_have_line_and_column_and_nothing_is_lost(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        screen.box.insert("dropout and early stopping")
        await pilot.pause()
        save(file, (OVERFIT + SECOND).replace("    level: entry\n", "    level: novice\n"))
        await until(pilot, lambda: "! 12:12" in shown(screen, "#problems"))
        assert "this is how it was" in text_of(pilot.app, "#bar")
        assert screen.box.text == "dropout and early stopping"
        assert "33/100" in shown(screen, "#mark")
        save(file, OVERFIT + SECOND)
        await until(pilot, lambda: "in order" in shown(screen, "#problems"))
        assert "this is how it was" not in text_of(pilot.app, "#bar")


async def test_an_example_that_fails_is_told(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        assert "in order; 4 answers" in shown(screen, "#problems")
        save(file, (OVERFIT + SECOND).replace("mark: [25, 45]", "mark: [90, 100]"))
        await until(pilot, lambda: "expected 90 to 100" in shown(screen, "#problems"))


async def test_next_and_previous_keep_each_answer(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        await pilot.press("a", "b")
        await pilot.press("f4")
        await pilot.pause()
        assert "[CLS]" in shown(screen, "#asked")
        assert "sources · 2 of 2" in text_of(pilot.app, "#bar")
        assert screen.box.text == ""
        await pilot.press("c", "f4", "f3")
        await pilot.pause()
        assert screen.box.text == "ab"
        await pilot.press("f4")
        await pilot.pause()
        assert screen.box.text == "c"


async def test_the_banks_own_answers_come_one_after_the_other_and_then_ones_own(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        await pilot.press("m", "y", "f2")
        await pilot.pause()
        assert screen.box.text.startswith("It memorises noise in the training set, so")
        assert "This is the model answer." in shown(screen, "#mark")
        assert "100/100" in shown(screen, "#mark")
        await pilot.press("f2", "f2")
        await pilot.pause()
        assert "This is example 2, which must earn 0." in shown(screen, "#mark")
        await pilot.press("x")
        await pilot.pause()
        assert "you have changed it" in shown(screen, "#mark")
        await pilot.press("f2", "f2")
        await pilot.pause()
        assert screen.box.text == "my"
        await pilot.press("f2", "f2", "f2")
        await pilot.pause()
        assert screen.box.text == "training error is high and validation error is lowx"


async def test_why_tells_it_word_by_word(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        screen.box.insert("dropuot")
        await pilot.press("f5")
        await pilot.pause()
        assert "dropuot" in shown(screen, "#mark")
        assert "misspelt" in shown(screen, "#mark")


async def test_a_file_that_is_deleted_and_comes_back(file: Path) -> None:
    async with at_work(file) as (pilot, screen):
        await pilot.press("a")
        text = file.read_text(encoding="utf-8")
        file.unlink()
        await until(pilot, lambda: "gone" in text_of(pilot.app, "#bar"))
        assert screen.box.text == "a"
        file.write_text(text, encoding="utf-8")
        await until(pilot, lambda: "gone" not in text_of(pilot.app, "#bar"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"schema: 1\nbank: [", b"- [/]\n- [CLS]\n" * 500],
    ids=["empty", "no text", "cut", "markup"],
)
async def test_a_file_that_holds_no_question_says_what_is_wrong(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    async with at_work(file) as (pilot, screen):
        assert "No question of this file" in shown(screen, "#asked")
        assert shown(screen, "#problems").startswith("! ")
        await pilot.press("a", "f2", "f3", "f4", "f5")
        await pilot.pause()
        save(file, OVERFIT + SECOND)
        await until(pilot, lambda: "overfitting" in shown(screen, "#asked"))


async def test_a_file_that_is_not_there(file: Path) -> None:
    file.unlink()
    async with at_work(file) as (_, screen):
        assert "cannot be read" in shown(screen, "#problems")


async def test_any_answer_is_marked(file: Path) -> None:
    async with at_work(file, size=(60, 20)) as (pilot, screen):
        for text in (
            "[/]",
            "[CLS] [bold]",
            "\x1b[31mnoise",
            "é" * 300,
            "日本語 " * 50,
            "a " * 15000,
            "\n\n\t",
            "not not no",
        ):
            screen.box.load_text(text)
            await pilot.pause()
            assert "/100" in shown(screen, "#mark")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
def test_picture(snap_compare: Compare, file: Path, size: tuple[int, int]) -> None:
    """The answer on the left with the cursor in it, the mark on the right with coloured words, one problem below."""
    file.write_text((OVERFIT + SECOND).replace("mark: [25, 45]", "mark: [90, 100]"), encoding="utf-8")
    os.utime(file, (0, 0))

    async def written(pilot: Pilot[Any]) -> None:
        await ready(pilot)
        screen = WorkshopScreen(str(file), "overfit-define", Vocabulary())
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: bool(shown(screen, "#problems")))
        screen.box.cursor_blink = False
        screen.box.insert("The gap between train and validation grows; I'd use dropuot and early stopping.")
        await pilot.pause()

    assert snap_compare(QuizApp(), terminal_size=size, run_before=written)
