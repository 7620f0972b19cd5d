"""Gold in the forms of annotation tools: each writes documents into a folder and reads them back without loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.annotating.documents import Annotated
from extractor.annotating.formats import brat, conll, docbin, doccano, label_studio


@dataclass(frozen=True, slots=True)
class Format:
    """How a tool's files are written and read; both take the folder that holds them."""

    write: Callable[[Sequence[Annotated], Path], None]
    read: Callable[[Path], list[Annotated]]


FORMATS: Final = {
    "brat": Format(brat.write, brat.read),
    "doccano": Format(doccano.write, doccano.read),
    "label-studio": Format(label_studio.write, label_studio.read),
    "docbin": Format(docbin.write, docbin.read),
    "conll2002": Format(conll.write, conll.read),
}
"""Name of a form → how it is written and read."""
