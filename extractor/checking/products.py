"""Calculations that a document prints: "a × b = c", "a + b = c", and "c (n đợt, mỗi đợt m cái)"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any, Final, NamedTuple

from extractor.checking.measures import slack
from extractor.checking.rules import pattern
from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.numbers import read_figure, write_figure
from extractor.language.view import View
from extractor.linking.rows import InOrder
from extractor.plan import Mention, Quantity, Warning
from extractor.tagging.context import Context

PRODUCT: Final = "product-mismatch"
SUM: Final = "sum-mismatch"

_YEARS: Final = range(1900, 2100)
_SCALES_LEFT_OUT: Final = (1, 10**3, 10**6, 10**9)
""" "05 lớp x 20 = 100 triệu đồng": the factor has the unit of the result."""
_LONGEST_FIGURE: Final = 30
_ROUND: Final = 1000
"""Sums of money are rounded to so many đồng without saying so."""


Placed = Sequence[InOrder[Any]]
"""The amounts and the quantities, for looking up places."""


class Piece(NamedTuple):
    """A number of a calculation, or a sign of it."""

    kind: str
    start: int
    end: int
    value: Fraction
    off: Fraction


def check_products(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Products and sums that do not give what stands behind their "="."""
    lower = view.lower
    placed = [InOrder(mentions[field]) for field in ("amounts", "quantities")]
    equals = lower.find("=")
    while equals >= 0:
        start = lower.rfind("\n", 0, equals) + 1
        end = lower.find("\n", equals)
        end = end if end >= 0 else len(lower)
        if "x" in lower[start:end] or "×" in lower[start:end] or "+" in lower[start:end]:
            yield from _check_line(_pieces(lower, start, end, context.grammar), placed)
        equals = lower.find("=", end)


def _pieces(lower: str, start: int, end: int, grammar: Grammar) -> list[Piece]:
    found = []
    for match in pattern(grammar, "calculation").finditer(lower, start, end):
        kind = match.lastgroup or "number"
        if kind in ("number", "scale", "percent") and len(match["number"]) <= _LONGEST_FIGURE:
            value = read_figure(match["number"])
            scale = grammar.lexicon["money_scales"][" ".join(match["scale"].split())] if match["scale"] else 1
            value = value * scale / (100 if match["percent"] else 1)
            found.append(Piece("number", *match.span(), value, slack(match[0], value)))
        else:
            kind = kind if match["number"] is None else "stop"
            found.append(Piece(kind, *match.span(), Fraction(0), Fraction(0)))
    return [piece for piece in found if piece.kind != "aside"]


def _check_line(pieces: Sequence[Piece], placed: Placed) -> Iterator[Warning]:
    """The calculations of one line; each begins with a number that no sign and no other number leads to."""
    at = 0
    while at < len(pieces):
        if pieces[at].kind != "number":
            at += 1
            continue
        last = at
        while (
            last + 2 < len(pieces) and pieces[last + 1].kind in ("times", "plus") and pieces[last + 2].kind == "number"
        ):
            last += 2
        terms, signs = pieces[at : last + 1 : 2], {piece.kind for piece in pieces[at + 1 : last : 2]}
        after = [piece.kind for piece in pieces[last + 1 : last + 4]]
        alone = at == 0 or pieces[at - 1].kind in ("equals", "comma", "stop") or _is_year(pieces[at - 1])
        if len(signs) == 1 and alone and after[:2] == ["equals", "number"] and after[2:] not in (["times"], ["plus"]):
            sign = signs.pop()
            result = pieces[last + 2]
            worked_out = (
                prod((term.value for term in terms), start=Fraction(1))
                if sign == "times"
                else sum((term.value for term in terms), start=Fraction(0))
            )
            if not _agrees(sign, terms, result, worked_out):
                yield _warning(sign, pieces[at].start, _unit_end(result, placed), worked_out, result, placed)
        at = last + 1


def _is_year(piece: Piece) -> bool:
    return piece.kind == "number" and piece.value in _YEARS


def _agrees(sign: str, terms: Sequence[Piece], result: Piece, worked_out: Fraction) -> bool:
    if sign == "times":
        off = sum((term.off / term.value * worked_out for term in terms if term.value), start=Fraction(0))
    else:
        off = sum((term.off for term in terms), start=Fraction(0))
        if all(term.value < 20 and not term.off for term in terms):
            return True  # "Cột 5 = 3 + 4" speaks of columns
    if not result.value % _ROUND and abs(worked_out - result.value) < _ROUND:
        return True
    return any(
        abs(worked_out * times - result.value) <= off * times + result.off
        or abs(worked_out - result.value * times) <= off + result.off * times
        for times in _SCALES_LEFT_OUT
    )


def _unit_end(result: Piece, placed: Placed) -> int:
    """The end of the mention that the result is, or of its figure."""
    ends = [mention.end for mention in _inside(placed, result.start, result.end)]
    return max([result.end, *ends])


def _inside(placed: Placed, start: int, end: int) -> list[Mention]:
    """The amounts and quantities that begin in a place, in text order."""
    found = [one for mentions in placed for one in mentions.within(start, end)]
    return sorted(found, key=lambda mention: mention.start)


def _warning(sign: str, start: int, end: int, worked_out: Fraction, result: Piece, placed: Placed) -> Warning:
    word = "product" if sign == "times" else "sum"
    return Warning(
        code=PRODUCT if sign == "times" else SUM,
        message=f"the {word} is {write_figure(worked_out)}, the document says {write_figure(result.value)}",
        refs=[mention.id for mention in _inside(placed, start, end)] or None,
        start=start,
        end=end,
    )


def check_rates(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Totals that are not what their shares give: "450 cái (treo 02 đợt, mỗi đợt 220 cái)"."""
    quantities: Sequence[Quantity] = mentions["quantities"]
    by_id = {quantity.id: index for index, quantity in enumerate(quantities)}
    for rate in quantities:
        base_index = by_id.get(rate.per_ref or "", 0)
        if not base_index or rate.per_total is None or rate.bound is not None:
            continue
        base, total = quantities[base_index], quantities[base_index - 1]
        if total.value is None or total.per is not None or total.bound is not None:
            continue
        if fold_tones(total.unit) != fold_tones(rate.unit) or (base.per and context.header.period):
            continue
        if not pattern(context.grammar, "each").fullmatch(view.lower, total.end, base.start):
            continue
        if total.value != rate.per_total:
            yield Warning(
                code=PRODUCT,
                message=f"{write_figure(base.value or 0)} × {write_figure(rate.value or 0)} is "
                f"{write_figure(rate.per_total)}, the document says {write_figure(total.value)}",
                refs=[total.id, base.id, rate.id],
                start=total.start,
                end=rate.end,
            )
