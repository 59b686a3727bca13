"""Numbered migrations: files that are applied in order, once each, and never change afterwards."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connections import Database
from statements import controls_transaction, split_statements, tokens
from workspace import relative_name, workspace_path

FILE_NAME = re.compile(r"(\d{4,9})_([a-z0-9]+(?:_[a-z0-9]+)*)\.sql")
MAX_MIGRATIONS = 2_000
MAX_MIGRATION_BYTES = 1_000_000
TABLE = "schema_migrations"
CREATE = f"""CREATE TABLE IF NOT EXISTS {TABLE} (
    version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL DEFAULT (CAST(CURRENT_TIMESTAMP AS TEXT)))"""


@dataclass
class Migration:
    """One file of the folder."""

    version: int
    name: str
    path: str
    sql: str

    @property
    def checksum(self) -> str:
        """The content, apart from line ends."""
        return hashlib.sha256(self.sql.replace("\r\n", "\n").encode()).hexdigest()


def read_folder(folder: str) -> list[Migration]:
    """Read the migrations of a folder in order; a name or number that does not fit is an error."""
    place = workspace_path(folder)
    if not place.is_dir():
        raise FileNotFoundError(f"The folder '{folder}' does not exist; create_migration makes the first file in it.")
    found = [_read(file) for file in sorted(place.glob("*.sql"))]
    if len(found) > MAX_MIGRATIONS:
        raise ValueError(f"'{folder}' holds more than {MAX_MIGRATIONS} migrations.")
    found.sort(key=lambda migration: migration.version)
    for one, other in zip(found, found[1:], strict=False):
        if one.version == other.version:
            raise ValueError(f"'{one.path}' and '{other.path}' have the same number; give one of them the next.")
    return found


def applied(database: Database) -> dict[int, dict[str, Any]]:
    """What the version table says, by number; without the table nothing was applied."""
    if not database.tables(TABLE, 1):
        return {}
    found, _ = database.change(f"SELECT version, name, checksum, applied_at FROM {TABLE} ORDER BY version", {})
    return {int(row[0]): {"name": row[1], "checksum": row[2], "applied_at": str(row[3])} for row in found.rows}


def check_history(migrations: list[Migration], done: dict[int, dict[str, Any]]) -> None:
    """Refuse to go on where the files no longer tell what happened to the database."""
    files = {migration.version: migration for migration in migrations}
    for version, row in done.items():
        if version not in files:
            raise ValueError(f"Migration {version} ({row['name']}) was applied but its file is gone; restore it.")
        if files[version].checksum != row["checksum"]:
            raise ValueError(
                f"'{files[version].path}' was changed after it was applied; restore it and write a new migration."
            )
    newest = max(done, default=0)
    late = [migration.path for migration in migrations if migration.version < newest and migration.version not in done]
    if late:
        raise ValueError(f"{', '.join(late[:5])} comes before migration {newest}, which was applied; renumber it.")


def apply(database: Database, migration: Migration) -> bool:
    """Run one migration and record it, both or neither; False when somebody else was faster."""
    try:
        with database.transaction():
            found, _ = database.change(
                f"SELECT version FROM {TABLE} WHERE version = :version", {"version": migration.version}
            )
            if list(found.rows):
                return False
            database.script(migration.sql)
            values = {"version": migration.version, "name": migration.name, "checksum": migration.checksum}
            database.change(
                f"INSERT INTO {TABLE} (version, name, checksum) VALUES (:version, :name, :checksum)", values
            )
    except Exception as error:
        error.add_note(f"In migration '{migration.path}'; it was rolled back.")
        raise
    return True


def checked_script(sql: str, path: str) -> str:
    """Refuse a migration that is empty or keeps its own transactions."""
    statements = split_statements(sql)
    if not statements:
        raise ValueError(f"'{path}' holds no statement.")
    for statement in statements:
        if controls_transaction(list(tokens(statement))):
            raise ValueError(f"'{path}' must not hold {statement.split()[0].upper()}: it runs in one transaction.")
    return sql


def _read(file: Path) -> Migration:
    match = FILE_NAME.fullmatch(file.name)
    name = relative_name(file.resolve()) if workspace_path(relative_name(file)) else file.name
    if match is None:
        raise ValueError(f"'{name}' must be named like 0001_create_customers.sql.")
    if file.stat().st_size > MAX_MIGRATION_BYTES:
        raise ValueError(f"'{name}' is larger than {MAX_MIGRATION_BYTES} bytes.")
    try:
        sql = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"'{name}' is not UTF-8 text.") from None
    return Migration(int(match[1]), match[2], name, checked_script(sql, name))
