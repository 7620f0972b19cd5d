"""How the name of an agency is written out (ANNOTATION.md, "agency": ``name``).

The name is the mention's own words with their abbreviations written out, the capitals of a heading made small, and
misprints of closed names mended; nothing is added from the context. The words are those of
``grammars/lexicon/abbreviations.yaml``, of the lists of bodies, and of the text itself ("sản xuất sạch hơn (SXSH)").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractor.grammar import Grammar
from extractor.grammar.patterns import alternation, flexible_blanks
from extractor.language.folding import fold_tones
from extractor.language.view import UPPER
from extractor.tagging.context import Context

_SHORT: Final = re.compile(rf"[{UPPER}]{{2}}|&")
_CODE: Final = re.compile(rf"(?<![\w&])[{UPPER}]{{2,12}}(?![\w&])")
_DEFINED: Final = re.compile(rf"\( *+([{UPPER}]{{2,12}}) *+\)")
_WORD: Final = re.compile(r"\w++|[-,]")
_JOINTS: Final = re.compile(r"và|[^\w]")
_DASHES: Final = str.maketrans("–—", "--")
_CITY: Final = "thành phố "
_LONGEST: Final = 8
"""So many words a canonical name has at most, where the case of its letters is restored."""
_BEFORE: Final = 120
"""The words of a short form are looked for in so many code points before it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What one grammar says about the writing of names, made ready for use."""

    short: re.Pattern[str]
    places: re.Pattern[str]
    exact: Mapping[str, str]
    long: Mapping[str, str]
    long_in_city: Mapping[str, str]
    heads: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]
    domains: Mapping[str, frozenset[str]]
    words: frozenset[str]
    verbs: frozenset[str]
    names: Mapping[str, str]
    misprints: Mapping[str, str]
    determiner: re.Pattern[str]
    determiner_ends: frozenset[str]
    """The last letter of each determiner with a blank: what is looked at first."""
    ranks: Mapping[str, int]
    kinds: Mapping[str, str]
    """Of what kind each province is, "tỉnh" or "thành phố"."""
    list_heads: Mapping[str, str]
    corporate_groups: Mapping[str, str]
    corporations: Mapping[str, str]

    def head(self, rule: str, words: str) -> str:
        """A name with its first word written out, by the rule that found it: "TT." is Thường trực or Trung tâm."""
        heads = self.heads.get(rule)
        if heads is None:
            return words
        first, blank, rest = words.partition(" ")
        return heads.get(first.rstrip("."), first) + blank + rest

    def mend(self, head: str) -> str:
        """The first words of a closed name without their misprints."""
        return self.misprints.get(head.lower(), head)

    def code(self, head: str, code: str) -> str | None:
        """What a code of letters says behind "Sở", "Bộ" or "Phòng"; ``None`` where it says nothing."""
        return self.codes[head[0].lower()].get(_letters(code))

    def is_domain(self, head: str, words: str) -> bool:
        """Whether these words stand behind "Sở", "Bộ" or "Phòng" in a name."""
        return key(words) in self.domains[head[0].lower()]

    def opens(self, words: str, *, verbs: bool = True) -> bool:
        """Whether a name may begin with these words in small letters (``verbs``: even with what a body does)."""
        found = key(words).replace(" ,", ",").split()[:_LONGEST]
        starts = {" ".join(found[:count]).rstrip(",") for count in range(1, len(found) + 1)}
        return not starts.isdisjoint(self.words) or (verbs and not starts.isdisjoint(self.verbs))

    def write_out(self, words: str, home: str = "") -> str:
        """A name's words with the abbreviations of the lexicon written out; ``home`` is the document's territory."""
        if _SHORT.search(words) is None:
            return words
        long = self.long_in_city if home.startswith(_CITY) else self.long
        said = self.quieten(words) if words.isupper() else words
        written = self.places.sub(lambda match: f"{long[_letters(match[1])]} ", said)
        written = self.short.sub(lambda match: self.exact.get(match[0]) or long[_letters(match[0])], written)
        written = " ".join(written.replace("&", " và ").split())
        return self.restore_case(written) if words.isupper() and (written != words or " " in words) else written

    def quieten(self, words: str) -> str:
        """A name in capitals with small letters where phrases of the lexicon stand: "ĐẦU TƯ" holds no "TƯ"."""
        found = words.split()
        at = 0
        while at < len(found):
            for count in range(min(_LONGEST, len(found) - at), 1, -1):
                phrase = key(" ".join(found[at : at + count]))
                if phrase in self.names or phrase in self.words or phrase in self.verbs:
                    found[at : at + count] = [word.lower() for word in found[at : at + count]]
                    at += count - 1
                    break
            at += 1
        return " ".join(found)

    def rank(self, words: str) -> int:
        """The tier of the territory with whose kind a name ends ("UBND xã": 3); 0 when it ends otherwise."""
        last = words.lower().split()[-2:]
        return self.ranks.get(" ".join(last)) or self.ranks.get(last[-1], 0)

    def rank_of(self, territory: str) -> int:
        """The tier of a territory, "thị xã Long Khánh"; 0 when it is none."""
        first = territory.lower().split()[:2]
        return self.ranks.get(" ".join(first)) or self.ranks.get(first[0], 0) if first else 0

    def restore_case(self, words: str) -> str:
        """A name that stands in capitals with the capitals that it has elsewhere; the name of a place has them all."""
        found = [word.lower() if word.isupper() else word for word in words.split()]
        pieces: list[str] = []
        while found:
            for count in range(min(_LONGEST, len(found)), 0, -1):
                name = self.names.get(key(" ".join(found[:count])))
                if name is not None or count == 1:
                    placed = name is None and bool(pieces) and self.rank_in(pieces)
                    pieces.append(name or (found[0].capitalize() if placed else found[0]))
                    del found[:count]
                    break
        written = " ".join(pieces)
        return written[:1].upper() + written[1:]

    def rank_in(self, words: Sequence[str]) -> int:
        """The tier of the kind of territory that stands among words, 0 when none does."""
        return next((rank for kind, rank in self.ranks.items() if f" {kind} " in f" {' '.join(words)} ".lower()), 0)


@lru_cache(maxsize=8)
def spelling_of(grammar: Grammar) -> Spelling:
    """The spelling of a grammar, made ready once."""
    lexicon = grammar.lexicon
    shorts, places = lexicon["agency_abbreviations"], lexicon["place_abbreviations"]
    joined = sorted({**places, **shorts}.items(), key=lambda entry: "&" in entry[0])  # "PT&TH" is PT-TH, but not PTTH
    long = {_letters(short): long for short, long in joined}
    departments, ministries, divisions = (
        {_letters(code): name for code, name in lexicon[f"{kind}_codes"].items()}
        for kind in ("department", "ministry", "division")
    )
    spelled = set(map(key, lexicon["ministry_spellings"]))
    bodies = ("state_bodies", "party_bodies", "mass_bodies", "departments", "ministries", "provinces")
    return Spelling(
        short=re.compile(rf"(?<!\w)(?:{flexible_blanks(alternation(shorts, elastic=True))})(?!\w)"),
        places=re.compile(rf"(?<!\w)({alternation(places)})(?!\w)[.]? ?"),
        exact={short: text for short, text in shorts.items() if short not in lexicon["city_abbreviations"]},
        long=long,
        long_in_city={**long, **lexicon["city_abbreviations"]},
        heads=lexicon["head_abbreviations"],
        codes={"s": departments, "b": departments | ministries, "p": departments | divisions},
        domains={
            "s": frozenset({*spelled, *map(key, grammar.words("departments"))}),
            "b": frozenset({*spelled, *map(key, grammar.words("ministries"))}),
            "p": frozenset(map(key, grammar.words("divisions"))),
        },
        words=frozenset(map(key, lexicon["name_words"])),
        verbs=frozenset(map(key, lexicon["name_verbs"])),
        names={key(name): name for words in bodies for name in grammar.words(words) if not unknown_codes(name)},
        misprints={wrong.lower(): right for wrong, right in lexicon["agency_misprints"].items()},
        determiner=re.compile(rf"(?<!\w)(?:{flexible_blanks(alternation(lexicon['determiners']))}) +$"),
        determiner_ends=frozenset(f"{word[-1]} " for word in lexicon["determiners"]),
        ranks=lexicon["territory_ranks"],
        kinds={
            key(name): province["kind"]
            for province in lexicon["provinces"]
            for name in (province["name"], *province.get("spellings", ()))
        },
        list_heads=lexicon["list_heads"],
        corporate_groups=lexicon["corporate_groups"],
        corporations={key(name): kind for name, kind in lexicon["corporations"].items()},
    )


@lru_cache(maxsize=4096)
def key(words: str) -> str:
    """Words as they are compared: small letters, the old place of the tone mark, no blanks round a dash, no "&"."""
    folded = fold_tones(words.lower()).translate(_DASHES).replace("&", " và ").replace("-", " - ")
    return " ".join(folded.split()).replace(" - ", "-")


def _letters(code: str) -> str:
    """The letters of a code, whatever joins them ("TN&MT", "TN - MT", "TNMT")."""
    return _JOINTS.sub("", code)


def write_name(words: str, context: Context) -> str:
    """The words of a mention, whoever found it, with the abbreviations of the lexicon written out."""
    return spelling_of(context.grammar).write_out(words, context.header.jurisdiction or "")


def unknown_codes(name: str) -> list[str]:
    """The codes of letters that a written-out name still holds."""
    return _CODE.findall(name)


def defined_in(text: str) -> dict[str, str]:
    """The short forms that a text defines in brackets, "sản xuất sạch hơn (SXSH)", and what they stand for."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        words = _WORD.findall(text[max(0, match.start() - _BEFORE) : match.start()])
        long = by_initials(match[1], words)
        if long is not None:
            found.setdefault(match[1], long)
    return found


def initials_of(names: Iterable[str]) -> dict[str, str]:
    """The words behind the head of names by their initials: "XTTM" in "Trung tâm Xúc tiến thương mại"."""
    found: dict[str, str] = {}
    for name in sorted(names):
        words = [] if unknown_codes(name) else name.split()
        for start in range(1, len(words)):
            for end in range(start + 2, min(start + _LONGEST, len(words)) + 1):
                if words[end - 2].endswith(","):
                    break
                initials = "".join(word[0] for word in words[start:end]).upper()
                found.setdefault(initials, " ".join(words[start:end]))
    return found


def by_initials(short: str, words: Sequence[str]) -> str | None:
    """The last of ``words`` when their initials are ``short`` (a joining "và" need not count), or ``None``."""
    left = len(short)
    for at in range(len(words) - 1, max(-1, len(words) - 3 * len(short)) - 1, -1):
        word = words[at]
        if left and word[0].upper() == short[left - 1]:
            left -= 1
            if not left:
                return " ".join(words[at:]).replace(" ,", ",")
        elif word.isalpha() and word.lower() != "và":
            return None
    return None
