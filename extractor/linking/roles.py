"""Roles of agencies: who leads, who helps, who is reported to (ANNOTATION.md, "agency", and its settled cases).

Agencies of one list share their role. It comes from the place of the list (recipients, a table's column), from the
words round it (grammars/roles.yaml: trigger, direction, scope), or from being the subject that opens an item of duties.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, cast

from extractor.grammar import Grammar, Rule
from extractor.language.view import View
from extractor.linking.places import Places
from extractor.plan import Agency, Role
from extractor.tagging.context import Context

_REACH: Final = 140
"""Code points before an agency within which its trigger stands."""


class Group(NamedTuple):
    """Agencies of one list: "Sở A, Sở B và các đơn vị liên quan"."""

    start: int
    end: int
    members: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the role lexicon, compiled."""

    between: re.Pattern[str]
    gloss: re.Pattern[str]
    """A short form or a gloss in brackets behind an agency, and the blanks round it."""
    aside: re.Pattern[str]
    """An adverbial between commas behind a subject, if any."""
    opener: re.Pattern[str]
    no_duty: re.Pattern[str]
    issues: re.Pattern[str]
    figure: re.Pattern[str]


class Triggers:
    """Where the triggers of roles stand in a document: before an agency, or right behind it."""

    def __init__(self, hits: Sequence[tuple[int, tuple[Rule, ...]]]) -> None:
        self.before: list[tuple[int, list[Rule]]] = []
        self.behind: dict[int, list[Rule]] = {}
        for start, rules in hits:
            before = [rule for rule in rules if rule.form == "before"]
            if before:
                self.before.append((start, before))
            if len(before) < len(rules):
                self.behind[start] = [rule for rule in rules if rule.form != "before"]
        self.starts = [start for start, _ in self.before]


def assign_roles(view: View, agencies: list[Agency], context: Context) -> None:
    """Sets ``role`` of each agency (in text order, offsets of the view) where the text gives it one."""
    words = _words(context.grammar)
    places = Places(view, context)
    triggers = Triggers(context.hits["role"])
    for group in groups(view.lower, agencies, words):
        role = (
            places.role_of(group.start)
            or role_by_words(view.lower, group, triggers, words)
            or role_of_subject(view.lower, group, places, words)
        )
        if role is not None:
            for agency in group.members:
                agency.settle(role=role)
            continue
        last = group.members[-1]
        role = role_of_issuer(view.lower, last, places, words)
        if role is None and len(group.members) > 1:
            # a list may end an adverbial, "Trên cơ sở đề nghị của Sở A, Sở B …", and B be the subject
            role = role_of_subject(view.lower, Group(last.start, last.end, (last,)), places, words)
        last.settle(role=role)


def groups(lower: str, agencies: Sequence[Agency], words: Words) -> Iterator[Group]:
    """The lists of agencies: those with nothing between them but "," "và" and office-holders."""
    members: list[Agency] = []
    for agency in agencies:
        if members:
            between = words.between.fullmatch(lower, members[-1].end, agency.start)
            if between is None or (";" in between.group() and _opens_clause(lower, agency.end)):
                yield Group(members[0].start, members[-1].end, tuple(members))
                members = []
        members.append(agency)
    if members:
        yield Group(members[0].start, members[-1].end, tuple(members))


def _opens_clause(lower: str, end: int) -> bool:
    """Whether a verb follows: what stands behind a semicolon begins anew then."""
    follows = lower[end : end + 8].lstrip(" ")
    return bool(follows) and follows[0].isalpha() and not follows.startswith(("và ", "hoặc "))


def role_by_words(lower: str, group: Group, triggers: Triggers, words: Words) -> Role | None:
    """The role that the nearest trigger before the list gives, or the verb behind it."""
    before = _trigger_before(lower, group, triggers)
    if before in ("coordinate", "approve"):
        return before
    behind = words.gloss.match(lower, group.end).end()  # type: ignore[union-attr]  # it matches nothing, too
    for rule in triggers.behind.get(behind, ()):
        if (before is None or rule.form == "onward") and rule.pattern.match(lower, behind):
            return cast(Role, rule.set["role"])
    return before


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
    before = lower[max(0, agency.start - 40) : agency.start].rstrip(" ")
    if not places.in_preamble(agency.start) or (before[-1:].isalpha() and not before.endswith(" do")):
        return None
    issues = words.issues.match(lower, _skip_blanks(lower, agency.end)) is not None
    return "issuer" if issues or places.stands_alone_in_capitals(agency.start, agency.end) else None


def role_of_subject(lower: str, group: Group, places: Places, words: Words) -> Role | None:
    """ "lead" for the subject that opens an item of duties, its heading, or a sentence of it."""
    if not places.has_duties(group.start):
        return None
    heading = places.heading_at(group.start)
    start = heading.title_start if heading else places.clause_start(group.start)
    if heading is None and places.is_issuer(group.members[0]) and not places.opens_item(start):
        return None
    if words.opener.fullmatch(lower, start, group.start) is None:
        return None
    behind = words.gloss.match(lower, group.end).end()  # type: ignore[union-attr]  # it matches nothing, too
    behind = words.aside.match(lower, behind).end()  # type: ignore[union-attr]  # it matches nothing, too
    follows = lower[behind : behind + 1]
    if follows == ":":
        return None if words.figure.match(lower, behind + 1) else "lead"
    if heading is not None:
        return "lead"
    return "lead" if follows.isalpha() and words.no_duty.match(lower, behind) is None else None


@cache
def _words(grammar: Grammar) -> Words:
    holders = r"(?:(?:các )?{office_holders} )*"
    joint = r"(?:[,;-] ?|(?:và|hoặc|cùng|cùng với|với) )++"
    filler = r"(?:{list_fillers}(?= ?[,;]| và ) ?)?"
    return Words(
        between=grammar.compile(rf" ?(?:\([^()\n]{{1,50}}\) ?)?(?:{joint}{filler}){{1,4}}{holders}"),
        gloss=grammar.compile(
            r" ?(?:\([^()\n]{1,80}\) ?)?(?:(?:, ?|và ){list_fillers}(?: (?:có )?liên quan)?(?!\w) ?){0,2}"
        ),
        aside=grammar.compile(r"(?:, ?{asides}(?!\w)[^.;:\n]{0,120}?, ?(?=\w))?"),
        figure=grammar.compile(r" ?(?:{figure_openers} )?[0-9]"),
        opener=grammar.compile(
            r" ?(?:[-+•*] ?)?(?:{adverbials}(?!\w)[^.;:\n]{0,120}?, ?){0,2}(?:{duty_openers} )?" + holders
        ),
        no_duty=grammar.compile(r"{no_duties}(?!\w)(?! trách nhiệm| nhiệm vụ| giao)"),
        issues=grammar.compile(r"(?:\([^()\n]{1,80}\) ?)?(?:trân trọng )?{issues}(?!\w)"),
    )
