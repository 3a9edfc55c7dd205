"""Sessions as JSON: the keys that other programs may rely on."""

from __future__ import annotations

import json

from quizbot.grading.mark import Mark
from quizbot.records import export
from quizbot.records.export import session_json, sessions_json
from quizbot.records.review import find
from quizbot.records.store import Store
from tests.records.conftest import TURNS, keep, mark

ROW = {
    "id": 1,
    "started": "2025-03-01T18:05:09.120Z",
    "finished": "2025-03-01T18:10:09.120Z",
    "reason": "done",
    "seed": 7,
    "total": 3,
    "answered": 1,
    "score": 28,
    "topics": ["evaluation", "the-job"],
}


def test_a_list_of_sessions(store: Store) -> None:
    keep(store)
    keep(store, TURNS[:1], first=60)
    interrupted = {
        **ROW,
        "id": 2,
        "started": "2025-03-01T19:05:09.120Z",
        "finished": None,
        "reason": None,
        "answered": 0,
        "score": None,
        "topics": ["evaluation"],
    }
    assert sessions_json(store.sessions()) == [interrupted, ROW]


def test_one_session_says_what_its_row_says_and_more(store: Store) -> None:
    keep(store)
    shown = session_json(find(store, "last"))
    assert {key: shown[key] for key in ROW} == ROW
    assert shown["by_topic"] == [{"topic": "evaluation", "questions": 2, "score": 28}]
    assert [question["outcome"] for question in shown["questions"]] == ["answered", "given up", "skipped"]
    assert [question["points"] for question in shown["questions"]] == [55, 0, None]


def test_a_question_comes_with_its_answers_and_marks(store: Store) -> None:
    keep(store)
    first = session_json(find(store, "last"))["questions"][0]
    answers = first.pop("answers")
    assert first == {
        "number": 1,
        "key": "ml/one",
        "ask": "What is ml/one? [/] ☃",
        "topic": "evaluation",
        "level": "entry",
        "kind": "skill",
        "digest": "digest-1",
        "outcome": "answered",
        "points": 55,
        "hints": ["Think of noise."],
        "probe": "And the curves?",
        "model_answer": "A full answer.",
    }
    assert [(answer["text"], answer["points"], answer["seconds"], answer["probe"]) for answer in answers] == [
        ("noise, gpa", 40, 12.3, ""),
        ("a gap", 55, 12.3, "gap"),
    ]
    assert Mark.from_json(answers[0]["mark"]) == mark(40)


def test_everything_can_be_written_as_json(store: Store) -> None:
    keep(store)
    for shown in (session_json(find(store, "last")), sessions_json(store.sessions())):
        assert json.loads(json.dumps(shown)) == shown


def test_every_key_is_documented(store: Store) -> None:
    keep(store)
    shown = session_json(find(store, "last"))
    question = shown["questions"][0]
    for key in {*shown, *shown["by_topic"][0], *question, *question["answers"][0]}:
        assert f"`{key}`" in (export.__doc__ or ""), key
