"""Is it a word? A word of English is no misspelling of another word, however near it looks.

The list is that of pyspellchecker (160,000 words with inflections, cleaned of misspellings, kept up to date; MIT).
Its own interface builds a dictionary of 27 MB in 90 ms; we only ask about the few words that look like a misspelling,
so the list stays one piece of text that is searched in a fraction of a millisecond, and each answer is remembered.
"""

from __future__ import annotations

from functools import cache, lru_cache


@cache
def _list() -> bytes:
    """Return the list as it is kept: JSON, `"word": frequency` with every word in quotes."""
    import gzip
    from importlib.resources import files

    return gzip.decompress((files("spellchecker") / "resources" / "en.json.gz").read_bytes())


@lru_cache(maxsize=10_000)
def is_english(word: str) -> bool:
    """Say whether a lower-case word is in the list of English words."""
    return f'"{word}":'.encode() in _list()
