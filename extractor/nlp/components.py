"""Pipeline components for anybody's spaCy project: ``nlp.add_pipe("vnplan_citations")``.

The first component of a pipeline reads the Doc's text and leaves the plan on the Doc; those behind it only take their
spans from it. spaCy finds the factories through the entry points in pyproject.toml.
"""

# no "from __future__ import annotations" here: spaCy checks the settings by the types of a factory's parameters

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.nlp.conversion import span_groups
from extractor.nlp.docs import set_spans
from extractor.nlp.extensions import keep_plan, plan_of
from extractor.plan import Plan

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

Factory = Callable[[Language, str, str | None], Callable[[Doc], Doc]]

_KEYS: Final = {
    "vnplan_outline": ("header", "section"),
    "vnplan_citations": ("citation",),
    "vnplan_amounts": ("amount",),
    "vnplan_quantities": ("quantity",),
    "vnplan_times": ("time",),
    "vnplan_agencies": ("agency",),
    "vnplan_roles": ("role",),
}


def fill_spans(doc: Doc, keys: tuple[str, ...] | None, grammars: str | None) -> Doc:
    """The Doc with the spans of ``keys`` (``None``: all), read with the rules of ``grammars``."""
    groups = span_groups(_plan(doc, grammars))
    for key in groups if keys is None else keys:
        set_spans(doc, key, groups[key])
    return doc


def _plan(doc: Doc, grammars: str | None) -> Plan:
    """The plan that the Doc carries, or one read now."""
    plan = plan_of(doc)
    if plan is None or plan.text != doc.text:  # a part of a Doc made a Doc carries the whole's plan
        plan = _extractor(grammars).extract(doc.text)
        keep_plan(doc, plan)
    return plan


@lru_cache(maxsize=4)
def _extractor(grammars: str | None) -> "Extractor":
    from extractor.pipeline import Extractor  # every spacy.blank imports this module, in whatever project

    return Extractor(grammars)


def _factory(factory: str) -> Factory:
    """Registers the factory of a component."""

    def create(nlp: Language, name: str, grammars: str | None) -> Callable[[Doc], Doc]:
        _extractor(grammars)  # a fault in a grammar folder shows when the component is made
        return partial(fill_spans, keys=_KEYS.get(factory), grammars=grammars)

    made: Factory = Language.factory(
        factory,
        default_config={"grammars": None},
        assigns=["doc.spans", "doc._.vnplan", "span._.vnplan"],
        func=create,
    )
    return made


outline = _factory("vnplan_outline")
citations = _factory("vnplan_citations")
amounts = _factory("vnplan_amounts")
quantities = _factory("vnplan_quantities")
times = _factory("vnplan_times")
agencies = _factory("vnplan_agencies")
roles = _factory("vnplan_roles")
plan = _factory("vnplan_plan")
