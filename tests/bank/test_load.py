"""A file becomes a bank, or one message per error: all of them at once, each with its line and column."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.bank.load import Loaded, load_bank
from quizbot.bank.model import Bank, Kind, Level, Question, Vocabulary

SHARED = Vocabulary(same=((("ml",), ("machine", "learning")),))

WHOLE = """\
schema: 1
bank: ml-evaluation                # unique id of the bank
title: Model evaluation
topic: evaluation
vocabulary:
  same:  [[validation set, held-out data, unseen data]]
  apart: [[overfitting, underfitting], [precision, recall]]
questions:
  - id: overfit-define             # unique in the bank
    kind: skill
    level: entry
    minutes: 2.5
    ask: What is overfitting, how would you notice it, and how would you reduce it?
    variants: [Your training loss keeps falling but users complain. What is going on?]
    concepts:
      - id: definition
        name: fits the noise of the training data
        worth: 2
        any:
          - memorizes|learns|fits noise|training_set|training_examples
          - high variance
        hint: Think about what happens on the training set.
        probe: What exactly has the model learned that it should not have?
      - id: symptom
        name: training error low, validation error high
        any:
          - [low|small|falling training error|loss, high|large|rising validation|test error|loss]
          - {in_order: [training error, validation error]}
          - does not generalize
      - id: remedies
        name: at least two remedies
        at_least: 2
        of: [regularization, weight decay, dropout, early stopping]
    misconceptions:
      - id: swapped
        any: [[high training error, low validation error]]
        costs: 2
        say: That is the wrong way round.
    answer: >
      It memorises noise
      in the training set.

      Drop #out helps.
    also: [It learns the noise by heart.]
    followups: [bias-variance]
    sources: [https://example.org/a#b]
    covers: [F-019]
    examples:
      - say: It memorises noise
        mark: 100
        earns: [definition]
      - say: training error is high and validation error is low
        mark: [0, 12.5]
        misses: [definition, remedies]
        hits: [swapped]
  - id: bias-variance
    topic: theory/bias
    ask: What is the trade-off between bias and variance?
    answer: A flexible model has low bias and high variance.
"""


def load(text: str) -> Loaded:
    return load_bank(text.encode(), "bank.yaml", "file", SHARED)


def healthy(text: str) -> Bank:
    loaded = load(text)
    assert not loaded.problems, [str(problem) for problem in loaded.problems]
    assert loaded.bank
    return loaded.bank


def said(text: str) -> list[str]:
    return [str(problem) for problem in load(text).problems]


def question(*lines: str) -> str:
    """Return a bank with one question that has these lines besides its id."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"schema: 1\nbank: b\nquestions:\n  - id: q\n{body}\n"


def one(*lines: str) -> Question:
    (found,) = healthy(question(*lines)).questions
    return found


class TestAWholeBank:
    def test_everything_is_where_it_belongs(self) -> None:
        bank = healthy(WHOLE)
        assert (bank.id, bank.title, bank.topic, bank.file) == (
            "ml-evaluation",
            "Model evaluation",
            "evaluation",
            "bank.yaml",
        )
        first, second = bank.questions
        assert (first.key, first.kind, first.level, first.minutes) == (
            "ml-evaluation/overfit-define",
            Kind.SKILL,
            Level.ENTRY,
            2.5,
        )
        assert [(item.id, item.worth, item.at_least, len(item.keywords)) for item in first.concepts] == [
            ("definition", 2, 1, 2),
            ("symptom", 1, 1, 3),
            ("remedies", 1, 2, 4),
        ]
        assert first.concepts[1].keywords[1].in_order
        assert first.concepts[1].keywords[2].phrases[0].negated
        assert (first.misconceptions[0].costs, first.misconceptions[0].say) == (2, "That is the wrong way round.")
        assert first.answer == "It memorises noise in the training set.\nDrop #out helps."
        assert first.sources == ("https://example.org/a#b",)
        assert [example.mark for example in first.examples] == [(100, 100), (0, 12.5)]
        assert first.examples[1].hits == ("swapped",)
        assert str(first.examples[1].place) == "bank.yaml:52:9"
        assert (second.topic, second.place.line) == ("theory/bias", 56)

    def test_all_questions_share_one_vocabulary(self) -> None:
        bank = healthy(WHOLE)
        assert bank.questions[0].vocabulary is bank.questions[1].vocabulary
        assert bank.questions[0].vocabulary == SHARED.plus(bank.vocabulary)
        assert len(bank.vocabulary.apart) == 2


class TestDefaults:
    def test_a_note_of_a_question_is_enough(self) -> None:
        found = one("ask: Why?", "answer: Because.")
        assert (found.kind, found.level, found.topic, found.minutes) == (Kind.SKILL, Level.MID, "b", 2)
        assert found.concepts == ()

    def test_the_bank_says_kind_level_and_topic_for_its_questions(self) -> None:
        text = "schema: 1\nbank: b\nkind: faq\nlevel: senior\ntopic: t\nquestions:\n"
        text += "  - {id: one, ask: Why?, answer: So.}\n  - {id: two, ask: Why?, answer: So., level: entry, topic: u}\n"
        first, second = healthy(text).questions
        assert (first.kind, first.level, first.topic) == (Kind.FAQ, Level.SENIOR, "t")
        assert (second.kind, second.level, second.topic) == (Kind.FAQ, Level.ENTRY, "u")

    def test_a_single_text_is_a_list_of_one(self) -> None:
        found = one(
            "ask: Why?", "variants: How come?", "also: So.", "sources: me", "covers: F-1", "concepts:",
            "  - {id: c, any: one thing}", "misconceptions:", "  - {id: m, any: no thing, say: Oh.}", "examples:",
            "  - {say: one thing, earns: c}",
        )  # fmt: skip
        assert (found.variants, found.also, found.sources, found.covers) == (
            ("How come?",),
            ("So.",),
            ("me",),
            ("F-1",),
        )
        assert found.concepts[0].keywords[0].text == "one thing"
        assert found.examples[0].earns == ("c",)

    def test_a_key_with_nothing_after_it_is_not_there(self) -> None:
        assert one("ask: Why?", "answer: So.", "also:", "concepts:", "examples:").also == ()

    def test_a_concept_is_named_by_its_id_if_need_be(self) -> None:
        found = one("ask: Why?", "concepts:", "  - {id: bias-variance, any: bias}")
        assert found.concepts[0].name == "bias variance"

    def test_texts_lose_control_codes_and_titles_are_one_line(self) -> None:
        bank = healthy(
            "schema: 1\nbank: b\ntitle: |\n  two\n  lines\nquestions:\n  - {id: q, ask: 'Why\u202e?', answer: e\u0301}\n"
        )
        assert bank.title == "two lines"
        assert (bank.questions[0].ask, bank.questions[0].answer) == ("Why?", "\u00e9")

    def test_an_empty_answer_can_be_an_example(self) -> None:
        assert one("ask: Why?", "answer: So.", "examples: [{say: '', mark: 0}]").examples[0].say == ""

    @pytest.mark.parametrize("word", ["yes", "no", "1.0", "012", "null", "2020-01-01", "0x1F", "on"])
    def test_words_stay_words(self, word: str) -> None:
        found = one(
            f"ask: {word}", f"answer: {word}", f"also: [{word}]", "concepts:", f"  - {{id: c, any: [{word} word]}}"
        )
        assert (found.ask, found.answer, found.also) == (word, word, (word,))
        assert found.concepts[0].keywords[0].text == f"{word} word"


class TestDigest:
    def digest(self, **changes: str) -> str:
        parts = {"ask": "Why?", "answer": "So.", "any": "[one]", "at": "1", "worth": "1", "hint": "h", "same": "[a, b]"}
        parts |= changes
        text = f"""\
            schema: 1
            bank: b
            vocabulary: {{same: [{parts["same"]}]}}
            questions:
              - id: q
                ask: {parts["ask"]}
                answer: {parts["answer"]}
                concepts:
                  - {{id: c, of: [one thing, two], at_least: {parts["at"]}, worth: {parts["worth"]}, hint: {parts["hint"]}}}
                  - {{id: d, any: {parts["any"]}}}
                """
        return healthy(dedent(text)).questions[0].digest

    def test_it_is_steady_and_short(self) -> None:
        assert self.digest() == self.digest()
        assert len(self.digest()) == 12
        int(self.digest(), 16)

    @pytest.mark.parametrize(
        "change",
        [{"ask": "How?"}, {"answer": "Not."}, {"any": "[two]"}, {"any": "[{in_order: [a, b]}]"}, {"at": "2"},
         {"worth": "2"}, {"same": "[a, c]"}],
        ids=str,
    )  # fmt: skip
    def test_it_changes_with_what_is_asked_or_marked(self, change: dict[str, str]) -> None:
        assert self.digest(**change) != self.digest()

    def test_it_stays_when_only_the_talk_about_it_changes(self) -> None:
        assert self.digest(hint="another") == self.digest()


BROKEN = """\
schema: 1
bank: My Bank
titel: Typing
level: middle
vocabulary:
  smae: [[a, b]]
questions:
  - id: Overfit
    ask: ""
    minutes: soon
    concpets: []
    answer: [not, text]
  - id: two
    ask: Why?
    ask: How?
    concepts:
      - id: a
        worth: 0
        any: [x||y]
      - id: a
        at_least: 3
        of: [one, two]
      - id: b
        any: [one]
        of: [two]
      - name: nameless
    misconceptions:
      - id: m
        any: [one]
    followups: [tow, two]
    examples:
      - say: text
        mark: [60, 40]
        earns: [aa]
        hits: [c]
  - id: two
    ask: Explain F1 #2
    kind: skil
    answer: fine
  - just words
"""


def test_every_error_of_a_file_is_said_at_once_with_its_line_and_column() -> None:
    expected = [
        ("2:7", "“bank” is a short name"),
        ("3:1", "unknown key “titel”; did you mean “title”?"),
        ("4:8", "“level” is one of entry, mid, senior"),
        ("6:3", "unknown key “smae”"),
        ("8:9", "“id” is a short name"),
        ("9:10", "“ask” is empty"),
        ("10:14", "“minutes” is a number from 0.1 to 120"),
        ("11:5", "unknown key “concpets”; did you mean “concepts”?"),
        ("12:13", "“answer” is a text"),
        ("15:5", "the key “ask” stands here a second time (first in line 14)"),
        ("18:16", "“worth” is a number from 0.01 to 100"),
        ("19:15", "every alternative needs a word"),
        ("20:13", "a second concept “a” (the first is in line 17)"),
        ("21:19", "“at_least” is a whole number from 1 to 2"),
        ("25:9", "“any” stands alone"),
        ("26:9", "a concept needs “any: [keyword, ...]”"),
        ("26:9", "“id” is missing"),
        ("28:9", "“say” is missing"),
        ("30:17", "“followups”: there is no question “tow” here; did you mean “two”?"),
        ("33:15", "“mark” is points from 0 to 100"),
        ("34:17", "“earns”: there is no concept “aa” here"),
        ("35:16", "“hits”: there is no misconception “c” here"),
        ("36:9", "a second question “two” (the first is in line 13)"),
        ("37:21", "“ #” begins a comment"),
        ("38:11", "“kind” is one of faq, skill; did you mean “skill”?"),
        ("40:5", "each item of “questions” is a mapping of keys"),
    ]
    found = said(BROKEN)
    places = [message.split(" ", 1)[0] for message in found]
    assert places == [
        f"bank.yaml:{place}:" for place, _ in sorted(expected, key=lambda item: [*map(int, item[0].split(":"))])
    ]
    for place, part in expected:
        assert any(message.startswith(f"bank.yaml:{place}: ") and part in message for message in found), (place, part)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: a bank begins with “schema: 1”"),
        ("- a\n", "1:1: a bank begins with “schema: 1”"),
        ("just words", "1:1: a bank begins with “schema: 1”"),
        ("bank: b\nquestions: []\n", "1:1: “schema: 1” is missing"),
        ("schema: 2\nbank: b\n", "1:9: schema 2 is newer than this quizbot knows (1); update quizbot"),
        ("schema: one\n", "1:9: “schema” is 1"),
        ("schema: ²\n", "1:9: “schema” is 1"),
        ("schema: [1]\n", "1:9: “schema” is 1"),
        ("schema: 1\nbank: b\n", "1:1: “questions” is a list of at least one question"),
        ("schema: 1\nbank: b\nquestions: []\n", "3:12: “questions” is a list of at least one question"),
        ("schema: 1\nbank: b\nquestions: {id: a}\n", "3:12: “questions” is a list of at least one question"),
        ("schema: 1\nquestions: [{id: a, ask: b, answer: c}]\n", "1:1: “bank” is missing"),
        ("schema: 1\nbank: !!python/name:os.system\n", "2:7: “tag:yaml.org,2002:python/name:os.system” is a YAML tag"),
        ("schema: 1\nbank: b\n  x: [\n", ": "),
    ],
)  # fmt: skip
def test_a_file_that_is_no_bank_says_what_is_missing(text: str, message: str) -> None:
    loaded = load(text)
    assert loaded.bank is None
    assert any(message in str(problem) for problem in loaded.problems), loaded.problems


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["answer: So."], "4:5: “ask” is missing"),
        (["ask: Why?"], "4:5: a question needs “concepts”, or an “answer” to be marked by"),
        (["ask: Why?", "concepts:"], "4:5: a question needs “concepts”, or an “answer”"),
        (["ask: Why?", "concepts: []"], "4:5: a question needs “concepts”, or an “answer”"),
        (["ask: Why?", "answer: ''"], "6:13: “answer” is empty"),
        (["ask: {why: so}", "answer: So."], "5:10: “ask” is a text; one that begins with [ or {, or has “: ” in it"),
        (["ask: Why?", "answer: So.", "also: ['']"], "7:12: “also” is a text or a list of texts"),
        (["ask: Why?", "answer: So.", "also: [[CLS] token]"], ": "),
        (["ask: Why?", "answer: So.", "level: Senior"], "7:12: “level” is one of entry, mid, senior; did you mean “senior”?"),
        (["ask: Why?", "answer: So.", "minutes: 0"], "7:14: “minutes” is a number from 0.1 to 120"),
        (["ask: Why?", "answer: So.", "minutes: -1"], "7:14: “minutes” is a number"),
        (["ask: Why?", "answer: So.", "minutes: 121"], "7:14: “minutes” is a number from 0.1 to 120"),
        (["ask: Why?", "answer: So.", "minutes: .nan"], "7:14: “minutes” is a number"),
        (["ask: Why?", "answer: So.", "minutes: 1e999"], "7:14: “minutes” is a number"),
        (["ask: Why?", "answer: So.", "examples: [{mark: 3}]"], "7:16: “say” is missing"),
        (["ask: Why?", "answer: So.", "examples: [{say: x, mark: 101}]"], "7:31: “mark” is points from 0 to 100"),
        (["ask: Why?", "answer: So.", "examples: [{say: x, mark: [1, 2, 3]}]"], "7:31: “mark” is points"),
        (["ask: Why?", "answer: So.", "examples: [{say: x, mark: []}]"], "7:31: “mark” is points"),
        (["ask: Why?", "answer: So.", "examples: say it"], "7:15: “examples” is a list, each item begun with “- ”"),
        (["ask: Why?", "concepts: [{id: c, of: [a]}]"], "6:24: “of” needs “at_least”"),
        (["ask: Why?", "concepts: [{id: c, of: [a], at_least: 1.5}]"], "6:43: “at_least” is a whole number"),
        (["ask: Why?", "concepts: [{id: c, any: a, at_least: 1}]"], "6:32: “any” stands alone"),
        (["ask: Why?", "concepts: [{id: c, any: []}]"], "6:29: “any” needs at least one keyword"),
        (["ask: Why?", "concepts: [{id: c, any: a, worth: lots}]"], "6:39: “worth” is a number from 0.01 to 100"),
        (["ask: Why?", "concepts: [{id: a--b, any: a}]"], "6:21: “id” is a short name"),
        (["ask: Why?", f"concepts: [{{id: {'a' * 81}, any: a}}]"], "6:21: “id” is a short name"),
        (["ask: Why?", "answer: So.", "misconceptions: [{id: m, any: a, say: b, costs: -1}]"], "7:53: “costs” is a number"),
        (["ask: Why?", "answer: So.", "misconceptions: [{id: m, say: b}]"], "7:22: a misconception needs “any"),
    ],
)  # fmt: skip
def test_an_error_of_a_question_stands_where_it_was_made(lines: list[str], message: str) -> None:
    found = said(question(*lines))
    assert any(message in item for item in found), found


