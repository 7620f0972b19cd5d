"""Text in old font encodings turned into Unicode: piece by piece where a file names its fonts, else by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from extractor.language.legacy import Encoding, font_encoding, guess_encoding, to_unicode, with_capitals
from extractor.reading.document import Fault

SAMPLE: Final = 1_000_000
"""Characters that decide in which encoding a text is."""

_RUN_OF_SIGNS: Final = re.compile(r"[^ \t\r\n]+")
_NEW_LETTER: Final = re.compile("[\u1ea0-\u1ef9]")
_OLD_SIGN: Final = re.compile("[\x80-\xff]")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_\x00-\x7f]")


@dataclass(slots=True)
class Piece:
    """Words in one font. A letter may begin in one piece and end in the next of the same block."""

    words: str
    font: str
    block: object


@dataclass(slots=True)
class Turning:
    """What was turned into Unicode."""

    fonts: dict[Encoding, list[str]] = field(default_factory=dict)
    """By encoding, the fonts that named it; none where the words told it."""
    first: dict[Encoding, str] = field(default_factory=dict)
    """By encoding, the first words that were turned."""
    others: bool = False
    """Whether letters beyond ASCII stand in other fonts, too."""

    @property
    def encoding(self) -> Encoding | None:
        """The encoding that the whole was in, if there is one."""
        return next(iter(self.first)) if len(self.first) == 1 and not self.others else None

    def faults(self, text: str) -> list[Fault]:
        """A fault for each encoding, in its place in the text that was made of the pieces."""
        return [legacy_fault(one, self.fonts[one], *_place(words, text)) for one, words in self.first.items()]


def legacy_fault(
    encoding: Encoding, fonts: Iterable[str] = (), start: int | None = None, end: int | None = None
) -> Fault:
    """Says that a text was turned; ``fonts``: those that named the encoding, none where the words told it."""
    named = ", ".join(dict.fromkeys(fonts))
    shown = f" (fonts {named})" if "," in named else f" (font {named})" if named else ""
    message = (
        f"The text was in the old font encoding {encoding.upper()}{shown} and was turned into Unicode: "
        "compare names and numbers with the file."
    )
    if encoding == "tcvn3" and not named:
        message += " Capitals that only its font showed may be small letters."
    return Fault("legacy-encoding", message, start, end)


def turn_text(text: str, encoding: str) -> tuple[str, str, Sequence[Fault]]:
    """A text without fonts in Unicode, its encoding, and the fault if it was in an old one.

    ``encoding`` may name an old one (``decode`` has told it); else the words must be certain.
    """
    old = as_old(encoding) or guess_encoding(text[:SAMPLE])
    if old is None:
        return text, encoding, ()
    return _turn_words(text, old), old, (legacy_fault(old),)


def as_old(encoding: str) -> Encoding | None:
    """The old encoding of this name."""
    return "tcvn3" if encoding == "tcvn3" else "vni" if encoding == "vni" else None


def turn_pieces(pieces: Sequence[Piece], told: Encoding | None = None) -> Turning:
    """Turns the pieces in old fonts, and those in other fonts if their words are surely in an old encoding.

    Fonts are not believed where most of what stands in them is in Unicode. ``told``: the encoding of the words in
    other fonts, where it is known. A letter of two pieces goes into the first.
    """
    named = {font: found for font in {piece.font for piece in pieces} if (found := font_encoding(font))}
    for encoding in {found[0] for found in named.values()}:
        words = "".join(piece.words for piece in pieces if named.get(piece.font, ("",))[0] == encoding)
        if 4 * len(_NEW_LETTER.findall(words)) > len(_OLD_SIGN.findall(words)):
            named = {font: found for font, found in named.items() if found[0] != encoding}
    others = "".join(_joined(piece for piece in pieces if piece.font not in named))
    guessed = told or guess_encoding(others[:SAMPLE])
    turning = Turning(others=guessed is None and _OTHER_LETTER.search(others) is not None)
    for (_, old, by_font), group in groupby(pieces, key=lambda piece: _old(piece, named, guessed)):
        if old is not None:
            _turn_group(list(group), *old, by_font, turning)
    return turning


def _old(
    piece: Piece, named: dict[str, tuple[Encoding, bool]], guessed: Encoding | None
) -> tuple[object, tuple[Encoding, bool] | None, bool]:
    """The block of a piece, its encoding with whether its font shows capitals, and whether its font says so."""
    if piece.font in named:
        return piece.block, named[piece.font], True
    return piece.block, (guessed, False) if guessed else None, False


def _turn_group(group: list[Piece], encoding: Encoding, capitals: bool, by_font: bool, turning: Turning) -> None:
    words = "".join(piece.words for piece in group)
    turned = to_unicode(words, encoding, capitals) if by_font else _turn_words(words, encoding)
    if turned == words:
        return
    turning.first.setdefault(encoding, turned.strip())
    turning.fonts.setdefault(encoding, []).extend(piece.font for piece in group if by_font)
    for piece in group:
        piece.words = ""
    group[0].words = turned


def _turn_words(text: str, encoding: Encoding) -> str:
    """Word by word, so that a word which is in Unicode already stays."""
    words = _RUN_OF_SIGNS.sub(lambda match: to_unicode(match[0], encoding), text)
    return with_capitals(words) if encoding == "tcvn3" else words


def _joined(pieces: Iterable[Piece]) -> Iterable[str]:
    for _, group in groupby(pieces, key=lambda piece: piece.block):
        yield from (piece.words for piece in group)
        yield "\n"


def _place(words: str, text: str) -> tuple[int, int] | tuple[None, None]:
    """Where words stand in the text first: nowhere if a table has laid them out anew."""
    start = text.find(words)
    return (start, start + len(words)) if start >= 0 else (None, None)
