"""What else could read agencies, roles and counted nouns: the taggers that ``make ablation`` compares with ours.

Each trainer takes lines (or agencies) with their labels and gives back a reader of such lines.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch
from underthesea_core import CRFTagger, LRClassifier, LRTrainer

from extractor.learned.features import word_features
from extractor.learned.lines import OUTSIDE, Labelled, Word
from extractor.training.trainer import Settings, train_chain

Reader = Callable[[Sequence[Labelled]], list[list[str]]]
"""Labels of the words of lines, whose own labels are not looked at."""
Trainer = Callable[[Sequence[Labelled], bool], Reader]
"""Trains on lines, with or without the rules' hints."""

SETTINGS = Settings()
EPOCHS = 2
BATCH = 128
"""Lines, or agencies."""


def chain(lines: Sequence[Labelled], hints: bool) -> Reader:
    """underthesea_core's conditional random field over syllables, with our features."""
    tagger = train(
        ([word_features(one.line, one.hints if hints else None) for one in lines], [one.labels for one in lines])
    )
    return lambda unseen: [tagger.tag(word_features(one.line, one.hints if hints else None)) for one in unseen]


def chain_over_words(lines: Sequence[Labelled], hints: bool) -> Reader:
    """The same over words of several syllables, as underthesea's own segmentation finds them."""
    joined = [join(one) for one in lines]
    tagger = train(
        (
            [word_features(one.line, one.hints if hints else None) for one, _ in joined],
            [one.labels for one, _ in joined],
        )
    )

    def read(unseen: Sequence[Labelled]) -> list[list[str]]:
        found = []
        for one, sizes in map(join, unseen):
            labels = tagger.tag(word_features(one.line, one.hints if hints else None))
            found.append([part for label, size in zip(labels, sizes, strict=True) for part in spread(label, size)])
        return found

    return read


def join(labelled: Labelled) -> tuple[Labelled, list[int]]:
    """A line with its syllables joined to words, and how many syllables each word has."""
    from underthesea import word_tokenize

    said = " ".join(written(word) for word in labelled.line)
    sizes: list[int] = []
    for word in word_tokenize(said, use_token_normalize=False):
        sizes.append(len(str(word).split()))
    if sum(sizes) != len(labelled.line):  # it parts what we join ("1,5"): the line stays as it is
        sizes = [1] * len(labelled.line)
    words, labels, hints = [], [], []
    at = 0
    for size in sizes:
        part = labelled.line[at : at + size]
        form = "_".join(word.form for word in part)
        words.append(Word(part[0].start, part[-1].end, form, part[0].shape))
        labels.append(first_mention(labelled.labels[at : at + size]))
        hints.append(first_mention(labelled.hints[at : at + size]))
        at += size
    return Labelled(tuple(words), labels, hints), sizes


def first_mention(labels: Sequence[str]) -> str:
    """The label of a word of several syllables."""
    return next((label for label in labels if label != OUTSIDE), OUTSIDE)


def spread(label: str, size: int) -> list[str]:
    """The labels of a word's syllables."""
    return [label, *(f"I{label[1:]}" if label != OUTSIDE else OUTSIDE for _ in range(size - 1))]


def train(
    sequences: tuple[list[list[list[str]]], list[list[str]]], penalty: float = SETTINGS.word_penalty
) -> CRFTagger:
    """A chain in memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain.crf"
        train_chain(sequences, path, penalty=penalty, settings=SETTINGS)
        tagger = CRFTagger()
        tagger.load(str(path))
    return tagger


def spacy_network(lines: Sequence[Labelled], hints: bool) -> Reader:
    """spaCy's named-entity recogniser over its convolutional tok2vec; hints come as a token's tag."""
    fix_random_seed(SETTINGS.seed)
    nlp = spacy.blank("xx")
    nlp.add_pipe("ner", config={"model": network(hints)})
    examples = []
    for one in lines:
        plain = as_doc(nlp, one, hints)
        words = [token.text for token in plain]
        examples.append(Example(plain, Doc(nlp.vocab, words=words, ents=list(one.labels))))
    optimizer = nlp.initialize(lambda: examples)
    rng = random.Random(SETTINGS.seed)
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for batch in minibatch(examples, size=BATCH):
            nlp.update(batch, sgd=optimizer, drop=0.2)

    def read(unseen: Sequence[Labelled]) -> list[list[str]]:
        docs = nlp.pipe([as_doc(nlp, one, hints) for one in unseen], batch_size=256)
        return [
            [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else OUTSIDE for token in doc] for doc in docs
        ]

    return read


def network(hints: bool) -> dict[str, object]:
    """The model of the recogniser, as spaCy's small pipelines have it."""
    attributes, rows = ["NORM", "PREFIX", "SUFFIX", "SHAPE"], [5000, 1000, 2500, 1000]
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": attributes + ["TAG"] * hints,
        "rows": rows + [100] * hints,
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }


def as_doc(nlp: spacy.Language, labelled: Labelled, hints: bool) -> Doc:
    """A line as spaCy reads it."""
    return Doc(nlp.vocab, words=[written(word) for word in labelled.line], tags=list(labelled.hints) if hints else None)


def written(word: Word) -> str:
    """A word with the capitals that its shape says."""
    if word.shape in ("X", "Y"):
        return word.form.upper()
    return word.form.title() if word.shape == "Xx" else word.form


def role_chain(
    features: list[list[list[str]]], roles: list[list[str]]
) -> Callable[[list[list[list[str]]]], list[list[str]]]:
    """Roles by a chain over the agencies of a line."""
    tagger = train((features, roles), SETTINGS.role_penalty)
    return lambda unseen: [tagger.tag(line) for line in unseen]


def role_regression(
    features: list[list[list[str]]], roles: list[list[str]]
) -> Callable[[list[list[list[str]]]], list[list[str]]]:
    """Roles one by one, by underthesea_core's logistic regression."""
    trainer = LRTrainer(l2_penalty=0.01, learning_rate=0.1, max_epochs=20, verbose=0)
    model = trainer.train([item for line in features for item in line], [role for line in roles for role in line])
    classifier = LRClassifier.from_model(model)
    return lambda unseen: [[classifier.predict(item) for item in line] for line in unseen]


def role_network(
    features: list[list[list[str]]], roles: list[list[str]]
) -> Callable[[list[list[list[str]]]], list[list[str]]]:
    """Roles one by one, by spaCy's text classifier (a bag of words and a convolutional tok2vec) over the features."""
    fix_random_seed(SETTINGS.seed)
    nlp = spacy.blank("xx")
    classifier = nlp.add_pipe("textcat", config={"model": {"@architectures": "spacy.TextCatEnsemble.v2"}})
    names = sorted({role for line in roles for role in line})
    for name in names:
        classifier.add_label(name)
    examples = [
        Example.from_dict(Doc(nlp.vocab, words=item), {"cats": {name: float(name == role) for name in names}})
        for line, said in zip(features, roles, strict=True)
        for item, role in zip(line, said, strict=True)
    ]
    optimizer = nlp.initialize(lambda: examples)
    rng = random.Random(SETTINGS.seed)
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for batch in minibatch(examples, size=BATCH):
            nlp.update(batch, sgd=optimizer, drop=0.2)

    def read(unseen: list[list[list[str]]]) -> list[list[str]]:
        docs = nlp.pipe([Doc(nlp.vocab, words=item) for line in unseen for item in line])
        found = iter([max(doc.cats, key=doc.cats.__getitem__) for doc in docs])
        return [[next(found) for _ in line] for line in unseen]

    return read
