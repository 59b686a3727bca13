"""Tools of the etl-pipeline skill: extract records from files, transform and join them, load them elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from database import SUFFIXES, default_table, load_database  # noqa: E402
from record_files import cell, to_bytes, value_type, write_format  # noqa: E402
from transformations import Table, aggregate, join, load_table, run_steps  # noqa: E402
from workspace import save, workspace_path  # noqa: E402

__all__ = ["extract_data", "transform_data", "join_data", "aggregate_data", "load_data", "run_pipeline"]

PREVIEW_ROWS = 10
PREVIEW_COLUMNS = 50
PREVIEW_CHARACTERS = 200
MODES = ("create", "replace", "append")


def extract_data(
    path: str, format: str | None = None, records_path: str | None = None, output: str | None = None
) -> dict[str, Any]:
    """Turn a CSV, JSON or JSON Lines file into a flat table of records."""
    table = load_table(path, format, records_path)
    return _saved(table, output, f"{Path(path).stem}-extracted.csv")


def transform_data(path: str, steps: list[dict[str, Any]] | None = None, output: str | None = None) -> dict[str, Any]:
    """Apply steps to the records of a file; without steps they are cleaned and deduplicated."""
    table = load_table(path)
    transformed, report = run_steps(table, steps)
    result = _saved(transformed, output, f"{Path(path).stem}-transformed.csv")
    return {**result, "input_row_count": len(table.records), "steps": report}


def join_data(
    path: str,
    other_path: str,
    on: list[str],
    other_on: list[str] | None = None,
    how: str = "inner",
    output: str | None = None,
) -> dict[str, Any]:
    """Combine the records of two files that agree in some columns."""
    joined = join(load_table(path), other_path, on, how, other_on)
    return _saved(joined, output, f"{Path(path).stem}-joined.csv")


def aggregate_data(
    path: str, group_by: list[str], measures: dict[str, str] | None = None, output: str | None = None
) -> dict[str, Any]:
    """Summarise the records of a file, one result for each group."""
    return _saved(aggregate(load_table(path), group_by, measures), output, f"{Path(path).stem}-aggregated.csv")


def load_data(path: str, target: str | None = None, table: str | None = None, mode: str = "create") -> dict[str, Any]:
    """Load the records of a file into a database table or another file."""
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}.")
    source = load_table(path)
    target = target or f"{Path(path).stem}.sqlite"
    saved, name = _loaded(source, path, target, table, mode)
    return {"path": saved, "table": name, "loaded_row_count": len(source.records), "mode": mode}


def run_pipeline(
    path: str,
    steps: list[dict[str, Any]] | None = None,
    records_path: str | None = None,
    target: str | None = None,
    table: str | None = None,
) -> dict[str, Any]:
    """Extract, transform and load in one call; nothing is written unless every step succeeds."""
    source = load_table(path, records_path=records_path)
    transformed, report = run_steps(source, steps)
    if target is None:
        result, name = _saved(transformed, None, f"{Path(path).stem}-pipeline.csv"), None
    else:
        saved, name = _loaded(transformed, path, target, table, "create")
        result = _described(transformed, saved)
    return {**result, "table": name, "input_row_count": len(source.records), "steps": report}


def _loaded(source: Table, path: str, target: str, table: str | None, mode: str) -> tuple[str, str | None]:
    """Store a table in a database or a file, by the ending of the target's name."""
    if Path(target).suffix.lower() in SUFFIXES:
        name = table or default_table(path)
        return load_database(source.records, source.columns, target, name, mode), name
    if table is not None:
        raise ValueError(
            f"Only a database has tables; end the target in {', '.join(sorted(SUFFIXES))} or leave out table."
        )
    write_format(target)
    columns, records = source.columns, source.records
    if mode == "append" and workspace_path(target).exists():
        before = load_table(target)
        unknown = [name for name in columns if name not in before.columns]
        if unknown:
            raise ValueError(
                f"'{target}' has no column {', '.join(unknown)}; its columns are {', '.join(before.columns)}."
            )
        columns, records = before.columns, before.records + records
    return save(to_bytes(records, target, columns), target, target, overwrite=mode != "create"), None


def _saved(table: Table, output: str | None, default_name: str) -> dict[str, Any]:
    name = output or default_name
    return _described(table, save(to_bytes(table.records, name, table.columns), output, default_name))


def _described(table: Table, path: str) -> dict[str, Any]:
    """The part that all results share; the preview is bounded in rows, columns and text."""
    columns = [
        {"name": name, "type": value_type(record.get(name) for record in table.records)} for name in table.columns
    ]
    shown = table.columns[:PREVIEW_COLUMNS]
    preview = [{name: _shown(record.get(name)) for name in shown} for record in table.records[:PREVIEW_ROWS]]
    return {"path": path, "columns": columns, "row_count": len(table.records), "preview": preview}


def _shown(value: Any) -> Any:
    if isinstance(value, (str, list, dict)) and len(cell(value)) > PREVIEW_CHARACTERS:
        return cell(value)[:PREVIEW_CHARACTERS] + "…"
    return value
