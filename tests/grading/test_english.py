"""Words of English are known, misspellings of the field's words are not."""

from __future__ import annotations

import pytest

from quizbot.grading.english import is_english, word_list


@pytest.mark.parametrize("word", ["still", "choosing", "evidence", "decision", "streaming", "less", "a"])
def test_words(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(
    "word", ["overfiting", "regularizaton", "precison", "gradiant", "traning", "dropuot", "", "st ill"]
)
def test_misspellings(word: str) -> None:
    assert not is_english(word)


def test_the_list_is_sorted_as_the_search_needs_it() -> None:
    text = word_list()._text
    words = [line.split(b'"')[1] for line in text.splitlines() if b'"' in line]
    assert words == sorted(words)
    assert len(words) > 100_000
    assert all(is_english(word.decode()) for word in words[::997])
