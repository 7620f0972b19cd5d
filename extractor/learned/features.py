"""What the model of agencies sees of each word of a sentence: the words round it, their shapes, what the rules said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.learned.lines import Line

_BEFORE: Final = ("<begin>", "")
_BEHIND: Final = ("<end>", "")


def word_features(line: Line, hints: Sequence[str] | None = None) -> list[list[str]]:
    """The features of each word of a sentence; ``hints`` are the labels that the rules give its words, if seen.

    Few and cheap: they cost most of the time of a document.
    """
    seen = [_BEFORE, _BEFORE, *((word.form, word.shape) for word in line), _BEHIND, _BEHIND]
    features = []
    for place in range(2, 2 + len(line)):
        (second, _), (first, shape1), (form, shape), (next1, after1), (next2, _) = seen[place - 2 : place + 3]
        features.append(
            [
                form, f"-1{first}", f"-2{second}", f"+1{next1}", f"+2{next2}",
                f"0+1{form} {next1}", f"-1+0{first} {form}", f"0+2{form} {next1} {next2}",
                f"s{shape}", f"ss{shape1} {shape} {after1}",
            ]
        )  # fmt: skip
    if hints is not None:
        around = ["", *hints, ""]
        for found, before, hint, after in zip(features, around, hints, around[2:], strict=False):
            found += (f"r{hint}", f"r-{before} {hint}", f"r+{hint} {after}")
    return features
