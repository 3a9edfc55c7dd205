"""A mark is right on the schema's own example, explains every point, and never fails on any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.bank.model import Question
from quizbot.grading.grade import KEYWORD_LIST_CAP, grade
from quizbot.grading.mark import Mark, Remark, State, Verdict
from quizbot.text import clean
from tests.conftest import OVERFIT, load

Asking = Callable[..., Question]


def earned(question: Question, text: str) -> bool:
    return grade(question, text).concepts[0].state is State.EARNED


class TestTheSchemasExample:
    def test_a_full_answer_earns_everything(self, overfit: Question) -> None:
        said = "It memorises noise in the training set; the gap between train and validation grows; use dropout and early stopping"
        mark = grade(overfit, said)
        assert mark.points == 100
        assert mark.verdict is Verdict.STRONG
        assert [concept.state for concept in mark.concepts] == [State.EARNED] * 3

    def test_the_two_sides_swapped_earn_nothing_and_are_told(self, overfit: Question) -> None:
        mark = grade(overfit, "training error is high and validation error is low")
        assert mark.points == 0
        assert [wrong.id for wrong in mark.misconceptions] == ["swapped"]

    def test_a_negated_keyword_matches_another_way_of_denying(self, overfit: Question) -> None:
        mark = grade(overfit, "fails to generalise to unseen data")
        assert 25 <= mark.points <= 45
        assert [concept.id for concept in mark.concepts if concept.share] == ["symptom"]

    def test_one_of_two_remedies_earns_half(self, overfit: Question) -> None:
        remedies = grade(overfit, "I would add dropout to the network").concepts[2]
        assert (remedies.state, remedies.share) == (State.PARTLY, 0.5)

    def test_the_same_remedy_twice_counts_once(self, overfit: Question) -> None:
        assert grade(overfit, "dropout here, dropout there, and dropout again").concepts[2].share == 0.5

    def test_spans_are_the_words_that_earned_it(self, overfit: Question) -> None:
        said = "Well: it memorises noise."
        spans = grade(overfit, said).concepts[0].spans
        assert [said[span.start : span.end] for span in spans] == ["memorises", "noise"]

    def test_the_opposite_is_denied_not_merely_missed(self, overfit: Question) -> None:
        assert grade(overfit, "it does not memorise the noise").concepts[0].state is State.DENIED


@pytest.mark.parametrize(
    ("keyword", "said", "fits"),
    [
        ("regularization", "we use regularisation", True),  # British spelling
        ("regularization", "we use regularizaton", True),  # a letter lost
        ("overfitting", "it is over-fitting", True),
        ("overfitting", "it is over fitting", True),
        ("cross_validation", "with crossvalidation", True),
        ("deploy model", "deploying the models", True),
        ("deploy model", "the model is then deployed", True),
        ("supervised", "that is unsupervised", False),  # a prefix makes another word
        ("variance", "that is covariance", False),
        ("linear", "a non-linear model", False),
        ("supervised", "that is self-supervised", False),
        ("self supervised", "that is self-supervised", True),
        ("hyperparameter", "a hyper-parameter", True),
        ("nonlinear", "a non-linear model", True),
        ("recall", "that is precision", False),
        ("loss", "that is less", False),  # too short to be misspelled
        ("train model", "train a team. The model is old", False),  # two sentences
        ("c++", "I write C++ daily", True),
        ("f1 score", "the F1-score", True),
        ("no labels", "there are no labels", True),
        ("no labels", "there are labels", False),
        ("labels", "there are no labels", False),
        ("labels", "not only labels but pictures", True),
        ("labels", "it isn't just labels", True),
        ("fast", "no less fast than before", True),
        ("only|just research", "it is not only research", False),  # what "not only" denies is the "only"
        ("only|just research", "it is only research", True),
        ("works alone", "nobody works alone", False),
        ("copes peak", "runs with no human and copes with peaks", True),  # "and" ends what "no" denies
        ("model_live", "the model is good", False),
        ("experience", "he experienced it", True),
        ("llm", "several LLMs", True),
        ("behaviour learn data", "behaviour that is learned from data", True),
        ("vision image", "vision: images", True),
        ("skill", "he is still there", False),  # an English word is no misspelling
        ("evaluation", "the evalaution", True),
        ("labels", "there is never a set without labels", True),  # a double negative affirms
        ("train error low", "it is not the case that the train error is low", False),
        ("train error low", "that the train error is low is not true", False),
        ("train error low", "the train error is low, which is wrong", False),
        ("train error low", "it is not true that it is not the case that the train error is low", True),
        ("train error low", "in this case the train error is low", True),
        ("lacks context", "the prompt lacks context", True),  # the keyword's own word does not deny it
    ],
)
def test_a_keyword_and_an_answer(asking: Asking, keyword: str, said: str, fits: bool) -> None:
    question = asking(f'- "{keyword}"', vocabulary="{apart: [[precision, recall]]}")
    assert earned(question, said) is fits


def test_all_phrases_of_a_list_are_needed_anywhere(asking: Asking) -> None:
    question = asking("- [build model, watch it live]")
    assert not earned(question, "I build the model.")
    assert earned(question, "I watch it live. Before that I build the model.")


def test_in_order_means_in_this_order(asking: Asking) -> None:
    question = asking("- in_order: [clean data, train model]")
    assert earned(question, "First I clean the data. Then I train the model.")
    assert not earned(question, "First I train the model. Then I clean the data.")


def test_synonyms_of_the_vocabulary_count_and_are_called_so(asking: Asking) -> None:
    question = asking("- machine learning engineer", vocabulary="{same: [[machine learning engineer, mle]]}")
    mark = grade(question, "An MLE does it")
    assert [span.how for span in mark.concepts[0].spans] == ["synonym"]


def test_a_term_of_the_vocabulary_is_still_found_with_words_in_between(asking: Asking) -> None:
    question = asking("- more data", vocabulary="{same: [[more data, additional data]]}")
    assert earned(question, "more training data")
    assert earned(question, "additional data")


def test_confusables_of_the_bank_are_never_taken_for_typos(asking: Asking) -> None:
    question = asking("- convex", vocabulary="{apart: [[convex, concave], [convergence, divergence]]}")
    assert earned(question, "it is convxe or so")
    assert not earned(question, "it is concave")


@pytest.mark.parametrize(
    ("keyword", "said", "fits"),
    [
        ("low bias", "high bias and low variance", False),
        ("low bias", "low bias and high variance", True),
        ("low bias", "bias is low and variance is high", True),
        ("low bias", "bias high, variance low", False),
        ("low bias", "bias low, variance high", True),
        ("input added", "the input of the block is added to its output", True),
        ("high training error", "low training error, high validation error", False),
        ("low training error", "low training error, high validation error", True),
        ("low training error", "training error is low but validation error is high", True),
        ("low validation error", "training and validation error are low", True),
        ("low training error", "training and validation error are low", True),
        ("low predictable", "a low one makes what is written predictable and a high one varied", True),
    ],
)
def test_a_property_belongs_to_the_side_it_stands_with(asking: Asking, keyword: str, said: str, fits: bool) -> None:
    apart = "{apart: [[high, low], [bias, variance], [training, validation], [input, output]]}"
    assert earned(asking(f"- {keyword}", vocabulary=apart), said) is fits


def test_the_nearest_word_is_the_one_that_follows(asking: Asking) -> None:
    question = asking("- [low training error, high validation error]", vocabulary="{apart: [[high, low]]}")
    assert earned(question, "low training error, high validation error")
    assert earned(question, "low training error and high validation error")
    assert not earned(question, "high training error and low validation error")


def test_a_word_that_another_keyword_names_does_not_part_a_phrase(asking: Asking) -> None:
    question = asking("- training_error_high\n          - entropy is|means disorder")
    assert earned(question, "the training error is high")
    assert not earned(question, "the training set is high")


def test_words_that_say_a_misconception_earn_nothing() -> None:
    text = (
        "schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n    ask: What is a step?\n    answer: x\n"
        "    concepts: [{id: step, name: step, any: [one weight update]}]\n"
        "    misconceptions: [{id: epoch, any: [epoch one update], say: It is a pass., costs: 1}]\n"
    )
    question = load(text).questions[0]
    assert grade(question, "An epoch is one weight update.").concepts[0].state is State.DENIED
    assert grade(question, "A step is one weight update.").concepts[0].state is State.EARNED


def test_one_slip_beside_a_whole_answer_costs_a_third_at_most() -> None:
    text = (
        "schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n    ask: What is a step?\n    answer: x\n"
        "    concepts: [{id: a, name: a, any: [weight update]}, {id: b, name: b, any: [one batch]}]\n"
        "    misconceptions: [{id: slow, any: [slow], say: No., costs: 2}, {id: test, any: [test set], say: No., costs: 2}]\n"
    )
    question = load(text).questions[0]
    assert grade(question, "A weight update with one batch, and slow.").points == 65
    assert grade(question, "A weight update, and slow.").points == 0
    assert grade(question, "A weight update with one batch of the test set, and slow.").points == 0


def test_quoting_the_question_earns_nothing(asking: Asking) -> None:
    question = asking("- deploy model production", ask="How do you deploy a model to production")
    mark = grade(question, "How do you deploy a model to production?")
    assert (mark.points, mark.remarks) == (0, (Remark.ECHO,))
    assert earned(question, "I would deploy the packaged model into production")


def test_quoting_a_hint_earns_nothing(asking: Asking) -> None:
    question = asking("- noise training set")
    hint = "Think about the noise in the training set."
    assert not grade(question, "the noise in the training set", said=[hint]).points
    assert grade(question, "the noise in the training set").points == 100


def test_a_bare_list_of_keywords_is_capped_and_said_so() -> None:
    concepts = "".join(
        f"      - {{id: c{number}, name: c{number}, any: [{word}]}}\n"
        for number, word in enumerate(("ingestion", "validation", "training", "deployment", "monitoring", "retraining"))
    )
    text = (
        "schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n    ask: {ask}\n    answer: x\n    concepts:\n"
    )
    question = load(text.replace("{ask}", "How does it work?") + concepts).questions[0]
    mark = grade(question, "ingestion, validation, training, deployment, monitoring, retraining")
    assert (mark.points, mark.remarks) == (KEYWORD_LIST_CAP, (Remark.KEYWORD_LIST,))
    terse = "Ingestion feeds validation training deployment monitoring retraining"
    assert grade(question, terse).points == 100, "a terse sentence is no list"
    told = "Ingestion and validation come first, then training and deployment; monitoring leads to retraining."
    assert grade(question, told).points == 100
    naming = load(text.replace("{ask}", "List the stages.") + concepts).questions[0]
    listed = "ingestion, validation, training, deployment, monitoring, retraining"
    assert grade(naming, listed).points == 100, "who is asked for a list may give one"


@pytest.mark.parametrize("joined", [", ", " ", "\n", "\n- ", " / ", "; "])
def test_a_list_is_one_whatever_stands_between(joined: str) -> None:
    text = (
        "schema: 1\nbank: b\ntitle: B\ntopic: t\nquestions:\n  - id: q\n    ask: What is bias?\n    answer: x\n    concepts:\n"
        "      - {id: a, name: a, any: [simple model]}\n      - {id: b, name: b, any: [underfitting]}\n"
        "      - {id: c, name: c, any: [training error]}\n"
    )
    question = load(text).questions[0]
    mark = grade(question, joined.join(["simple model", "underfitting", "training error"]))
    assert (mark.points, mark.remarks) == (KEYWORD_LIST_CAP, (Remark.KEYWORD_LIST,))


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("", Remark.EMPTY),
        (" \n\t ", Remark.EMPTY),
        ("dropout", Remark.SHORT),
        ("dropout " * 40, Remark.SHORT),  # one word, however often
        ("I like apples and pears", Remark.OFF_SUBJECT),
        ("qwe rtzu iopas dfgh jklyx cvbnm qqw eert zzui", Remark.OFF_SUBJECT),
        ("A stack gives back first what was put in last, a queue what was put in first.", Remark.OFF_SUBJECT),
        ("What is overfitting, how would you notice it, and how would you reduce it?", Remark.ECHO),
    ],
)
def test_remarks_on_the_answer_as_a_whole(overfit: Question, said: str, remark: Remark) -> None:
    assert remark in grade(overfit, said).remarks


@pytest.mark.parametrize(
    "said",
    [
        "| training | validation |\n| --- | --- |\n| low training error | high validation error |",
        "- low training error\n- high validation error",
        "1. training loss falling 2. validation loss rising",
        "train_loss: low training loss; val: high validation loss",
        "`low_training_loss`, `high_validation_loss`",
        "gap = validation_loss - training_loss  # grows",
    ],
)
def test_tables_lists_and_code_are_answers_too(overfit: Question, said: str) -> None:
    assert grade(overfit, said).concepts[1].state is State.EARNED


def test_a_mark_survives_its_json_form(overfit: Question) -> None:
    mark = grade(overfit, "it memorises noise; training error is high and validation error low; dropout")
    assert Mark.from_json(mark.to_json()) == mark


ANYTHING = st.text(max_size=400) | st.lists(
    st.sampled_from(
        ["memorises", "noise", "not", "training", "set", ",", ".", "dropout", "early", "stopping", "\n- ", "gap", "🙂"]
    ),
    max_size=60,
).map(" ".join)
QUESTION = load(OVERFIT).questions[0]


@given(ANYTHING)
def test_any_text_gives_a_mark_and_spans_lie_on_words_inside_it(said: str) -> None:
    text = clean(said)
    mark = grade(QUESTION, said)
    assert 0 <= mark.points <= 100
    for concept in mark.concepts:
        assert 0 <= concept.share <= 1
        for span in concept.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert not (span.start and text[span.start - 1].isalnum() and text[span.start].isalnum())
            assert not (span.end < len(text) and text[span.end - 1].isalnum() and text[span.end].isalnum())


@given(ANYTHING)
def test_the_same_answer_always_gets_the_same_mark(said: str) -> None:
    assert grade(QUESTION, said) == grade(QUESTION, said)


@given(ANYTHING)
def test_case_and_extra_spaces_never_change_a_mark(said: str) -> None:
    points = grade(QUESTION, said.lower()).points
    assert grade(QUESTION, said.lower().replace(" ", "   ")).points == points
