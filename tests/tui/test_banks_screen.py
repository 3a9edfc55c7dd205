"""The bank browser: a tree of all banks, a search in it, and the page of what the cursor is on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from quizbot.bank.model import Problem, Question
from quizbot.tui.app import QuizApp
from quizbot.tui.catalogue import Catalogue, read_catalogue, searched
from quizbot.tui.hanging import Hanging
from quizbot.tui.question_page import FOUND
from quizbot.tui.screens.banks import BanksScreen
from quizbot.tui.screens.chat import ChatScreen
from quizbot.tui.screens.home import HomeScreen
from quizbot.tui.screens.workshop import WorkshopScreen
from quizbot.tui.widgets.bank_tree import MOST_OPEN, Branch, Trouble
from tests.conftest import OVERFIT, load
from tests.tui.driving import ready, say, text_of

Compare = Callable[..., bool]
Chat = Callable[[], QuizApp]

HOSTILE = """
schema: 1
bank: hostile
title: "[/] [bold]Bank[/bold]"
topic: "[/x]"
questions:
  - id: one
    ask: "Why does [CLS] stay [/] [@click=app.quit]text[/]?"
    answer: "[/] and [CLS]"
    concepts:
      - id: it
        name: "the [b]name[/b]"
        any: ["[CLS]", class token]
"""


async def opened(pilot: Pilot[Any]) -> BanksScreen:
    """Open the browser as a person does, and wait until the banks are read."""
    await ready(pilot)
    await pilot.press("b")
    await pilot.pause()
    return await read(pilot)


async def read(pilot: Pilot[Any]) -> BanksScreen:
    """Wait until the banks are read."""
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, BanksScreen)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    assert "Opening" not in text_of(pilot.app, "#bar")
    return screen


def lines(screen: BanksScreen) -> list[str]:
    """Return the lines of the tree as they are seen."""
    tree = screen.banks
    return ["".join(segment.text for segment in tree.render_line(y)).rstrip() for y in range(tree.last_line + 1)]


def page(screen: BanksScreen) -> str:
    return str(screen.text.visual)


def own(world: Path, name: str, text: str) -> Path:
    """Put a bank among the person's own."""
    folder = world / "banks"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def many(number: int) -> str:
    """Return a bank of so many questions."""
    questions = "".join(
        f"  - id: q-{at}\n    ask: What is number {at}?\n    answer: It is number {at}.\n" for at in range(number)
    )
    return f"schema: 1\nbank: many\ntitle: Many\ntopic: numbers\nquestions:\n{questions}"


