"""Fit the weights of notegen/reading/standing.py anew: python benchmarks/standing.py LABELLED.jsonl

Each line of the file: {"passage": "a", "text": "…", "language": "en", "item": false, "bad": true}. Needs scikit-learn.
Prints how well the shipped weights and freshly fitted ones (leaving one passage out) tell bad sentences from good ones.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from notegen.reading.standing import doubt, features


def main(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [features(row["text"], row["language"], is_item=row["item"]) for row in rows]
    names = list(found[0])
    x = np.array([[each[name] for name in names] for each in found], float)
    bad = np.array([row["bad"] for row in rows])
    passage = np.array([row["passage"] for row in rows])
    report("shipped", bad, np.array([doubt(row["text"], row["language"], is_item=row["item"]) for row in rows]))
    left_out = np.zeros(len(rows))
    for each in set(passage):
        model = LogisticRegression(C=1, max_iter=2000).fit(x[passage != each], bad[passage != each])
        left_out[passage == each] = model.predict_proba(x[passage == each])[:, 1]
    report("one passage left out", bad, left_out)
    model = LogisticRegression(C=1, max_iter=2000).fit(x, bad)
    print(f"bias {model.intercept_[0]:.2f}")
    for name, weight in sorted(zip(names, model.coef_[0], strict=True), key=lambda each: -each[1]):
        print(f"{name:28} {weight:5.2f}")


def report(title: str, bad: np.ndarray, doubts: np.ndarray) -> None:
    said = doubts > 0.5
    print(
        f"{title}: area {roc_auc_score(bad, doubts):.3f}, right {bad[said].mean():.2f}, found {said[bad].mean():.2f}, "
        f"good kept {(~said[~bad]).mean():.2f}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
