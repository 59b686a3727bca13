"""Opens an SQLite file of the workspace, or a PostgreSQL server whose address is in the environment."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import postgresql
import sqlite
from workspace import existing_file, relative_name, writable_path

MAX_TIMEOUT_SECONDS = 600
SUFFIXES = {".sqlite", ".sqlite3", ".db"}

Parameters = Mapping[str, str | int | float | bool | None]


@dataclass
class Rows:
    """What a statement gave back: nothing, or named columns and the rows that are fetched one by one."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


class Database(Protocol):
    """What both kinds of database can do; every call ends at the deadline of the connection."""

    kind: str
    name: str

    def query(self, sql: str, parameters: Parameters) -> Rows:
        """Run one statement that only reads."""

    def change(self, sql: str, parameters: Parameters) -> tuple[Rows, int | None]:
        """Run one statement inside the transaction that `transaction` keeps; the count is of changed rows."""

    def script(self, sql: str) -> None:
        """Run a migration inside the transaction that `transaction` keeps."""

    def transaction(self) -> Any:
        """Keep a transaction: commit when the block ends, roll back when it raises."""

    def alone(self) -> Any:
        """Keep others from migrating at the same time, as far as transactions do not."""

    def tables(self, pattern: str, limit: int) -> list[dict[str, Any]]:
        """Describe tables and views."""


@contextmanager
def connected(database: str, timeout_seconds: float, writes: bool = False, creates: bool = False) -> Iterator[Database]:
    """Open a database for one call; without `writes` the database itself refuses every change."""
    if not 0 < timeout_seconds <= MAX_TIMEOUT_SECONDS:
        raise ValueError(f"timeout_seconds must be above 0 and at most {MAX_TIMEOUT_SECONDS}.")
    deadline = time.monotonic() + timeout_seconds
    if not isinstance(database, str) or re.match(r"\s*postgres(ql)?://", database, re.IGNORECASE):
        raise PermissionError(
            "An address of a server can hold a password and is not taken from arguments: put it into an environment "
            "variable and give its name, such as env:DATABASE_URL."
        )
    if database.startswith("env:"):
        address = _address(database.removeprefix("env:"))
        with postgresql.opened(address, database, deadline, writes) as opened:
            yield opened
        return
    file = writable_path(database) if writes else existing_file(database)
    if creates and not file.exists():
        if file.suffix.lower() not in SUFFIXES:
            raise ValueError(f"A new database must be named *{', *'.join(sorted(SUFFIXES))}; '{database}' is not.")
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.is_file():
        raise FileNotFoundError(f"The database '{database}' does not exist in the workspace; check the name.")
    is_new = not file.exists()
    try:
        with sqlite.opened(file, relative_name(file), deadline, writes) as opened:
            yield opened
    finally:
        if is_new and file.exists() and file.stat().st_size == 0:
            file.unlink()


def _address(variable: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,63}", variable):
        raise ValueError(f"'env:{variable[:64]}' must name an environment variable, such as env:DATABASE_URL.")
    address = os.environ.get(variable, "").strip()
    if not address:
        raise PermissionError(f"The environment variable {variable} is not set here; ask the user to grant it.")
    if not re.match(r"postgres(ql)?://|\w+\s*=", address):
        raise ValueError(f"The value of {variable} is not the address of a PostgreSQL server (postgresql://…).")
    return address


def is_new_file(database: str) -> bool:
    """Whether this names an SQLite file that is not there yet."""
    return not database.startswith("env:") and not Path(database).exists()
