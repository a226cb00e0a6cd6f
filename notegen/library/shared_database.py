"""The connection to a shared library's PostgreSQL: its tables, its one writer, and what is said when it is away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from notegen.errors import BusyError, StateError, UsageError

if TYPE_CHECKING:
    from psycopg import Connection

_LOCK = 0x6E6F7465
"""Key of the writer's advisory lock: "note"."""
_ANSWER_S = 10
_SCHEMA = """
CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS notegen;
CREATE TABLE IF NOT EXISTS notegen.reader (version int NOT NULL);
CREATE SEQUENCE IF NOT EXISTS notegen.key;
CREATE TABLE IF NOT EXISTS notegen.book (
    key bigint PRIMARY KEY, sha256 text NOT NULL UNIQUE, book text NOT NULL, title text NOT NULL,
    language text NOT NULL, labels text NOT NULL, read int NOT NULL, units int NOT NULL, heading text NOT NULL,
    trouble text NOT NULL, vectors int NOT NULL DEFAULT 0, dimensions int NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS notegen.place (vault text, path text, sha256 text NOT NULL, PRIMARY KEY (vault, path));
CREATE TABLE IF NOT EXISTS notegen.unit (
    id bigint PRIMARY KEY, data text NOT NULL, heading text NOT NULL, topic text NOT NULL, stems text NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS unit_words ON notegen.unit USING gin (words);
CREATE TABLE IF NOT EXISTS notegen.vector (id bigint PRIMARY KEY, numbers vector NOT NULL);
"""


class SharedDatabase:
    """One database, connected to when it is first used. Every call may raise StateError: it is not there, or has gone
    away, or another notegen filled it."""

    def __init__(self, url: str, reader: int) -> None:
        """See `PostgresEngine`. Raises UsageError."""
        if not url:
            raise UsageError(
                "The shared library has no address.",
                "Put it into NOTEGEN_LIBRARY_URL, or into the file library-url of notegen's state folder.",
            )
        try:
            import psycopg
        except ImportError as error:
            raise UsageError("psycopg is not installed.", 'Run: pip install "notegen[postgres]"') from error
        self._url, self._reader, self._trouble = url, reader, psycopg.Error
        self._open: Connection[Any] | None = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. Raises BusyError."""
        with self.connected() as connection:
            free = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
        if not free or not free[0]:
            raise BusyError("Another notegen is at work in the shared library.", "Let it finish, or end it.")
        try:
            yield
        finally:
            with contextlib.suppress(StateError), self.connected() as connection:
                connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a SELECT finds."""
        with self.connected() as connection:
            return connection.execute(query.encode(), values).fetchall()

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection[Any]]:
        """The connection for changes that take effect all at once, or not at all."""
        with self.connected() as connection, connection.transaction():
            yield connection

    @contextlib.contextmanager
    def connected(self) -> Iterator[Connection[Any]]:
        """The connection, opened anew where it was lost. Raises StateError, which never holds the address."""
        try:
            if self._open is None or self._open.closed:
                self._open = self._connection()
            yield self._open
        except self._trouble as error:
            raise StateError(
                f"The shared library cannot be used ({type(error).__name__}).",
                "See that its database runs and that NOTEGEN_LIBRARY_URL is right. What was kept stays.",
            ) from None

    def _connection(self) -> Connection[Any]:
        import psycopg

        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=_ANSWER_S)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK + 1,))  # of two that begin one makes it
            connection.execute(_SCHEMA.encode())
            found = connection.execute("SELECT version FROM notegen.reader").fetchone()
            if found is None:
                connection.execute("INSERT INTO notegen.reader VALUES (%s)", (self._reader,))
        if found and found[0] != self._reader:
            connection.close()
            raise StateError(
                "The shared library was read by another version of notegen.",
                "Use one version for all who share it. To begin anew, its owner runs: DROP SCHEMA notegen CASCADE",
            )
        return connection
