"""Canonical names and levels of agencies (to be written)."""

from __future__ import annotations

from extractor.plan import Agency
from extractor.tagging.context import Context


def resolve_agencies(agencies: list[Agency], context: Context) -> None:
    """Sets ``canonical`` and ``level`` of each agency."""
