"""A trained model: two chains of conditional random fields (underthesea_core), their confidences, their card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from extractor.errors import ModelError
from extractor.learned.calibration import Table, read_tables

SHIPPED: Final = Path(__file__).parent / "shipped"
"""The model that travels with the package."""
WORDS_FILE: Final = "words.crf"
ROLES_FILE: Final = "roles.crf"
CARD_FILE: Final = "card.json"


class Tagger(Protocol):
    """What is used of underthesea_core's CRFTagger."""

    def labels(self) -> list[str]:
        """All labels, in the order of the chances."""

    def marginals(self, features: list[list[str]]) -> list[list[float]]:
        """For each item of a sequence the chance of each label."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One trained chain and its labels."""

    tagger: Tagger
    labels: tuple[str, ...]
    columns: Mapping[str, int]

    def chances(self, features: list[list[str]]) -> Sequence[Sequence[float]]:
        """For each item of a sequence the chance of each label."""
        return self.tagger.marginals(features)


@dataclass(frozen=True, slots=True)
class Model:
    """Both chains, the words with which a mention may begin, and how sure the model's chances are."""

    words: Chain
    roles: Chain
    openings: frozenset[tuple[str, str]]
    """Words, by form and shape, with which mentions begin often enough for their sentence to be read."""
    hints: bool
    """Whether the chain of words sees what the rules found."""
    role_hints: bool
    tables: Mapping[str, Table]


def make_chain(tagger: Tagger) -> Chain:
    """A chain of a trained tagger."""
    labels = tuple(tagger.labels())
    return Chain(tagger, labels, {label: place for place, label in enumerate(labels)})


@lru_cache(maxsize=2)
def load_model(folder: Path = SHIPPED) -> Model:
    """The model of a folder (default: the shipped one). Raises ModelError when it is none."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD_FILE).read_text("utf-8"))
        return Model(
            words=_load_chain(folder / WORDS_FILE),
            roles=_load_chain(folder / ROLES_FILE),
            openings=frozenset((form, shape) for form, shape in card["openings"]),
            hints=card["hints"]["words"],
            role_hints=card["hints"]["roles"],
            tables=read_tables(card["tables"]),
        )
    except OSError as error:
        raise ModelError(
            f"{folder}: is no model: {error.strerror or error}. Train one: vnplan train -o {folder}"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / CARD_FILE}: is no card of a model: {error!r}.") from None


def _load_chain(path: Path) -> Chain:
    from underthesea_core import CRFTagger

    path.stat()  # a missing file is an OSError here, whatever the library makes of it
    tagger = CRFTagger()
    tagger.load(str(path))
    return make_chain(tagger)
