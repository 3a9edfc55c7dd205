"""Is it a word? A word of English is no misspelling of another word, however near it looks.

The list is that of pyspellchecker (160,000 words with inflections, cleaned of misspellings, kept up to date; MIT).
Its own interface builds a dictionary of 27 MB; we only ask about the few words that look like a misspelling, so its
file, which is sorted, is searched as it is (a test holds that it is sorted).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache


class WordList:
    """The file: JSON with a line `"word": frequency,` for each word. As a sequence: the word next to each byte."""

    def __init__(self) -> None:
        import zlib
        from importlib.resources import files

        packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
        # gzip's own reader would need three times the memory for a moment; the last bytes say how long the text is.
        self._text = zlib.decompress(packed, wbits=31, bufsize=int.from_bytes(packed[-4:], "little"))

    def __len__(self) -> int:
        return len(self._text)

    def __getitem__(self, at: int) -> bytes:
        """Return the first whole word that begins at byte `at` or after it."""
        start = self._text.find(b'\n"', at)
        if start < 0:
            return b"\xff"
        start += 2
        return self._text[start : self._text.find(b'"', start)]

    def __contains__(self, word: str) -> bool:
        wanted = word.encode()
        return bool(wanted) and self[bisect_left(self, wanted)] == wanted


@cache
def word_list() -> WordList:
    """Return the list, read once."""
    return WordList()


def is_english(word: str) -> bool:
    """Say whether a lower-case word is in the list of English words."""
    return word in word_list()
