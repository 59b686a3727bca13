"""Tools of the database skill: query, describe, change and migrate SQLite and PostgreSQL databases."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import migrations  # noqa: E402
from connections import connected, is_new_file  # noqa: E402
from rows import csv_lines, json_value, unique_names  # noqa: E402
from statements import controls_transaction, is_reading, loses_data, single_statement  # noqa: E402
from workspace import save, workspace_path  # noqa: E402

__all__ = [
    "query_database",
    "describe_database",
    "execute_sql",
    "create_migration",
    "migration_status",
    "migrate_database",
]

MAX_ROWS = 1_000_000
PREVIEW_ROWS = 50
PREVIEW_CHARACTERS = 20_000
MAX_TABLES = 100


def query_database(
    database: str,
    sql: str,
    parameters: dict[str, Any] | None = None,
    output: str | None = None,
    max_rows: int = 10_000,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Run one query, save the rows as CSV and return the first of them; changes are refused by the database."""
    _check_limit("max_rows", max_rows, MAX_ROWS)
    if not is_reading(single_statement(sql)):
        raise PermissionError("query_database only reads (SELECT, WITH, VALUES, EXPLAIN); use execute_sql for changes.")
    with connected(database, timeout_seconds) as opened:
        found = opened.query(sql, parameters or {})
        columns = unique_names(found.columns)
        counted = _Counted(found.rows, max_rows)
        saved = save(csv_lines(columns, counted), output, "query-result.csv")
    preview, is_cut = _preview(columns, counted.first)
    return {
        "path": saved,
        "columns": columns,
        "rows": preview,
        "row_count": counted.count,
        "truncated": counted.is_cut,
        "preview_truncated": is_cut or counted.count > len(preview),
    }


def describe_database(database: str, table: str = "*", timeout_seconds: float = 30) -> dict[str, Any]:
    """Describe the tables and views with their columns, keys and indexes."""
    with connected(database, timeout_seconds) as opened:
        tables = opened.tables(table, MAX_TABLES + 1)
        kind = opened.kind
    return {"kind": kind, "tables": tables[:MAX_TABLES], "truncated": len(tables) > MAX_TABLES}


