"""Training the two chains, and what their chances come to."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from extractor.errors import ModelError
from extractor.evaluation.sameness import normal
from extractor.learned.calibration import Table, fit_table
from extractor.learned.features import word_features
from extractor.learned.lines import Labelled
from extractor.learned.merging import NONE, SITUATIONS, Proposal
from extractor.learned.model import CARD_FILE, ROLES_FILE, WORDS_FILE, Model
from extractor.plan import Agency
from extractor.training.generator import bodies, vary
from extractor.training.samples import Sample, labelled_lines, role_lines, sure_lines
from extractor.writing.files import write_text

_OPENS: Final = 0.3
"""The share of a word's places that begin a mention, for its sentences to be read."""

Sequences = tuple[list[list[list[str]]], list[list[str]]]
"""Features and labels, sequence by sequence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the chains are trained; the defaults are those of the shipped model (docs/model.md says why)."""

    hints: bool = True
    role_hints: bool = False
    iterations: int = 100
    word_penalty: float = 0.1
    role_penalty: float = 0.3
    rare: int = 2
    """Features seen less often are left out."""
    varied: bool = False
    silver: bool = False
    seed: int = 20261122
    """Of the varied lines; nothing else is left to chance."""


def train_chain(sequences: Sequences, path: Path, *, penalty: float, settings: Settings) -> None:
    """Writes a chain trained until it settles or the iterations are done: the same sequences give the same file.

    python-crfsuite trains it (underthesea_core's own trainer gives other weights each time); underthesea_core reads it.
    Raises ModelError when python-crfsuite is not installed.
    """
    try:
        from pycrfsuite import Trainer
    except ImportError:
        raise ModelError("Training needs python-crfsuite. Install it: pip install 'vnplan[train]'") from None
    trainer = Trainer(
        algorithm="lbfgs",
        params={"c1": 0.0, "c2": penalty, "max_iterations": settings.iterations, "feature.minfreq": settings.rare},
        verbose=False,
    )
    for features, labels in zip(*sequences, strict=True):
        trainer.append(features, labels)
    trainer.train(str(path))


def train_model(samples: Sequence[Sample], silver: Sequence[Sample], settings: Settings, folder: Path) -> None:
    """Writes a model of annotated documents and of silver ones, its tables of confidence still empty."""
    lines = [labelled for sample in samples for labelled in labelled_lines(sample)]
    openings = find_openings(lines)
    if settings.varied:
        rng = random.Random(settings.seed)
        lines += list(vary(lines, bodies(lines, samples[0].context.grammar), rng))
    if settings.silver:
        lines += [labelled for sample in silver for labelled in sure_lines(sample)]
    words = (
        [word_features(line, hints if settings.hints else None) for line, _, hints in lines],
        [labels for _, labels, _ in lines],
    )
    role_groups = [group for sample in samples for group in role_lines(sample)]
    roles = ([group.features[settings.role_hints] for group in role_groups], [group.roles for group in role_groups])
    folder.mkdir(parents=True, exist_ok=True)
    train_chain(words, folder / WORDS_FILE, penalty=settings.word_penalty, settings=settings)
    train_chain(roles, folder / ROLES_FILE, penalty=settings.role_penalty, settings=settings)
    write_card(
        folder,
        {
            "openings": openings,
            "hints": {"words": settings.hints, "roles": settings.role_hints},
            "tables": {situation: table.to_dict() for situation, table in fit_tables([]).items()},
        },
    )


def find_openings(lines: Iterable[Labelled]) -> list[tuple[str, str]]:
    """The words, by form and shape, of which so many begin a mention that their sentences are worth reading."""
    words: Counter[tuple[str, str]] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    for line, labels, _ in lines:
        looks = [(word.form, word.shape) for word in line]
        words.update(looks)
        first.update(look for look, label in zip(looks, labels, strict=True) if label[0] == "B")
    return sorted(look for look, count in first.items() if count >= _OPENS * words[look])


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """The card of a model, beside its chains."""
    write_text(folder / CARD_FILE, json.dumps(card, ensure_ascii=False, indent=1) + "\n")


Case = tuple[str, float, bool]
"""A situation, the model's chance, and whether the gold says the same."""


def agency_cases(sample: Sample, proposals: Sequence[Proposal]) -> Iterator[Case]:
    """Whether what rules and model propose is right, where the scorer judges it."""
    for proposal in proposals:
        right = is_right(proposal.agency, sample.gold)
        if right is not None:
            yield proposal.situation, proposal.chance, right


def is_right(agency: Agency, gold: Sequence[Agency]) -> bool | None:
    """Whether the gold has an agency there: a body of this name, or a group, whatever its bounds.

    ``None`` where the scorer judges neither way: a body found on a group of the gold.
    """
    met = [other for other in gold if agency.start < other.end and other.start < agency.end]
    if agency.generic:
        return any(other.generic for other in met)
    named = [other for other in met if not other.generic]
    if met and not named:
        return None
    return any(normal(other.name) == normal(agency.name) for other in named)


def role_cases(sample: Sample, model: Model) -> Iterator[Case]:
    """At the agencies of the gold: the role that the rules or, where they are silent, the model would give."""
    for line in role_lines(sample):
        rows = model.roles.chances(line.features[model.role_hints])
        for said, role, row in zip(line.said, line.roles, rows, strict=True):
            chances = dict(zip(model.roles.labels, row, strict=True))
            if said is not None:
                yield "role.rule", chances.get(said, 0.0), said == role
                continue
            seen = max(chances, key=chances.__getitem__)
            if seen != NONE:
                yield "role.model", chances[seen], seen == role


def fit_tables(cases: Iterable[Case]) -> dict[str, Table]:
    """The table of each situation."""
    found: dict[str, list[tuple[float, bool]]] = {situation: [] for situation in SITUATIONS}
    for situation, chance, right in cases:
        found[situation].append((chance, right))
    of_model = {situation for situation in SITUATIONS if "model" in situation}
    shares = {of: _share(found[one] for one in SITUATIONS if (one in of_model) == of) for of in (True, False)}
    return {situation: fit_table(one, shares[situation in of_model]) for situation, one in found.items()}


def _share(situations: Iterable[Sequence[tuple[float, bool]]]) -> float:
    """How many of the cases of several situations are right; half of them where there are none."""
    judged = [right for cases in situations for _, right in cases]
    return sum(judged) / len(judged) if judged else 0.5
