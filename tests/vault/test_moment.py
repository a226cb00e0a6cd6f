from __future__ import annotations

import datetime as dt

import pytest

from notegen.vault.moment import format_date


@pytest.mark.parametrize(
    ("date", "fmt", "text"),
    [
        ("2026-01-05", "YYYY-MM-DD", "2026-01-05"),
        ("2026-01-05", "YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/01-January/2026-01-05-Monday"),
        ("2026-11-21", "YY.M.D ddd MMM Q", "26.11.21 Sat Nov 4"),
        ("2026-11-21", "[Daily] YYYY [week of] Do", "Daily 2026 week of 21st"),
        ("2025-12-31", "GGGG-[W]WW", "2026-W01"),
        ("2025-12-31", "gggg-[W]ww", "2026-W01"),
        ("2022-12-31", "gggg-ww GGGG-WW", "2022-53 2022-52"),
        ("2023-01-01", "gggg-w GGGG-W", "2023-1 2022-52"),
    ],
)
def test_format_date(date: str, fmt: str, text: str) -> None:
    assert format_date(dt.date.fromisoformat(date), fmt) == text


def test_ordinals() -> None:
    days = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31]
    suffixes = [format_date(dt.date(2026, 1, day), "Do")[-2:] for day in days]
    assert suffixes == ["st", "nd", "rd", "th", "th", "th", "th", "st", "nd", "rd", "st"]
