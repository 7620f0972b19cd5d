"""Letters without their marks, of the same length."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from extractor.language.folding import fold

_STROKED = str.maketrans("Đđ", "Dd")


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word without marks of tone and vowel, đ as d; one letter for each."""
    bare = unicodedata.normalize("NFD", fold(word).translate(_STROKED))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def spelling(word: str) -> str:
    """A word in small letters, its tone mark in its old place: what is the same word has the same spelling."""
    return fold(word).lower()


def dressed(read: str, word: str) -> str:
    """``word``, of as many letters, in the capitals of ``read``."""
    return "".join(
        letter.upper() if sign.isupper() else letter.lower() for sign, letter in zip(read, word, strict=True)
    )
