"""Short messages that ask for something are told from answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.interview.intents import Intent, intent_of


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("hint", Intent.HINT),
        ("/hint", Intent.HINT),
        ("Can I have a hint please?", Intent.HINT),
        ("skip", Intent.SKIP),
        ("Next question.", Intent.SKIP),
        ("I don't know", Intent.DONT_KNOW),
        ("i dont know", Intent.DONT_KNOW),
        ("I don’t know!", Intent.DONT_KNOW),
        ("no idea", Intent.DONT_KNOW),
        ("??", Intent.DONT_KNOW),
        ("say that again", Intent.REPEAT),
        ("help", Intent.HELP),
        ("quit", Intent.QUIT),
        ("I don't know the details, but dropout helps", None),
        ("early stopping", None),
        ("help the model generalise", None),
        ("next token prediction", None),
        ("", None),
    ],
)
def test_messages(said: str, intent: Intent | None) -> None:
    assert intent_of(said) is intent


@given(st.text())
def test_any_text_is_understood_or_taken_for_an_answer(said: str) -> None:
    assert intent_of(said) is None or isinstance(intent_of(said), Intent)
