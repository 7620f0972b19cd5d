"""Those that a group's colon opens: "UBND các tỉnh: A, B", "các bộ, ngành: (i) X, (ii) Y", "các tổng công ty: X, Y"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from extractor.tagging.agency_names import key
from extractor.tagging.agency_page import Found, Page

_FEWEST: Final = 2
"""So many names make a list; what stands behind a group and a colon is a duty mostly."""

Member = Callable[[int], Found | None]


def with_members(page: Page, names: list[Found]) -> list[Found]:
    """What was found at a place, with the last of it, a group, replaced by those that its colon opens."""
    group = names[-1]
    listing = page.match("listing", group.end) if group.generic else None
    if listing is None:
        return names
    member = _of_group(page, group) if group.rule.form == "group" else _of_territories(page, group)
    members = _members(page, member, listing.end()) if member else []
    return [*names[:-1], *members] if len(members) >= _FEWEST else names


def _members(page: Page, member: Member, at: int) -> list[Found]:
    """The names of a list that begins at a place, as far as ``member`` reads them; none when none shares the head."""
    found: list[Found] = []
    while (name := member(at)) is not None:
        found.append(name)
        between = page.match("amid", name.end)
        if between is None:
            break
        at = between.end()
    return found if any(name.shared for name in found) else []


def _of_group(page: Page, group: Found) -> Member | None:
    """How the members of a group of ministries, departments, divisions or corporations are read."""
    words = f" {key(group.words).replace(',', ' ')} "
    kinds = (kind for word, kind in page.spelling.corporate_groups.items() if f" {word} " in words)
    if (kind := next(kinds, None)) is not None:
        return lambda at: _corporation(page, group, kind, at)
    heads = ((words.find(f" {word} "), head) for word, head in page.spelling.list_heads.items())
    first = min((place, head) for place, head in [*heads, (len(words), "")] if place >= 0)[1]
    return (lambda at: _office(page, group, first, at)) if first else None


def _body(page: Page, at: int) -> Found | None:
    """A body at a place under its own full name."""
    name = page.inner(at, 0)
    return None if name is None or name.generic else name._replace(shared=False)


def _office(page: Page, group: Found, head: str, at: int) -> Found | None:
    """A ministry, a department or a division at a place without its head, or another body."""
    body = _body(page, at)
    domain = page.match("room" if head == "Phòng" else "domain", at)
    if domain is None or (body is not None and body.end > domain.end()):
        return body
    code = domain["code"]
    words = page.spelling.code(head, code) if code else page.view.words(*domain.span())
    if words is None or not (code or page.spelling.is_domain(head, words)):
        return body
    return Found(at, domain.end(), f"{head} {words}", group.rule, shared=True)


def _corporation(page: Page, group: Found, kind: str, at: int) -> Found | None:
    """A corporation at a place without its kind: one of the lexicon, a brand, or words that may open a name."""
    known = page.match("corporation", at)
    if known is not None:
        said = page.spelling.corporations.get(key(known["name"]), kind)
        return Found(at, known.end(), f"{said} {page.view.words(*known.span())}", group.rule, shared=True)
    body = _body(page, at)
    if body is not None:
        return body._replace(shared=True)
    end = page.run(at - 1)
    if end <= at or not page.spelling.opens(page.view.plain[at:end]):
        return None
    return Found(at, end, f"{kind} {page.view.words(at, end)}", group.rule, shared=True)


def _of_territories(page: Page, group: Found) -> Member | None:
    """How the members of a body in several territories are read, "UBND các tỉnh, thành phố"."""
    each = page.called["each"].search(page.view.plain, group.start, group.end)
    tail = page.view.words(*each.span()) if each else ""
    if each is None or not group.words.endswith(tail):
        return None
    stem = group.words.removesuffix(tail).rstrip()
    tiers = page.spelling.write_out(each["tiers"]).lower()
    return lambda at: _territory(page, group, stem, tiers, at)


def _territory(page: Page, group: Found, stem: str, tiers: str, at: int) -> Found | None:
    """The body of a territory at a place, whose kind is its own, the province's or the only one of the group."""
    match = page.match("member", at)
    if match is None:
        return None
    kind = match["tier"]
    if kind is None:
        province = page.spelling.kinds.get(key(match["place"]), "-")
        kind = province if province in tiers else tiers
        if kind not in page.spelling.ranks:
            told = _kinds_told(page.called["tier"], page.view.plain).get(key(match["place"]), set())
            fitting = [kind for kind in told if kind in tiers]
            if len(fitting) != 1:
                return None
            kind = fitting[0]
    place = page.view.words(*match.span("own" if match["tier"] else "place"))
    return Found(at, match.end(), f"{stem} {kind} {place}", group.rule, shared=True)


@lru_cache(maxsize=2)
def _kinds_told(territory: re.Pattern[str], plain: str) -> dict[str, set[str]]:
    """The kinds with which a text names each territory; read once, when a list first leaves them out."""
    told: dict[str, set[str]] = {}
    for match in territory.finditer(plain):
        told.setdefault(key(match["own"]), set()).add(match["tier"].lower())
    return told
