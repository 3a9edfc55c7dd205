"""A `Bank` as plain data (mappings, lists, texts, numbers) in the form that its file has: what YAML and JSON hold.

What a bank says for most of its questions stands once, at its top; what is as it would be anyway is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quizbot.bank.load import SCHEMA
from quizbot.bank.model import Bank, Concept, Example, Keyword, Kind, Level, Misconception, Question, Vocabulary

Data = dict[str, "Value"]
Value = str | float | int | list["Value"] | Data


def as_data(bank: Bank) -> Data:
    """Return a bank in the form of its file; reading that again gives the same bank."""
    kind = _most(question.kind for question in bank.questions)
    level = _most(question.level for question in bank.questions)
    return _filled(
        schema=SCHEMA,
        bank=bank.id,
        title=bank.title,
        topic=bank.topic,
        kind="" if kind == Kind.SKILL else kind,
        level="" if level == Level.MID else level,
        vocabulary=_vocabulary(bank.vocabulary),
        questions=[_question(question, bank.topic, kind, level) for question in bank.questions],
    )


def _most(values: Iterable[str]) -> str:
    return str(Counter(values).most_common(1)[0][0])


def _filled(**fields: Value) -> Data:
    """Return the fields without the empty ones."""
    return {key: value for key, value in fields.items() if value not in ("", [], {})}


def _number(value: float, default: float) -> Value:
    """Return a number, whole where it is whole; nothing if it is the default."""
    return "" if value == default else _short(value)


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _texts(texts: Iterable[str]) -> list[Value]:
    return list(texts)


def _question(question: Question, topic: str, kind: str, level: str) -> Data:
    return _filled(
        id=question.id,
        kind="" if question.kind == kind else str(question.kind),
        level="" if question.level == level else str(question.level),
        topic="" if question.topic == topic else question.topic,
        minutes=_number(question.minutes, 2),
        ask=question.ask,
        variants=_texts(question.variants),
        concepts=[_concept(concept) for concept in question.concepts],
        misconceptions=[_misconception(wrong) for wrong in question.misconceptions],
        wording=_number(question.wording, 0),
        answer=question.answer,
        also=_texts(question.also),
        followups=_texts(question.followups),
        sources=_texts(question.sources),
        covers=_texts(question.covers),
        examples=[_example(example) for example in question.examples],
        lint_ok=dict(question.lint_ok),
    )


def _concept(concept: Concept) -> Data:
    keywords: list[Value] = [_keyword(keyword) for keyword in concept.keywords]
    several = concept.at_least > 1
    return _filled(
        id=concept.id,
        name=concept.name,
        worth=_number(concept.worth, 1),
        any=[] if several else keywords,
        at_least=concept.at_least if several else "",
        of=keywords if several else [],
        hint=concept.hint,
        probe=concept.probe,
    )


def _misconception(wrong: Misconception) -> Data:
    return _filled(
        id=wrong.id, any=[_keyword(keyword) for keyword in wrong.keywords], costs=_number(wrong.costs, 1), say=wrong.say
    )


def _keyword(keyword: Keyword) -> Value:
    phrases: list[Value] = [phrase.text for phrase in keyword.phrases]
    if keyword.in_order:
        return {"in_order": phrases}
    return phrases if len(phrases) > 1 else phrases[0]


def _example(example: Example) -> Data:
    mark: Value = ""
    if example.mark:
        lowest, highest = example.mark
        mark = _short(lowest) if lowest == highest else [_short(lowest), _short(highest)]
    named = {"earns": example.earns, "misses": example.misses, "hits": example.hits}
    return {"say": example.say, **_filled(mark=mark, **{key: _texts(ids) for key, ids in named.items()})}


def _vocabulary(vocabulary: Vocabulary) -> Data:
    return _filled(
        same=[_group(group) for group in vocabulary.same],
        apart=[_group(group) for group in vocabulary.apart],
        by_topic=[{"topics": _texts(topics), **_vocabulary(inner)} for topics, inner in vocabulary.by_topic],
    )


def _group(group: Iterable[tuple[str, ...]]) -> Value:
    return [" ".join(words) for words in group]
