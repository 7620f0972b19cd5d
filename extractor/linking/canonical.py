"""Which body an agency's name means in its document, and on which level that body stands (OUTPUT.md, "agencies").

"UBND tỉnh" in a plan of Đồng Nai is "Ủy ban nhân dân tỉnh Đồng Nai", "Sở" in a plan that names one department is that
department. Nothing here changes ``name``, which holds the mention's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, get_args

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.outline.bodies import Territory, province_of
from extractor.plan import Agency, Level
from extractor.tagging.agency_names import key, spelling_of
from extractor.tagging.context import Context

_LEVELS: Final = frozenset(get_args(Level))
_LONGEST_PROVINCE: Final = 4
"""So many words the name of a province has at most."""
_DEPARTMENT: Final = "sở"
_MINISTRY: Final = "bộ"
_STATE: Final = frozenset({"agency.council", "agency.department"})
"""Bodies that a territory always has: without one they are those of the document's."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: the body, and its territory (without a name when only its kind is said)."""

    own: str
    territory: Territory | None


def resolve_agencies(agencies: list[Agency], context: Context) -> None:
    """Sets ``canonical`` of each agency that a document names, and ``level`` where the tagger has not."""
    grammar = context.grammar
    names = dict.fromkeys(agency.name for agency in agencies if not agency.generic)
    parts = {name: _split(grammar, name) for name in names}
    homes = _homes(grammar, parts.values(), context.header.jurisdiction)
    meant: dict[tuple[str, str], tuple[str, Level | None]] = {}
    for agency in agencies:
        if agency.generic:
            continue
        said = (agency.rule, agency.name)
        if said not in meant:
            name = parts[agency.name]
            canonical = _canonical(grammar, agency.rule, name, homes)
            meant[said] = canonical, agency.level or _level(grammar, canonical, name, homes)
        canonical, level = meant[said]
        agency.settle(canonical=canonical, level=level)
    _refer_back(agencies, context.header.issuer)


@lru_cache(maxsize=4096)
def _split(grammar: Grammar, name: str) -> Name:
    """A name taken apart; a bare province at the end of a department's name is its territory."""
    match = _territory(grammar).search(fold_tones(name))
    if match is not None:
        place = name[slice(*match.span("name"))].strip()
        return Name(name[: match.start()].rstrip(" -"), Territory(match["kind"].lower(), place))
    words = name.split()
    if key(words[0]) == _DEPARTMENT:
        for count in range(min(_LONGEST_PROVINCE, len(words) - 2), 0, -1):
            home = province_of(grammar, " ".join(words[-count:]))
            if home is not None:
                return Name(" ".join(words[:-count]), home)
    return Name(name, None)


@lru_cache(maxsize=8)
def _territory(grammar: Grammar) -> re.Pattern[str]:
    """The territory at the end of a name."""
    return grammar.compile(
        r"(?<=[ ])(?P<kind>(?i:{territory_kinds}))(?!\w)(?! (?i:hội|uỷ|đoàn))(?P<name> [^,;]{1,60})?$"
    )


def _homes(grammar: Grammar, names: Iterable[Name], jurisdiction: str | None) -> dict[str, Territory]:
    """The one territory of each kind that a document speaks of: its own first, then those that its agencies name."""
    seen: dict[str, set[Territory]] = {}
    for name in names:
        if name.territory is not None and name.territory.name:
            seen.setdefault(name.territory.kind, set()).add(name.territory)
    homes = {kind: next(iter(places)) for kind, places in seen.items() if len(places) == 1}
    if jurisdiction:
        for kind in grammar.words("territory_kinds"):
            if jurisdiction.lower().startswith(kind + " "):
                homes[kind] = homes[""] = Territory(kind, jurisdiction[len(kind) + 1 :])
    return homes


def _canonical(grammar: Grammar, rule: str, name: Name, homes: Mapping[str, Territory]) -> str:
    """The full name of the body that a name means."""
    own, territory = _spelled(grammar, name.own), name.territory
    if territory is None:
        led = homes.get(_committees(grammar).get(key(" ".join(own.split()[-2:])), "none"))
        if led is not None:
            return f"{own} {led.name}"
        home = homes.get("") if rule in _STATE and key(own.split()[0]) != _MINISTRY else None
        return f"{own} {home}" if home else own
    if not territory.name:
        territory = homes.get(territory.kind, territory)
    return f"{own} {territory}"


@lru_cache(maxsize=8)
def _committees(grammar: Grammar) -> dict[str, str]:
    """The committees of the Party that a kind of territory names, "Tỉnh ủy" that of a "tỉnh"."""
    return {key(words): kind for words, kind in grammar.lexicon["party_committees"].items()}


def _spelled(grammar: Grammar, own: str) -> str:
    """The name of a department or a ministry as the lexicon spells it, another with a capital."""
    head, _, domain = own.partition(" ")
    known = spelling_of(grammar).names.get(key(domain)) if key(head) in (_DEPARTMENT, _MINISTRY) else None
    own = f"{head} {known}" if known else own
    return own[:1].upper() + own[1:]


def _level(grammar: Grammar, canonical: str, name: Name, homes: Mapping[str, Territory]) -> Level | None:
    """On which level a body stands: by the words of its name, else by its territory."""
    lexicon = grammar.lexicon
    words = f" {key(canonical)} "
    for word, level in _level_words(grammar):
        if word in words:
            return _checked(level)
    territory = name.territory or homes.get("")
    if territory is None:
        return None
    if not territory.name:
        territory = homes.get(territory.kind, territory)
    rank = lexicon["territory_ranks"].get(territory.kind)
    if territory.kind == "thành phố" and territory.name and province_of(grammar, territory.name) is None:
        rank = 2
    return _checked(lexicon["rank_levels"].get(rank))


@lru_cache(maxsize=8)
def _level_words(grammar: Grammar) -> tuple[tuple[str, str], ...]:
    """Words that tell a level, each between blanks, the first that stands in a name decides."""
    return tuple(
        (f" {key(word)} ", entry["level"]) for entry in grammar.lexicon["level_words"] for word in entry["words"]
    )


def _checked(level: str | None) -> Level | None:
    return level if level in _LEVELS else None  # type: ignore[return-value]


def _refer_back(agencies: list[Agency], issuer: str | None) -> None:
    """Gives a head that stands alone ("Sở", "Trung tâm") the one body that the document calls so."""
    bare = {key(agency.name) for agency in agencies if agency.rule == "agency.bare" and agency.generic}
    if not bare:
        return
    named: dict[str, set[str]] = {head: set() for head in bare}
    for agency in agencies:
        if agency.canonical:
            for head in bare:
                if key(agency.canonical).startswith(head + " "):
                    named[head].add(agency.canonical)
    for agency in agencies:
        if agency.rule == "agency.bare" and agency.generic:
            head = key(agency.name)
            if issuer and key(issuer).startswith(head + " "):
                agency.canonical = issuer
            elif len(named[head]) == 1:
                agency.canonical = next(iter(named[head]))
