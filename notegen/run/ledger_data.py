"""The ledger as programs are told it, ready for JSON."""

from __future__ import annotations

from typing import Any

from notegen.run.ledger import LedgerReport, Standing
from notegen.run.rabbit_holes import RabbitReport


def as_data(report: LedgerReport, rabbits: RabbitReport, *, dry_run: bool) -> dict[str, Any]:
    """The ledger after a look. Fields may be added; none is renamed."""
    return {
        "dry_run": dry_run,
        "written": [each.path for each in report.writes if each.status in ("written", "updated")],
        "concepts": [_data(each) for each in report.standings],
        "rabbit_holes": {"path": rabbits.path, "parked": list(rabbits.parked), "struck": list(rabbits.struck)},
    }


def _data(each: Standing) -> dict[str, Any]:
    review = each.entry.next_review
    return {
        "concept": each.concept.name,
        "path": each.concept.path,
        "notes": [note.path for note in each.concept.notes],
        "learned": each.level,
        "mastered": each.mastered.isoformat() if each.mastered else "",
        "next_review": review.isoformat() if review else "",
        "due": each.is_due,
        "evidence": [
            {
                "date": deed.date.isoformat(),
                "what": deed.what,
                "grade": deed.grade or "",
                "about": deed.about,
                "note": deed.where,
                "new": deed in each.new,
            }
            for deed in each.entry.deeds
        ],
        "troubles": list(each.troubles),
    }