def execute_sql(
    database: str,
    sql: str,
    parameters: dict[str, Any] | None = None,
    max_affected_rows: int | None = None,
    allow_data_loss: bool = False,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Run one statement that changes data or tables, in a transaction of its own."""
    statement = single_statement(sql)
    if controls_transaction(statement):
        raise ValueError("Each call is a transaction of its own; leave BEGIN, COMMIT and the like out.")
    lost = loses_data(statement)
    if lost and not allow_data_loss:
        raise PermissionError(
            f"{lost} cannot be undone. Say what would be lost, and set allow_data_loss only after the user has agreed."
        )
    creates = statement[0].text == "CREATE" and is_new_file(database)
    with connected(database, timeout_seconds, writes=True, creates=creates) as opened, opened.transaction():
        found, affected = opened.change(sql, parameters or {})
        if max_affected_rows is not None and (affected or 0) > max_affected_rows:
            raise ValueError(
                f"The statement would change {affected} rows, more than max_affected_rows; nothing was changed."
            )
        columns = unique_names(found.columns)
        rows = list(itertools.islice(found.rows, PREVIEW_ROWS + 1))
    preview, is_cut = _preview(columns, rows[:PREVIEW_ROWS])
    return {
        "database": database,
        "affected_rows": affected,
        "columns": columns,
        "rows": preview,
        "truncated": is_cut or len(rows) > PREVIEW_ROWS,
    }


def create_migration(name: str, sql: str, folder: str = "migrations") -> dict[str, Any]:
    """Write the next numbered migration file; it is not applied yet."""
    existing = migrations.read_folder(folder) if workspace_path(folder).is_dir() else []
    version = existing[-1].version + 1 if existing else 1
    path = f"{folder}/{version:04d}_{name}.sql"
    if not migrations.FILE_NAME.fullmatch(path.rpartition("/")[2]):
        raise ValueError(f"'{name}' must be lower-case words joined by underscores, such as add_email_to_customers.")
    sql = migrations.checked_script(sql, path).strip() + "\n"
    if existing and existing[-1].name == name and existing[-1].sql.strip() == sql.strip():
        return {"path": existing[-1].path, "version": existing[-1].version, "folder": folder}
    return {"path": save(sql.encode(), path, path), "version": version, "folder": folder}


def migration_status(database: str, folder: str = "migrations", timeout_seconds: float = 30) -> dict[str, Any]:
    """Compare the migration files with what was applied to the database."""
    files = migrations.read_folder(folder)
    done: dict[int, dict[str, Any]] = {}
    if not is_new_file(database):
        with connected(database, timeout_seconds) as opened:
            done = migrations.applied(opened)
    problem = None
    try:
        migrations.check_history(files, done)
    except ValueError as error:
        problem = str(error)
    return {
        "database": database,
        "current_version": max(done, default=0),
        "migrations": [
            {
                "version": migration.version,
                "name": migration.name,
                "path": migration.path,
                "applied_at": done.get(migration.version, {}).get("applied_at"),
            }
            for migration in files
        ],
        "pending_count": sum(migration.version not in done for migration in files),
        "problem": problem,
    }


def migrate_database(
    database: str,
    folder: str = "migrations",
    target: int | None = None,
    dry_run: bool = False,
    timeout_seconds: float = 120,
) -> dict[str, Any]:
    """Apply the migrations that are still missing, in order, each in a transaction of its own."""
    files = migrations.read_folder(folder)
    if target is not None and target not in {migration.version for migration in files}:
        raise ValueError(f"There is no migration {target} in '{folder}'; migration_status lists them.")
    if dry_run and is_new_file(database):
        return _migrated(database, [], [file for file in files if target is None or file.version <= target], True)
    if dry_run:
        with connected(database, timeout_seconds) as opened:
            return _migrated(database, *_planned(files, migrations.applied(opened), target), True)
    with connected(database, timeout_seconds, writes=True, creates=True) as opened, opened.alone():
        with opened.transaction():
            opened.change(migrations.CREATE, {})
        done, missing = _planned(files, migrations.applied(opened), target)
        missing = [migration for migration in missing if migrations.apply(opened, migration)]
    return _migrated(database, done, missing, False)


class _Counted:
    """Rows up to a limit, remembering the first of them for the answer."""

    def __init__(self, rows: Any, limit: int) -> None:
        self.rows, self.limit = rows, limit
        self.first: list[tuple[Any, ...]] = []
        self.count, self.is_cut = 0, False

    def __iter__(self) -> Any:
        for row in self.rows:
            if self.count == self.limit:
                self.is_cut = True
                return
            self.count += 1
            if len(self.first) < PREVIEW_ROWS:
                self.first.append(row)
            yield row


def _planned(
    files: list[migrations.Migration], done: dict[int, dict[str, Any]], target: int | None
) -> tuple[list[int], list[migrations.Migration]]:
    migrations.check_history(files, done)
    missing = [file for file in files if file.version not in done and (target is None or file.version <= target)]
    return sorted(done), missing


def _migrated(database: str, done: list[int], missing: list[migrations.Migration], dry_run: bool) -> dict[str, Any]:
    newest = max([*done, *(migration.version for migration in missing)], default=0)
    return {
        "database": database,
        "applied": [
            {"version": migration.version, "name": migration.name, "path": migration.path} for migration in missing
        ],
        "current_version": max(done, default=0) if dry_run else newest,
        "dry_run": dry_run,
    }


def _preview(columns: list[str], rows: list[tuple[Any, ...]]) -> tuple[list[dict[str, Any]], bool]:
    """The first rows as objects, as many as fit into an answer."""
    preview: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        value = dict(zip(columns, map(json_value, row), strict=True))
        size += len(str(value))
        if preview and size > PREVIEW_CHARACTERS:
            return preview, True
        preview.append(value)
    return preview, False


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
