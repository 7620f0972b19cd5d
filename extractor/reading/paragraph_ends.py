"""Ends of paragraphs that a format tells: set apart in the text wherever they would read as hard wraps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.language.view import reads_as_wrap

PARAGRAPH_END: Final = "\u2029"
"""Stands among lines where a paragraph ends."""


def set_apart(lines: Iterable[str]) -> list[str]:
    """Lines without the marks of ends; an empty line where two paragraphs would else be read as one."""
    made: list[str] = []
    ended = False
    for line in lines:
        if line == PARAGRAPH_END:
            ended = True
            continue
        if ended and made and reads_as_wrap(made[-1], line):
            made.append("")
        made.append(line)
        ended = False
    return made
