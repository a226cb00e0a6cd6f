"""The one place where SQLite is opened: a file of notegen's state, for all threads of a process."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Literal, Self

from notegen.store.folder import state_folder

Connection = sqlite3.Connection

_TROUBLES = (sqlite3.Error, OSError, UnicodeError)
"""Another process writes, the disk is full, the folder is read-only, the file is closed or damaged, no Unicode text."""


_OWNERS_MODE = 0o600


class Database:
    """One SQLite file, or one in memory where no file can be used. What cannot be done is a sqlite3.Error."""

    SCHEMA: ClassVar[str]
    """Statements that make what is not there."""
    VERSION: ClassVar[int] = 0
    """Of the schema; a file of a newer one is left alone. 0: it has none."""
    TIMEOUT_S: ClassVar[float] = 1.0
    """How long another process is waited for."""
    SYNCHRONOUS: ClassVar[Literal["NORMAL", "FULL"]] = "NORMAL"
    """FULL for what must outlive a power cut."""
    KEEPS_DAMAGED: ClassVar[bool] = True
    """A file that is no database is set aside as "*.damaged"; else it is removed."""

    def __init__(self, path: Path | None) -> None:
        """Open the file at `path`, made when it is not there; None: in memory.

        One that is locked or cannot be written is left alone, too.
        """
        self._lock = threading.RLock()
        self.path: Path | None = path
        """None: in memory."""
        self._connection = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; it is not used afterwards."""
        with self._lock:
            self._connection.close()

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection]:
        """Give the connection for changes that take effect all at once, or not at all. Other threads wait."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self.commit()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def commit(self) -> None:
        """Make the changes last. A step of its own, so that a test can put a crash before it."""
        self._connection.execute("COMMIT")

    def _opened(self) -> Connection:
        for _ in range(2):
            if self.path is None:
                break
            try:
                return self._connect(self.path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                if not self._put_away(self.path):
                    break
        self.path = None
        return self._connect(None)

    def _connect(self, path: Path | None) -> Connection:
        """Raises OSError, OperationalError (locked, not writable, newer) or DatabaseError (no database, damaged)."""
        if path is not None:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _keep_to_the_owner(path)
        place = ":memory:" if path is None else os.fspath(path)
        connection = sqlite3.connect(place, timeout=self.TIMEOUT_S, isolation_level=None, check_same_thread=False)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if self.VERSION and version > self.VERSION:
                raise sqlite3.OperationalError("made by a newer notegen")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {self.SYNCHRONOUS}")
            if version < self.VERSION or not self.VERSION:
                mark = f"PRAGMA user_version = {self.VERSION}"
                whole = f"BEGIN IMMEDIATE; {self.SCHEMA}; {mark}; COMMIT;" if self.VERSION else self.SCHEMA
                connection.executescript(whole)
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                connection.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_away(self, path: Path) -> bool:
        try:
            if self.KEEPS_DAMAGED:
                os.replace(path, path.with_name(path.name + ".damaged"))
            remove_database(path)
        except OSError:
            return False
        return True


class CacheDatabase(Database):
    """A database that may be deleted at any time: trouble with it never reaches the caller, and a damaged file is
    replaced by an empty one."""

    FILE_NAME: ClassVar[str]
    """In the state folder."""

    @classmethod
    def open(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Open the one in the state folder."""
        return cls(state_folder(env) / cls.FILE_NAME)

    def found(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds; nothing in trouble."""
        found: list[tuple[Any, ...]] = []
        self._untroubled(lambda: found.extend(self.rows(query, values)))
        return found

    def change(self, query: str, *rows: tuple[Any, ...]) -> None:
        """Run a statement for each of the rows, all or none of them; none in trouble."""
        self.change_by(lambda connection: connection.executemany(query, rows or ((),)))

    def change_by(self, work: Callable[[Connection], object]) -> None:
        """Do several changes at once, or none of them, as in trouble."""

        def changed() -> None:
            with self.changing() as connection:
                work(connection)

        self._untroubled(changed)

    def _untroubled(self, work: Callable[[], object]) -> None:
        try:
            work()
        except _TROUBLES as error:
            if type(error) is sqlite3.DatabaseError and self.path is not None:  # damaged, says SQLite
                with self._lock:
                    self._connection.close()
                    self._put_away(self.path)
                    self._connection = self._opened()


def remove_database(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it. Raises OSError."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _keep_to_the_owner(path: Path) -> None:
    """What a database holds is the learner's alone; SQLite gives its log the mode of the file. The file is not opened
    where it is there: closing it would end the locks of this process on it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNERS_MODE))
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            with contextlib.suppress(OSError):  # another person's file, or a file system without modes
                path.chmod(_OWNERS_MODE)
