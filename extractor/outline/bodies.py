"""Names of bodies and territories as the JSON gives them: "ỦY BAN NHÂN DÂN / TỈNH X" → "Ủy ban nhân dân tỉnh X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import LOWER, View
from extractor.outline.forms import forms, opening

_NAME_PART: Final = re.compile(rf"(?:\A|(?<=\Wvà )|(?<=, )|(?<= - ))[{LOWER}]")
_WORD_START: Final = re.compile(rf"(?<![\w'])[{LOWER}]")
_MOST_PLACES: Final = 30
"""So many places of a name are looked at for one in small letters."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A unit of territory: "tỉnh" "Đồng Nai"; ``name`` is empty where only the kind is said ("UBND tỉnh")."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Body:
    """A body and the territory that it names itself by: "Sở Y tế" of "tỉnh Thái Bình"."""

    head: str
    own: str
    territory: Territory | None
    short: bool
    """Whether its name has the territory without the kind: "Tỉnh ủy Phú Thọ", "Sở Y tế Phú Thọ"."""

    def __str__(self) -> str:
        if self.territory is None:
            return self.own
        return f"{self.own} {self.territory.name if self.short else self.territory}".strip()

    @property
    def is_complete(self) -> bool:
        """Whether it says which territory it belongs to."""
        return self.territory is not None and bool(self.territory.name)


@lru_cache(maxsize=4096)
def key(words: str) -> str:
    """A form in which spellings of the same words are equal."""
    return " ".join(fold_tones(words.lower().replace("–", "-")).split())


def read_body(view: View, grammar: Grammar, words: str) -> Body | None:
    """The body that words name, spelled as the JSON gives it; ``None`` when they name none."""
    words = _written_out(grammar, words)
    match = opening(grammar, "body_heads").match(fold_tones(words))
    if match is None:
        return None
    head = _canonical(grammar, "body_heads")[key(match.group())]
    rest = words[match.end() :].strip(" ,-")
    committees = grammar.lexicon["party_committees"]
    if head in committees:
        return Body(head, head, Territory(committees[head], proper_name(grammar, rest)) if rest else None, True)
    middle, territory = _split_territory(grammar, rest)
    for length in range(4, 0, -1) if territory is None else ():
        home = province_of(grammar, " ".join(middle.split()[-length:]))
        if home is not None and len(middle.split()) > length:
            return Body(head, _spelled(view, grammar, head, " ".join(middle.split()[:-length])), home, True)
    return Body(head, _spelled(view, grammar, head, middle), territory, False)


def is_central(grammar: Grammar, body: Body) -> bool:
    """Whether a body stands for the country: no territory belongs to it."""
    central = grammar.lexicon["central_bodies"]
    return body.head in central or body.own in central


def complete(body: Body, home: Territory | None) -> Body:
    """The body with the territory that it belongs to, where its own words do not say it."""
    if home is None or body.is_complete:
        return body
    if body.territory is not None and not body.short and body.territory.kind != home.kind:
        return body
    return replace(body, territory=home)


def find_territories(grammar: Grammar, words: str) -> Iterator[Territory]:
    """The units of territory that words name, in any case; what is called a province must be one."""
    for match in forms(grammar)["territory"].finditer(fold_tones(words)):
        territory = Territory(_kind(grammar, match["kind"]), proper_name(grammar, words[slice(*match.span("name"))]))
        if territory.kind != "tỉnh" or key(territory.name) in provinces(grammar):
            yield territory


def proper_name(grammar: Grammar, words: str) -> str:
    """A name with its capitals: a province as the lexicon spells it, else every word's first letter."""
    known = provinces(grammar).get(key(words))
    if known is not None:
        return str(known["name"])
    words = " ".join(words.split())
    return _WORD_START.sub(lambda match: match.group().upper(), words.lower()) if words.isupper() else words


def province_of(grammar: Grammar, place: str) -> Territory | None:
    """The province or centrally run city of this name."""
    known = provinces(grammar).get(key(place))
    return Territory(known["kind"], known["name"]) if known else None


@cache
def provinces(grammar: Grammar) -> Mapping[str, dict[str, str]]:
    """The entries of the lexicon of provinces by every way to spell their names."""
    return {
        key(name): entry
        for entry in reversed(grammar.lexicon["provinces"])
        for name in (entry["name"], *entry.get("spellings", ()))
    }


def sentence_case(words: str) -> str:
    """Words in capitals as a name in small letters that begins with a capital."""
    return _NAME_PART.sub(lambda match: match.group().upper(), " ".join(words.lower().split()))


@cache
def _canonical(grammar: Grammar, name: str) -> Mapping[str, str]:
    return {key(word): word for word in grammar.words(name)}


def canonical(grammar: Grammar, name: str, words: str) -> str | None:
    """A word of a lexicon list as the list spells it."""
    return _canonical(grammar, name).get(key(words))


def _written_out(grammar: Grammar, words: str) -> str:
    long_forms = grammar.lexicon["body_short_forms"]
    return _short_forms(grammar).sub(lambda match: long_forms[match.group().lower()], " ".join(words.split()))


@cache
def _short_forms(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"(?<!\w)(?i:{body_short_forms})(?!\w)")


def _split_territory(grammar: Grammar, rest: str) -> tuple[str, Territory | None]:
    """What stands between the head of a name and its territory, and the territory."""
    match = _territory_end(grammar).search(fold_tones(rest))
    if match is None:
        return rest, None
    name = rest[slice(*match.span("name"))].strip(" ,-")
    return rest[: match.start()].strip(" ,-"), Territory(_kind(grammar, match["kind"]), proper_name(grammar, name))


@cache
def _territory_end(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"(?<!\w)(?P<kind>(?i:{territory_kinds}|tp\.?))(?!\w)(?!(?i: hội))(?P<name>[^,;]{0,60})\Z")


def _kind(grammar: Grammar, words: str) -> str:
    return canonical(grammar, "territory_kinds", words) or "thành phố"


def _spelled(view: View, grammar: Grammar, head: str, middle: str) -> str:
    """Head and middle of a name as the document spells them where they do not stand in capitals."""
    if not middle:
        return head
    wanted = key(f"{head} {middle}")
    if middle.isupper():
        at = -1
        for _ in range(_MOST_PLACES):
            at = view.lower.find(wanted, at + 1)
            if at < 0:
                break
            if not view.plain[at : at + len(wanted)].isupper():
                words = view.words(at, at + len(wanted))
                return words[0].upper() + words[1:]
        middle = sentence_case(middle)
        for name in grammar.words("proper_names"):
            middle = re.sub(rf"(?i)(?<!\w){name}(?!\w)", name, middle)
    return f"{head} {middle}"
