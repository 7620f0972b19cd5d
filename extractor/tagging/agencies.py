"""Agencies (ANNOTATION.md, "agency"): where their names stand, and each name written out.

A rule of ``grammars/agencies.yaml`` finds the head of a name; its ``form`` says what follows: a territory, more
words, another body, further names that share the head. ``extractor.tagging.agency_names`` writes the names out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from extractor.grammar import Grammar, Rule
from extractor.language.view import MASK, View
from extractor.outline.structure import Stretches
from extractor.plan import Agency
from extractor.tagging.agency_names import Spelling, defined_in, initials_of, key, spelling_of, unknown_codes
from extractor.tagging.context import Context

_NESTED: Final = 3
"""So many bodies may stand in one another, "Văn phòng Đảng ủy UBND tỉnh"."""
_BEGINNING: Final = 4
"""So many words tell that two names are the same."""
_DETERMINER: Final = 16
"""A determiner is looked for in so many code points before a name."""
_COMMA: Final = re.compile(r" ?, +(?=\w)")
_TWIN: Final = frozenset({"agency.council", "agency.deputies"})
"""Bodies that may share one office with a council."""
_NAMELESS: Final = frozenset({"group", "called"})


class Found(NamedTuple):
    """A name in the view and its words, those written out already that the place alone cannot tell."""

    start: int
    end: int
    words: str
    rule: Rule
    generic: bool = False
    shared: bool = False
    """Whether the head stands for several names, so that "các" before it makes no group of this one."""
    unsure: bool = False
    """Whether it is a name only if the text has it elsewhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the readers of the forms need."""

    view: View
    called: Mapping[str, re.Pattern[str]]
    rules_at: Mapping[int, tuple[Rule, ...]]
    spelling: Spelling
    recipients: Stretches
    home: str
    """The document's territory, "thành phố Cần Thơ"; empty when it has none."""

    def match(self, name: str, at: int) -> re.Match[str] | None:
        """A called pattern at a place of the view."""
        return self.called[name].match(self.view.plain, at)


Reader = Callable[[Page, Rule, "re.Match[str]", int], list[Found]]


def tag_agencies(view: View, context: Context) -> list[Agency]:
    """The agencies of a (masked) view, in text order, with their names; with levels where their rules say them."""
    hits = context.hits["agency"]
    plain = view.plain
    page = Page(
        view,
        _called(context.grammar),
        dict(hits),
        spelling_of(context.grammar),
        Stretches(context.outline.zones_of("recipients")),
        context.header.jurisdiction or "",
    )
    found: list[Found] = []
    end = 0
    for start, rules in hits:
        if start >= end and plain[start] != MASK and (names := _read(page, rules, start, 0)):
            found += names
            end = names[-1].end
    return _agencies(page, found)


@lru_cache(maxsize=8)
def _called(grammar: Grammar) -> dict[str, re.Pattern[str]]:
    """The patterns that the forms use, by the second half of their ids."""
    return {rule.id.partition(".")[2]: rule.pattern for rule in grammar.rules["agency"] if rule.form == "called"}


def _read(page: Page, rules: tuple[Rule, ...], start: int, depth: int) -> list[Found]:
    """What the first rule that finds something makes of a place; inside of another name (``depth``) names only."""
    for rule in rules:
        if depth and rule.form in _NAMELESS:
            continue
        match = rule.pattern.match(page.view.plain, start)
        if match is not None and (found := _READERS[rule.form](page, rule, match, depth)):
            return found
    return []


def _place(page: Page, at: int) -> tuple[int, bool]:
    """Where the territory behind a name ends (``at`` when there is none), and whether it is a group of territories."""
    match = page.match("place", at)
    if match is None or match["first"] is None:
        return (at if match is None else match.end()), False
    bare = match["first"] == match["tier"]
    if match["each"] is not None:
        series = page.match("series", match.end()) if bare else None
        return (series.end() if series else match.end()), True
    tiers = page.match("tiers", match.end()) if bare else None
    return (tiers.end() if tiers else match.end()), tiers is not None


def _name(page: Page, rule: Rule, match: re.Match[str], end: int) -> Found:
    """A name that goes on to ``end``, with the territory that follows."""
    end, many = _place(page, end)
    return Found(match.start(), end, page.spelling.head(rule.id, page.view.words(match.start(), end)), rule, many)


