"""The vocabulary: its file is read and checked like a bank, and the shipped one contradicts itself nowhere."""

from __future__ import annotations

from collections import Counter

import pytest

from quizbot.bank.library import Library
from quizbot.bank.model import Vocabulary
from quizbot.bank.vocabulary import load_vocabulary


def load(text: str) -> Vocabulary:
    vocabulary, problems = load_vocabulary(f"schema: 1\n{text}".encode(), "vocabulary.yaml")
    assert not problems, [str(problem) for problem in problems]
    return vocabulary


def test_phrases_are_case_folded_and_split_into_words() -> None:
    vocabulary = load("same: [[Machine Learning, ML], [held-out, hold_out]]\napart: [[Bias, variance]]\n")
    assert vocabulary.same == ((("machine", "learning"), ("ml",)), (("held-out",), ("hold", "out")))
    assert vocabulary.apart == ((("bias",), ("variance",)),)


def test_alternatives_on_one_side_are_not_apart_from_each_other() -> None:
    vocabulary = load("apart: [[mean, means|meaning]]")
    assert vocabulary.apart == ((("mean",), ("means",)), (("mean",), ("meaning",)))


def test_alternatives_mean_the_same_where_same_is_said() -> None:
    assert load("same: [[deploy|ship, roll out]]").same == ((("deploy",), ("ship",), ("roll", "out")),)


def test_what_holds_in_some_topics_only_is_found_within_them() -> None:
    vocabulary = load(
        "same: [[a, b]]\nby_topic:\n  - topics: [evaluation, Vision]\n    same: [[cv, cross validation]]\n"
    )
    assert vocabulary.same == ((("a",), ("b",)),)
    assert vocabulary.within("serving") is vocabulary
    both = (*vocabulary.same, (("cv",), ("cross", "validation")))
    assert vocabulary.within("evaluation").same == vocabulary.within("skills/vision").same == both


def test_both_lists_may_be_missing() -> None:
    assert load("same:\n") == Vocabulary()


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("same: [[a, b]]", "1:1", "a vocabulary begins with “schema: 1”"),
        ("schema: 2\nsame: []", "1:1", "a vocabulary begins with “schema: 1”"),
        ("schema: 1\nsmae: [[a, b]]", "2:1", "unknown key “smae” in a vocabulary"),
        ("schema: 1\nsame: [a, b]", "2:8", "“same” holds lists of two or more"),
        ("schema: 1\napart:\n  - [a]", "3:5", "“apart” holds lists of two or more"),
        ("schema: 1\napart:\n  - [a, A]", "3:5", "different words"),
        ("schema: 1\nsame:\n  - [a, [b]]", "3:5", "“same” holds lists of two or more"),
        ("schema: 1\nsame:\n  - [a, '']", "3:5", "“same” holds lists of two or more"),
        ("schema: 1\napart:\n  - [a, b||c]", "3:5", "“apart” holds lists of two or more"),
        ("schema: 1\nsame: word", "2:7", "“same” is a list of lists"),
        ("schema: 1\nby_topic: [{same: [[a, b]]}]", "2:12", "each part of “by_topic” has “topics"),
        ("schema: 1\nby_topic: [{topics: [x], sme: [[a, b]]}]", "2:26", "unknown key “sme”"),
        ("schema: 1\nby_topic: word", "2:11", "each part of “by_topic” has “topics"),
        ("- a", "1:1", "a vocabulary begins with “schema: 1”"),
        ("", "1:1", "a vocabulary begins with “schema: 1”"),
        ("schema: 1\nsame: *x", "2:7", "is a YAML alias"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, message: str) -> None:
    _, problems = load_vocabulary(text.encode(), "vocabulary.yaml")
    assert any(str(problem).startswith(f"vocabulary.yaml:{place}: ") for problem in problems), problems
    assert any(message in problem.message for problem in problems)


