"""Reading ``grammars/``: rules and lexicons as data, compiled once.

``grammars/*.yaml`` hold the rules of one kind of mention each, ``grammars/lexicon/*.yaml`` the words; docs/grammars.md
describes both. A fault is reported with file, rule and reason (``GrammarError``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from extractor.errors import GrammarError
from extractor.grammar.cache import Cache
from extractor.grammar.patterns import alternation, compile_pattern
from extractor.grammar.scanning import Scanner
from extractor.language.folding import fold_tones

_RULE_KEYS: Final = {
    "id",
    "about",
    "starts",
    "pattern",
    "then",
    "case",
    "form",
    "set",
    "confidence",
    "examples",
    "misses",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a grammar file, compiled. ``form`` names how the tagger reads its groups, ``set`` fixed fields."""

    id: str
    mention: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    then: re.Pattern[str] | None
    """What must follow (rules of roles: behind the agency)."""
    keeps_case: bool
    form: str
    set: Mapping[str, Any]
    confidence: float
    examples: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Everything that ``grammars/`` says, compiled: loaded once, read-only, safe in threads."""

    folder: Path
    hash: str
    rules: Mapping[str, tuple[Rule, ...]]
    """Rules by kind of mention, in the order of their file: the first that matches wins."""
    lexicon: Mapping[str, Any]
    """Lists and tables of words by name."""
    scanner: Scanner
    _parts: Mapping[str, str]
    _cache: Cache

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern in the notation of the rule files, with the shared parts and the lexicon lists."""
        return compile_pattern(pattern, self._part, self._cache)

    def words(self, name: str) -> list[str]:
        """The words of a lexicon list (the keys of a table). Raises ``KeyError``."""
        return _words(self.lexicon[name])

    def _part(self, name: str) -> str:
        return _part(name, self._parts, self.lexicon)


def default_folder() -> Path:
    """Where the grammars are: inside the installed package, or beside it in the repository."""
    packaged = Path(__file__).parents[1] / "grammars"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "grammars"


def load_grammar(folder: Path | str | None = None) -> Grammar:
    """The grammar of ``folder`` (default: the one that comes with the package), loaded once per process.

    Raises ``GrammarError`` that names file, rule and reason.
    """
    return _load(Path(folder).resolve() if folder is not None else default_folder())


@cache
def _load(folder: Path) -> Grammar:
    files = sorted(folder.glob("*.yaml")) + sorted(folder.glob("lexicon/*.yaml"))
    if not files:
        raise GrammarError(f"{folder}: no grammar files (*.yaml) there")
    raws = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    digest = hashlib.sha256()
    for name, raw in raws.items():
        digest.update(name.encode() + b"\0" + raw.replace(b"\r\n", b"\n") + b"\0")
    key = digest.hexdigest()[:16]
    cache = Cache(key)
    lexicon: dict[str, Any] = {}
    parts: dict[str, str] = {}
    sheets: list[tuple[str, dict[str, Any]]] = []
    for name, raw in raws.items():
        sheet = cache.sheet(name)
        if sheet is None:
            sheet = _parse(name, raw)
            cache.keep_sheet(name, sheet)
        if name.startswith("lexicon/"):
            _merge(name, lexicon, sheet)
        elif name == "parts.yaml":
            _merge(name, parts, sheet)
        else:
            sheets.append((name, sheet))
    rules: dict[str, tuple[Rule, ...]] = {}
    for name, sheet in sheets:
        own = {**parts, **(sheet.get("parts") or {})}
        for mention, found in _rules(name, sheet, own, lexicon, cache).items():
            rules[mention] = rules.get(mention, ()) + found
    scanner = Scanner([rule for group in rules.values() for rule in group], cache)
    return Grammar(folder, key, rules, lexicon, scanner, parts, cache)


def _parse(name: str, raw: bytes) -> dict[str, Any]:
    import yaml  # not needed when the sheet is kept from the last time

    try:
        sheet = yaml.load(raw, Loader=_loader())
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GrammarError(f"{name}: not readable as YAML: {' '.join(str(error).split())}") from error
    if sheet is None:
        return {}
    if not isinstance(sheet, dict):
        raise GrammarError(f"{name}: a mapping is expected at the top")
    return sheet


def _loader() -> Any:
    """A safe loader that leaves dates the words that they are."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in base.yaml_implicit_resolvers.items()
    }
    return type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})


def _merge(name: str, into: dict[str, Any], sheet: Mapping[str, Any]) -> None:
    for key, value in sheet.items():
        if key in into:
            raise GrammarError(f"{name}: {key}: already defined in another file")
        into[key] = value


def _words(entry: Any) -> list[str]:
    return [item["name"] if isinstance(item, dict) else str(item) for item in entry]


def _part(name: str, parts: Mapping[str, str], lexicon: Mapping[str, Any]) -> str:
    if name in parts:
        return f"(?:{parts[name]})"
    if name in lexicon:
        return f"(?:{alternation(_words(lexicon[name]), elastic=True)})"
    raise ValueError(f"no part or lexicon list is called {{{name}}}")


def _rules(
    name: str, sheet: dict[str, Any], parts: Mapping[str, str], lexicon: Mapping[str, Any], cache: Cache
) -> dict[str, tuple[Rule, ...]]:
    entries = sheet.get("rules")
    if entries is None:
        return {}
    mention = sheet.get("mention")
    if not isinstance(mention, str) or not isinstance(entries, list):
        raise GrammarError(f"{name}: 'mention' (a name) and 'rules' (a list) are expected")
    found: list[Rule] = []
    for number, entry in enumerate(entries, 1):
        label = entry.get("id", f"rule {number}") if isinstance(entry, dict) else f"rule {number}"
        try:
            found.append(_rule(name, mention, entry, parts, lexicon, cache))
        except (ValueError, TypeError, KeyError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
            raise GrammarError(f"{name}: {label}: {reason}") from error
        if label in {rule.id for rule in found[:-1]}:
            raise GrammarError(f"{name}: {label}: two rules have this id")
    return {mention: tuple(found)}


def _rule(
    name: str, mention: str, entry: Any, parts: Mapping[str, str], lexicon: Mapping[str, Any], cache: Cache
) -> Rule:
    if not isinstance(entry, dict):
        raise ValueError("a rule is a mapping")
    if unknown := set(entry) - _RULE_KEYS:
        raise ValueError(f"unknown key {', '.join(sorted(map(str, unknown)))}")
    case = entry.get("case", "lower")
    if case not in ("lower", "kept"):
        raise ValueError("'case' is 'lower' or 'kept'")
    starts: list[str] = []
    for start in entry["starts"]:
        listed = re.fullmatch(r"\{([a-z_]+)\}", start)
        starts += _words(lexicon[listed[1]]) if listed else [start]

    def compiled(key: str) -> re.Pattern[str]:
        return compile_pattern(entry[key], lambda part: _part(part, parts, lexicon), cache, name)

    return Rule(
        id=entry["id"],
        mention=mention,
        starts=tuple(dict.fromkeys(fold_tones(start.lower()) for start in starts)),
        pattern=compiled("pattern"),
        then=compiled("then") if "then" in entry else None,
        keeps_case=case == "kept",
        form=entry.get("form", ""),
        set=entry.get("set") or {},
        confidence=float(entry.get("confidence", 0.95)),
        examples=tuple(entry.get("examples") or ()),
        misses=tuple(entry.get("misses") or ()),
    )
