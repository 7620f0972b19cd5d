"""The words of the role lexicon (grammars/lexicon/roles.yaml), compiled: how lists, openings and subjects look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.grammar import Grammar

HOLDERS = r"(?:(?:các )?{office_holders}(?: kiêm| và|,)? ){0,4}"
"""Office-holders between a trigger or a comma and the body they belong to: "Chủ tịch kiêm Tổng giám đốc"."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the role lexicon, compiled."""

    between: re.Pattern[str]
    executes: re.Pattern[str]
    """The closing formula of a decision, "… chịu trách nhiệm thi hành": its list runs over semicolons."""
    gloss: re.Pattern[str]
    """A short form or a gloss in brackets behind an agency, and the blanks round it."""
    aside: re.Pattern[str]
    """An adverbial between commas behind a subject, if any."""
    opener: re.Pattern[str]
    label: re.Pattern[str]
    """From the begin of an item: its marker's sign and a short topic with a colon, "- Xe, máy: "."""
    never: re.Pattern[str]
    """Behind a subject that has no duty, wherever it stands."""
    no_duty: re.Pattern[str]
    """Behind a subject that has no duty unless it opens an item."""
    issues: re.Pattern[str]
    announces: re.Pattern[str]
    """What the issuer does "… như sau:", whatever its verb."""
    telegraphs: re.Pattern[str]
    """Behind the body that sends a telegram: "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    addresses: re.Pattern[str]
    """Before those to whom a letter or a telegram goes."""
    has_parts: re.Pattern[str]
    is_part: re.Pattern[str]
    """How the name of a body begins that has parts, and the name of a part: "Sở Nội vụ (Phòng Thi đua)"."""
    introduces_issuer: re.Pattern[str]
    """Words right before the issuer: "do", what it is "asked" to issue, or who signs for it, its "head"."""
    figure: re.Pattern[str]


@cache
def role_words(grammar: Grammar) -> Words:
    """The words of a grammar's role lexicon."""
    joint = r"(?:[,;-] ?|(?:và|hoặc) )++"
    group = r"(?:các (?:\w+ ){1,4}?|{group_heads} (?:\w+ ){0,3}?){group_ends}"
    filler = rf"(?:(?:{{list_fillers}}|{group})(?= ?[,;]| và ) ?)?"
    tail = r"(?:{group_tails}(?!\w) ?)?"
    heads = r"(?:các {listed_heads} ?: ?)?"
    return Words(
        between=grammar.compile(rf"\)? ?{tail}(?:\([^()\n]{{1,50}}\) ?)?(?:{joint}{filler}){{1,4}}{HOLDERS}{heads}"),
        executes=grammar.compile(r"[^.;\n]{0,60}?{executes}(?!\w)"),
        gloss=grammar.compile(
            rf"\)? ?{tail}(?:\([^()\n]{{1,80}}\) ?)?"
            rf"(?:(?:, ?|và )(?:{group}|{{list_fillers}}(?: (?:có )?liên quan)?)(?!\w) ?){{0,2}}"
        ),
        aside=grammar.compile(r"(?:,? ?{asides}(?!\w)[^.;:\n]{0,120}?, ?(?=\w))?"),
        figure=grammar.compile(r" ?(?:{figure_openers} )?[0-9]"),
        opener=grammar.compile(
            rf" ?(?:[-+•*] ?)?(?:{{adverbials}}(?!\w)[^.;:\n]{{0,120}}?, ?){{0,2}}(?:{{duty_openers}} )?"
            rf"(?:(?:{{list_fillers}}|{group})(?:,| và|, và) ){{0,3}}{HOLDERS}(?:các )?"
        ),
        label=grammar.compile(r" ?(?:[-+•*] ?)?[^.;:|\n]{1,80}: ?"),
        never=grammar.compile(r"{no_duties}(?!\w)(?! {duties_given})"),
        no_duty=grammar.compile(r"{duties_of_items}(?!\w)"),
        issues=grammar.compile(r"(?:\([^()\n]{1,80}\) ?)?(?:{polite_words} )?{issues}(?!\w)"),
        announces=grammar.compile(r"\w[^;:\n]{0,240}{announcing}[ ]?[:.]"),
        telegraphs=grammar.compile(r"{telegraphs} ?:"),
        addresses=grammar.compile(r"(?<!\w){addresses} ?:"),
        has_parts=grammar.compile(r"{bodies_with_parts}(?!\w)"),
        is_part=grammar.compile(r"{parts_of_bodies}(?!\w)"),
        introduces_issuer=grammar.compile(r"(?:(?s:.*)\W)?(?:do|(?P<asked>{asks_issuer})|(?P<head>{heads_of_bodies}))"),
    )
