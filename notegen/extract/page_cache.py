"""What several steps ask of one page is looked up once: most of the time goes into running its content."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import pymupdf

T = TypeVar("T")


def once_a_page(look: Callable[[pymupdf.Page], T]) -> Callable[[pymupdf.Page], T]:
    """Keep what `look` finds on a page for as long as the page object lives. Its result must not be changed."""
    found: WeakKeyDictionary[pymupdf.Page, T] = WeakKeyDictionary()

    @wraps(look)
    def looked(page: pymupdf.Page) -> T:
        if page not in found:
            found[page] = look(page)
        return found[page]

    return looked
