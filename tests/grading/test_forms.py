"""Words as the grader compares them: numbers and symbols by what they mean, spellings, abbreviations, units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.grading.forms import PIECE, form, forms_of, normal, split
from quizbot.grading.words import read
from quizbot.text import clean


@pytest.mark.parametrize(
    "same",
    [
        ("0.5", ".5", "50 %", "50%", "50 percent", "50 per cent", "0,5", "0.50"),
        ("1000", "1,000", "1000.0"),
        ("7", "seven", "Seven"),
        ("λ", "lambda", "Λ", "Lambda"),
        ("σ²", "σ2", "sigma2", "σ^2"),
        ("R²", "r2", "R^2", "R2", "r ** 2"),
        (">=", "≥"),
        ("<=", "≤"),
        ("!=", "≠"),
        ("O(n log n)", "o(n·log n)", "O(N LOG N)", "O(n*log n)"),
        ("O(n^2)", "O(n²)", "o(n2)"),
        ("A.I.", "ai", "AI"),
        ("behaviour", "behavior"),
        ("generalise", "generalize"),
        ("labelled", "labeled"),
        ("model's", "model", "model’s"),
        ("don't", "don’t"),
        ("ｍｏｄｅｌ", "model"),  # full-width letters
        ("ﬁt", "fit"),  # a ligature
    ],
)
def test_these_are_one_word_and_the_same(same: tuple[str, ...]) -> None:
    assert {split(clean(written)) for written in same} == {split(same[-1])}
    assert len(split(same[0])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("0.5", "5"), ("50", "50 %"), ("l1", "l2"), ("c", "c++"), ("O(n)", "O(n log n)"), ("3.11", "3.11.2"), ("<", "<=")],
)
def test_these_are_not(one: str, other: str) -> None:
    assert split(one) != split(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("well-known", ["well", "known"]),
        ("x_i - y", ["x", "i", "y"]),
        ("`model.fit(X)`", ["model", "fit", "x"]),
        ("| bias | high |", ["bias", "high"]),
        ("- one\n- two", ["one", "2"]),
        ("p(y|x)", ["p", "y", "x"]),
        ("k8s, 3D, C#/.NET", ["k8s", "3d", "c#", "net"]),
        ("e.g. this, i.e. that", ["eg", "this", "ie", "that"]),
        ("loss=0.1", ["loss", "=", "0.1"]),
        ("Καλημέρα", ["καλημέρα"]),  # a language, not symbols
    ],
)
def test_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert list(split(text)) == words


ANYTHING = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["word", "50", "%", " ", ".5", ",", "O(n", "log", ")", "x^2", "don't", "\n", "-", "_", "²", "λ", "…"]
    )
).map("".join)


@given(ANYTHING)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    text = clean(text)
    assert "".join(PIECE.findall(text)) == text
    assert sum(form(piece).length for piece in PIECE.findall(text)) == len(text)


@given(ANYTHING)
def test_words_looked_up_between_spaces_are_those_of_the_whole(text: str) -> None:
    text = clean(text)
    assert [item.normal for item in forms_of(text) if item.width] == list(split(text))


@given(st.text(min_size=1, max_size=20))
def test_a_normal_word_stays_as_it_is(word: str) -> None:
    for piece in split(clean(word)):
        assert normal(normal(piece)) == normal(piece)


@given(ANYTHING)
def test_every_word_of_an_answer_has_its_place(text: str) -> None:
    text = clean(text)
    words = read(text)
    assert len(words.starts) == len(words.ends) == len(words.forms) == len(words.places)
    for start, end, item in zip(words.starts, words.ends, words.forms, strict=True):
        assert split(text[start:end]) == (item.normal,) or "\n" in text
    assert words.places == sorted(words.places)
