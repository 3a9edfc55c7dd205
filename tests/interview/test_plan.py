"""Which questions a session asks, and in which order."""

from __future__ import annotations

import pytest

from quizbot import clock
from quizbot.bank.model import Kind, Level, Question
from quizbot.errors import QuizbotError
from quizbot.interview.plan import Wish, choose


def question(
    name: str, topic: str = "a", level: Level = Level.MID, kind: Kind = Kind.SKILL, bank: str = "b"
) -> Question:
    return Question(id=name, bank=bank, kind=kind, level=level, topic=topic, ask=f"What is {name}?")


POOL = [question(f"{topic}{number}", topic) for topic in ("a", "b", "c") for number in range(10)]


def names(chosen: tuple[Question, ...]) -> list[str]:
    return [item.id for item in chosen]


def test_the_same_seed_gives_the_same_session() -> None:
    first = choose(POOL, Wish(count=8), clock.chance(3))
    assert names(first) == names(choose(POOL, Wish(count=8), clock.chance(3)))
    assert names(first) != names(choose(POOL, Wish(count=8), clock.chance(4)))


def test_topics_take_turns() -> None:
    chosen = choose(POOL, Wish(count=6), clock.chance(1))
    assert sorted(item.topic for item in chosen[:3]) == ["a", "b", "c"]
    assert sorted(item.topic for item in chosen[3:]) == ["a", "b", "c"]


def test_what_was_asked_least_comes_first() -> None:
    asked = {item.key: 2 for item in POOL if item.topic != "b"} | {POOL[10].key: 1}
    chosen = choose(POOL, Wish(count=10), clock.chance(1), asked)
    assert {item.topic for item in chosen} == {"b"}
    assert chosen[-1].id == "b0"


def test_a_topic_also_names_what_is_nested_in_it() -> None:
    pool = [question("x", "nlp/tokens"), question("y", "nlpish"), question("z", "nlp")]
    assert sorted(names(choose(pool, Wish(topic="nlp"), clock.chance(0)))) == ["x", "z"]


def test_filters_hold_together() -> None:
    pool = [
        question("x", level=Level.ENTRY, kind=Kind.FAQ),
        question("y", level=Level.ENTRY),
        question("z", kind=Kind.FAQ),
    ]
    assert names(choose(pool, Wish(level=Level.ENTRY, kind=Kind.FAQ), clock.chance(0))) == ["x"]


@pytest.mark.parametrize(
    ("wish", "way"),
    [
        (Wish(topic="aa"), "Did you mean a"),
        (Wish(bank="nowhere"), "There are: b."),
        (Wish(level=Level.SENIOR), "quizbot bank list"),
    ],
)
def test_nothing_that_fits_is_said_with_a_way_on(wish: Wish, way: str) -> None:
    with pytest.raises(QuizbotError) as caught:
        choose(POOL, wish, clock.chance(0))
    assert way in str(caught.value)


def test_no_question_at_all() -> None:
    with pytest.raises(QuizbotError, match="bank add"):
        choose([], Wish(), clock.chance(0))


def test_one_question_alone_can_be_wished_for() -> None:
    assert names(choose(POOL, Wish(count=1, question="b/b3"), clock.chance(0))) == ["b3"]
    with pytest.raises(QuizbotError, match="has the key “b/none”"):
        choose(POOL, Wish(question="b/none"), clock.chance(0))
