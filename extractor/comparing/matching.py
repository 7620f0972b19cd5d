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
_SAME_PLACE: Final = 0.02
"""What the same place in the outline adds, so that of two equally like the one in its old place is taken."""

Vector = dict[str, float]


def match_activities(before: Plan, after: Plan) -> list[tuple[Activity | None, Activity | None, float]]:
    """Pairs of activities with their likeness (0 to 1), in the order of ``after``, then those that are gone.

    One to one, the most alike first. Rare words count more than those that every activity of the two plans has.
    """
    olds, news = before.activities, after.activities
    words = [_words(plan, activity) for plan, found in ((before, olds), (after, news)) for activity in found]
    vectors = _weighted(words)
    places = [place_of(plan, activity) for plan, found in ((before, olds), (after, news)) for activity in found]
    options = []
    for i in range(len(olds)):
        for j in range(len(news)):
            likeness = _cosine(vectors[i], vectors[len(olds) + j])
            if likeness >= _ALIKE:
                nearby = _SAME_PLACE if places[i] == places[len(olds) + j] else 0
                options.append((likeness + nearby, -abs(i - j), i, j, likeness))
    options.sort(reverse=True)
    of_new: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, _, i, j, likeness in options:
        if i not in taken and j not in of_new:
            taken.add(i)
            of_new[j] = i, likeness
    pairs: list[tuple[Activity | None, Activity | None, float]] = []
    for j, new in enumerate(news):
        place, likeness = of_new.get(j, (None, 0.0))
        pairs.append((None if place is None else olds[place], new, round(likeness, 3)))
    return pairs + [(old, None, 0.0) for i, old in enumerate(olds) if i not in taken]


def _words(plan: Plan, activity: Activity) -> Counter[str]:
    """The words of an activity: its title's (several times), its body's, its leads', and the headings above it."""
    by_id = {section.id: section for section in plan.sections}
    section = by_id.get(activity.section or "")
    said = [*[activity.title or ""] * _TITLE_WEIGHT, *(activity.outputs or []), *(activity.lead or [])]
    if section is not None:
        said.append(plan.text[section.body_start : section.body_end])
        while section.parent is not None:
            section = by_id[section.parent]
            said.append(section.title or "")
    return Counter(_WORD.findall(fold_tones(" ".join(said).lower())))


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


def place_of(plan: Plan, activity: Activity) -> str:
    """Where an activity stands: the path of its section ("II/2/b"), or the number of its row."""
    if activity.section:
        return next((section.path for section in plan.sections if section.id == activity.section), "")
    return next((row.marker or "" for row in plan.rows if row.id == activity.row), "")
