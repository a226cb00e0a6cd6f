"""Vectors on a plane, and how far the plane can be trusted: numbers only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """n vectors brought to two dimensions."""

    points: NDArray[np.float64]
    """(n, 2)."""
    explained: float
    """Share of the vectors' variance that the plane keeps."""
    trustworthiness: float | None
    """How many of the nearest on the plane are truly near, 1 for all of them; None where there are too few points."""
    neighbours: int
    """Of each point that trustworthiness looks at."""


def plane_of(vectors: Vectors) -> Plane:
    """Principal components of two vectors or more, signs fixed so that equal vectors give an equal picture."""
    centred = np.asarray(vectors, np.float64)
    centred = centred - centred.mean(axis=0)
    variances, axes = np.linalg.eigh(centred @ centred.T)  # rising; far smaller than the vectors' own covariance
    variances = np.maximum(variances, 0)
    points = (axes[:, :-3:-1] * np.sqrt(variances[:-3:-1])).astype(np.float64)
    for axis in range(2):
        if points[np.argmax(np.abs(points[:, axis])), axis] < 0:
            points[:, axis] *= -1
    total = float(variances.sum())
    neighbours = min(5, (len(points) - 1) // 3)
    return Plane(
        points=points,
        explained=float(variances[-2:].sum()) / total if total > 1e-12 else 1.0,
        trustworthiness=trustworthiness(centred, points, neighbours) if neighbours else None,
        neighbours=neighbours,
    )


def trustworthiness(vectors: Vectors, points: Vectors, neighbours: int) -> float:
    """Venna and Kaski 2001: 1 less a penalty for each point that is among the nearest on the plane and not in truth, by
    how far down the true order it is. neighbours: fewer than half of the points."""
    count = len(points)
    true_rank = np.argsort(np.argsort(_distances(vectors), axis=1, kind="stable"), axis=1, kind="stable")
    near = np.argsort(_distances(points), axis=1, kind="stable")[:, :neighbours]
    excess = np.take_along_axis(true_rank, near, axis=1) + 1 - neighbours
    worst = count * neighbours * (2 * count - 3 * neighbours - 1)
    return float(1 - 2 / worst * np.maximum(excess, 0).sum())


def _distances(vectors: Vectors) -> NDArray[np.float64]:
    """(n, n) squared distances, a point from itself infinitely far."""
    rows = np.asarray(vectors, np.float64)
    squares = (rows**2).sum(axis=1)
    distances: NDArray[np.float64] = squares[:, None] + squares[None, :] - 2 * rows @ rows.T
    np.fill_diagonal(distances, np.inf)
    return distances
