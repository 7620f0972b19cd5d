"""displaCy in the colours of the HTML page."""

from __future__ import annotations

from typing import Any, get_args

from extractor.plan import Role
from extractor.writing.display import COLOURS


def displacy_options(spans_key: str = "vnplan") -> dict[str, Any]:
    """The options of ``displacy.render(doc, style="span", options=…)`` for the spans of ``doc.spans[spans_key]``."""
    roles = dict.fromkeys(get_args(Role), COLOURS["agency"])
    return {"spans_key": spans_key, "colors": {kind: line for kind, (_, line) in (COLOURS | roles).items()}}
