"""Folding that keeps the length: one spelling for what readers take for the same.

``fold`` works on composed (NFC) text and gives a string of the same length, so that an offset into
the one is an offset into the other. Patterns of the grammars go through it too (``fold_pattern``):
whoever writes a rule may use either place of the tone mark.
"""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf02d"
_DOUBLE_QUOTES: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE_QUOTES: Final = "\u2018\u2019\u201a\u201b\u2032\u00b4"
_SLASHES: Final = "\u2044\u2215\u29f8"
_BREAKS: Final = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_STROKED_D: Final = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
_MARKDOWN: Final = "*`#"

# The new place of the tone mark (hòa, thủy) stands in open syllables only, so it can be moved without looking at
# what follows; the old place (hoà) cannot, for it is that of closed syllables too (hoàn).
_NEW_TONES: Final = (re.compile("[òóỏõọÒÓỎÕỌ][aeAE]"), re.compile("[ùúủũụÙÚỦŨỤ][yY]"))
_OLD_TONE: Final = {
    new + vowel: old + moved
    for bare, marked, vowels in (
        ("o", "òóỏõọ", {"a": "àáảãạ", "e": "èéẻẽẹ"}),
        ("u", "ùúủũụ", {"y": "ỳýỷỹỵ"}),
    )
    for lower_vowel, tones in vowels.items()
    for small, small_moved in zip(marked, tones, strict=True)
    for new, old in ((small, bare), (small.upper(), bare.upper()))
    for vowel, moved in ((lower_vowel, small_moved), (lower_vowel.upper(), small_moved.upper()))
}

_SIGNS: Final = [
    *((sign, " ") for sign in _BLANKS + _MARKDOWN),
    *((sign, "-") for sign in _DASHES),
    *((sign, '"') for sign in _DOUBLE_QUOTES),
    *((sign, "'") for sign in _SINGLE_QUOTES),
    *((sign, "/") for sign in _SLASHES),
    *((sign, "\n") for sign in _BREAKS),
    *_STROKED_D.items(),
]

_DRAWN_SIDES: Final = "│┃║"
_DRAWN: Final = str.maketrans(
    dict.fromkeys(_DRAWN_SIDES, "|")
    | dict.fromkeys("─━═┄┅┈┉╌╍", "-")
    | {chr(sign): "+" for sign in (*range(0x250C, 0x254C), *range(0x2552, 0x256D))}
)
"""The lines of tables drawn with signs, as "|", "-" and "+" draw them."""
_ENTITIES: Final = [("&nbsp;", " " * 6), ("&amp;", "&    ")]
_TAG: Final = re.compile(r"</?+[a-zA-Z][^<>\n]{0,200}+>")


def fold_tones(text: str) -> str:
    """The old place of the tone mark throughout ("hòa" → "hoà"); the same length."""
    for new in _NEW_TONES:  # one after the other: an alternation would be searched letter by letter
        text = new.sub(lambda match: _OLD_TONE[match.group()], text)
    return text


def fold(text: str) -> str:
    """Blanks, dashes, quotes, slashes, drawn lines, đ, tone marks, Markdown and HTML signs made one; the same length.

    ``text`` is composed (NFC). A tag becomes blanks of its length, a form feed or line separator a line feed.
    """
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    if any(side in text for side in _DRAWN_SIDES):
        text = text.translate(_DRAWN)
    for entity, plain in _ENTITIES:
        text = text.replace(entity, plain)
    return fold_tones(strip_tags(text) if "<" in text else text)


def strip_tags(text: str) -> str:
    """HTML tags as blanks of their length."""
    return _TAG.sub(lambda match: " " * len(match.group()), text)


def lower_same_length(text: str) -> str:
    """Lower case, letter by letter where a letter would change the length (İ)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
