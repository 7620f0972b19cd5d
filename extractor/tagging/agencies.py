"""Agencies (ANNOTATION.md, "agency"): where their names stand, and each name written out.

A rule of ``grammars/agencies.yaml`` finds the head of a name; its ``form`` says what follows: a territory, more
words, another body, further names that share the head. ``extractor.tagging.agency_names`` writes the names out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from extractor.grammar import Grammar, Rule
from extractor.language.view import MASK, View
from extractor.outline.structure import Stretches
from extractor.plan import Agency
from extractor.tagging.agency_lists import read_list, read_series, siblings, with_fellows
from extractor.tagging.agency_members import with_members
from extractor.tagging.agency_names import defined_in, initials_of, key, spelling_of, unknown_codes
from extractor.tagging.agency_page import DETERMINER, Found, Page, determined, named, owner_of, place_behind
from extractor.tagging.context import Context

_BEGINNING: Final = 4
"""So many words tell that two names are the same."""
_LONG: Final = 3
"""So many words go on with a name behind a comma, when none of them is "và"."""
_BUILT: Final = 40
"""What is done to a facility is looked for in so many code points before its name."""
_COMMA: Final = re.compile(r" ?, +(?=\w)")
_TWIN: Final = frozenset({"agency.council", "agency.deputies"})
"""Bodies that may share one office with a council."""
_BRANDS: Final = frozenset({"agency.brand", "agency.international"})
"""Bodies that stand in brackets behind their own long name."""
_NAMELESS: Final = frozenset({"group", "called"})

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
        _read,
    )
    found: list[Found] = []
    end = 0
    for start, rules in hits:
        if start >= end and plain[start] != MASK and (names := _read(page, rules, start, 0)):
            names = with_members(page, names)
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


def _whole(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    start, end = match.span("agency" if "agency" in rule.pattern.groupindex else 0)
    words = f"{page.view.words(start, end)} {match.groupdict().get('tail') or ''}".rstrip()
    return [Found(start, end, rule.set.get("name", words), rule, shared=True)]


def _placed(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    name = named(page, rule, match.start(), match.end())
    code = match.groupdict().get("code")
    if code is None:
        return [name]
    written = page.spelling.code(match[0], code)
    head, place = page.view.words(match.start(), match.start("code")), page.view.words(match.end(), name.end)
    return [name._replace(words=f"{head} {written} {place}".strip())] if written else []


def _sited(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    name = named(page, rule, match.start(), match.end())
    return [name] if name.end > match.end() else []


def _told(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A name by its territory or its body, or because it stands among the recipients."""
    told = match.start() in page.recipients
    if match.groupdict().get("of") and not told:
        return []
    inner = page.inner(match.end() + 1, depth)
    if inner is not None and page.view.plain[match.end()] == " ":
        inner = _with_twin(page, inner, depth) if told else inner
        return [Found(match.start(), inner.end, f"{page.view.words(*match.span())} {inner.words}", rule, inner.generic)]
    name = named(page, rule, match.start(), match.end())
    return [name] if told or name.end > match.end() else []


