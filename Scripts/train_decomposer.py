"""Trains the step-head model of the local decomposer and writes its weights.

    train_decomposer.py --features full.jsonl --out step-heads.model --reference own.jsonl --expected expected.json
    train_decomposer.py --features full.jsonl --folds DIR

The features come from `skillweaver bench features`, so that training and use cannot differ: one JSON line a request, one
row of 32-bit numbers a segment in the file beside it. The label of a segment says whether it is the head of a gold step.

Two models share the features, and their probabilities are averaged: small boosted trees, and a logistic regression.
Each request is seen twice, with the whole lexicon and with half of its verbs hidden, so that an unknown verb is no
surprise. Sets weigh by the root of their size. CompSkillBench is never trained on; neither are sets whose gold steps are
not in the text of the request.

With --folds, one model is trained without each set, and one without every fifth request of all sets (by the hash of its
id): what `skillweaver bench decomposition --folds DIR` reads.
"""

import argparse
import json
import pathlib
import struct
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

TRAINED = ["gnn4plan_ultratool", "metatool", "nestful", "sealtools"]
TESTED_ONLY = ["compskillbench"]
HELD_PART = 0
VERSION = 1
LEAF = 0xFFFF


class Features:
    """Requests with one row of numbers a segment."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            self.requests = [json.loads(line) for line in lines]
        rows = sum(request["rows"] for request in self.requests)
        numbers = np.fromfile(f"{path}.f32", dtype="<f4")
        if rows == 0 or numbers.size % rows:
            sys.exit(f"{path}.f32 does not belong to {path}: {numbers.size} numbers for {rows} rows")
        self.rows = numbers.reshape(rows, -1)
        first = 0
        for request in self.requests:
            request["first"] = first
            first += request["rows"]

    def examples(self, wanted):
        """Rows, labels and weights of the labelled requests that `wanted` accepts."""
        chosen = [r for r in self.requests if r["rows"] and r["heads"] and r["set"] in TRAINED and wanted(r)]
        sizes = {}
        for request in chosen:
            sizes[request["set"]] = sizes.get(request["set"], 0) + 1
        indices, labels, weights = [], [], []
        for request in chosen:
            heads = set(request["heads"])
            for segment in range(request["rows"]):
                indices.append(request["first"] + segment)
                labels.append(segment in heads)
                weights.append(sizes[request["set"]] ** -0.5)
        weights = np.array(weights)
        return self.rows[indices], np.array(labels, dtype=int), weights / weights.mean()


class StepHeadModel:
    """Trees and logistic regression, both of the same rows."""

    def __init__(self, rows, labels, weights):
        self.trees = HistGradientBoostingClassifier(
            max_iter=60,
            max_leaf_nodes=10,
            learning_rate=0.1,
            min_samples_leaf=40,
            l2_regularization=1.0,
            early_stopping=False,
            random_state=0,
        ).fit(rows, labels, sample_weight=weights)
        self.mean = rows.mean(axis=0, dtype=np.float64)
        self.scale = rows.std(axis=0, dtype=np.float64)
        self.scale[self.scale < 1e-3] = 1
        self.logistic = LogisticRegression(C=0.002, solver="newton-cholesky", tol=1e-3).fit(
            (rows - self.mean) / self.scale, labels, sample_weight=weights
        )

    def probabilities(self, rows):
        trees = self.trees.predict_proba(rows)[:, 1]
        return (trees + self.logistic.predict_proba((rows - self.mean) / self.scale)[:, 1]) / 2

    def file(self):
        """Everything little-endian: header, logistic regression, then the nodes of each tree."""
        slopes = self.logistic.coef_[0] / self.scale
        bias = self.logistic.intercept_[0] - float(np.dot(slopes, self.mean))
        predictors = [stage[0] for stage in self.trees._predictors]
        content = struct.pack("<4sHHH", b"SWSH", VERSION, len(slopes), len(predictors))
        content += struct.pack("<ff", float(np.ravel(self.trees._baseline_prediction)[0]), bias)
        content += slopes.astype("<f4").tobytes()
        for predictor in predictors:
            content += struct.pack("<H", len(predictor.nodes))
            for node in predictor.nodes:
                if node["is_leaf"]:
                    content += struct.pack("<HHHf", LEAF, 0, 0, node["value"])
                else:
                    threshold = rounded_down(node["num_threshold"])
                    content += struct.pack("<HHHf", node["feature_idx"], node["left"], node["right"], threshold)
        return content


def rounded_down(number):
    """The largest 32-bit number that is not larger: a value above a threshold stays above it."""
    single = np.float32(number)
    return float(np.nextafter(single, np.float32(-np.inf)) if float(single) > number else single)


def expected(model, features):
    """What the program must compute for requests that are committed with its tests."""
    requests = [r for r in features.requests if r["rows"] and r["dropout"] == 0]
    return [
        {
            "request": request["query"],
            "probabilities": [
                round(float(p), 6)
                for p in model.probabilities(features.rows[request["first"] : request["first"] + request["rows"]])
            ],
        }
        for request in requests
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", required=True)
    parser.add_argument("--out")
    parser.add_argument("--reference")
    parser.add_argument("--expected")
    parser.add_argument("--folds")
    options = parser.parse_args()
    features = Features(options.features)

    def train(name, wanted):
        rows, labels, weights = features.examples(wanted)
        model = StepHeadModel(rows, labels, weights)
        print(f"{name}: {len(rows)} segments, {int(labels.sum())} heads, {len(model.file())} bytes", file=sys.stderr)
        return model

    if options.out:
        model = train("all sets", lambda request: True)
        pathlib.Path(options.out).write_bytes(model.file())
        if options.reference and options.expected:
            lines = ",\n".join(json.dumps(line) for line in expected(model, Features(options.reference)))
            pathlib.Path(options.expected).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    if options.folds:
        folder = pathlib.Path(options.folds)
        folder.mkdir(parents=True, exist_ok=True)
        for name in TRAINED:
            model = train(f"without {name}", lambda request: request["set"] != name)
            (folder / f"without-{name}.model").write_bytes(model.file())
        model = train("training parts", lambda request: request["part"] != HELD_PART)
        (folder / "training-parts.model").write_bytes(model.file())


if __name__ == "__main__":
    main()
