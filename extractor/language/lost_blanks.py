"""Blanks that a copy has lost: "thựchiện", "UBNDtỉnh", "BANHÀNH" (docs/reading.md).

A Vietnamese syllable has its vowels together. A run of letters with consonants between vowels, or with small letters
behind several capitals, is a foreign word or several syllables; it is these where known syllables make it up in full
and a letter that only Vietnamese has is in it, so that "camera" and "radio" stay what they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extractor.language.folding import fold_tones

_VOWELS: Final = "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_EITHER: Final = _VOWELS + _VOWELS.upper()
_GLUED: Final = re.compile(rf"[{_EITHER}](?:(?![{_EITHER}])[^\W\d_]){{1,5}}+[{_EITHER}]|[A-ZĐ]{{2}}(?=[a-zđ])")
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]{4,30}(?![^\W_])")
_VIETNAMESE: Final = re.compile(r"[^\W\d_a-zA-Z]|[A-ZĐ]{2,}[a-zđ]")
_SHORTEST, _LONGEST = 2, 7
_MOST: Final = 4
"""So many syllables run together are taken apart."""
_REMEMBERED: Final = 1 << 16


class Syllables:
    """The syllables that are known, and what was found out with them: most words come again and again."""

    def __init__(self, syllables: Sequence[str]) -> None:
        """``syllables`` in small letters, the old place of the tone mark, the commonest first."""
        self._costs = {syllable: math.log(rank + 20) for rank, syllable in enumerate(syllables)}
        self._breaks = lru_cache(_REMEMBERED)(self._find_breaks)

    def find_lost_blanks(self, text: str) -> list[int]:
        """The places of a composed text before which a blank is missing, in order."""
        places: list[int] = []
        for token in set(text.split()):
            if len(token) > 2 * _SHORTEST - 1 and (breaks := self._breaks(token)):
                at = text.find(token)
                while at >= 0:
                    if text[at - 1 : at].strip() == "" and text[at + len(token) : at + len(token) + 1].strip() == "":
                        places += [at + place for place in breaks]
                    at = text.find(token, at + 1)
        return sorted(places)

    def _find_breaks(self, token: str) -> tuple[int, ...]:
        """Where blanks are missing within what stands between two blanks."""
        if _GLUED.search(token) is None:
            return ()
        breaks: list[int] = []
        for word in _WORD.finditer(token):
            if _VIETNAMESE.search(word.group()) and _GLUED.search(word.group()):
                place = word.start()
                for syllable in self._take_apart(word.group())[:-1]:
                    place += len(syllable)
                    breaks.append(place)
        return tuple(breaks)

    def _take_apart(self, word: str) -> list[str]:
        """The syllables that make up a word in full, the commonest ones; none when there are none."""
        lower = fold_tones(word.lower())
        best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
        for end in range(_SHORTEST, len(word) + 1):
            for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
                cost, before = self._costs.get(lower[start:end]), best.get(start)
                if cost is None or before is None or len(before[1]) == _MOST:
                    continue
                if end not in best or before[0] + cost < best[end][0]:
                    best[end] = before[0] + cost, [*before[1], word[start:end]]
        return best.get(len(word), (0.0, []))[1]
