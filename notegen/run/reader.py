"""Reading the PDFs of one run: what was read before is not read again, and a locked one is asked about once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from notegen.errors import LockedPdfError, NotegenError
from notegen.extract import extract
from notegen.extract.document import Document
from notegen.store import Cache

AskPassword = Callable[[str, int], str]
"""Told (name of a locked PDF, how many passwords were wrong so far): the password to try, "" to give up."""


class PdfReader:
    """Reads the PDFs of one run; a locked one is asked about once."""

    def __init__(
        self, ocr_languages: Sequence[str], ask_password: AskPassword, copies: Mapping[Path, Path] | None = None
    ) -> None:
        """copies: where to read some PDFs instead, same content and name."""
        self._copies = copies or {}
        self._ocr_languages, self._ask = tuple(ocr_languages), ask_password
        self._passwords: dict[Path, str] = {}
        self._cache = Cache.open()

    def place_of(self, path: Path) -> Path:
        """Where a PDF is read: its private copy where there is one."""
        return self._copies.get(path, path)

    def book_at(self, path: Path) -> str:
        """The id of the book in a file; "" where it cannot be read."""
        try:
            return self.read(path, ()).book
        except NotegenError:
            return ""

    def read(
        self, path: Path, pages: Iterable[int] | None, on_page: Callable[[int, int], None] | None = None
    ) -> Document:
        """As `notegen.extract.extract`."""
        wrong = 0
        while True:
            password = self._passwords.get(path, "")
            try:
                return extract(
                    self.place_of(path),
                    pages,
                    password=password,
                    ocr_languages=self._ocr_languages,
                    cache=self._cache,
                    on_page=on_page,
                )
            except LockedPdfError:
                wrong += bool(password)
                answer = self._ask(path.name, wrong)
                if not answer:
                    raise
                self._passwords[path] = answer
