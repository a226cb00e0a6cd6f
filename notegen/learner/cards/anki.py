"""Files that Anki imports: a package, and a text file of which it updates our columns only.

As Anki's own library (26.9) does: a note is known by its GUID, and updated where the file's time is newer than its own,
so each note is stamped with the time of its content; a note type that gains a field becomes a second one, so ours has
spare fields from its first day.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from notegen.learner.cards.exported import ExportedCard

NOTE_TYPE, NOTE_TYPE_ID = "notegen 1", 1_764_288_000
"""Fixed for ever."""
FIELDS = ("Question", "Answer", "Source", "Page", "Extra 1", "Extra 2", "My notes")
FRONT = "{{Question}}"
BACK = (
    "{{FrontSide}}<hr id=answer>{{Answer}}<div class=source>{{Source}}{{#Page}}, {{Page}}{{/Page}}</div>"
    "{{#Extra 1}}<div>{{Extra 1}}</div>{{/Extra 1}}{{#Extra 2}}<div>{{Extra 2}}</div>{{/Extra 2}}"
    "{{#My notes}}<div class=mine>{{My notes}}</div>{{/My notes}}"
)
CSS = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }\n"
    ".source { font-size: 14px; opacity: .6; margin-top: 1em; }\n.mine { margin-top: 1em; }\nul { text-align: left; }\n"
)
_DECKS_FROM, _DECKS = 1 << 30, 1 << 30
"""Ids of decks lie in this range, as genanki advises."""


def package(decks: Mapping[str, tuple[str, Sequence[ExportedCard]]]) -> bytes:
    """The bytes of an .apkg. decks: name → (what it is known by, its cards in order)."""
    import genanki

    note_type = genanki.Model(
        NOTE_TYPE_ID,
        NOTE_TYPE,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card 1", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )

    class DatedNote(genanki.Note):  # type: ignore[misc]
        """A note with the time of its own content."""

        changed_at = 0

        def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
            super().write_to_db(cursor, self.changed_at, deck_id, id_gen)

    made = []
    for name, (key, cards) in decks.items():
        number = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % _DECKS + _DECKS_FROM
        deck = genanki.Deck(number, name)
        for place, card in enumerate(cards):
            fields = [card.question, card.answer, card.source, card.page, "", "", ""]
            note = DatedNote(model=note_type, fields=fields, guid=card.guid, tags=list(card.tags), due=place + 1)
            note.changed_at = card.changed_at
            deck.add_note(note)
        made.append(deck)
    newest = max((card.changed_at for _, cards in decks.values() for card in cards), default=0)
    written = io.BytesIO()
    with _own_temporary_folder():
        genanki.Package(made).write_to_file(written, timestamp=newest)
    return written.getvalue()


@contextmanager
def _own_temporary_folder() -> Iterator[None]:
    """genanki leaves its database in the folder for temporary files; this one is removed."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="notegen-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def table(decks: Mapping[str, tuple[str, Sequence[ExportedCard]]]) -> bytes:
    """The bytes of a text file for Anki's import, a card a line, its id first. decks: as `package`.

    An import of it touches the columns that it has and no others: own fields and tags in Anki stay.
    """
    head = [
        "#separator:tab",
        "#html:true",
        f"#notetype:{NOTE_TYPE}",
        "#guid column:1",
        "#deck column:2",
        "\t".join(["#columns:id", "deck", *FIELDS[:4]]),
    ]
    rows = [
        "\t".join(_cell(each) for each in (card.guid, name, card.question, card.answer, card.source, card.page))
        for name, (_, cards) in decks.items()
        for card in cards
    ]
    return ("\n".join([*head, *rows]) + "\n").encode()


def _cell(text: str) -> str:
    return " ".join(text.replace("\t", " ").splitlines()).replace('"', "&quot;")


def put(file: Path, data: bytes) -> None:
    """Write a file outside the vault at once: whoever looks sees the old bytes or the new ones. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as waiting:
            waiting.write(data)
        os.chmod(name, 0o644)
        os.replace(name, file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
