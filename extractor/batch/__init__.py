"""Many documents: workers that can be killed, a store that survives, outputs in many forms (docs/batch.md)."""
