"""Tools of the csv-parser skill: inspect, summarise, validate, transform, convert and combine CSV files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from statistics import fmean, median, pstdev
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from column_types import NUMERIC, Value, cleaned, column_type, typed  # noqa: E402
from csv_table import MAX_ROWS, Table, read_table, to_csv, unique_names  # noqa: E402
from row_operations import filtered, grouped, sorted_rows  # noqa: E402
from workspace import relative_name, save, workspace_path  # noqa: E402

__all__ = ["parse_csv", "summarize_csv", "validate_csv", "transform_csv", "convert_csv", "combine_csv"]

MAX_PREVIEW_ROWS = 100
MAX_PREVIEW_COLUMNS = 50
MAX_PREVIEW_CHARACTERS = 200
MAX_PROBLEMS = 100
MAX_SUMMARIES = 200
SUFFIXES = {"json": ".json", "jsonl": ".jsonl", "tsv": ".tsv", "csv": ".csv", "markdown": ".md"}


def parse_csv(
    path: str, delimiter: str | None = None, has_header: bool = True, preview_rows: int = 10
) -> dict[str, Any]:
    """Say what a CSV file holds: dialect, columns with their types, number of rows and the first rows."""
    if not 0 <= preview_rows <= MAX_PREVIEW_ROWS:
        raise ValueError(f"preview_rows must be between 0 and {MAX_PREVIEW_ROWS}.")
    table = read_table(path, delimiter, has_header)
    return {
        **_described(table, _same_name(path), preview_rows),
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "irregular_rows": table.irregular_rows,
    }


def summarize_csv(path: str, columns: list[str] | None = None) -> dict[str, Any]:
    """Compute statistics of each column; numbers get mean, median and spread, everything its most frequent values."""
    table = read_table(path)
    if len(columns or table.columns) > MAX_SUMMARIES:
        raise ValueError(f"At most {MAX_SUMMARIES} columns are summarised at once; name them in columns.")
    summaries = [_summary(name, table.values(name)) for name in columns or table.columns]
    return {"path": _same_name(path), "row_count": len(table.rows), "columns": summaries}


def validate_csv(path: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    """Check a CSV file against rules for its columns and list the cells that break them, with line numbers."""
    table = read_table(path)
    found: list[dict[str, Any]] = []
    for rule in rules:
        name = str(rule.get("column"))
        if name not in table.columns:
            found.append({"column": name, "row": None, "value": None, "problem": "the column is missing"})
            continue
        found += [
            {"column": name, "row": row, "value": value[:MAX_PREVIEW_CHARACTERS], "problem": problem}
            for row, value, problem in _violations(table.values(name), rule)
        ]
    return {
        "path": _same_name(path),
        "valid": not found,
        "row_count": len(table.rows),
        "problem_count": len(found),
        "problems": found[:MAX_PROBLEMS],
    }


def transform_csv(
    path: str,
    clean: bool = True,
    deduplicate: bool = True,
    where: list[dict[str, Any]] | None = None,
    group_by: list[str] | None = None,
    aggregate: list[dict[str, Any]] | None = None,
    sort_by: list[str] | None = None,
    select: list[str] | None = None,
    rename: dict[str, str] | None = None,
    limit: int | None = None,
    output: str | None = None,
) -> dict[str, Any]:
    """Clean a CSV file and, where asked, filter, group, sort, select and rename; the result is a new CSV file."""
    table = read_table(path)
    input_rows = len(table.rows)
    if clean:
        table = Table(table.columns, _clean_rows(table))
    empty_removed = input_rows - len(table.rows)
    if deduplicate:
        table.rows = [list(row) for row in dict.fromkeys(map(tuple, table.rows))]
    duplicates_removed = input_rows - empty_removed - len(table.rows)
    if where:
        table.rows = filtered(table, where)
    if group_by or aggregate:
        table = grouped(table, group_by or [], aggregate or [])
    if sort_by:
        table.rows = sorted_rows(table, sort_by)
    if limit is not None:
        if limit < 1:
            raise ValueError("limit must be at least 1.")
        table.rows = table.rows[:limit]
    table = _renamed(_selected(table, select) if select else table, rename or {})
    saved = save(to_csv(table.columns, table.rows), output, Path(path).stem + "-transformed.csv")
    return {
        **_described(table, saved),
        "input_row_count": input_rows,
        "removed": {"empty": empty_removed, "duplicates": duplicates_removed},
    }


def convert_csv(path: str, format: str, delimiter: str | None = None, output: str | None = None) -> dict[str, Any]:
    """Write the rows of a CSV file as JSON, JSON Lines, TSV, plain CSV or a Markdown table."""
    if format not in SUFFIXES:
        raise ValueError(f"format must be one of {', '.join(SUFFIXES)}.")
    table = read_table(path, delimiter)
    if format == "json":
        content = json.dumps(_records(table), ensure_ascii=False, indent=1).encode() + b"\n"
    elif format == "jsonl":
        content = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(table)).encode()
    elif format == "markdown":
        content = _markdown(table).encode()
    else:
        content = to_csv(table.columns, table.rows, "\t" if format == "tsv" else ",")
    saved = save(content, output, Path(path).stem + SUFFIXES[format])
    return {
        "path": saved,
        "format": format,
        "row_count": len(table.rows),
        "bytes": len(content),
        "preview": content[:4_000].decode("utf-8", "ignore")[:1_000],
    }


def combine_csv(paths: list[str], source_column: str | None = None, output: str | None = None) -> dict[str, Any]:
    """Stack several CSV files into one; columns are matched by name, and missing ones stay empty."""
    if not 2 <= len(paths) <= 100:
        raise ValueError("paths must name between 2 and 100 CSV files.")
    tables = [read_table(path) for path in paths]
    if sum(len(table.rows) for table in tables) > MAX_ROWS:
        raise ValueError(f"The files have more than {MAX_ROWS} rows together; combine fewer of them.")
    columns = list(dict.fromkeys(name for table in tables for name in table.columns))
    if source_column in columns:
        raise ValueError(f"There already is a column '{source_column}'; choose another name for source_column.")
    rows: list[list[str]] = []
    for path, table in zip(paths, tables, strict=True):
        positions = [table.columns.index(name) if name in table.columns else None for name in columns]
        source = [path] if source_column else []
        rows += [[row[at] if at is not None else "" for at in positions] + source for row in table.rows]
    combined = Table(columns + ([source_column] if source_column else []), rows)
    saved = save(to_csv(combined.columns, combined.rows), output, "combined.csv")
    return {**_described(combined, saved), "file_count": len(paths)}


def _described(table: Table, path: str, preview_rows: int = 10) -> dict[str, Any]:
    """The part that all table results share; the preview is bounded in rows, columns and text."""
    kinds = {name: column_type(table.values(name)) for name in table.columns}
    shown = Table(table.columns[:MAX_PREVIEW_COLUMNS], table.rows[:preview_rows])
    preview = [
        {name: _shortened(typed(value, kinds[name])) for name, value in zip(shown.columns, row, strict=False)}
        for row in shown.rows
    ]
    columns = [{"name": name, "type": kinds[name]} for name in table.columns]
    return {"path": path, "columns": columns, "row_count": len(table.rows), "preview": preview}


def _shortened(value: Value) -> Value:
    if isinstance(value, str) and len(value) > MAX_PREVIEW_CHARACTERS:
        return value[:MAX_PREVIEW_CHARACTERS] + "…"
    return value


def _summary(name: str, values: list[str]) -> dict[str, Any]:
    kind = column_type(values)
    present = [value for value in (typed(value, kind) for value in values) if value is not None]
    numbers = [float(value) for value in present] if kind in NUMERIC else []
    top = Counter(map(str, present)).most_common(5)
    return {
        "name": name,
        "type": kind,
        "count": len(present),
        "empty": len(values) - len(present),
        "distinct": len(set(present)),
        "minimum": _shortened(min(present)) if present else None,
        "maximum": _shortened(max(present)) if present else None,
        "mean": fmean(numbers) if numbers else None,
        "median": median(numbers) if numbers else None,
        "standard_deviation": pstdev(numbers) if numbers else None,
        "top": [{"value": value[:MAX_PREVIEW_CHARACTERS], "count": count} for value, count in top],
    }


def _violations(values: list[str], rule: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Every broken cell as row number (1 is the first row of data), text and what is wrong with it."""
    kind, low, high = rule.get("type"), rule.get("minimum"), rule.get("maximum")
    allowed = rule.get("allowed")
    seen: dict[str, int] = {}
    found: list[tuple[int, str, str]] = []
    for row, value in enumerate(values, start=1):
        if not value.strip():
            if rule.get("required"):
                found.append((row, value, "is empty"))
            continue
        actual = column_type([value])
        if kind and actual != kind and not (kind == "string" or (kind, actual) == ("number", "integer")):
            found.append((row, value, f"is not of type {kind}"))
        if (low is not None or high is not None) and actual in NUMERIC:
            number = float(value)
            if low is not None and number < low or high is not None and number > high:
                found.append((row, value, f"is not between {low} and {high}".replace("None", "any")))
        if allowed is not None and value not in map(str, allowed):
            found.append((row, value, "is not one of the allowed values"))
        if rule.get("unique") and seen.setdefault(value, row) != row:
            found.append((row, value, f"repeats row {seen[value]}"))
    return found


