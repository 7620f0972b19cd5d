"""Taggers: one module a kind of mention, each a plain function from the view to its mentions."""
