"""Where a question stands after answers, hints and a probe.

The first answer earns its mark. What was only found after help (a hint before it, or the probe after it) counts
three quarters: better than nothing, less than one's own. A misconception costs once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from quizbot.grading.mark import Mark

HELPED = 0.75
"""What a concept counts that was found with help."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`points` so far (0-100; not rounded), the share (0-1) found of each concept, the misconceptions charged."""

    points: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)
    charged: frozenset[str] = frozenset()
    answers: int = 0

    @property
    def rounded(self) -> int:
        """The points as shown: whole, half up."""
        return int(self.points + 0.5)


def after(before: Standing, mark: Mark, helped: Collection[str]) -> Standing:
    """Return the standing after an answer marked `mark`; `helped` names the concepts that were hinted at.

    After the first answer everything new counts as helped, because a probe has been asked.
    """
    total = sum(concept.worth for concept in mark.concepts) or 1.0
    shares = {concept.id: max(concept.share, before.shares.get(concept.id, 0.0)) for concept in mark.concepts}
    charged = before.charged | {wrong.id for wrong in mark.misconceptions}
    if not before.answers:
        lost = sum(concept.worth * concept.share for concept in mark.concepts if concept.id in helped)
        points = mark.points - 100 * (1 - HELPED) * lost / total
    else:
        gained = sum(
            concept.worth * (shares[concept.id] - before.shares.get(concept.id, 0.0)) for concept in mark.concepts
        )
        costs = sum(wrong.costs for wrong in mark.misconceptions if wrong.id not in before.charged)
        points = before.points + 100 * (HELPED * gained - costs) / total
    return Standing(min(100.0, max(0.0, points)), shares, charged, before.answers + 1)