async def test_banks_are_closed_at_first_and_open_to_their_questions(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        assert lines(screen) == ["▸ Model evaluation 2"]
        assert "2 questions in 1 bank" in text_of(home, "#bar")
        await pilot.press("enter", "down")
        await pilot.pause()
        assert lines(screen)[0] == "▾ Model evaluation 2"
        assert lines(screen)[1].startswith("  · What is overfitting, how")


async def test_a_bank_of_several_topics_has_them_between(home: QuizApp, world: Path) -> None:
    text = many(3).replace("number 1?", "number 1?\n    topic: more-numbers")
    own(world, "many.yaml", text)
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert lines(screen)[1:] == ["▾ Many 3", "  ▸ numbers 2", "  ▸ more numbers 1"]
        await pilot.press("down", "down", "enter", "down")
        await pilot.pause()
        assert "What is number 1?" in page(screen)


async def test_the_page_tells_all_that_the_author_wrote(home: QuizApp) -> None:
    async with home.run_test(size=(120, 60)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter", "down")
        await pilot.pause()
        said = page(screen)
        for part in (
            "What is overfitting, how would you notice it, and how would you reduce it?",
            "evaluation · entry · skill · 2 min",
            "You have not been asked this yet.",
            " 33  fits the noise of the training data",
            "memorizes|learns|fits noise|training_set|training_examples",
            "hint   Think about what happens on the training set.",
            "probe  What exactly has the model learned",
            "at least two remedies  2 of these",
            "That is the wrong way round.",
            "It memorises noise in the training set",
            " 25–45  fails to generalise to unseen data",
            "earns symptom; misses definition, remedies",
            "ml-evaluation/overfit-define",
            "evaluation.yaml:10:",
        ):
            assert part in said


async def test_the_page_tells_how_often_it_was_asked_and_how_it_went(chat: Chat) -> None:
    app = chat()
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "dropout and early stopping")
        await say(pilot, "it learns the noise")
        await pilot.press("escape")
        await pilot.pause()
        screen = await opened(pilot)
        await pilot.press("enter", "down")
        await pilot.pause()
        assert "You were asked this once on 01 Mar 2026: 58" in page(screen)
        assert lines(screen)[1].startswith("  ◐ What is overfitting")


@pytest.mark.parametrize(
    "search",
    ["CLS", "batching", "measures before", "SOURCES", "where model", "ml-evaluation/sources", "faq slow"],
    ids=["ask", "keyword", "concept", "id", "two words", "key", "kind and ask"],
)
async def test_search_finds_by_everything_that_names_a_question(home: QuizApp, search: str) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash")
        for letter in search:
            await pilot.press({" ": "space", "/": "slash", "-": "minus"}.get(letter, letter))
        await pilot.pause()
        assert screen.search.value == search
        assert len(lines(screen)) == 2
        assert isinstance(screen.banks.entry, Question)
        assert screen.banks.entry.id == "sources"
        assert 'Where do you look for [CLS] and "[/]" when a model is slow?' in page(screen)


async def test_arrows_move_in_the_tree_while_one_types_and_escape_ends_the_search_then_leaves(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", "w", "h", "down")
        await pilot.pause()
        assert isinstance(screen.banks.entry, Question)
        assert screen.banks.entry.id == "sources"
        assert screen.search.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert screen.search.value == ""
        assert screen.banks.has_focus
        assert lines(screen) == ["▸ Model evaluation 2"]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(home.screen, HomeScreen)


async def test_a_search_that_finds_nothing_says_so(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        screen.search.value = "[/nowhere]"
        await pilot.pause()
        assert lines(screen) == []
        assert "No question holds “[/nowhere]”" in page(screen)
        await pilot.press("p", "w", "enter", "down", "up")  # nothing to do them with
        await pilot.pause()
        assert home.screen is screen


async def test_enter_practises_just_this_question(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("enter", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(home.screen, ChatScreen)
        asked = "\n".join(str(message.visual) for message in home.screen.query("Message"))
        assert "Question 1 of 1" in asked
        assert "[CLS]" in asked
        await pilot.press("escape")
        await read(pilot)


async def test_p_on_a_bank_practises_the_bank(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(home.screen, ChatScreen)
        assert "Question 1 of 2" in str(home.screen.query("Message").first().visual)  # type: ignore[attr-defined]


async def test_w_opens_the_workshop_and_comes_back_to_the_same_question(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter", "down", "down", "w")
        await pilot.pause()
        assert isinstance(home.screen, WorkshopScreen)
        await pilot.press("escape")
        await read(pilot)
        assert isinstance(screen.banks.entry, Question)
        assert screen.banks.entry.id == "sources"


async def test_problems_stand_first_with_their_place(home: QuizApp, world: Path) -> None:
    own(world, "broken.yaml", "schema: 1\nbank: broken\ntitle: Broken\nquestions:\n  - id: one\n    asks: What?\n")
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        problems = [node.data for node in screen.banks.root.children[0].children]
        assert problems and all(isinstance(problem, Problem) for problem in problems)
        assert lines(screen)[0].startswith("▾ ") and "in the banks" in lines(screen)[0]
        assert lines(screen)[1].startswith("  broken.yaml:")
        await pilot.press("home", "down")
        await pilot.pause()
        assert str(problems[0].place) in page(screen)  # type: ignore[union-attr]


async def test_without_any_bank_it_says_what_to_do(home: QuizApp, world: Path) -> None:
    (world.parent / "shipped" / "evaluation.yaml").unlink()
    async with home.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("b")
        screen = await read(pilot)
        assert "quizbot bank new" in page(screen)
        await pilot.press("p", "w", "enter", "r")
        await pilot.pause()
        assert home.screen is screen


async def test_a_bank_that_is_deleted_or_added_meanwhile(home: QuizApp, world: Path) -> None:
    file = own(world, "many.yaml", many(2))
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("end", "enter", "down")
        await pilot.pause()
        file.unlink()
        await pilot.press("w")
        await pilot.pause(0.1)
        assert "many.yaml" in text_of(home, "#bar")
        await pilot.press("escape")
        await read(pilot)
        assert lines(screen) == ["▸ Model evaluation 2"]
        own(world, "more.yaml", many(3))
        await pilot.press("r")
        await read(pilot)
        assert lines(screen) == ["▸ Model evaluation 2", "▸ Many 3"]


async def test_what_was_opened_stays_open_when_the_banks_are_read_again(home: QuizApp, world: Path) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter", "down", "down", "r")
        await read(pilot)
        assert len(lines(screen)) == 3
        assert isinstance(screen.banks.entry, Question)
        assert screen.banks.entry.id == "sources"


async def test_escape_codes_are_a_problem_and_none_reaches_the_screen(home: QuizApp, world: Path) -> None:
    own(world, "hostile.yaml", HOSTILE.replace("Why does", "\\e[31mWhy \\e]0;title\\a does"))
    async with home.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("home", "down")
        await pilot.pause()
        shown = "\n".join(lines(screen)) + page(screen)
        assert "hostile.yaml:8:" in shown
        assert "\x1b" not in shown


async def test_markup_is_text(home: QuizApp, world: Path) -> None:
    own(world, "hostile.yaml", HOSTILE)
    async with home.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("end", "enter", "down")
        await pilot.pause()
        shown = "\n".join(lines(screen)) + page(screen)
        assert "[/] [bold]Bank[/bold]" in shown
        assert "Why does [CLS]" in shown
        assert "[@click=app.quit]text[/]" in shown
        assert "the [b]name[/b]" in shown
        await pilot.press("w")
        await pilot.pause(0.2)
        assert "[@click=app.quit]text[/]" in text_of(home, "#asked")


async def test_five_thousand_questions_open_only_what_is_seen(home: QuizApp, world: Path) -> None:
    own(world, "many.yaml", many(5000))
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        many_node = screen.banks.root.children[1]
        assert isinstance(many_node.data, Branch)
        assert len(many_node.data.questions) == 5000
        assert not many_node.children
        screen.search.value = "number"
        await pilot.pause()
        assert screen.banks.last_line < MOST_OPEN
        assert "5,000 of 5,002 questions" in text_of(home, "#bar")
        screen.search.value = "number 4321"
        await pilot.pause()
        assert isinstance(screen.banks.entry, Question)
        assert screen.banks.entry.id == "q-4321"


async def test_a_search_that_finds_much_opens_no_more_than_is_calm(home: QuizApp, world: Path) -> None:
    for number in range(3):
        own(world, f"many-{number}.yaml", many(MOST_OPEN // 2 - 1).replace("bank: many", f"bank: many-{number}"))
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        screen.search.value = "number"
        await pilot.pause()
        assert [node.is_expanded for node in screen.banks.root.children] == [True, True, False]


async def test_the_words_searched_for_are_marked_on_the_page(home: QuizApp) -> None:
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        screen.search.value = "gap OVERFIT"
        await pilot.pause()
        content = screen.text.visual
        assert isinstance(content, Hanging)
        marked = [
            line.text.plain[span.start : span.end]
            for line in content.lines
            for span in line.text.spans
            if span.style == FOUND
        ]
        assert {word.casefold() for word in marked} == {"overfit", "gap"}


async def test_many_problems_stay_folded(home: QuizApp, world: Path) -> None:
    for number in range(8):
        own(world, f"broken-{number}.yaml", "schema: 1\nbank: [")
    async with home.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        assert isinstance(screen.banks.root.children[0].data, Trouble)
        assert len(lines(screen)) == 2


async def test_only_the_records_are_read_again_while_no_file_changes(home: QuizApp, world: Path) -> None:
    file = own(world, "many.yaml", many(2))
    first = read_catalogue()
    again = read_catalogue(first)
    assert again.library is first.library
    file.write_text(many(3), encoding="utf-8")
    changed = read_catalogue(again)
    assert [len(bank.questions) for bank in changed.banks] == [2, 3]
    own(world, "more.yaml", many(1).replace("bank: many", "bank: more"))
    assert len(read_catalogue(changed).banks) == 3


def test_the_browser_is_loaded_only_when_it_is_opened() -> None:
    code = "import quizbot.tui.app, quizbot.tui.screens.home, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"quizbot.tui.screens.banks", "quizbot.tui.catalogue", "quizbot.bank.library", "yaml"}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_search_is_answered(search: str) -> None:
    bank = load(OVERFIT)
    catalogue = Catalogue((bank,), texts={item.key: searched(bank, item) for item in bank.questions})
    found = catalogue.matching(search)
    fits = all(word in catalogue.texts["ml-evaluation/overfit-define"] for word in search.casefold().split())
    assert bool(found) is fits


async def test_any_search_can_be_shown(home: QuizApp) -> None:
    async with home.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot)
        for search in (
            "[/]",
            "[CLS]",
            "\\[",
            "%s {0}",
            "é" * 300,
            "\x1b[31m",
            "a" * 5000,
            "日本語",
            "¾ −",
            "[",
            "]",
            " ",
            "'\"",
        ):
            screen.search.value = search
            await pilot.pause()
            assert lines(screen) == [] or screen.banks.entry is not None


async def test_every_key_has_a_name_and_a_tooltip() -> None:
    for screen in (BanksScreen, WorkshopScreen):
        for binding in screen.BINDINGS:
            assert binding.id and binding.tooltip, binding  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
def test_picture_of_a_question(snap_compare: Compare, home: QuizApp, size: tuple[int, int]) -> None:
    """The tree with an open bank, the cursor a whole line, the question's page beside it (below, where it is narrow)."""

    async def looked_at(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        await pilot.press("enter", "down")
        await pilot.pause()

    assert snap_compare(home, terminal_size=size, run_before=looked_at)


def test_picture_of_a_search(snap_compare: Compare, home: QuizApp) -> None:
    """The search filled in, one question found; nothing else."""

    async def searched_for(pilot: Pilot[Any]) -> None:
        screen = await opened(pilot)
        await pilot.press("slash", *"overfit")
        screen.search.cursor_blink = False
        await pilot.pause()

    assert snap_compare(home, terminal_size=(80, 24), run_before=searched_for)