def test_more_pairs_than_anyone_means_are_refused() -> None:
    side = "|".join(f"w{n}" for n in range(30))
    other = "|".join(f"v{n}" for n in range(30))
    _, problems = load_vocabulary(f"schema: 1\napart: [[{side}, {other}]]".encode(), "f")
    assert "more than 500 pairs" in problems[0].message


def test_a_wrong_group_leaves_the_others() -> None:
    vocabulary, problems = load_vocabulary(b"schema: 1\nsame: [[a], [b, c]]", "f")
    assert vocabulary.same == ((("b",), ("c",)),)
    assert len(problems) == 1


class TestShipped:
    """questions/vocabulary.yaml is part of every bank, so it must be right."""

    @pytest.fixture
    def shipped(self) -> Vocabulary:
        library = Library()
        vocabulary = library.vocabulary
        assert not [problem for problem in library.problems if problem.place.file.endswith("vocabulary.yaml")]
        return vocabulary

    def test_it_is_of_some_size(self, shipped: Vocabulary) -> None:
        assert len(shipped.same) >= 450
        assert len(shipped.apart) >= 300

    def test_nothing_means_the_same_and_is_apart(self, shipped: Vocabulary) -> None:
        same = {frozenset((a, b)) for group in shipped.same for a in group for b in group if a != b}
        apart = {frozenset((a, b)) for group in shipped.apart for a in group for b in group if a != b}
        assert not same & apart

    def test_no_word_is_apart_from_itself_by_its_spelling(self, shipped: Vocabulary) -> None:
        from quizbot.grading.lexicon import content

        for group in shipped.apart:
            assert len({content(phrase) for phrase in group}) == len(group), group

    def test_an_abbreviation_means_one_thing_in_each_topic(self, shipped: Vocabulary) -> None:
        topics = {topic for group, _ in shipped.by_topic for topic in group}
        assert len(topics) > 15
        for topic in ("anything", *sorted(topics)):
            seen = Counter(
                phrase for group in shipped.within(topic).same for phrase in group if len(" ".join(phrase)) < 5
            )
            assert [" ".join(phrase) for phrase, times in seen.items() if times > 1] == [], topic

    @pytest.mark.parametrize(
        ("topic", "abbreviation", "meant"),
        [
            ("metrics-and-validation", "cv", "cross validation"),
            ("computer-vision", "cv", "computer vision"),
            ("neural-network-training", "lr", "learning rate"),
            ("supervised-models", "lr", "logistic regression"),
            ("neural-network-training", "nn", "neural network"),
            ("unsupervised-learning", "nn", "nearest neighbour"),
            ("mlops-lifecycle", "ci", "continuous integration"),
            ("experimentation", "ci", "confidence interval"),
        ],
    )
    def test_abbreviations_go_by_the_topic_of_the_question(
        self, shipped: Vocabulary, topic: str, abbreviation: str, meant: str
    ) -> None:
        from quizbot.grading.lexicon import content, lexicon

        assert content((meant,)) in lexicon(shipped, topic).synonyms((abbreviation,))
        others = [other for other in ("cross validation", "computer vision", "learning rate", "logistic regression",
                  "neural network", "nearest neighbour", "continuous integration", "confidence interval")
                  if other != meant]  # fmt: skip
        assert not {content((other,)) for other in others} & set(lexicon(shipped, topic).synonyms((abbreviation,)))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("precision", "recall"),
            ("experience", "experiments"),
            ("production", "product"),
            ("probability", "probably"),
            ("generalizes", "general"),
            ("exploring", "exploiting"),
            ("regularization", "regular"),
        ],
    )
    def test_the_grader_keeps_them_apart(self, shipped: Vocabulary, one: str, other: str) -> None:
        from quizbot.grading.lexicon import Lexicon

        lexicon = Lexicon(shipped)
        assert lexicon.apart(one, other)
        assert lexicon.apart(other, one)
        assert not lexicon.apart(one, one)
