"""vnplan: Vietnamese administrative plans into structured JSON."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

try:
    __version__ = version("vnplan")
except PackageNotFoundError:  # run from a tree that is not installed
    __version__ = "0.0.0"

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
