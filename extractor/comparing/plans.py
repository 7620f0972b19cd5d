"""What changed from one plan to another: quantities, times, leads, budgets, activity by activity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from extractor.comparing.matching import match_activities
from extractor.language.folding import fold_tones
from extractor.language.numbers import write_figure
from extractor.plan import Activity, Amount, Plan, Quantity

Status = Literal["new", "gone", "changed", "same"]

_HEADER_FIELDS: Final = ("doc_type", "number", "title", "issuer", "date", "year", "period", "signer")
_OWN_YEAR: Final = "YYYY"


@dataclass(frozen=True, slots=True)
class Change:
    """One field with what it was and what it is; each list holds only what the other side has not."""

    field: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class Side:
    """An activity in its plan: id, place in the outline (or number of its row), title, offsets of its text."""

    id: str
    path: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one activity."""

    status: Status
    before: Side | None
    after: Side | None
    likeness: float
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side."""

    before: str
    after: str
    header: list[Change]
    activities: list[Difference]

    def to_dict(self) -> dict[str, Any]:
        """The JSON's object; sides that are not there are left out."""
        data = asdict(self)
        for difference in data["activities"]:
            for side in ("before", "after"):
                if difference[side] is None:
                    del difference[side]
        return data


def compare_plans(before: Plan, after: Plan) -> Comparison:
    """The changes from one plan to another, activities in the order of ``after``, then those that are gone."""
    found = []
    old_places, new_places = _places(before), _places(after)
    for old, new, likeness in match_activities(before, after):
        changes = list(_changes(before, old, after, new)) if old and new else []
        status: Status = "new" if old is None else "gone" if new is None else "changed" if changes else "same"
        found.append(
            Difference(
                status,
                _side(old_places, old) if old else None,
                _side(new_places, new) if new else None,
                likeness,
                changes,
            )
        )
    return Comparison(before.source.name or "A", after.source.name or "B", list(_header(before, after)), found)


def _header(before: Plan, after: Plan) -> Iterator[Change]:
    for name in _HEADER_FIELDS:
        old, new = getattr(before.header, name), getattr(after.header, name)
        if old != new:
            yield Change(name, [old] if old else [], [new] if new else [])


def _side(places: Mapping[str, str], activity: Activity) -> Side:
    place = places.get(activity.section or activity.row or "", "")
    return Side(activity.id, place, activity.title or "", activity.start, activity.end)


def _places(plan: Plan) -> dict[str, str]:
    """The path of each section, the number of each row."""
    return {section.id: section.path for section in plan.sections} | {row.id: row.marker or "" for row in plan.rows}


def _changes(before: Plan, old: Activity, after: Plan, new: Activity) -> Iterator[Change]:
    for role in ("lead", "coordinate", "report_to"):
        yield from _change(role, getattr(old, role) or [], getattr(new, role) or [], _name)
    yield from _change_of_times(before, old, after, new)
    counted = _mentions(before.quantities, old.quantities), _mentions(after.quantities, new.quantities)
    yield from _change("quantities", *counted, _count)
    paid = _mentions(before.amounts, old.amounts), _mentions(after.amounts, new.amounts)
    yield from _change("amounts", *paid, _sum)


def _mentions(mentions: Sequence[Any], ids: Sequence[str] | None) -> list[Any]:
    by_id = {mention.id: mention for mention in mentions}
    return [by_id[one] for one in ids or ()]


def _name(agency: str) -> str:
    return fold_tones(agency.lower())


def _count(quantity: Quantity) -> tuple[Any, ...]:
    return quantity.value, quantity.min, quantity.max, fold_tones(quantity.unit), quantity.per, quantity.bound


def _sum(amount: Amount) -> tuple[Any, ...]:
    return amount.value, amount.min, amount.max, amount.currency, amount.per


def _change(name: str, old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Any]) -> Iterator[Change]:
    """What only one side has, as it stands in its text."""
    gone, come = _without(old, new, key), _without(new, old, key)
    if gone or come:
        yield Change(name, [wording(one) for one in gone], [wording(one) for one in come])


def _without(ones: Sequence[Any], others: Sequence[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Those of ``ones`` that ``others`` have not, each counted as often as it stands."""
    left = [key(other) for other in others]
    kept = []
    for one in ones:
        if key(one) in left:
            left.remove(key(one))
        else:
            kept.append(one)
    return kept


def wording(one: Any) -> str:
    """A mention as it stands in its text; a bare figure of a table with what it is worth."""
    if isinstance(one, str):
        return one
    words = " ".join(one.text.split())
    if isinstance(one, Amount) and one.value is not None and words[-1].isdigit():
        return f"{write_figure(one.value)} {one.currency}"
    return words


def _change_of_times(before: Plan, old: Activity, after: Plan, new: Activity) -> Iterator[Change]:
    """Times that differ within their plan's year: Quý II/2019 in a plan for 2019 is Quý II/2021 in one for 2021."""
    said = [
        {_in_own_year(value, plan.header.year): value for value in activity.times or ()}
        for plan, activity in ((before, old), (after, new))
    ]
    gone = [value for form, value in said[0].items() if form not in said[1]]
    come = [value for form, value in said[1].items() if form not in said[0]]
    if gone or come:
        yield Change("times", gone, come)


def _in_own_year(value: str, year: str | None) -> str:
    return value.replace(year, _OWN_YEAR) if year else value
