"""What somebody means who does not answer: a hint, the next question, "I don't know", "say that again", the end.

Only a whole message counts, so that an answer that happens to hold "skip" or "help" is still an answer. A leading
slash is allowed ("/hint") and never needed.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    """What a message that is no answer asks for."""

    HINT = "hint"
    SKIP = "skip"
    DONT_KNOW = "don't know"
    REPEAT = "repeat"
    HELP = "help"
    QUIT = "quit"


_SAYINGS: dict[Intent, tuple[str, ...]] = {
    Intent.HINT: (
        r"(?:an?other |one more |next )?(?:a )?(?:hint|clue|tip)(?: please)?",
        r"(?:can i (?:have|get) |give me )(?:a|another) (?:hint|clue)(?: please)?",
    ),
    Intent.SKIP: (
        r"skip(?: (?:it|this|that|this one|this question))?",
        r"next(?: question| one)?",
        r"pass",
        r"move on",
    ),
    Intent.DONT_KNOW: (
        r"(?:sorry,? )?(?:i )?(?:really |honestly )?(?:don'?t|do not) know(?: (?:it|this|that|this one|sorry))?",
        r"(?:i have )?no (?:idea|clue)",
        r"idk|dunno|not sure|i'?m not sure|(?:i )?give up|\?+",
    ),
    Intent.REPEAT: (
        r"(?:please )?repeat(?: (?:it|that|the question))?(?: please)?",
        r"(?:please )?(?:say|ask) (?:that|it) again(?: please)?",
        r"(?:once )?again(?: please)?|what was the question|pardon|sorry",
    ),
    Intent.HELP: (r"help(?: me)?", r"commands", r"what can i (?:say|do)"),
    Intent.QUIT: (r"(?:i want to )?(?:quit|exit|stop|leave)(?: now)?", r"bye|goodbye|:q!?"),
}
_PATTERNS = {
    intent: re.compile(rf"/?(?:{'|'.join(sayings)})[.!?]*", re.IGNORECASE) for intent, sayings in _SAYINGS.items()
}
_LONGEST = 48

HELP = (
    "Answer in your own words; a few sentences are best. You can also say: hint · skip · I don't know · repeat · quit."
)


def intent_of(text: str) -> Intent | None:
    """Return what a message asks for, or None if it is an answer."""
    said = " ".join(text.replace("’", "'").split())
    if not said or len(said) > _LONGEST:
        return None
    for intent, pattern in _PATTERNS.items():
        if pattern.fullmatch(said):
            return intent
    return None
