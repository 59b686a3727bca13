"""SQLite: read-only where only reading is meant, with limits on time and size."""

from __future__ import annotations

import fnmatch
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from statements import split_statements

if TYPE_CHECKING:
    from connections import Parameters, Rows

BUSY_SECONDS = 5
MAX_VALUE_BYTES = 50_000_000
COUNTED_ROWS = 100_000
STEPS_BETWEEN_CHECKS = 10_000
# Attached files would lie outside the reach that was granted; the rest would end or escape the transaction.
NEVER = {
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
}
# They only tell something; full-text tables ask some of them by themselves.
HARMLESS_PRAGMAS = {
    "data_version",
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "page_count",
    "page_size",
    "table_info",
    "table_list",
    "table_xinfo",
}


class SQLiteDatabase:
    """One open file."""

    kind = "sqlite"

    def __init__(self, connection: sqlite3.Connection, name: str, writes: bool) -> None:
        self.connection, self.name, self.writes = connection, name, writes

    def query(self, sql: str, parameters: Parameters) -> Rows:
        return self._run(sql, parameters)[0]

    def change(self, sql: str, parameters: Parameters) -> tuple[Rows, int | None]:
        result, cursor = self._run(sql, parameters)
        fetched = list(result.rows)
        result.rows = iter(fetched)
        return result, cursor.rowcount if cursor.rowcount >= 0 else None

    def script(self, sql: str) -> None:
        for statement in split_statements(sql):
            self.connection.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.connection.set_authorizer(None)
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.set_authorizer(_allowed)
        try:
            yield
        except BaseException:
            self.connection.set_authorizer(None)
            self.connection.rollback()
            raise
        self.connection.set_authorizer(None)
        self.connection.execute("COMMIT")

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield  # Each transaction locks the whole file, and looks again what was applied meanwhile.

    def tables(self, pattern: str, limit: int) -> list[dict[str, Any]]:
        self.connection.set_authorizer(None)
        listed = self.connection.execute(
            "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' ORDER BY name"
        ).fetchall()
        chosen = [row for row in listed if fnmatch.fnmatchcase(row[0].lower(), pattern.lower())]
        described = [self._table(name, kind) for name, kind in chosen[:limit]]
        if not self.writes:
            self.connection.set_authorizer(_allowed)
        return described

    def _table(self, name: str, kind: str) -> dict[str, Any]:
        quoted = '"' + name.replace('"', '""') + '"'
        columns = [
            {
                "name": row[1],
                "type": row[2] or "any",
                "nullable": not row[3] and not row[5],
                "default": None if row[4] is None else str(row[4])[:200],
                "primary_key": bool(row[5]),
            }
            for row in self.connection.execute(f"PRAGMA table_info({quoted})")
        ]
        keys: dict[int, dict[str, Any]] = {}
        for row in self.connection.execute(f"PRAGMA foreign_key_list({quoted})"):
            key = keys.setdefault(row[0], {"columns": [], "table": row[2], "referenced_columns": []})
            key["columns"].append(row[3])
            key["referenced_columns"] += [row[4]] if row[4] else []
        indexes = [
            {
                "name": row[1],
                "unique": bool(row[2]),
                "columns": [
                    part[2] or "expression" for part in self.connection.execute(f"PRAGMA index_info({_quoted(row[1])})")
                ],
            }
            for row in self.connection.execute(f"PRAGMA index_list({quoted})").fetchall()
        ]
        count = None
        if kind == "table":
            counting = f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT {COUNTED_ROWS})"
            count = self.connection.execute(counting).fetchone()[0]
        return {
            "name": name,
            "kind": kind,
            "columns": columns,
            "foreign_keys": list(keys.values()),
            "indexes": indexes,
            "row_count": None if count == COUNTED_ROWS else count,
        }

    def _run(self, sql: str, parameters: Parameters) -> tuple[Rows, sqlite3.Cursor]:
        from connections import Rows

        cursor = self.connection.execute(sql, dict(parameters))
        columns = [column[0] for column in cursor.description or []]
        return Rows(columns, iter(cursor)), cursor


@contextmanager
def opened(file: Path, name: str, deadline: float, writes: bool) -> Iterator[SQLiteDatabase]:
    """Open a file for one call and turn SQLite's errors into those a caller can act on."""
    mode = "rwc" if writes else "ro"
    try:
        connection = sqlite3.connect(
            f"{file.as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
    except sqlite3.Error as error:
        raise ValueError(f"'{name}' cannot be opened: {error}.") from None
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        connection.execute("PRAGMA foreign_keys = ON")
        if not writes:
            # Not for changes: triggers that keep full-text tables in step would be refused.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.set_authorizer(_allowed)
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
        yield SQLiteDatabase(connection, name, writes)
    except sqlite3.Error as error:
        raise _meaning(error, name) from None
    finally:
        connection.close()


def _allowed(action: int, one: str | None, two: str | None, *_: Any) -> int:
    """Judge what a statement is about to do; that a query changes nothing is seen to by the read-only connection."""
    if action in NEVER or (action == sqlite3.SQLITE_FUNCTION and (two or "").lower() == "load_extension"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (one or "").lower() not in HARMLESS_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _meaning(error: sqlite3.Error, name: str) -> Exception:
    text = str(error)
    if "locked" in text or "busy" in text:
        return TimeoutError(f"'{name}' is in use by another process; try again later.")
    if "interrupted" in text:
        return TimeoutError(f"The statement on '{name}' did not end in time; narrow it, or allow more time.")
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return PermissionError(f"That is not allowed here on '{name}': {text}.")
    if "not a database" in text or "malformed" in text:
        return ValueError(f"'{name}' is not a readable SQLite database: {text}.")
    return ValueError(f"SQLite refused the statement: {text}.")
