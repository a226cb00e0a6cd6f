"""Which book a PDF is: a hash of what its pages say, so that a highlight or new metadata makes no other book.

`b1-` and 16 hex digits: of the letters and digits of every page's own content, annotations and form fields left out.
`f1-` and 16 hex digits: of the file, where its text cannot tell (scans, blank pages, pages that could not be read). The
number is the version of the rule; another rule gets another one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_DIGITS = 16
_MIN_CHARACTERS = 200
"""A file with fewer letters and digits is no text: a cover page in front of a scan, a lone page number."""
_MIN_SHARE = 0.5
"""Of its pages, that must have text: else what is scanned would not count, as with a library's notice before a scan."""


def book_by_text(pages: Sequence[str]) -> str:
    """The identity of the book with these texts of its pages; "" where they cannot tell."""
    bare = [_NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", page)) for page in pages]
    if sum(map(len, bare)) < _MIN_CHARACTERS or sum(map(bool, bare)) < _MIN_SHARE * len(bare):
        return ""
    return f"b1-{hashlib.sha256(chr(12).join(bare).encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"


def book_by_file(sha256: str) -> str:
    """The identity of the book in a file whose text cannot tell."""
    return f"f1-{sha256[:_DIGITS]}"
