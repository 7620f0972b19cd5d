"""Which activity of one plan is which of another: by the words of their titles and of what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import Final

from extractor.language.folding import fold_tones
from extractor.plan import Activity, Plan

_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLE_WEIGHT: Final = 3
_ALIKE: Final = 0.58
"""Least likeness (cosine, 0 to 1) of two activities that are one."""
_RARE_WORDS: Final = 12
_MOST_LIKE: Final = 60
"""An activity is compared with so many that share each of its rarest words, and so many round its own place."""
_SAME_PLACE: Final = 0.02
"""What the same place in the outline adds, so that of two equally like the one in its old place is taken."""

Vector = dict[str, float]


def match_activities(before: Plan, after: Plan) -> list[tuple[Activity | None, Activity | None, float]]:
    """Pairs of activities with their likeness (0 to 1), in the order of ``after``, then those that are gone.

    One to one, the most alike first. Rare words count more than those that every activity of the two plans has.
    """
    olds, news = _described(before), _described(after)
    vectors = _weighted([words for _, words in (*olds, *news)])
    old_vectors, new_vectors = vectors[: len(olds)], vectors[len(olds) :]
    having: dict[str, list[int]] = {}
    for i, vector in enumerate(old_vectors):
        for word in vector:
            having.setdefault(word, []).append(i)
    options = []
    for j, vector in enumerate(new_vectors):
        rarest = sorted((word for word in vector if word in having), key=lambda word: len(having[word]))[:_RARE_WORDS]
        candidates = {i for word in rarest for i in having[word][:_MOST_LIKE]}
        candidates.update(range(max(0, j - _MOST_LIKE), min(len(olds), j + _MOST_LIKE)))
        for i in sorted(candidates):
            likeness = _cosine(old_vectors[i], vector)
            if likeness >= _ALIKE:
                nearby = _SAME_PLACE if olds[i][0] == news[j][0] else 0
                options.append((likeness + nearby, -abs(i - j), i, j, likeness))
    options.sort(reverse=True)
    of_new: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, _, i, j, likeness in options:
        if i not in taken and j not in of_new:
            taken.add(i)
            of_new[j] = i, likeness
    pairs: list[tuple[Activity | None, Activity | None, float]] = []
    for j, new in enumerate(after.activities):
        place, likeness = of_new.get(j, (None, 0.0))
        pairs.append((None if place is None else before.activities[place], new, round(likeness, 3)))
    return pairs + [(old, None, 0.0) for i, old in enumerate(before.activities) if i not in taken]


def _described(plan: Plan) -> list[tuple[str, Counter[str]]]:
    """Place and words of each activity: its title's (several times), its body's, its leads', the headings above it."""
    sections = {section.id: section for section in plan.sections}
    rows = {row.id: row for row in plan.rows}
    found = []
    for activity in plan.activities:
        section, row = sections.get(activity.section or ""), rows.get(activity.row or "")
        said = [*[activity.title or ""] * _TITLE_WEIGHT, *(activity.outputs or []), *(activity.lead or [])]
        place = section.path if section else (row.marker or "") if row else ""
        if section is not None:
            said.append(plan.text[section.body_start : section.body_end])
            while section.parent is not None:
                section = sections[section.parent]
                said.append(section.title or "")
        words = Counter(_WORD.findall(fold_tones(" ".join(said).lower())))
        found.append((place, words or Counter([place, *(activity.times or [])])))
    return found


def _weighted(counts: Sequence[Counter[str]]) -> list[Vector]:
    """Words by how often an activity has them and how few others do, each vector of length 1."""
    having = Counter(word for words in counts for word in words)
    vectors = []
    for words in counts:
        vector = {word: sqrt(count) * log(1 + len(counts) / having[word]) for word, count in words.items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    return vectors


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
