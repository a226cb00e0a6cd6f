"""Raw notes to mental models: as `notegen refine` and programs are told it."""

from __future__ import annotations

import datetime as dt
import posixpath
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from notegen.claims.held import Held, Source
from notegen.claims.raw_note import RabbitHole, plain_text, read_raw_note
from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.kinds.judging import OnClaim
from notegen.kinds.kind import place_at
from notegen.kinds.mental_model import MENTAL_MODEL, RawSubject, held_claims
from notegen.language.detect import language_of
from notegen.language.mojibake import repair
from notegen.library.library import Library
from notegen.run.named_notes import note_path
from notegen.vault.apply import apply
from notegen.vault.identity import properties_of, yaml_of
from notegen.vault.note import Write
from notegen.vault.plan import plan
from notegen.vault.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What became of a raw note."""

    note: str
    write: Write
    """What the plan does with the mental model."""
    claims: tuple[Held, ...]
    rabbit_holes: tuple[RabbitHole, ...]


def refine(
    name: str, desk: Desk, library: Library, *, dry_run: bool, on_claim: OnClaim = lambda done, total: None
) -> Refined:
    """Put a raw note in order, in a note beside it. name: as a person calls it.

    Raises UsageError where there is no such note, it is empty or made by notegen; VaultError, BusyError as `apply`.
    """
    path = note_path(name, desk.vault)
    text = repair(desk.vault.read_text(path)[0]).text
    if MENTAL_MODEL.identity(properties_of(yaml_of(text))):
        raise UsageError(f"{path} is a mental model already.", "Name the raw note that it was made of.")
    bare = plain_text(text)
    if not bare.strip():
        raise UsageError(f"{path} is empty.", "Write into it first.")
    language = language_of(bare[:20_000])
    note = read_raw_note(text, posixpath.basename(path).removesuffix(".md"), language)
    held = held_claims(note, library, on_claim)
    subject = RawSubject(path=path, text=text, note=note, language=language, held=held, library=library)
    with nullcontext() if dry_run else writing(desk.vault, "notegen refine"):
        place = place_at(MENTAL_MODEL.place(subject, desk, ()), desk, date=dt.date.today())
        planned = plan(MENTAL_MODEL.make(subject, place, desk).notes, desk.vault)
        if not dry_run:
            apply(planned, desk.vault)
    return Refined(note=path, write=planned.writes[-1], claims=held, rabbit_holes=note.rabbit_holes)


def as_data(refined: Refined, *, dry_run: bool) -> dict[str, Any]:
    """What was found, ready for JSON: these fields and no others."""
    return {
        "note": refined.note,
        "written": None if dry_run else refined.write.path,
        "claims": [
            {
                "text": each.text,
                "line": each.line,
                "verdict": each.verdict,
                "evidence": [place_of(one) for one in each.evidence],
            }
            for each in sorted(refined.claims, key=lambda one: one.line)
        ],
        "rabbit_holes": [
            {"title": each.title, "line": each.line, "status": each.status, "not_before": each.not_before}
            for each in refined.rabbit_holes
        ],
    }


def place_of(source: Source) -> dict[str, Any]:
    """Evidence for programs."""
    return {
        "text": source.text,
        "pdf": source.pdf,
        "pdf_page": source.pdf_page,
        "page": source.page,
        "says": source.says,
    }
