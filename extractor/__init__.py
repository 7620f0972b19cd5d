"""vnplan: Vietnamese administrative plans into structured JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from extractor.pipeline import Extractor, extract, extract_file
    from extractor.plan import Plan

__all__ = ["Extractor", "Plan", "__version__", "extract", "extract_file"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for, so that ``import extractor`` costs nothing."""
    if name == "Plan":
        from extractor.plan import Plan

        return Plan
    if name in __all__:
        from extractor import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
