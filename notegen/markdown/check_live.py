"""Text that plugins would take for data, tasks or programs, in a note that notegen has made.

In the learner's own notes all of this is theirs and right, so these rules are the gate's alone. The forms are those of
the plugins' documentation: fields and queries of Dataview, signs of Tasks, tags of Templater, schedules of Spaced
Repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.dialect import TASK_SIGNS
from notegen.markdown.parsed import ParsedNote
from notegen.markdown.problem import Problem, error

_TICKED = re.compile(rf"[>\s]*(?:[-*+]|\d{{1,9}}[.)])\s+\[.\][^\n]*?([{TASK_SIGNS}])")
_LINE_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("live-field", re.compile(r"[^\s:\[(>|]*::(?=\s|$|[^\s:])"), "Dataview reads a field here"),
    ("live-task", _TICKED, "Tasks reads a date, a rule or a rank here"),
    ("live-schedule", re.compile(r"<!--SR:"), "Spaced Repetition reads a schedule here"),
    ("live-template", re.compile(r"<%|\{\{"), "a template plugin would fill this in"),
)
_QUERY = re.compile(r"\$?=")


def live(note: ParsedNote, own: str = "") -> Iterator[Problem]:
    """What of a note's body would come to life. own: the learner's own templates, whose signs are meant."""
    for line, text in enumerate(note.lines[note.body_line - 1 :], note.body_line):
        if line not in note.verbatim:
            for rule, pattern, message in _LINE_RULES:
                found = pattern.search(text)
                if found and found[found.lastindex or 0] not in own:
                    yield error(rule, line, message)
    for span in note.code_spans:
        if (found := _QUERY.match(span.text.strip())) and f"`{found[0]}" not in own:
            yield error("live-query", span.line, "Dataview runs this as a query")
    for tag in note.tags:
        if tag.line >= note.body_line and f"#{tag.text}" not in own:
            yield error("live-tag", tag.line, f"#{tag.text} becomes a tag of the vault")
