"""Roles of agencies: who leads, who helps, who is reported to (ANNOTATION.md, "agency", and its settled cases).

Agencies of one list share their role. It comes from the place of the list (recipients, a table's column), from the
words round it (grammars/roles.yaml: trigger, direction, scope), or from being the subject that opens an item of duties.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, cast

from extractor.grammar import Rule
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.linking.places import Places, is_way
from extractor.linking.role_words import Words, role_words
from extractor.linking.subjects import Subjects
from extractor.plan import Agency, Role
from extractor.tagging.context import Context

_REACH: Final = 140
"""Code points before an agency within which its trigger stands."""


class Group(NamedTuple):
    """Agencies of one list: "Sở A, Sở B và các đơn vị liên quan"."""

    start: int
    end: int
    members: tuple[Agency, ...]


class Triggers:
    """Where the triggers of roles stand in a document: before an agency, or right behind it."""

    def __init__(self, hits: Sequence[tuple[int, tuple[Rule, ...]]], places: Places) -> None:
        self.before: list[tuple[int, list[Rule]]] = []
        self.behind: dict[int, list[Rule]] = {}
        for start, found in hits:
            # what X organised once is no duty of X: "đã dự lớp học do X tổ chức", under "Tình hình"
            rules = [rule for rule in found if not rule.set.get("duty") or not places.tells_what_was(start)]
            before = [rule for rule in rules if rule.form == "before"]
            if before:
                self.before.append((start, before))
            if len(before) < len(rules):
                self.behind[start] = [rule for rule in rules if rule.form != "before"]
        self.starts = [start for start, _ in self.before]


def assign_roles(view: View, agencies: list[Agency], context: Context) -> None:
    """Sets ``role`` of each agency (in text order, offsets of the view) where the text gives it one."""
    words = role_words(context.grammar)
    places = Places(view, context)
    triggers = Triggers(context.hits["role"], places)
    subjects = Subjects(view.lower, places, words)
    starts = {agency.start for agency in agencies}
    for group in groups(view.lower, agencies, words):
        role = places.role_of(group.start) or role_by_words(view.lower, group, triggers, subjects, words, starts)
        if role is None and places.opens_shared_cell(group.start):
            role = "lead"
        if role is not None:
            for agency in group.members:
                agency.settle(role=role)
            continue
        last = group.members[-1:]
        role = role_of_issuer(view.lower, last[0], places, words)
        if role is None and len(group.members) > 1 and subjects.leads(last) is not None:
            # a list may end an adverbial, "Trên cơ sở đề nghị của Sở A, Sở B …", and B be the subject
            role = "lead"
        last[0].settle(role=role)


def groups(lower: str, agencies: Sequence[Agency], words: Words) -> Iterator[Group]:
    """The lists of agencies: those with nothing between them but "," "và" and office-holders.

    The way that a paper takes parts no list: "về UBND tỉnh (qua Sở Nội vụ) và Bộ Y tế".
    """
    members: list[Agency] = []
    for agency in agencies:
        if members and is_way(lower, agency.start):
            continue
        if members and not _goes_on(lower, members[-1], agency, words):
            yield Group(members[0].start, members[-1].end, tuple(members))
            members = []
        members.append(agency)
    if members:
        yield Group(members[0].start, members[-1].end, tuple(members))


def _goes_on(lower: str, last: Agency, agency: Agency, words: Words) -> bool:
    """Whether an agency stands in one list with the one before it."""
    if _is_other_name(lower, last, agency, words):
        return True
    if last.generic and lower[last.end : agency.start].strip(" ") == ":":
        return True  # "các đơn vị: Sở A, Sở B" names whom the group has
    between = words.between.fullmatch(lower, last.end, agency.start)
    return between is not None and (";" not in between.group() or not _begins_anew(lower, agency.end, words))


def _is_other_name(lower: str, first: Agency, second: Agency, words: Words) -> bool:
    """Whether brackets name what a body is called elsewhere, "Phòng Kinh tế (Phòng Kinh tế và Hạ tầng)", or a part."""
    brackets = lower[first.end : second.start].strip(" ") + lower[second.end : second.end + 8].lstrip(" ")[:1]
    if brackets != "()":
        return False
    whole, part = fold_tones(first.name.lower()), fold_tones(second.name.lower())
    if whole.split()[0] == part.split()[0]:
        return True
    return words.has_parts.match(whole) is not None and words.is_part.match(part) is not None


def _begins_anew(lower: str, end: int, words: Words) -> bool:
    """Whether a verb follows what stands behind a semicolon: a clause then, no member of the list before."""
    return _opens_clause(lower, end) and words.executes.match(lower, end) is None


def _opens_clause(lower: str, end: int) -> bool:
    """Whether a verb follows: what stands behind a semicolon begins anew then."""
    follows = lower[end : end + 8].lstrip(" ")
    return bool(follows) and follows[0].isalpha() and not follows.startswith(("và ", "hoặc "))


def role_by_words(
    lower: str, group: Group, triggers: Triggers, subjects: Subjects, words: Words, starts: set[int]
) -> Role | None:
    """The role by the nearest trigger before the list, by the item that it opens, or by the verb behind it."""
    before = _trigger_before(lower, group, triggers)
    if before in ("coordinate", "approve"):
        return before
    standing = subjects.leads(group.members)
    if before is None and standing == "item":
        return "lead"
    behind = words.gloss.match(lower, group.end).end()  # type: ignore[union-attr]  # it matches nothing, too
    behind = words.aside.match(lower, behind).end()  # type: ignore[union-attr]  # it matches nothing, too
    for rule in triggers.behind.get(behind, ()):
        match = rule.pattern.match(lower, behind) if before is None or rule.form == "onward" else None
        # "X phối hợp Y": the verb has its object, it does not say that X helps
        if match is not None and _skip_blanks(lower, match.end()) not in starts:
            return cast(Role, rule.set["role"])
    return before or ("lead" if standing is not None else None)


def _trigger_before(lower: str, group: Group, triggers: Triggers) -> Role | None:
    end = group.start
    while end > 0 and lower[end - 1] == " ":
        end -= 1
    behind = _skip_blanks(lower, group.end)
    for index in range(bisect_left(triggers.starts, group.start) - 1, -1, -1):
        start, rules = triggers.before[index]
        if group.start - start > _REACH:
            return None
        for rule in rules:
            if rule.pattern.fullmatch(lower, start, end) and (rule.then is None or rule.then.match(lower, behind)):
                return cast(Role, rule.set["role"])
    return None


def _skip_blanks(lower: str, place: int) -> int:
    while place < len(lower) and lower[place] == " ":
        place += 1
    return place


def role_of_issuer(lower: str, agency: Agency, places: Places, words: Words) -> Role | None:
    """ "issuer" for the body that issues this plan, where the preamble says so."""
    if not places.in_preamble(agency.start):
        return None
    behind = _skip_blanks(lower, agency.end)
    if places.is_telegram:
        return "issuer" if words.telegraphs.match(lower, behind) else None
    before = lower[max(0, agency.start - 40) : agency.start]
    head = words.introduces_issuer.fullmatch(before.rstrip(" "))
    if before.rstrip(" ")[-1:].isalpha() and head is None:
        return None
    if head and head["asked"] and not places.is_issuer(agency):
        return None
    issues = words.issues.match(lower, behind) is not None
    if not issues and not places.is_anothers(agency):
        issues = words.announces.match(lower, behind) is not None
    start = agency.start - len(before) + head.start("head") if head and head["head"] else agency.start
    return "issuer" if issues or places.stands_alone_in_capitals(start, agency.end) else None
