"""Where code begins and ends in a note, for all that changes notes."""

from __future__ import annotations

import pytest

from notegen.markdown.fences import fences
from notegen.markdown.parse import parse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n```python\ncode\n```\nb", [(1, 3, "python", True)]),
        ("~~~\n```\n~~~\n```\nopen", [(0, 2, "", True), (3, 4, "", False)]),
        ("````\n```\n````", [(0, 2, "", True)]),
        ("``` a ` b\ntext", []),
        ("```\ncode\n``` x\n```", [(0, 3, "", True)]),
        ("> ```\n> code\n> ```\ntext", [(0, 2, "", True)]),
        ("> ```\n> code\ntext\n```\n> x", [(0, 1, "", False), (3, 4, "", False)]),
        ("> ```\n> > code\n> ```", [(0, 2, "", True)]),
        ("- ```\n  code\ntext\n```", [(0, 1, "", False), (3, 3, "", False)]),
        ("1. ```\n   code\n   ```\ntext", [(0, 2, "", True)]),
        ("```\r\ncode\r\n```\r\ntext", [(0, 2, "", True)]),
    ],
)
def test_a_fence_ends_with_its_like_or_with_what_it_stands_in(
    text: str, found: list[tuple[int, int, str, bool]]
) -> None:
    assert [(each.first, each.last, each.info, each.is_closed) for each in fences(text.split("\n"))] == found


@pytest.mark.parametrize(
    "text", ["a\n```python\ncode\n```\nb", "> ```js\n> x\n> ```", "- ~~~\n  x\n  ~~~\n\n````\n```\n````"]
)
def test_the_parser_sees_the_same_fences(text: str) -> None:
    lines = [each.first + 1 for each in fences(text.split("\n"))]
    assert lines == [code.line for code in parse(text).code]
