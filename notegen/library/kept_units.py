"""A unit as the library keeps it."""

from __future__ import annotations

import json
from typing import Any

from notegen.library.terms import terms
from notegen.reading.unit import Part, Unit
from notegen.store.library_rows import UnitRow


def unit_row(id: int, unit: Unit, heading: str, language: str) -> UnitRow:
    """A unit as it is kept."""
    parts = [[p.kind, p.page, p.text, _is_text(p), p.marker, p.opens, p.joined] for p in unit.parts]
    stems = "\n".join(" ".join(terms(part.text, language)) for part in unit.parts)
    data = json.dumps([unit.kind, unit.nth, parts], ensure_ascii=False)
    heading = storable(heading)
    topic = " ".join(terms(heading, language))
    return UnitRow(id=id, data=storable(data), heading=heading, topic=topic, stems=storable(stems))


def storable(text: str) -> str:
    """Text that every engine takes: without NUL and lone surrogates, which a damaged PDF can hold."""
    return text.replace("\0", "").encode(errors="replace").decode()


def unit_of(data: str, book: str) -> Unit:
    """The unit that was kept. book: identity of its book."""
    kind, nth, parts = json.loads(data)
    return Unit(book=book, parts=tuple(_part(*each) for each in parts), kind=kind, nth=nth)


def text_of(data: str) -> str:
    """The text of a kept unit, for the encoder."""
    return " ".join(part[2] for part in json.loads(data)[2])


def _is_text(part: Part) -> bool:
    """Its letters say what the page shows. A display formula's do not, where only a crop can show it."""
    return part.certain and not (part.kind == "formula" and part.block is not None and part.block.crop)


def _part(kind: Any, page: int, text: str, certain: bool, marker: str, opens: bool, joined: bool) -> Part:
    return Part(kind=kind, page=page, text=text, certain=certain, marker=marker, opens=opens, joined=joined)
