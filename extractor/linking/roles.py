"""Roles of agencies (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Agency
from extractor.tagging.context import Context


def assign_roles(view: View, agencies: list[Agency], context: Context) -> None:
    """Sets ``role`` of each agency by trigger, direction and scope."""
