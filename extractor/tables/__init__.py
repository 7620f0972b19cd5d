"""Plans as tables: one row a plan, a mention, a section, an activity … with keys that stay the same (docs/batch.md)."""

from extractor.tables.columns import PLAN_KEY, TABLES, Column
from extractor.tables.rows import rows_of

__all__ = ["PLAN_KEY", "TABLES", "Column", "rows_of"]
