"""Amounts of money (ANNOTATION.md, "amount")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any, Final

from extractor.errors import GrammarError
from extractor.grammar import Grammar, Rule
from extractor.language.number_words import read_words
from extractor.language.numbers import plain_number, read_figure
from extractor.language.view import View
from extractor.outline.structure import Grid, Stretches
from extractor.plan import Amount
from extractor.tagging.context import Context
from extractor.tagging.matching import find

_LEAST_BEFORE_D: Final = 1000
"""Fewer of "đ" are points ("10 đ"), not đồng."""
_THOUSAND: Final = 1000
_CAPTION: Final = 24
"""Code points before "1.000 đồng" in which "Đơn vị tính" makes it a unit."""
_MONEY_COLUMNS: Final = ("budget", "other", "quantity")
_REACH: Final = 90
"""Code points before "1.200 triệu" in which a word of money must stand."""
_NO_SHARE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|(?!100)[1-9][0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What grammars/lexicon/money.yaml says, compiled."""

    currencies: Mapping[str, str]
    scales: Mapping[str, int]
    figure: re.Pattern[str]
    compound: re.Pattern[str]
    money_word: re.Pattern[str]
    unit: re.Pattern[str]
    no_money_column: re.Pattern[str]
    part_column: re.Pattern[str]
    unit_caption: re.Pattern[str]
    unit_column: re.Pattern[str]


def tag_amounts(view: View, context: Context) -> list[Amount]:
    """The amounts of a (masked) view, in text order; values in whole units of the currency."""
    lexicon = _lexicon(context.grammar)

    def read(rule: Rule, match: re.Match[str]) -> list[Amount] | None:
        form = _FORMS.get(rule.form)
        if form is None:  # a user's rule whose form is none of money: its examples show that it reads nothing
            return None
        try:
            return form(view, rule, match, lexicon) or None
        except ValueError:
            return None
        except LookupError as error:
            reason = f"lacks a group that the form '{rule.form}' reads, or finds a unit that lexicon/money.yaml has not"
            raise GrammarError(f"{rule.id}: its pattern {reason}") from error

    found = list(chain.from_iterable(find(context.hits["amount"], view.plain, view.lower, read)))
    if any(amount.value == _THOUSAND for amount in found):
        headings = Stretches(
            (cell.start, cell.end)
            for grid in context.outline.tables
            for cell in grid.cells
            if cell.row < grid.header_rows
        )
        found = [one for one in found if one.value != _THOUSAND or not _names_unit(view, one, headings, lexicon)]
    in_cells = [amount for grid in context.outline.tables for amount in _in_columns(view, grid, lexicon)]
    if not in_cells:
        return found
    taken = {place for amount in found for place in (amount.start, amount.end)}
    return sorted(found + [amount for amount in in_cells if amount.start not in taken], key=lambda each: each.start)


def _names_unit(view: View, amount: Amount, headings: Stretches, lexicon: Lexicon) -> bool:
    """Whether "1.000 đồng" is no sum but what the figures of a table count: in its caption, or in a heading."""
    before = view.lower[max(0, amount.start - _CAPTION) : amount.start]
    return amount.start in headings or lexicon.unit_caption.search(before) is not None


