"""Where a new log goes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from notegen.desk import Desk
from notegen.errors import UsageError
from notegen.vault.moment import format_date
from notegen.vault.names import collision_key, free_path, legal_name


def log_path(title: str, book: str, date: dt.date, desk: Desk, taken: Collection[str]) -> str:
    """The path of a new log, relative to the vault, filled in from the setting log.path.

    title: of the passage. book: the PDF's name. taken: paths that other logs of this run will have.
    Raises UsageError where the setting leads out of the vault or to the learner's daily note.
    """
    log = desk.settings.log
    parts = {
        "date": format_date(date, log.date_format or desk.vault.settings.daily_format),
        "title": legal_name(title, ""),
        "book": legal_name(book, ""),
    }
    path = log.path
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", value)
    *folders, name = path.split("/")
    daily = f"{desk.vault.settings.daily_folder}/{format_date(date, desk.vault.settings.daily_format)}.md"
    odd = any(part.strip() in ("", ".", "..") for part in (*folders, name.removesuffix(".md")))
    unknown = re.search(r"[{}]", re.sub(r"\{(?:date|title|book)\}", "", log.path))
    if odd or unknown or collision_key(path) == collision_key(daily.lstrip("/")):
        raise UsageError(
            f"The setting log.path = {log.path!r} is no place for a log.",
            "Write a path inside the vault, such as Logs/{date} {title}.md",
        )
    legal = "/".join([*(legal_name(part, "") for part in folders), legal_name(name.removesuffix(".md"), ".md")])
    keys = {collision_key(each) for each in taken}
    return free_path(legal, lambda each: collision_key(each) in keys)