def _whole(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    start, end = match.span("agency" if "agency" in rule.pattern.groupindex else 0)
    return [Found(start, end, page.view.words(start, end), rule, shared=True)]


def _placed(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    name = _name(page, rule, match, match.end())
    code = match.groupdict().get("code")
    if code is None:
        return [name]
    written = page.spelling.code(match[0], code)
    head, place = page.view.words(match.start(), match.start("code")), page.view.words(match.end(), name.end)
    return [name._replace(words=f"{head} {written} {place}".strip())] if written else []


def _sited(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    name = _name(page, rule, match, match.end())
    return [name] if name.end > match.end() else []


def _told(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A name by its territory or its body, or because it stands among the recipients."""
    inner = _inner(page, match.end() + 1, depth)
    if inner is not None and page.view.plain[match.end()] == " ":
        return [Found(match.start(), inner.end, f"{page.view.words(*match.span())} {inner.words}", rule, inner.generic)]
    name = _name(page, rule, match, match.end())
    told = name.start in page.recipients
    return [name] if told or name.end > match.end() else []


def _open(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A name whose words go on behind its head: a capital begins them, or words of the lexicon."""
    plain, running = page.view.plain, rule.form == "running"
    end = _run(page, match.end())
    amid = running and match[0][0].isupper() and not match[0].isupper() and _amid(plain, match.start())
    if amid and end == match.end() and (loose := page.match("loose", end)) is not None:
        end = loose.end()
    words = plain[match.end() : end].lstrip(" -")
    if not words or not (amid or _opens(page, rule, match[0], words)):
        return []
    while (comma := _COMMA.match(plain, end)) is not None:
        further = _run(page, comma.end() - 1)
        listed = plain[comma.end() : further]
        if not page.spelling.opens(listed, verbs=rule.form == "board" or listed[:1].isupper()):
            break
        if rule.form != "board" and " và " not in listed:
            break
        end = further
    name = _name(page, rule, match, end)
    settled = words[0].isupper() or not running or name.end > end or amid
    if running and name.end == end and (owner := _owner(page, end, depth)):
        return [name._replace(end=owner.end, words=f"{name.words} {owner.words}")]
    return [name._replace(unsure=not settled and page.match("duty", end) is None)]


def _owner(page: Page, end: int, depth: int) -> Found | None:
    """The body whose part a name is that ends right before it, "Phòng Cảnh sát giao thông" + "Công an tỉnh"."""
    owner = _inner(page, end + 1, depth) if page.view.plain[end : end + 1] == " " else None
    return None if owner is None or owner.generic else owner


def _opens(page: Page, rule: Rule, head: str, words: str) -> bool:
    """Whether these words may begin the open part of a name: a capital, or else words of the lexicon."""
    running = rule.form == "running"
    shouted = head.isupper() and (" " in head or (running and not words[:2].isupper()))
    quiet = running and head[0].islower()
    return not (shouted or quiet or words[0].islower()) or page.spelling.opens(words)


def _run(page: Page, at: int) -> int:
    """Where the words of an open name end that go on at a place."""
    end = _end(page, "run", at)
    if end == at:
        end = _end(page, "run", _end(page, "verb", at))
    words = page.view.plain[at:end].split()
    return _end(page, "tail", end) if words and words[-1].islower() else end


def _end(page: Page, called: str, at: int) -> int:
    """Where a called pattern ends that begins at a place; the place itself when it does not match."""
    match = page.match(called, at)
    return match.end() if match else at


def _amid(plain: str, start: int) -> bool:
    """Whether a sentence is running at a place: a capital there is that of a name."""
    before = plain[max(0, start - 4) : start].rstrip(" ")
    return before[-1:].islower() or before[-1:] == ","


def _part(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A part of a body and the body that it is part of; an office may serve two."""
    inner = _inner(page, match.end(), depth)
    if inner is None:
        return []
    words, end, generic = inner.words, inner.end, inner.generic
    joint = page.match("and", end) if rule.form == "office" and inner.rule.id in _TWIN and _bare(page, inner) else None
    second = _inner(page, joint.end(), depth) if joint else None
    if joint and second and second.rule.form == "council":
        words = f"{words} {page.view.words(*joint.span())} {second.words}".replace(" ,", ",")
        end, generic = second.end, second.generic
    head = page.view.words(*match.span())
    generic = generic and inner.rule.form != "bare"  # "Văn phòng Ban Chỉ huy" is a name, "Ban Chỉ huy" is none
    return [Found(match.start(), end, page.spelling.head(rule.id, f"{head} {words}"), rule, generic)]


def _inner(page: Page, at: int, depth: int) -> Found | None:
    rules = page.rules_at.get(at)
    found = _read(page, rules, at, depth + 1) if rules and depth < _NESTED else []
    return found[0] if found else None


def _bare(page: Page, name: Found) -> bool:
    """Whether a name is its head alone."""
    head = name.rule.pattern.match(page.view.plain, name.start)
    return head is not None and head.end() == name.end


def _council(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A council or a committee of the people, and those of further territories that share its head."""
    end, many = _place(page, match.end())
    head = page.spelling.mend(page.view.words(*match.span()))
    found = [Found(match.start(), end, f"{head} {page.view.words(match.end(), end)}".rstrip(), rule, many)]
    while not depth and not many and end > match.end():
        further = page.match("further", end)
        if further is None:
            break
        start, end = further.span("agency")
        found.append(Found(start, end, f"{head} {page.view.words(start, end)}", rule, shared=True))
    return found


def _list(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
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
        end, many = _place(page, domain.end())
        if found and end > domain.end() and kind == "b":
            break
        if end > domain.end():
            words = f"{words} {page.view.words(domain.end(), end)}"
        found.append(Found(domain.start() if later else match.start(), end, f"{head} {words}", rule, many, later))
        joint = None if depth else page.match("joint", end)
        if joint is None:
            break
        domain = page.match("room" if kind == "p" else "domain", joint.end())
    if len(found) > 1:
        return [found[0]._replace(shared=True), *found[1:]]
    if found and kind == "p" and (owner := _owner(page, found[0].end, depth)):
        return [found[0]._replace(end=owner.end, words=f"{found[0].words} {owner.words}")]
    return found


def _domain(page: Page, head: str, domain: re.Match[str]) -> str | None:
    """What stands behind a head, a code written out; ``None`` where it does not fit the head."""
    code = domain["code"]
    if code:
        return page.spelling.code(head, code)
    words = page.view.words(*domain.span())
    return words if page.spelling.is_domain(head, words) else None


def _group(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A group without a name of its own: several kinds of bodies, or one that a determiner or a quality makes so."""
    grouped = match["more"] or match["strong"] or (match["which"] and match["body"])
    if not grouped and (match["crowd"] or _determined(page, match.start()) == match.start()):
        return []
    end, _ = _place(page, match.end())
    return [Found(match.start(), end, page.view.words(match.start(), end), rule, generic=True)]


def _headed(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A head that refers back; a territory makes it a name."""
    name = _name(page, rule, match, match.end())
    return [name if name.end > match.end() else name._replace(generic=True)]


_READERS: Final[dict[str, Reader]] = {
    "whole": _whole, "placed": _placed, "sited": _sited, "told": _told, "open": _open, "running": _open,
    "board": _open, "part": _part, "office": _part, "council": _council, "list": _list, "group": _group,
    "bare": _headed,
}  # fmt: skip


def _determined(page: Page, start: int) -> int:
    """Where the determiner before a place begins, "các", "từng", "một số"; the place itself when there is none."""
    before = page.view.plain[max(0, start - _DETERMINER) : start]
    if before[-2:] not in page.spelling.determiner_ends:
        return start
    words = before.split()
    if words[-1].lower() not in page.spelling.determiners:
        return start
    return start - len(before) + before.rindex(words[-1])


def _agencies(page: Page, found: list[Found]) -> list[Agency]:
    """The mentions of what was found: groups with their determiners, names written out."""
    agencies: list[Agency] = []
    names: dict[str, tuple[str, bool]] = {}
    home_rank = page.spelling.rank_of(page.home)
    sure = {_beginning(name) for name in found if name.rule.form == "running" and not name.unsure}
    last = 0
    for name in found:
        start, end, words, rule, generic, shared, unsure = name
        if unsure and _beginning(name) not in sure:
            continue
        begin = start if shared else _determined(page, start)
        if last <= begin < start:
            start, words, generic = begin, f"{page.view.words(begin, start)} {words}", True
        if words not in names:
            written = page.spelling.write_out(words, page.home)
            names[words] = written, 0 < home_rank < page.spelling.rank(written)
        written, lower = names[words]
        if _defines(page, start, end, written, agencies):
            continue
        last = end
        agencies.append(
            Agency(
                start=start,
                end=end,
                text=page.view.composed[start:end],
                rule=rule.id,
                confidence=rule.confidence,
                name=written,
                generic=generic or lower or None,
                level=rule.set.get("level"),
            )
        )
    _spell_codes(page, agencies)
    return agencies


def _defines(page: Page, start: int, end: int, written: str, before: list[Agency]) -> bool:
    """Whether a name only defines a short form: "… (BCH PTDS tỉnh)" behind the long one, "(sau đây gọi tắt là …)"."""
    plain = page.view.plain
    if plain[end : end + 1] != ")":
        return False
    if plain[start - 1 : start] == "(":
        long = before[-1] if before and plain[before[-1].end : start - 1].strip(" ") == "" else None
        return long is not None and key(long.name).startswith(key(written))
    return page.called["defined"].search(plain, max(0, start - _DETERMINER), start) is not None


def _beginning(name: Found) -> str:
    """The first words of a name, as they are compared."""
    return " ".join(key(name.words).split()[:_BEGINNING])


def _spell_codes(page: Page, agencies: list[Agency]) -> None:
    """Writes out the codes that only the text itself explains: by a definition, or by the initials of another name."""
    coded = [
        agency
        for agency in agencies
        if not agency.generic
        and agency.rule != "agency.brand"
        and not agency.name.islower()
        and unknown_codes(agency.name)
    ]
    if not coded:
        return
    known = defined_in(page.view.plain)
    if any(code not in known for agency in coded for code in unknown_codes(agency.name)):
        known = initials_of({agency.name for agency in agencies if agency.rule == "agency.center"}) | known
    for agency in coded:
        for code in unknown_codes(agency.name):
            agency.name = agency.name.replace(code, known.get(code, code))