def _figure(view: View, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> list[Amount]:
    """ "955.651.000 đồng", "1 tỷ 500 triệu đồng"."""
    unit = _name(match["unit"])
    value = _value(match["value"], match["scale"], unit, lexicon)
    last = match["scale"]
    for part in lexicon.compound.finditer(match["rest"] or ""):
        if _scale(part["scale"], lexicon) >= _scale(last, lexicon):
            return []
        last = part["scale"]
        value += _value(part["value"], last, unit, lexicon)
    if unit == "đ" and value < _LEAST_BEFORE_D:
        return []
    end = match.end("unit")
    return [_amount(view, rule, match.start(), end, unit, lexicon, value=value, **_tail(view, match))]


def _range(view: View, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> list[Amount]:
    """ "500 - 700 triệu đồng" is one amount, "12.375,3/10.200 triệu đồng" two; the first takes what it lacks."""
    upper_unit = _name(match["upper_unit"])
    unit = _name(match["unit"] or match["upper_unit"])
    scale = match["scale"] or (None if match["unit"] else match["upper_scale"])
    lower = _value(match["value"], scale, unit, lexicon)
    upper = _value(match["upper_value"], match["upper_scale"], upper_unit, lexicon)
    if upper_unit == "đ" and upper < _LEAST_BEFORE_D:
        return []
    end = match.end("upper_unit")
    tail = _tail(view, match)
    if "/" in match["joint"]:
        first_end = max(match.end(name) for name in ("value", "scale", "unit"))
        return [
            _amount(view, rule, match.start(), first_end, unit, lexicon, value=lower),
            _amount(view, rule, match.start("upper_value"), end, upper_unit, lexicon, value=upper, **tail),
        ]
    if lower >= upper or lexicon.currencies[unit] != lexicon.currencies[upper_unit]:
        return []
    return [_amount(view, rule, match.start(), end, upper_unit, lexicon, low=lower, high=upper, **tail)]


def _sign(view: View, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> list[Amount]:
    """ "$500 triệu", "US$2.000"."""
    start = match.start() - 1
    unit = view.lower[start]
    if view.lower.endswith("us", 0, start):
        start -= 2
    end = max(match.end("value"), match.end("scale"))
    value = _value(match["value"], match["scale"], unit, lexicon)
    return [_amount(view, rule, start, end, unit, lexicon, value=value, per=_tail(view, match)["per"])]


def _words(view: View, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> list[Amount]:
    """ "ba trăm triệu đồng"."""
    value = Fraction(read_words(match["words"]))
    start, end = match.start(), match.end("unit")
    return [_amount(view, rule, start, end, _name(match["unit"]), lexicon, value=value, per=_per(match))]


def _scale_alone(view: View, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> list[Amount]:
    """ "1.200 triệu" where the sentence speaks of money."""
    before = view.lower[max(0, match.start() - _REACH) : match.start()]
    sentence = re.split(r"[.;\n] *", before)[-1]
    if not lexicon.money_word.search(sentence):
        return []
    value = _value(match["value"], match["scale"], "đồng", lexicon)
    return [_amount(view, rule, match.start(), match.end("scale"), "đồng", lexicon, value=value)]


_FORMS: Final = {"figure": _figure, "range": _range, "sign": _sign, "words": _words, "scale": _scale_alone}


def _value(figure: str, scale: str | None, unit: str, lexicon: Lexicon) -> Fraction:
    return read_figure(figure, whole=scale is None and lexicon.currencies[unit] == "VND") * _scale(scale, lexicon)


def _scale(scale: str | None, lexicon: Lexicon) -> int:
    return lexicon.scales[_name(scale)] if scale else 1


def _name(words: str) -> str:
    return " ".join(words.split())


def _amount(view: View, rule: Rule, start: int, end: int, unit: str, lexicon: Lexicon, **fields: Any) -> Amount:
    numbers = {"value": "value", "low": "min", "high": "max"}
    fields = {
        numbers.get(name, name): plain_number(field) if name in numbers else field for name, field in fields.items()
    }
    return Amount(
        start=start,
        end=end,
        text=view.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        currency=lexicon.currencies[unit],
        **fields,
    )


def _tail(view: View, match: re.Match[str]) -> dict[str, Any]:
    """What stands behind an amount: "/người/năm", the amount in words and what they really say."""
    groups = match.groupdict()
    name = next((name for name in ("words", "bare_words") if groups.get(name)), None)
    if name is None:
        return {"per": _per(match)}
    words = view.words(*match.span(name)).strip(" .,;:/")
    try:
        value = read_words(words)
    except ValueError:
        value = None
    return {"per": _per(match), "words": words, "words_value": value}


def _per(match: re.Match[str]) -> str | None:
    return "/".join(_name(part) for part in match["per"].split("/")[1:]) if match["per"] else None


def _in_columns(view: View, grid: Grid, lexicon: Lexicon) -> list[Amount]:
    """Bare figures in the money columns of a table whose caption or heading gives their unit."""
    units = _column_units(grid, lexicon)
    # where headings are merged nobody knows which column is which: a figure must look like money, not like a share
    merged = grid.money_unit and (grid.two_storeys or any(cell.column >= len(grid.columns) for cell in grid.cells))
    caption = lexicon.unit.search(grid.money_unit) if grid.money_unit and merged else None
    own_units = _row_units(view, grid, lexicon)
    found = []
    for cell in grid.cells:
        unit = (caption if cell.column else None) if merged else units.get(cell.column)
        title = grid.titles[cell.column] if cell.column < len(grid.titles) else ""
        if cell.row in own_units and not (unit and lexicon.unit.search(title)):
            unit = own_units[cell.row] if _may_hold_money(grid, cell.column, lexicon) else None
        if unit is None or cell.row < grid.header_rows:
            continue
        match = lexicon.figure.fullmatch(view.plain, cell.start, cell.end)
        if match is None or (merged and not _NO_SHARE.fullmatch(match["value"])):
            continue
        scale = "nghìn" if unit["thousands"] else unit["scale"]
        currency = _name(unit["unit"])
        value = _value(match["value"], scale, currency, lexicon)
        if scale is None and value < _LEAST_BEFORE_D and lexicon.currencies[currency] == "VND":
            continue
        found.append(
            Amount(
                start=cell.start,
                end=cell.end,
                text=view.composed[cell.start : cell.end],
                rule="amount.column",
                confidence=0.7 if merged else 0.85,
                value=plain_number(value),
                currency=lexicon.currencies[currency],
            )
        )
    return found


def _row_units(view: View, grid: Grid, lexicon: Lexicon) -> dict[int, re.Match[str] | None]:
    """What each row of a table with a column "Đơn vị tính" counts: a unit of money, or ``None`` for something else."""
    columns = {column for column, title in enumerate(grid.titles) if lexicon.unit_column.fullmatch(title)}
    return {
        cell.row: lexicon.unit.fullmatch(view.lower, cell.start, cell.end)
        for cell in grid.cells
        if cell.column in columns and cell.row >= grid.header_rows
    }


def _may_hold_money(grid: Grid, column: int, lexicon: Lexicon) -> bool:
    """Whether figures of a column are of the row's unit."""
    known = column < len(grid.columns)
    return known and grid.columns[column] in _MONEY_COLUMNS and not lexicon.no_money_column.search(grid.titles[column])


def _column_units(grid: Grid, lexicon: Lexicon) -> dict[int, re.Match[str]]:
    """The unit of money of each money column, by its own heading or by the caption of the table."""
    caption = lexicon.unit.search(grid.money_unit) if grid.money_unit else None
    units = {}
    counts = False
    for column, (kind, title) in enumerate(zip(grid.columns, grid.titles, strict=True)):
        counts = _counts(title, counts, lexicon)
        if kind not in _MONEY_COLUMNS:
            continue
        own = lexicon.unit.search(title)
        if own:
            units[column] = own
        elif caption and kind != "quantity" and not counts:
            units[column] = caption
    return units


def _counts(title: str, left_counts: bool, lexicon: Lexicon) -> bool:
    """Whether a column counts something that is not money; "Trong đó …" is a part of what stands left of it."""
    return bool(lexicon.no_money_column.search(title)) or (left_counts and bool(lexicon.part_column.match(title)))


@cache
def _lexicon(grammar: Grammar) -> Lexicon:
    return Lexicon(
        currencies=grammar.lexicon["currencies"],
        scales=grammar.lexicon["money_scales"],
        figure=grammar.compile(r"(?P<value>{figure})"),
        compound=grammar.compile(r"(?P<value>{figure}) ?(?P<scale>{money_scales})(?!\w)"),
        money_word=grammar.compile(r"(?<!\w){money_words}(?!\w)"),
        unit=grammar.compile(
            r"(?<![\w.])(?:(?P<thousands>1\.?000) ?|(?P<scale>{money_scales}) ?)?(?P<unit>{currencies})(?!\w)"
        ),
        unit_column=grammar.compile(r"{unit_captions}"),
        unit_caption=grammar.compile(r"(?<!\w){unit_captions}(?: (?:của )?(?:{caption_subjects}))?[ (:]*+\Z"),
        part_column=grammar.compile(r"{part_columns}(?!\w)(?!.*(?<!\w){money_words}(?!\w))"),
        no_money_column=grammar.compile(
            r"\A{columns_of_counts}(?!\w)|\( ?(?:{counted_nouns}|{measure_units}|{share_units})[^()]{0,16}+\)"
            r"|(?<!\w)(?:{columns_without_money}(?!\w)|số (?!(?:{money_words}|{sum_words})(?!\w)))"
        ),
    )
