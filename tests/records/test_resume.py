"""A real conversation, kept turn by turn, is picked up from the file exactly where it was left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quizbot.bank.model import Concept, Keyword, Kind, Level, Phrase, Question
from quizbot.errors import QuizbotError
from quizbot.interview.conversation import Conversation, begin
from quizbot.interview.plan import Wish
from quizbot.records.review import find
from quizbot.records.session import Recorder, resume
from quizbot.records.store import Store


def concept(word: str) -> Concept:
    phrase = Phrase((((word,),),), negated=False, text=word)
    return Concept(
        word,
        f"says {word}",
        (Keyword((phrase,), in_order=False, text=word),),
        hint=f"Hint: {word}?",
        probe=f"And {word}?",
    )


def question(name: str) -> Question:
    return Question(
        name, "ml", Kind.SKILL, Level.MID, "evaluation", f"Explain {name}.",
        concepts=(concept("dropout"), concept("noise")), answer="Dropout against noise.",
    )  # fmt: skip


QUESTIONS = {each.key: each for each in (question("first"), question("second"))}


def talk(store: Store) -> tuple[Conversation, Recorder]:
    recorder = Recorder(store)
    conversation = Conversation(QUESTIONS, recorder)
    conversation.start(begin(list(QUESTIONS.values()), Wish(count=2), seed=7))
    return conversation, recorder


@pytest.mark.parametrize(
    "said",
    [[], ["hint"], ["We use dropout here."], ["We use dropout here.", "It fits noise."], ["skip"], ["idk", "idk"]],
)
def test_an_interrupted_session_goes_on_from_the_file_exactly_where_it_was(path: Path, said: list[str]) -> None:
    with Store.open(path) as store:
        conversation, recorder = talk(store)
        for text in said:
            conversation.hear(text)
    with Store.open(path) as store:
        session = store.latest_unfinished()
        assert session == recorder.session
        again = Conversation(QUESTIONS, Recorder(store, session), resume(store, session))
        assert again.state == conversation.state
        again.resume()
        while not again.finished:
            again.hear("Dropout helps, because a model that is too large fits the noise.")
        shown = find(store, "last")
        assert shown.score == again.state.score
        assert (shown.reason, store.latest_unfinished()) == ("done", None)


def test_an_answer_that_could_not_be_kept_is_sent_again_and_stands_once(path: Path) -> None:
    with Store.open(path, patience=0.05) as store:
        conversation, recorder = talk(store)
        before = conversation.state
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(QuizbotError, match="Another quizbot"):
            conversation.hear("We use dropout here.")
        assert conversation.state == before
        other.execute("COMMIT")
        other.close()
        conversation.hear("We use dropout here.")
        assert [answer.text for answer in find(store, "last").questions[0].answers] == ["We use dropout here."]
        assert recorder.session == 1
