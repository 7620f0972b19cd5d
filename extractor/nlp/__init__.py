"""Plans in spaCy: a tokenizer, pipeline components, Plan → Doc → Plan. Only what is in here imports spaCy."""
