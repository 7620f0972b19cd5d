"""The fonts of the runs of a Word file: their own, else that of their style, else that of their paragraph's style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from extractor.reading.fonts import Piece, Turning, turn_pieces
from extractor.reading.numbering import W

_SOFT_HYPHEN: Final = f"{W}softHyphen"
_WORDS: Final = (f"{W}t", _SOFT_HYPHEN)
_BETWEEN: Final = tuple(
    f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "footnoteReference")
)
_NO_STYLE: Final = ""
_FONTS: Final = ("hAnsiTheme", "hAnsi", "asciiTheme", "ascii")
"""Which font shows the signs beyond ASCII, the strongest first; those of a theme are in Unicode."""


def turn_old_fonts(
    parts: list[etree._Element], numbering: etree._Element | None, styles: etree._Element | None
) -> Turning:
    """Turns what stands in old font encodings into Unicode, in the parts and the texts of automatic numbers."""
    fonts: dict[str | None, str] = dict(_fonts_of_styles(styles))
    places = [place for part in parts for place in _runs(part, fonts)]
    levels = list(_levels(numbering, fonts))
    turning = turn_pieces([piece for _, piece in [*places, *levels]])
    for element, piece in places:
        if element.tag != _SOFT_HYPHEN or piece.words not in ("", "\u00ad"):
            element.tag, element.text = f"{W}t", piece.words
    for element, piece in levels:
        element.set(f"{W}val", piece.words)
    return turning


def _runs(part: etree._Element, fonts: Mapping[str | None, str]) -> Iterator[tuple[etree._Element, Piece]]:
    """The elements that hold text, and their pieces; what stands between two ends a block."""
    passed = 0
    for element in part.iter(*_WORDS, *_BETWEEN):
        if element.tag in _BETWEEN:
            passed += 1
            continue
        paragraph = next(element.iterancestors(f"{W}p"), None)
        words = "\u00ad" if element.tag == _SOFT_HYPHEN else element.text or ""
        yield element, Piece(words, _font(element.getparent(), paragraph, fonts), (paragraph, passed))


def _levels(
    numbering: etree._Element | None, fonts: Mapping[str | None, str]
) -> Iterator[tuple[etree._Element, Piece]]:
    for level in numbering.iter(f"{W}lvl") if numbering is not None else ():
        text = level.find(f"{W}lvlText")
        if text is not None:
            yield text, Piece(text.get(f"{W}val", ""), _named(level) or fonts.get(_NO_STYLE, ""), level)


def _font(run: etree._Element | None, paragraph: etree._Element | None, fonts: Mapping[str | None, str]) -> str:
    own = _named(run) or fonts.get(_style(run, f"{W}rPr/{W}rStyle"))
    return own or fonts.get(_style(paragraph, f"{W}pPr/{W}pStyle")) or fonts.get(_NO_STYLE, "")


def _style(element: etree._Element | None, path: str) -> str | None:
    """The style that an element names."""
    found = element.find(path) if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def _named(element: etree._Element | None) -> str | None:
    """The font that the properties of a run, a style or a level name: of several (LibreOffice), the first."""
    found = element.find(f"{W}rPr/{W}rFonts") if element is not None else None
    fonts = (found.get(W + kind) for kind in _FONTS) if found is not None else ()
    return next((font.split(";")[0] for font in fonts if font), None)


def _fonts_of_styles(styles: etree._Element | None) -> Iterator[tuple[str | None, str]]:
    """Fonts by style, that of a run without any style included."""
    if styles is None:
        return
    by_id = {style.get(f"{W}styleId", ""): style for style in styles.iterfind(f"{W}style")}
    default = _named(styles.find(f"{W}docDefaults/{W}rPrDefault"))
    if default:
        yield _NO_STYLE, default
    for name, style in by_id.items():
        current, passed, font = name, set[str](), None
        while font is None and current in by_id and current not in passed:
            passed.add(current)
            font = _named(by_id[current])
            based = by_id[current].find(f"{W}basedOn")
            current = based.get(f"{W}val", "") if based is not None else ""
        if font:
            yield name, font
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                yield _NO_STYLE, font
