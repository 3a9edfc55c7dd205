"""Whether an answer is about its question at all: "most of what you say is about something else".

A long answer to another question of the field says something that every keyword language takes for an answer to this
one. What gives it away is the rest: few of its words belong to the question, and hardly one of them earned anything.

Measured on shipped banks: of 523 model answers that earned 40 or more on another question, 70 % are told by the bounds
below; of 268 `also` answers (left out of what is known of their question) and of 79 students' answers to three of the
questions none is that earns anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizbot.grading.compiled import Compiled
from quizbot.grading.mark import ConceptMark
from quizbot.grading.words import Words

STRAY_CAP = 24
"""Most points for an answer that is mostly about something else."""

LONGEST_SHORT = 20
"""Content words up to which an answer is too short to stray."""

OWN, EARNING = 0.50, 0.08
"""Shares of the content words of an answer below which it strays: words of the question's, words that earn."""

ENOUGH = 60
"""So many different words the question's own texts must have, to know what belongs to it."""


def strays(words: Words, ready: Compiled, concepts: Sequence[ConceptMark]) -> bool:
    """Say whether most of a long answer is about something else than the question."""
    said = [item for item in words.forms if item.content]
    if len(said) <= LONGEST_SHORT:
        return False
    earning = {span.start for concept in concepts if concept.share for span in concept.spans}
    if len(earning) >= EARNING * len(said) or len(ready.subject) < ENOUGH:
        return False
    subject, looks = ready.subject, ready.looks
    own = sum(item.stem in subject or looks.get(item.normal) is not None for item in said)
    return own < OWN * len(said)
