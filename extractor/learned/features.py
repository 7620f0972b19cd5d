"""What the model of agencies sees of each word of a line: the words round it, their shapes, what the rules said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.learned.lines import Line

_REACH: Final = 3
"""So many words on both sides are seen."""
_BEFORE: Final = ("<begin>", "")
_BEHIND: Final = ("<end>", "")


def word_features(line: Line, hints: Sequence[str] | None = None) -> list[list[str]]:
    """The features of each word of a line; ``hints`` are the labels that the rules give its words, if they are seen."""
    seen = [_BEFORE] * _REACH + [(word.form, word.shape) for word in line] + [_BEHIND] * _REACH
    features = []
    for place in range(_REACH, _REACH + len(line)):
        (third, _), (second, shape2), (first, shape1), (form, shape), (next1, after1), (next2, after2), (next3, _) = seen[
            place - _REACH : place + _REACH + 1
        ]
        features.append(
            [
                f"0 {form}", f"-1 {first}", f"-2 {second}", f"-3 {third}", f"+1 {next1}", f"+2 {next2}", f"+3 {next3}",
                f"0+1 {form} {next1}", f"-1+0 {first} {form}", f"0+2 {form} {next1} {next2}",
                f"-2-1 {second} {first}", f"+1+2 {next1} {next2}",
                f"s0 {shape}", f"s-1 {shape1}", f"s-2 {shape2}", f"s+1 {after1}", f"s+2 {after2}",
                f"s-1+1 {shape1} {shape} {after1}", "word",
            ]
        )  # fmt: skip
    if hints is not None:
        for number, (found, hint) in enumerate(zip(features, hints, strict=True)):
            before = hints[number - 1] if number else ""
            after = hints[number + 1] if number + 1 < len(hints) else ""
            found += (f"r0 {hint}", f"r-1 {before} {hint}", f"r+1 {hint} {after}")
    return features
