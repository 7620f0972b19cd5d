"""Gold: its source files, its checks, a first draft for a person to correct, and other tools' formats."""
