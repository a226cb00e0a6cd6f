"""Rounding that keeps a sum: shares that are 1 together still are when each has two digits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def rounded_shares(shares: NDArray[np.floating], decimals: int) -> NDArray[np.int64]:
    """Each row of (…, n) shares in whole steps of 10^-decimals, so that a row whose sum is 1 has 10^decimals steps.

    The largest remainder method: all are rounded down, and the steps that are missing go to those that lost most (of
    equal ones to the first). Nothing moves by a whole step.
    """
    steps = 10**decimals
    exact = np.asarray(shares, np.float64)
    exact = exact / exact.sum(axis=-1, keepdims=True) * steps
    whole = np.floor(exact + 1e-9).astype(np.int64)
    missing = steps - whole.sum(axis=-1, keepdims=True)
    rank = np.argsort(np.argsort(whole - exact, axis=-1, kind="stable"), axis=-1, kind="stable")
    rounded: NDArray[np.int64] = whole + (rank < missing)
    return rounded


def decimals_for(shares: NDArray[np.floating]) -> int:
    """Two; more, up to four, where the smallest share would be shown as nothing."""
    smallest = float(np.min(shares))
    return next((digits for digits in (2, 3) if smallest >= 0.5 * 10.0**-digits), 4) if smallest > 0 else 2


def as_text(steps: int, decimals: int) -> str:
    """ "0.07" for 7 steps of two decimals."""
    return f"{steps // 10**decimals}.{steps % 10**decimals:0{decimals}d}"
