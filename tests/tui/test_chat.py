"""A chat: it asks, marks what is typed, asks after what is missing, and never loses a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizbot.errors import QuizbotError
from quizbot.interview.conversation import Conversation, Notice
from quizbot.records.store import Store
from quizbot.text import MAX_ANSWER
from quizbot.tui.app import QuizApp
from quizbot.tui.screens.chat import ChatScreen
from quizbot.tui.screens.home import HomeScreen
from quizbot.tui.screens.summary import SummaryScreen
from quizbot.tui.widgets.answer_box import AnswerBox
from quizbot.tui.widgets.transcript import Message, Transcript
from tests.tui.driving import ready, say, shown

Chat = Callable[[], QuizApp]

PARTIAL = "the gap between train and validation grows; I'd use dropout and early stopping"


async def test_an_answer_is_marked_probed_and_the_session_summed_up(chat: Chat, world: Path) -> None:
    app = chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert "What is overfitting" in shown(app)
        await say(pilot, PARTIAL)
        assert "67/100" in shown(app)
        assert "✓ training error low, validation error high  “gap between train and validation”" in shown(app)
        assert "What exactly has the model learned" in shown(app)
        await say(pilot, "it memorises the noise")
        assert "That's it: 67 → 92." in shown(app)
        assert "A full answer" in shown(app)
        await say(pilot, "I measure with a profiler, then batching")
        assert "All questions done. Score: 96/100." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
    with Store.open_reading(world / "records.sqlite3") as store:
        [row] = store.sessions()
    assert (row.score, row.reason) == (96, "done")


async def test_the_words_that_earned_it_are_marked_in_the_answer_itself(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "I'd use dropout and early stopping")
        mine = app.screen.query(".you").last(Message).visual
        styled = {mine.plain[span.start : span.end] for span in mine.spans}  # type: ignore[attr-defined]
        assert styled == {"dropout", "early stopping"}
        assert all("underline" in str(span.style) for span in mine.spans), "never colour alone"  # type: ignore[attr-defined]


async def test_keys_give_a_hint_the_answer_and_the_next_question(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("f2")
        assert "Think about what happens on the training set." in shown(app)
        await pilot.press("f3")
        await pilot.pause()
        assert "it counts as 0" in shown(app)
        assert "when a model is slow?" in shown(app)
        await pilot.press("f4")
        await pilot.pause()
        assert "Skipped; it does not count." in shown(app)


async def test_a_key_keeps_what_is_being_typed(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press(*"half")
        await pilot.press("f2")
        assert app.screen.query_one(AnswerBox).text == "half"


async def test_ctrl_j_breaks_the_line_and_enter_sends(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press(*"noise", "ctrl+j", *"gap")
        assert app.screen.query_one(AnswerBox).text == "noise\ngap"
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(AnswerBox).text == ""
        assert "noise\ngap" in shown(app)


async def test_typing_anywhere_goes_into_the_answer(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        app.set_focus(None)
        await pilot.press("x")
        box = app.screen.query_one(AnswerBox)
        assert (box.text, box.has_focus) == ("x", True)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("   ", "Nothing to mark yet"),
        ("[bold]dropout[/] [CLS] [/] [@click=app.quit]", "[bold]dropout[/] [CLS] [/] [@click=app.quit]"),
        ("\x1b[31mdropout\x1b]0;title\x07", "dropout"),
        ("dropout 👩‍💻🙂", "dropout 👩‍💻🙂"),
        ("שלום dropout مرحبا", "שלום dropout مرحبا"),
    ],
    ids=["empty", "markup", "escape-codes", "emoji", "right-to-left"],
)
async def test_strange_answers_are_shown_as_they_are(chat: Chat, said: str, seen: str) -> None:
    app = chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, said)
        assert seen in shown(app)
        assert "\x1b" not in shown(app)


async def test_an_answer_of_a_megabyte_is_capped_with_a_word(chat: Chat) -> None:
    app = chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "dropout and noise " * 60_000)
        assert f"Only the first {MAX_ANSWER:,} characters" in shown(app)


async def test_an_answer_that_cannot_be_kept_stays_in_the_box(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    app = chat()
    async with app.run_test(notifications=True) as pilot:
        await ready(pilot)
        screen = app.screen
        assert isinstance(screen, ChatScreen)
        assert isinstance(screen._conversation, Conversation)
        keep = screen._conversation._keep

        def full(events: object) -> None:
            raise QuizbotError("The disk is full.", "Free some space.")

        monkeypatch.setattr(screen._conversation, "_keep", full)
        await say(pilot, PARTIAL)
        assert screen.box.text == PARTIAL
        assert [toast.message for toast in app._notifications] == ["The disk is full. Free some space."]
        monkeypatch.setattr(screen._conversation, "_keep", keep)
        await pilot.press("enter")
        await pilot.pause()
        assert "67/100" in shown(app)


async def test_leaving_keeps_the_session_and_the_draft_and_home_resumes_it(home: QuizApp) -> None:
    async with home.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await say(pilot, PARTIAL)
        await pilot.press(*"draft", "escape")
        await pilot.pause()
        assert isinstance(home.screen, HomeScreen)
        for _ in range(50):
            if home.screen.resume_button.display:
                break
            await pilot.pause(0.02)
        await pilot.press("r")
        await pilot.pause()
        assert "67/100" in shown(home)
        assert home.screen.query_one(AnswerBox).text == "draft"
        await say(pilot, " it memorises noise")
        assert "67 → 92" in shown(home)


async def test_a_session_left_in_one_app_goes_on_in_the_next(chat: Chat) -> None:
    async with (first := chat()).run_test() as pilot:
        await ready(pilot)
        await say(pilot, PARTIAL)
    second = QuizApp(resume=-1)
    async with second.run_test() as pilot:
        await ready(pilot)
        assert "67/100" in shown(second)
        await say(pilot, "it memorises noise")
        assert "67 → 92" in shown(second)
    assert first.return_code in (0, None)


async def test_two_apps_at_the_same_time_keep_their_sessions_apart(chat: Chat, world: Path) -> None:
    one, two = chat(), chat()
    async with one.run_test() as first, two.run_test() as second:
        await ready(first)
        await ready(second)
        await say(first, PARTIAL)
        await say(second, "dropout")
        assert "67/100" in shown(one)
        assert "17/100" in shown(two)
    with Store.open_reading(world / "records.sqlite3") as store:
        assert len(store.sessions()) == 2


async def test_records_that_cannot_be_opened_are_told_and_nothing_breaks(chat: Chat, world: Path) -> None:
    world.parent.joinpath("home").write_text("a file where the folder should be", encoding="utf-8")
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        assert "QUIZBOT_HOME" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_terminal_of_40_by_12_is_enough(chat: Chat) -> None:
    app = chat()
    async with app.run_test(size=(40, 12)) as pilot:
        await ready(pilot)
        await say(pilot, PARTIAL)
        assert app.screen.query_one(AnswerBox).region.bottom <= 12
        assert app.screen.query(Message).last().region.width > 30


async def test_long_sessions_prune_what_is_shown(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        log = app.screen.query_one(Transcript)
        for number in range(6):
            log.say(tuple(Notice(f"{number}-{line}") for line in range(60)))
            await pilot.pause()
        assert len(app.screen.query(Message)) == 200
        assert "5-59" in shown(app)


async def test_ctrl_c_in_the_middle_of_a_question_loses_nothing(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press(*"half", "ctrl+c")
        await pilot.pause()
        assert app.screen.query_one(AnswerBox).text == "half"