def _clean_rows(table: Table) -> list[list[str]]:
    columns = [cleaned(table.values(name)) for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True) if any(row)]


def _selected(table: Table, select: list[str]) -> Table:
    positions = [table.position(name) for name in select]
    return Table(list(select), [[row[index] for index in positions] for row in table.rows])


def _renamed(table: Table, rename: dict[str, str]) -> Table:
    for name in rename:
        table.position(name)
    columns = [str(rename.get(name, name)).strip() for name in table.columns]
    if unique_names(columns) != columns:
        raise ValueError(f"Column names must be unique and not empty; this would give {columns}.")
    return Table(columns, table.rows)


def _records(table: Table) -> list[dict[str, Value]]:
    kinds = [column_type(table.values(name)) for name in table.columns]
    return [
        {name: typed(value, kind) for name, value, kind in zip(table.columns, row, kinds, strict=True)}
        for row in table.rows
    ]


def _markdown(table: Table) -> str:
    def line(cells: list[str]) -> str:
        escaped = (text.replace("\\", "\\\\").replace("|", "\\|") for text in cells)
        return "| " + " | ".join(" ".join(text.split()) for text in escaped) + " |\n"

    return line(table.columns) + line(["---"] * len(table.columns)) + "".join(map(line, table.rows))


def _same_name(path: str) -> str:
    return relative_name(workspace_path(path))