def _open(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A name whose words go on behind its head: a capital begins them, or words of the lexicon."""
    plain, running = page.view.plain, rule.form == "running"
    end = page.run(match.end())
    amid = running and match[0][0].isupper() and not match[0].isupper() and _amid(plain, match.start())
    if amid and end == match.end() and (loose := page.match("loose", end)) is not None:
        end = loose.end()
    words = plain[match.end() : end].lstrip(" -")
    if not words and rule.form == "board" and match["task"]:  # "Hội đồng thẩm định giá tỉnh": the task is the name
        return _sited(page, rule, match, depth)
    if not words or not (amid or _opens(page, rule, match[0], words)):
        return []
    while (comma := _COMMA.match(plain, end)) is not None:
        further = page.run(comma.end() - 1)
        listed = plain[comma.end() : further]
        said = page.spelling.write_out(listed) if rule.form == "board" else listed
        if not page.spelling.opens(said, verbs=rule.form == "board" or listed[:1].isupper()):
            break
        if not (rule.form == "board" or " và " in listed or _goes_on(page, match.start(), listed)):
            break
        end = further
    if page.match("facility", match.end()) and page.called["built"].search(
        plain, max(0, match.start() - _BUILT), match.start()
    ):
        return []
    name = named(page, rule, match.start(), end)
    settled = words[0].isupper() or not running or name.end > end or amid
    if running and name.end == end and (owner := owner_of(page, end, depth)):
        return [name._replace(end=owner.end, words=f"{name.words} {owner.words}")]
    if not running and (dash := page.match("dashed", name.end)) and (owner := page.inner(dash.end(), depth)):
        return [name._replace(end=owner.end, words=f"{name.words} - {owner.words}")]
    name = name._replace(unsure=not settled and page.match("duty", end) is None)
    return [name] if depth or name.generic or name.unsure else with_fellows(page, match, name)


def _goes_on(page: Page, start: int, listed: str) -> bool:
    """Whether words behind a comma go on with a name, "Quy hoạch, Thiết kế": what a body does, and no "các" before."""
    long = len(listed.split()) >= _LONG and listed[:1].isupper()
    acts = long and page.spelling.opens(listed) and not page.spelling.opens(listed, verbs=False)
    return acts and determined(page, start) == start


def _opens(page: Page, rule: Rule, head: str, words: str) -> bool:
    """Whether these words may begin the open part of a name: a capital, or else words of the lexicon."""
    running = rule.form == "running"
    shouted = head.isupper() and (" " in head or (running and not words[:2].isupper()))
    quiet = running and head[0].islower()
    return not (shouted or quiet or words[0].islower()) or page.spelling.opens(words)


def _amid(plain: str, start: int) -> bool:
    """Whether a sentence is running at a place: a capital there is that of a name."""
    before = plain[max(0, start - 4) : start].rstrip(" ")
    return before[-1:].islower() or before[-1:] == ","


def _part(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A part of a body and the body that it is part of; an office may serve two."""
    inner = page.inner(match.end(), depth)
    if inner is None:
        return []
    inner = _with_twin(page, inner, depth) if rule.form == "office" else inner
    head = page.view.words(*match.span())
    generic = inner.generic and inner.rule.form != "bare"  # "Văn phòng Ban Chỉ huy" is a name, "Ban Chỉ huy" is none
    name = Found(match.start(), inner.end, page.spelling.head(rule.id, f"{head} {inner.words}"), rule, generic)
    return [name] if depth or not head.startswith("TT") else [name, *_standing_too(page, name)]


def _with_twin(page: Page, name: Found, depth: int) -> Found:
    """A council and the second one that has one office with it, "HĐND" + "và UBND huyện"."""
    joint = page.match("and", name.end) if name.rule.id in _TWIN and _bare(page, name) else None
    second = page.inner(joint.end(), depth) if joint else None
    if joint is None or second is None or second.rule.form != "council":
        return name
    words = f"{name.words} {page.view.words(*joint.span())} {second.words}".replace(" ,", ",")
    return name._replace(words=words, end=second.end, generic=second.generic)


def _standing_too(page: Page, name: Found) -> list[Found]:
    """The council behind "TT Tỉnh ủy" among the recipients, "TT Tỉnh ủy, HĐND tỉnh": its standing members too."""
    joint = page.match("standing", name.end) if name.start in page.recipients else None
    council = page.inner(joint.end(), 0) if joint and name.words.startswith("Thường trực ") else None
    return [council._replace(words=f"Thường trực {council.words}", shared=True)] if council else []


def _bare(page: Page, name: Found) -> bool:
    """Whether a name is its head alone."""
    head = name.rule.pattern.match(page.view.plain, name.start)
    return head is not None and head.end() == name.end


def _council(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A council or a committee of the people, and those of further territories that share its head."""
    end, many = place_behind(page, match.end())
    head = page.spelling.mend(page.view.words(*match.span()))
    found = [Found(match.start(), end, f"{head} {page.view.words(match.end(), end)}".rstrip(), rule, many)]
    while not depth and not many and end > match.end():
        further = page.match("further", end)
        if further is None:
            break
        start, end = further.span("agency")
        found.append(Found(start, end, f"{head} {page.view.words(start, end)}", rule, shared=True))
    if not depth and not many and len(found) == 1:
        found += siblings(page, found[0])
    return found


def _group(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A group without a name of its own: several kinds of bodies, or one that a determiner or a quality makes so."""
    grouped = match["more"] or match["strong"] or (match["which"] and match["body"])
    if not grouped and (match["crowd"] or determined(page, match.start()) == match.start()):
        return []
    end, _ = place_behind(page, match.end())
    return [Found(match.start(), end, page.view.words(match.start(), end), rule, generic=True)]


def _headed(page: Page, rule: Rule, match: re.Match[str], depth: int) -> list[Found]:
    """A head that refers back; a territory makes it a name."""
    name = named(page, rule, match.start(), match.end())
    return [name if name.end > match.end() else name._replace(generic=True)]


_READERS: Final[dict[str, Reader]] = {
    "whole": _whole, "placed": _placed, "sited": _sited, "told": _told, "open": _open, "running": _open,
    "board": _open, "part": _part, "office": _part, "council": _council, "list": read_list, "group": _group,
    "series": read_series, "bare": _headed,
}  # fmt: skip


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
        begin = start if shared else determined(page, start)
        if last <= begin < start:
            start, words, generic = begin, f"{page.view.words(begin, start)} {words}", True
        if words not in names:
            written = page.spelling.write_out(words, page.home)
            names[words] = written, 0 < home_rank < page.spelling.rank(written)
        written, lower = names[words]
        if _defines(page, name, written, agencies):
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


def _defines(page: Page, name: Found, written: str, before: list[Agency]) -> bool:
    """Whether a name only defines a short form: "… (BCH PTDS tỉnh)" behind the long one, "(sau đây gọi tắt là …)"."""
    plain, start, end = page.view.plain, name.start, name.end
    if plain[end : end + 1] != ")":
        return False
    if plain[start - 1 : start] == "(":
        long = before[-1] if before and plain[before[-1].end : start - 1].strip(" ") == "" else None
        if long is None or (long.generic and name.rule.id in _BRANDS):
            return False
        return name.rule.id in _BRANDS or key(long.name).startswith(key(written))
    return page.called["defined"].search(plain, max(0, start - DETERMINER), start) is not None


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
    agencies[:] = [agency for agency in agencies if not _is_code(agency)]


def _is_code(agency: Agency) -> bool:
    """Whether an agency is a code that nothing explains behind the head of several, "các Vụ: KTTH, NC"."""
    return agency.name.endswith(f" {agency.text}") and agency.text in unknown_codes(agency.name)
