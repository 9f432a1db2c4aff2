"""Learn the matcher's weights from the phrases anew: ``make knowledge``.

A development tool (scikit-learn comes with the development lock); the bot only reads ``weights.bin``. A
linear support vector machine separates each topic, and "no complaint", from all the rest; examples left out
in turn show how far a margin can be trusted.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.content import FOLDER, WEIGHTS, digest_of_phrases, load_knowledge, vocabulary_of
from journey.features import BUCKETS, View, views
from journey.matching import NOTHING_WEIGHS
from journey.phrasings import examples_of, parse_chatter, parse_phrasings
from journey.vocabulary import Reader
from journey.weights import RARITY_STEPS, Scale, Weights, dump_weights

_NOTHING = ""
_PENALTY = 0.5
_FOLDS = 5
_HIGHEST_BYTE = 255
_HIGHEST_SIGNED = 127
Numbers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]


def learn() -> Weights:
    """Return weights learned from all phrases, chips and chatter of the knowledge."""
    texts, labels = _examples()
    reader = Reader(vocabulary_of())
    found = [views([word for clause in reader.clauses(text) for word in clause], reader) for text in texts]
    rarities = _rarities(found)
    matrix = sum(
        normalize(_counts([view[place] for view in found]).multiply(rarities / RARITY_STEPS).tocsr())
        for place in range(len(found[0]))
    )
    machine = LinearSVC(C=_PENALTY)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    left_out = cross_val_predict(machine, matrix, labels, cv=folds, method="decision_function")
    machine.fit(matrix, labels)
    unit = float(abs(machine.coef_).max()) / _HIGHEST_SIGNED
    # "No complaint" is sorted first by its empty name, and kept last.
    rows = numpy.roll(numpy.round(machine.coef_ / unit).astype(numpy.int8), -1, axis=0)
    return Weights(
        topics=tuple(str(name) for name in machine.classes_[1:]),
        unit=unit,
        intercepts=tuple(float(each) for each in numpy.roll(machine.intercept_, -1)),
        scale=_scale(left_out, labels, list(machine.classes_)),
        learned_from=digest_of_phrases(),
        rarities=rarities.astype(numpy.uint8).tobytes(),
        rows=memoryview(numpy.ascontiguousarray(rows.T).tobytes()).cast("b"),
    )


def _examples() -> tuple[list[str], list[str]]:
    """Return all texts with their topics, each text once; no topic for what is no complaint."""
    knowledge = load_knowledge()
    read = {
        name: FOLDER.joinpath(name).read_text(encoding="utf-8") for name in ("phrasings.tsv", "chatter.tsv")
    }
    labelled = dict.fromkeys(parse_chatter(read["chatter.tsv"]), _NOTHING)
    labelled |= {
        phrasing.text: phrasing.topic for phrasing in parse_phrasings(read["phrasings.tsv"], knowledge)
    }
    labelled |= {text: topic for topic, text in examples_of(knowledge)}
    return list(labelled), list(labelled.values())


def _rarities(found: Sequence[tuple[View, ...]]) -> Numbers:
    """Return how rare every bucket is, in steps; 0 for those never met."""
    times = numpy.zeros(BUCKETS)
    for view in found:
        for part in view:
            times[list(part)] += 1
    rare = numpy.log((1 + len(found)) / (1 + times)) + 1
    steps: Numbers = numpy.where(times > 0, numpy.clip(numpy.round(rare * RARITY_STEPS), 1, _HIGHEST_BYTE), 0)
    return steps


def _counts(parts: Sequence[View]) -> csr_matrix:
    """Return one view of all texts as a sparse matrix, a row a text."""
    starts = numpy.cumsum([0, *(len(part) for part in parts)])
    buckets = [bucket for part in parts for bucket in part]
    counts = [count for part in parts for count in part.values()]
    return csr_matrix((counts, buckets, starts), shape=(len(parts), BUCKETS))


def _scale(values: Numbers, labels: Sequence[str], classes: Sequence[str]) -> Scale:
    """Return how often the best topic is the right one, as a function of its margin."""
    margins = values[:, 1:] - NOTHING_WEIGHS * values[:, :1]
    best = margins.argmax(axis=1)
    right = [classes[1 + place] == label for place, label in zip(best, labels, strict=True)]
    curve = LogisticRegression(C=1e6).fit(margins.max(axis=1)[:, None], right)
    return Scale(float(curve.coef_[0, 0]), float(curve.intercept_[0]))


def main() -> int:
    """Write ``weights.bin`` beside the phrases."""
    file = dump_weights(learn())
    Path(str(FOLDER.joinpath(WEIGHTS))).write_bytes(file)
    sys.stdout.write(f"{WEIGHTS}: {len(file) / 1024:.0f} KiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
