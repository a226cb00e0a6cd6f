"""Fit the weights of `notegen/link/fusion.py`, and see what they give on vaults that were left out of the fit.

    python benchmarks/fit_links.py VAULT …

Every vault is stripped twice, with names kept and removed. The loss is a softmax over the candidates of each note, with
all its human links as right answers, every vault counting alike; weights are kept at zero or above (Adam, projected).
Each vault is scored with weights fitted on the others; vaults whose names share the part before "-" are left out
together (translations of one another).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vault_trial import Trial, scores, trial

from notegen.link import fusion

CANDIDATES, NOTES, STEPS, RATE, DECAY = 50, 300, 250, 0.2, 1e-3
KEPT_WEIGHT = 2.0
"""Of the trial with names kept: it is what happens to a new note; names removed is the harder question."""


def examples(one: Trial) -> list[tuple[NDArray[np.float64], NDArray[np.bool_], int]]:
    """For each stripped note: (signals of its candidates, twice; which are right; how many links it had)."""
    found = []
    for place, right in list(zip(one.held, one.gold, strict=True))[:: max(1, len(one.held) // NOTES)]:
        signals = one.index.signals(one.index.query_of(place))
        columns = signals.columns(one.index.graph.linked_from)
        gate = fusion.gate_of(signals.sureness, one.index.usual_sureness)
        best = [np.argsort(-columns[:, at], kind="stable")[:CANDIDATES] for at in range(columns.shape[1] - 1)]
        candidates = np.setdiff1d(np.unique(np.concatenate(best)), [place])
        rows = columns[candidates].astype(float)
        found.append((np.hstack([rows * gate, rows * (1 - gate)]), np.isin(candidates, list(right)), len(right)))
    return found


def fit(trials: list[tuple[float, list[tuple[NDArray[np.float64], NDArray[np.bool_], int]]]]) -> NDArray[np.float64]:
    """Weights for (weight, examples) of several trials."""
    parts = [(rows, right, weight / len(each)) for weight, each in trials for rows, right, _ in each if right.any()]
    features = np.concatenate([rows for rows, _, _ in parts])
    lengths = np.array([len(right) for _, right, _ in parts])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    wanted = np.concatenate([right / right.sum() for _, right, _ in parts])
    importance = np.array([weight for _, _, weight in parts])
    importance = np.repeat(importance / importance.sum(), lengths)
    weights, mean, spread = (np.zeros(features.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        z = features @ weights
        z = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), lengths))
        chance = z / np.repeat(np.add.reduceat(z, starts), lengths)
        slope = 2 * DECAY * weights + features.T @ ((chance - wanted) * importance)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights, 0)
    return weights


def calibrated(
    weights: NDArray[np.float64], each: list[tuple[NDArray[np.float64], NDArray[np.bool_], int]]
) -> tuple[float, float]:
    """(slope, shift) of the logistic curve from score to the share of human links."""
    z = np.concatenate([rows @ weights for rows, _, _ in each])
    y = np.concatenate([right for _, right, _ in each]).astype(float)
    curve = np.array([1.0, -7.0])

    def loss(at: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, at[0] * z + at[1]).sum() - (y * (at[0] * z + at[1])).sum())

    for _ in range(50):  # Newton's method, each step halved until it helps
        p = 1 / (1 + np.exp(-(curve[0] * z + curve[1])))
        w = p * (1 - p)
        gradient = np.array([((p - y) * z).sum(), (p - y).sum()])
        bend = np.array([[(w * z * z).sum(), (w * z).sum()], [(w * z).sum(), w.sum()]])
        step = np.linalg.solve(bend + np.eye(2) * 1e-6, gradient)
        while np.abs(step).max() > 1e-6 and loss(curve - step) > loss(curve):
            step /= 2
        curve = curve - step
    return float(curve[0]), float(curve[1])


def main() -> None:
    """Print the results on left-out vaults, the weights, and the calibration."""
    roots = [Path(each) for each in sys.argv[1:]]
    data = {(root, kept): examples(trial(root, names_kept=kept)) for root in roots for kept in (True, False)}

    def weighted(of: list[Path]) -> NDArray[np.float64]:
        return fit([(KEPT_WEIGHT if kept else 1.0, data[root, kept]) for root in of for kept in (True, False)])

    means = []
    for root in roots:
        others = [each for each in roots if each.name.split("-")[0] != root.name.split("-")[0]]
        weights = weighted(others or roots)
        row = []
        for kept in (True, False):
            ranked, gold = [], []
            for rows, right, links in data[root, kept]:
                ranked.append(np.argsort(-(rows @ weights), kind="stable").tolist())
                missed = set(range(-1, right.sum() - links - 1, -1))  # right answers that are no candidates
                gold.append(set(np.flatnonzero(right).tolist()) | missed)
            row += scores(ranked, gold)
        means.append(row)
        print(f"{root.name:14}", *(f"{value:.3f}" for value in row), flush=True)
    print("mean          ", *(f"{value:.3f}" for value in np.mean(means, axis=0)))
    weights = weighted(roots)
    half = len(weights) // 2
    print("WHERE_NAMED  ", weights[:half].round(2).tolist())
    print("WHERE_UNNAMED", weights[half:].round(2).tolist())
    every = [each for root in roots for kept in (True, False) for each in data[root, kept]]
    for word, is_named in (("named", True), ("unnamed", False)):
        mine = [each for each in every if (each[0][:, :half].sum() >= each[0][:, half:].sum()) == is_named]
        print(f"calibration where {word}", calibrated(weights, mine))


if __name__ == "__main__":
    main()
