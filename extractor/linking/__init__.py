"""From mentions to what they mean together: roles, canonical names, references."""