class TestAWrongQuestion:
    """A question that is wrong is left out; the others can be asked."""

    def bank(self, *wrong: str) -> Loaded:
        lines = ["schema: 1", "bank: b", "questions:", "  - id: good", "    ask: Why?", "    answer: So.",
                 "    followups: [bad]", "  - id: bad", *(f"    {line}" for line in wrong), "  - id: fine",
                 "    ask: How?", "    answer: Thus."]  # fmt: skip
        return load("\n".join(lines))

    @pytest.mark.parametrize(
        "wrong",
        [
            ["ask: Why?"],
            ["ask: Why?", "answer: So.", "colour: red"],
            ["ask: Why?", "answer: So.", "answer: Not."],
            ["ask: Explain F1 #2", "answer: So."],
            ["ask: Why?", "answer: !wow So."],
            ["ask: Why?", "answer: &wow So."],
            ["ask: Why?", 'answer: "\\e[31mSo."'],
            ["ask: Why?", "concepts: [{id: c, any: a||b}]"],
        ],
    )
    def test_it_is_left_out_and_so_is_the_way_to_it(self, wrong: list[str]) -> None:
        loaded = self.bank(*wrong)
        assert loaded.bank
        assert [(found.id, found.followups) for found in loaded.bank.questions] == [("good", ()), ("fine", ())]
        assert loaded.problems

    def test_a_right_one_stays(self) -> None:
        loaded = self.bank("ask: Why?", "answer: So.")
        assert loaded.bank
        assert [found.id for found in loaded.bank.questions] == ["good", "bad", "fine"]
        assert loaded.bank.questions[0].followups == ("bad",)

    def test_a_wrong_followup_is_left_out_alone(self) -> None:
        loaded = self.bank("ask: Why?", "answer: So.", "followups: [good, goood]")
        assert loaded.bank
        assert loaded.bank.questions[1].followups == ("good",)
        assert "did you mean “good”?" in loaded.problems[0].message

    def test_of_two_with_the_same_id_the_first_stays(self) -> None:
        loaded = load(question("ask: First?", "answer: So.") + "  - {id: q, ask: Second?, answer: So.}\n")
        assert loaded.bank
        assert [found.ask for found in loaded.bank.questions] == ["First?"]

    def test_without_a_right_one_there_is_no_bank(self) -> None:
        assert load(question("ask: Why?")).bank is None


words = st.sampled_from(
    "schema bank title topic kind level vocabulary same apart questions id ask answer also concepts any of at_least worth "
    "misconceptions say costs examples mark earns misses hits followups 1 0 -1 a b a|b a||b _ not q-1 entry skill".split()
)
trees = st.recursive(
    words | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=5),
    max_leaves=25,
)


@given(trees, trees)
def test_any_data_give_problems_or_a_bank(questions: object, rest: object) -> None:
    import yaml

    data = {"schema": "1", "bank": "b", "questions": [questions, {"id": "q", "ask": "Why?", "concepts": [rest]}]}
    loaded = load(yaml.safe_dump(data, allow_unicode=True))
    assert loaded.bank or loaded.problems
    for problem in loaded.problems:
        assert "\n" not in problem.message


@given(st.binary(max_size=300))
def test_any_bytes_give_problems(data: bytes) -> None:
    assert load_bank(data, "f", "file", SHARED).problems
    assert load_bank(WHOLE.encode() + data, "f", "file", SHARED) is not None
