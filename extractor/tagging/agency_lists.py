"""Agencies that share the head of the first: "Sở Y tế, Nội vụ", "các Vụ: Pháp chế, Tổng hợp", "UBND huyện A, B"."""

from __future__ import annotations

import re

from extractor.grammar import Rule
from extractor.tagging.agency_page import Found, Page, determined, named, owner_of, place_behind


def read_list(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A department, a ministry or a division, or several behind one head."""
    head, colon = match["head"], match["colon"] is not None
    kind = head[0].lower()
    domain = page.match("room" if kind == "p" else "domain", match.end())
    found: list[Found] = []
    while domain is not None:
        later = colon or bool(found)
        words = _domain(page, head, domain)
        if words is None or (later and domain[0][0].islower()):
            break
        end, many = place_behind(page, domain.end())
        if kind == "b" and (many or found) and end > domain.end():
            if found:
                break
            end, many = domain.end(), False  # "Bộ Quốc phòng các tỉnh A, B": a ministry has no territory
        if end > domain.end():
            words = f"{words} {page.view.words(domain.end(), end)}"
        found.append(Found(domain.start() if later else match.start(), end, f"{head} {words}", rule, many, later))
        joint = None if depth else page.match("joint", end)
        if joint is None:
            break
        domain = page.match("room" if kind == "p" else "domain", joint.end())
    if len(found) > 1:
        return [found[0]._replace(shared=True), *found[1:]]
    if found and kind == "p" and (owner := owner_of(page, found[0].end, depth)):
        return [found[0]._replace(end=owner.end, words=f"{found[0].words} {owner.words}")]
    return found


def _domain(page: Page, head: str, domain: re.Match[str]) -> str | None:
    """What stands behind a head, a code written out; ``None`` where it does not fit the head."""
    code = domain["code"]
    if code:
        return page.spelling.code(head, code)
    words = page.view.words(*domain.span())
    return words if page.spelling.is_domain(head, words) else None


def read_series(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """Open names behind a head of several and a colon, "các Viện: Năng lượng, Dầu khí"."""
    if depth or determined(page, match.start()) == match.start():
        return []
    return _fellows(page, rule, match["head"], match.end(), first=True)


def with_fellows(page: Page, match: re.Match[str], name: Found) -> list[Found]:
    """A name and those that share its head or its kind of place: behind "các" only, for else each has its own head."""
    if determined(page, name.start) == name.start:
        return [name]
    fellows = siblings(page, name) or _fellows(page, name.rule, match[0], name.end)
    return [name._replace(shared=True), *fellows] if fellows else [name]


def _fellows(page: Page, rule: Rule, head: str, at: int, *, first: bool = False) -> list[Found]:
    """The names behind a place that share a head; each begins with words of the lexicon, the ``first`` with any."""
    plain = page.view.plain
    found: list[Found] = []
    while True:
        joint = None if first and not found else page.match("joint", at)
        if joint is None and (found or not first):
            break
        start = joint.end() if joint else at + (plain[at : at + 1] == " ")
        end = page.run(start - 1)
        if end <= start or plain[start].islower() or page.inner(start, 0) is not None:
            break
        if not first and not page.spelling.opens(plain[start:end]):
            break
        name = named(page, rule, start, end)
        found.append(name._replace(words=f"{head.rstrip(': ')} {name.words}", shared=True))
        at = name.end
    return found


def siblings(page: Page, name: Found) -> list[Found]:
    """Bodies of further places of the same kind, "Trung tâm Dạy nghề huyện A" + ", B và C"."""
    last = page.called["last"].search(page.view.plain, name.start, name.end)
    if last is None:
        return []
    tier = f"{last['tier']} " if last["tier"] else ""
    stem = name.words[: len(name.words) - (last.end() - last.start())].rstrip()
    found: list[Found] = []
    end = name.end
    while (further := page.match("sibling", end)) is not None:
        start, end = further.span("agency")
        if page.inner(start, 0) is not None or bool(last["tier"]) == bool(further["region"]):
            break
        own = page.view.words(start, end)
        words = f"{stem} {own}" if further["tier"] or further["region"] else f"{stem} {tier}{own}"
        found.append(Found(start, end, words, name.rule, shared=True))
    return found
