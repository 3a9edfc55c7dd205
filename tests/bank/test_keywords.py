"""The keyword language: what a phrase means, and what is an error with its line instead of a keyword that can't match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.bank.keywords import read_keyword
from quizbot.bank.model import Keyword, Phrase
from quizbot.bank.problems import Problems
from quizbot.bank.read import read


def keyword(yaml: str) -> Keyword:
    problems = Problems("f")
    node = read(yaml.encode(), problems)
    assert node is not None
    found = read_keyword(node, problems.report)
    assert found is not None, [str(problem) for problem in problems.all()]
    assert not problems.all()
    return found


def phrase(yaml: str) -> Phrase:
    (found,) = keyword(yaml).phrases
    return found


def places(yaml: str) -> str:
    """Return a phrase's places in one line: alternatives parted by |, joined words by _."""
    return " ".join("|".join("_".join(words) for words in slot) for slot in phrase(yaml).slots)


def said(yaml: str) -> list[str]:
    problems = Problems("f")
    node = read(yaml.encode(), problems)
    assert node is not None
    assert read_keyword(node, problems.report) is None
    return [str(problem) for problem in problems.all()]


def test_white_space_parts_places_and_bars_part_alternatives() -> None:
    assert phrase("gap  train|training validation").slots == (
        (("gap",),),
        (("train",), ("training",)),
        (("validation",),),
    )


def test_an_underscore_joins_words_into_one_place() -> None:
    assert phrase("machine_learning|ml model").slots == ((("machine", "learning"), ("ml",)), (("model",),))


def test_words_are_case_folded_and_the_text_stays_as_typed() -> None:
    assert phrase("ROC Curve|STRASSE").slots == ((("roc",),), (("curve",), ("strasse",)))
    assert phrase("'  ROC   Curve '").text == "ROC Curve"


def test_the_same_alternative_twice_is_one() -> None:
    assert places("Train|train|training") == "train|training"


def test_symbols_stay_whole() -> None:
    assert places("c++ r² '>=' o(n) l1 f1 ci/cd tf-idf p<0.05 100%").split()[:2] == ["c++", "r²"]
    assert places("ci/cd") == "ci/cd"
    assert places("'>= 80%'") == ">= 80%"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("the gap between train and validation", "gap between train validation"),
        ("fits the noise of the data", "fits noise data"),
        ("to be", "to be"),
        ("it", "it"),
        ("is|was good", "is|was good"),
        ("the|best model", "the|best model"),
        ("state_of_the_art model", "state_of_the_art model"),
    ],
)
def test_function_words_are_left_out_unless_they_are_meant(written: str, meant: str) -> None:
    assert places(written) == meant


@pytest.mark.parametrize(
    "negation",
    "not no never without cannot nor neither none don't doesn't isn’t ARE|AREN'T won't can't dont doesnt cant not|never".split(),
)
def test_a_phrase_that_says_not_is_negated(negation: str) -> None:
    if negation.startswith("ARE|"):
        assert not phrase(f"{negation} labels").negated  # one of the alternatives does not deny
        return
    found = phrase(f'"{negation} labels"')
    assert found.negated
    assert found.slots == ((("labels",),),)


@pytest.mark.parametrize("written", ["not_only", "note", "knot", "nothing", "non-linear", "notion", "cannon", "want"])
def test_what_only_looks_like_a_negation_is_none(written: str) -> None:
    assert not phrase(f"{written} labels").negated


def test_a_list_is_all_of_its_phrases() -> None:
    found = keyword("[low|small training error, no labels]")
    assert [part.text for part in found.phrases] == ["low|small training error", "no labels"]
    assert [part.negated for part in found.phrases] == [False, True]
    assert not found.in_order
    assert found.text == "low|small training error, no labels"


def test_in_order_keeps_the_order() -> None:
    found = keyword("{in_order: [split, fit, evaluate]}")
    assert found.in_order
    assert found.text == "in order: split, fit, evaluate"


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("''", "f:1:1: an empty keyword matches nothing"),
        ("a||b", "f:1:1: “a||b”: every alternative needs a word"),
        ("a|_ b", "f:1:1: “a|_”: every alternative needs a word"),
        ("train | fit model", "f:1:1: “train | fit model”: write alternatives without spaces around “|”"),
        ("train| fit", "f:1:1: “train| fit”: write alternatives without spaces"),
        ("'train - test'", "f:1:1: “-” has no word or number in it"),
        ("'...'", "f:1:1: “...” has no word or number in it"),
        ("not", "f:1:1: “not” only says “not”; say what is denied"),
        ("never|not without", "f:1:1: “never|not without” only says “not”"),
        (" ".join(f"w{n}" for n in range(13)), "f:1:1: 13 words in one keyword; 12 are the most"),
        ("|".join(f"w{n}" for n in range(33)), "f:1:1: 33 alternatives in one place; 32 are the most"),
        ("[a, [b]]", "f:1:5: a phrase is meant here; lists go no deeper"),
        ("[]", "f:1:1: a list of 1 to 8 phrases is meant here, this has 0"),
        ("[a, b, c, d, e, f, g, h, i]", "f:1:1: a list of 1 to 8 phrases is meant here, this has 9"),
        ("{in_order: [a]}", "f:1:12: a list of 2 to 8 phrases is meant here, this has 1"),
        ("{in_order: a}", "f:1:1: a keyword is a phrase, a list of phrases, or {in_order"),
        ("{in_ordre: [a, b]}", "f:1:1: a keyword is a phrase"),
        ("{in_order: [a, b], more: c}", "f:1:1: a keyword is a phrase"),
        (
            "low: error",
            "f:1:1: a keyword is a phrase, a list of phrases, or {in_order: [phrase, phrase]}; one with “: ”",
        ),
    ],
)
def test_an_odd_keyword_is_an_error_with_its_place(yaml: str, message: str) -> None:
    (found,) = said(yaml)
    assert found.startswith(message)


def test_every_odd_phrase_of_a_list_is_reported() -> None:
    assert [message.split(" ")[0] for message in said("[a||b, fine, not, c | d]")] == ["f:1:2:", "f:1:14:", "f:1:19:"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_a_keyword_that_can_match_or_an_error(text: str) -> None:
    from quizbot.bank.read import Text

    problems = Problems("f")
    found = read_keyword(Text(1, 1, text), problems.report)
    assert (found is None) == bool(problems.found)
    if found:
        for slot in found.phrases[0].slots:
            assert slot
            assert all(words and all(word.strip() for word in words) for words in slot)
