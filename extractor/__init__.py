"""vnplan: Vietnamese administrative plans into structured JSON."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

if TYPE_CHECKING:
    from extractor.nlp.conversion import from_doc, read_docbin, to_doc, write_docbin
    from extractor.nlp.display import displacy_options
    from extractor.pipeline import Extractor, extract, extract_file
    from extractor.plan import Plan

__all__ = [
    "Extractor",
    "Plan",
    "__version__",
    "displacy_options",
    "extract",
    "extract_file",
    "from_doc",
    "read_docbin",
    "to_doc",
    "write_docbin",
]

_HOMES: Final = {
    "Extractor": "extractor.pipeline",
    "Plan": "extractor.plan",
    "displacy_options": "extractor.nlp.display",
    "extract": "extractor.pipeline",
    "extract_file": "extractor.pipeline",
    "from_doc": "extractor.nlp.conversion",
    "read_docbin": "extractor.nlp.conversion",
    "to_doc": "extractor.nlp.conversion",
    "write_docbin": "extractor.nlp.conversion",
}
"""Public name and the module it lives in."""


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for, so that ``import extractor`` costs nothing."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
