"""What contradicts itself in a document: warnings (OUTPUT.md, "warnings"; docs/warnings.md)."""
