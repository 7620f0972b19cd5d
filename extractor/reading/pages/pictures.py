"""A picture of a page made fit for Tesseract: upright, its ruled lines found, and taken out of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from extractor.reading.pages.rules import Stroke

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 300
_MOST_DOTS: Final = 60_000_000
"""Dots of the largest picture of a page: A2 at 300 a inch."""
_DARK: Final = 140
"""Grey values below are ink."""
_WIDEST_LEAN: Final = 3.0
"""Degrees by which a page may lean, to either side."""
_LEAN_STEP: Final = 0.1
_SMALL_WIDTH: Final = 800
"""Dots to which a picture is made narrower before its lean is measured."""
_SHORTEST_RULE: Final = 36.0
"""Points of the shortest level ruled line; an upright one may be as short as two thirds of that."""
_INK: Final = 0.85
"""The share of a ruled line that is ink where it is worn."""

Dots = np.ndarray[Any, np.dtype[np.bool_]]


class Picture(NamedTuple):
    """A page as a grey picture, and how many points one of its dots is wide."""

    image: Image
    dot: float


def picture_of(page: Any) -> Picture:
    """A page as a picture. Its red is taken for grey: the ink of stamps is gone, what they cover stays."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(_MOST_DOTS / max(width * height, 1.0)))
    return Picture(page.render(scale=scale).to_pil().getchannel("R"), 1 / scale)


def upright(picture: Picture) -> Picture:
    """The picture turned round its middle so that its lines are level."""
    angle = _lean(picture.image)
    if abs(angle) < _LEAN_STEP:
        return picture
    from PIL.Image import Resampling

    return picture._replace(image=picture.image.rotate(angle, Resampling.BICUBIC, fillcolor=255))


def _lean(image: Image) -> float:
    """By how many degrees the lines of a page fall to the right: where they are level, ink gathers in fewest rows."""
    small = image.reduce(max(image.width // _SMALL_WIDTH, 1))
    rows, columns = np.nonzero(np.asarray(small) < _DARK)
    if not len(rows):
        return 0.0
    steps = round(_WIDEST_LEAN / _LEAN_STEP)
    best = max(range(-steps, steps + 1), key=lambda step: _gathered(rows, columns, step * _LEAN_STEP))
    return best * _LEAN_STEP


def _gathered(rows: Any, columns: Any, angle: float) -> float:
    level = np.round(rows - columns * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(level - level.min())
    return float((counts * counts).sum())


def without_rules(picture: Picture) -> tuple[Picture, list[Stroke]]:
    """The picture without its ruled lines, and these."""
    from PIL.ImageDraw import Draw

    ink = np.asarray(picture.image) < _DARK
    level = [(x0, y, x1, y) for y, x0, x1 in _runs(ink, _SHORTEST_RULE / picture.dot)]
    up = [(x, y0, x, y1) for x, y0, y1 in _runs(ink.T, _SHORTEST_RULE / picture.dot * 2 / 3)]
    if not level and not up:
        return picture, []
    image = picture.image.copy()
    draw = Draw(image)
    for x0, y0, x1, y1 in (*level, *up):
        draw.rectangle((x0 - 1, y0 - 1, x1 + 1, y1 + 1), fill=255)
    strokes = [Stroke(*(place * picture.dot for place in found)) for found in (*level, *up)]
    return picture._replace(image=image), strokes


def _runs(ink: Dots, length: float) -> Iterator[tuple[int, int, int]]:
    """Row, first and last column of every run of ink that is at least so long, worn places counted in."""
    span = round(length)
    if ink.shape[1] <= span:
        return
    sums = np.cumsum(ink, axis=1, dtype=np.int32)
    full = sums[:, span:] - sums[:, :-span] >= _INK * span
    for row in np.nonzero(full.any(axis=1))[0]:
        changes = np.flatnonzero(np.diff(np.concatenate(([0], full[row].astype(np.int8), [0]))))
        for first, last in zip(changes[::2], changes[1::2], strict=True):
            yield int(row), int(first) + 1, int(last) + span
