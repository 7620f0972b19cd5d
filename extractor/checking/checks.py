"""All checks of a document, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from extractor.checking.columns import check_columns
from extractor.checking.dates import check_dates, check_numbers
from extractor.checking.gaps import check_outline
from extractor.checking.periods import check_times
from extractor.checking.products import check_products, check_rates
from extractor.checking.sums import check_sums
from extractor.checking.words import check_words
from extractor.language.view import View
from extractor.plan import Warning
from extractor.tagging.context import Context

Check = Callable[[View, Mapping[str, Any], Context], Iterator[Warning]]

CHECKS: Final[tuple[Check, ...]] = (
    check_words,
    check_products,
    check_rates,
    check_sums,
    check_columns,
    check_dates,
    check_numbers,
    check_times,
    check_outline,
)


def check_plan(view: View, mentions: Mapping[str, Any], context: Context) -> list[Warning]:
    """The warnings of a document in text order. ``mentions``: the settled mentions by field of the plan, ids given.

    Offsets are the view's. Each check speaks only where it is sure: a warning on a sound document is an error.
    """
    found = [warning for check in CHECKS for warning in check(view, mentions, context)]
    return sorted(found, key=lambda warning: (warning.start or 0, warning.end or 0, warning.code))
