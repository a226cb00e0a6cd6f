"""A deed: something that the learner did with a concept, on a day, with a link to where it can be seen.

In a property it is one link whose words tell the deed: `[[2026-01-05 Winds|2026-01-07 recalled good: What is …?]]`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from notegen.markdown import write

What = Literal["ticked", "explained", "recalled", "applied"]
Grade = Literal["again", "hard", "good", "easy"]
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|]*)\|(?P<alias>[^\[\]]*)\]\]")
_ALIAS = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d) (?P<what>ticked|explained|recalled|applied)(?: (?P<grade>again|hard|good|easy))?"
    r"(?: (?P<sure>sure|unsure))?(?:: (?P<about>.*))?"
)
MAX_ABOUT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of evidence."""

    date: dt.date
    """When it was done, or first seen by notegen."""
    what: What
    where: str
    """Target of a link: the note in which it can be seen."""
    grade: Grade | None = None
    """Of a recall."""
    is_sure: bool | None = None
    """Whether the learner was sure of the answer before they saw the source's; None where nobody asked."""
    about: str = ""
    """The question, or the heading below which it was written; plain text."""

    @property
    def is_success(self) -> bool:
        """Anything that shows the concept known: all but a recall that failed."""
        return self.grade != "again"

    @property
    def rating(self) -> Grade:
        """As a review: what is not graded counts as good."""
        return self.grade or "good"

    def __str__(self) -> str:
        grade = f" {self.grade}" if self.grade else ""
        sure = "" if self.is_sure is None else " sure" if self.is_sure else " unsure"
        about = f": {write.label(self.about)[:MAX_ABOUT]}" if self.about else ""
        return f"[[{self.where}|{self.date.isoformat()} {self.what}{grade}{sure}{about}]]"

    @classmethod
    def read(cls, text: str) -> Deed | None:
        """The deed that a line of the property tells; None for anything else, which is the learner's."""
        link = _LINK.fullmatch(text.strip())
        told = _ALIAS.fullmatch(link["alias"].strip()) if link else None
        if link is None or told is None:
            return None
        try:
            date = dt.date.fromisoformat(told["date"])
        except ValueError:
            return None
        grade = told["grade"] if told["grade"] in get_args(Grade) else None
        return cls(
            date=date,
            what=cast(What, told["what"]),
            where=link["target"].strip(),
            grade=cast("Grade | None", grade),
            is_sure=told["sure"] == "sure" if told["sure"] else None,
            about=(told["about"] or "").strip(),
        )

    def is_like(self, other: Deed) -> bool:
        """The same thing done: a question is recalled once a day, all else is done once in a note."""
        mine, theirs = (write.label(each.about)[:MAX_ABOUT] for each in (self, other))
        same = self.date == other.date if self.what == "recalled" else self.where == other.where
        return self.what == other.what and mine == theirs and same
