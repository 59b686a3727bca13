"""Loads records into a table of an SQLite database, all of them or none."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from record_files import Record, cell
from workspace import relative_name, writable_path

SUFFIXES = {".sqlite", ".sqlite3", ".db"}
MAX_DATABASE_COLUMNS = 1_000
BUSY_SECONDS = 5


def load_database(records: list[Record], columns: list[str], target: str, table: str, mode: str) -> str:
    """Create, replace or append to a table and return the name of the database file.

    `create` accepts a table that already holds exactly these records, so that a repeated call changes nothing.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", table) or table.lower().startswith("sqlite_"):
        raise ValueError(f"'{table}' is not a table name; use letters, digits and underscores, starting with a letter.")
    if not 1 <= len(columns) <= MAX_DATABASE_COLUMNS:
        raise ValueError(f"A table has 1 to {MAX_DATABASE_COLUMNS} columns; these records have {len(columns)}.")
    if len({name.lower() for name in columns}) < len(columns):
        raise ValueError(
            "Two columns differ only in upper and lower case, which a database does not tell apart; rename."
        )
    file = writable_path(target)
    file.parent.mkdir(parents=True, exist_ok=True)
    is_new = not file.exists()
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _store(connection, records, columns, table, mode, target)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise TimeoutError(f"'{target}' is in use by another process; try again later.") from None
        raise ValueError(f"'{target}' cannot be loaded: {error}.") from None
    finally:
        connection.close()
        if is_new and file.exists() and file.stat().st_size == 0:
            file.unlink()
    return relative_name(file)


def default_table(path: str) -> str:
    """A table name made from a file name."""
    name = re.sub(r"\W+", "_", Path(path).stem, flags=re.ASCII).strip("_").lower()[:60]
    return name if re.match(r"[a-z_]", name) and not name.startswith("sqlite_") else f"t_{name}"


def _store(
    connection: sqlite3.Connection, records: list[Record], columns: list[str], table: str, mode: str, target: str
) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("BEGIN IMMEDIATE")
    rows = [tuple(_stored(record.get(name)) for name in columns) for record in records]
    existing = [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]
    try:
        if existing and mode == "create":
            if existing == columns and connection.execute(f"SELECT * FROM {_quoted(table)}").fetchall() == rows:
                return
            raise FileExistsError(
                f"'{target}' already has a table '{table}'; choose another one, or mode append or replace."
            )
        if existing and mode == "append":
            unknown = [name for name in columns if name not in existing]
            if unknown:
                raise ValueError(
                    f"The table '{table}' has no column {', '.join(unknown)}; its columns are {', '.join(existing)}."
                )
        else:
            connection.execute(f"DROP TABLE IF EXISTS {_quoted(table)}")
            connection.execute(f"CREATE TABLE {_quoted(table)} ({_definitions(rows, columns)})")
        names, marks = ", ".join(map(_quoted, columns)), ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})", rows)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _definitions(rows: list[tuple[Any, ...]], columns: list[str]) -> str:
    """Declare each column by what is stored in it; mixed columns get no type, so that SQLite converts nothing."""
    declared = []
    for index, name in enumerate(columns):
        kinds = {type(row[index]) for row in rows if row[index] is not None}
        kind = "INTEGER" if kinds == {int} else "REAL" if kinds and kinds <= {int, float} else ""
        declared.append(f"{_quoted(name)} {'TEXT' if kinds <= {str} else kind}".rstrip())
    return ", ".join(declared)


def _stored(value: Any) -> Any:
    """Numbers and texts as they are, anything else as text; SQLite has no integers beyond 64 bits."""
    if isinstance(value, (list, dict)) or isinstance(value, int) and not -(2**63) <= value < 2**63:
        return cell(value)
    return int(value) if isinstance(value, bool) else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
