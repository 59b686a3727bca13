"""Reads records from CSV, JSON and JSON Lines files, and writes them; nested objects become dotted columns."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workspace import existing_file

Record = dict[str, Any]

MAX_FILE_BYTES = 64_000_000
MAX_RECORDS = 1_000_000
MAX_COLUMNS = 2_000
MAX_DEPTH = 5
MAX_CELL_CHARACTERS = 1_000_000
FORMATS = {".csv": "csv", ".tsv": "csv", ".json": "json", ".geojson": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
RECORD_FIELDS = ("records", "items", "data", "results", "rows", "values", "value", "features", "entries")
INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,17})", re.ASCII)
NUMBER = re.compile(r"[+-]?((0|[1-9]\d{0,17})(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


def read_records(path: str, format: str | None = None, records_path: str | None = None) -> list[Record]:
    """Read all records of a file; the format comes from the file name, else from the content."""
    file = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has {file.stat().st_size} bytes, more than the limit of {MAX_FILE_BYTES}.")
    content = file.read_bytes()
    if b"\0" in content[:8192]:
        raise ValueError(f"'{path}' is a binary file; give a CSV, JSON or JSON Lines file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if not text.strip():
        raise ValueError(f"'{path}' is empty; there is nothing to read.")
    format = format or FORMATS.get(file.suffix.lower()) or _sniffed(text)
    if format == "csv":
        records = _from_csv(text, path)
    elif format == "jsonl":
        records = [
            _record(_parsed(line, f"'{path}' line {number}"))
            for number, line in enumerate(text.splitlines(), start=1)
            if line.strip()
        ]
    elif format == "json":
        records = [_record(item) for item in find_records(_parsed(text, f"'{path}'"), records_path)]
    else:
        raise ValueError(f"'{format}' is not a format to read; use csv, json or jsonl.")
    if len(records) > MAX_RECORDS:
        raise ValueError(f"'{path}' has more than {MAX_RECORDS} records; split it first.")
    columns_of(records)
    return records


def find_records(data: Any, records_path: str | None) -> list[Any]:
    """The list of records in a JSON value: at the given dotted path, else the value itself or its usual field."""
    if records_path:
        for key in records_path.split("."):
            data = data.get(key) if isinstance(data, dict) else None
        if not isinstance(data, list):
            raise ValueError(f"There is no list of records at '{records_path}'.")
        return data
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        lists = {
            key: value
            for key, value in data.items()
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        }
        for key in RECORD_FIELDS:
            if key in lists:
                return lists[key]
        if len(lists) > 1:
            raise ValueError(f"Several fields hold records; set records_path to one of {', '.join(list(lists)[:20])}.")
        return next(iter(lists.values()), [data])
    return [data]


def columns_of(records: Iterable[Record]) -> list[str]:
    """All columns in order of first appearance."""
    columns = list(dict.fromkeys(name for record in records for name in record))
    if len(columns) > MAX_COLUMNS:
        raise ValueError(f"The records have {len(columns)} columns, more than the limit of {MAX_COLUMNS}.")
    return columns


def write_format(name: str) -> str:
    """The format that a file name asks for."""
    format = FORMATS.get(Path(name).suffix.lower())
    if format is None:
        raise ValueError(f"'{name}' does not say its format; end it in .csv, .tsv, .json or .jsonl.")
    return format


def to_bytes(records: list[Record], name: str, columns: list[str]) -> bytes:
    """The content of a file with these records, in the format of its name; every record gets every column."""
    format = write_format(name)
    if format == "csv":
        return _to_csv(records, columns, "\t" if name.lower().endswith(".tsv") else ",")
    complete = [{column: record.get(column) for column in columns} for record in records]
    if format == "jsonl":
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in complete).encode()
    return json.dumps(complete, ensure_ascii=False, indent=1).encode() + b"\n"


def cell(value: Any) -> str:
    """How a value is written into a CSV cell; lists and deep objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def value_type(values: Iterable[Any]) -> str:
    """The one type that all values have, or mixed."""
    kinds = {_kind(value) for value in values if value is not None}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "empty"


def _kind(value: Any) -> str:
    for name, kind in (("boolean", bool), ("integer", int), ("number", float), ("string", str)):
        if isinstance(value, kind):
            return name
    return "json"


def _from_csv(text: str, path: str) -> list[Record]:
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    header_line = re.sub(r'"[^"]*"', "", text[:64_000].splitlines()[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=header_line.count))
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise ValueError(f"'{path}' is not valid CSV at line {reader.line_num}: {error}.") from None
    header = _unique([" ".join(name.split()) or f"column_{index}" for index, name in enumerate(rows[0], start=1)])
    for number, row in enumerate(rows[1:], start=2):
        if len(row) > len(header):
            raise ValueError(
                f"Row {number} of '{path}' has {len(row)} cells for {len(header)} columns; repair it first."
            )
    columns = [_typed([row[index] if index < len(row) else "" for row in rows[1:]]) for index in range(len(header))]
    return [dict(zip(header, values, strict=True)) for values in zip(*columns, strict=False)]


def _unique(names: list[str]) -> list[str]:
    used: dict[str, int] = {}
    result = []
    for name in names:
        candidate = name
        while candidate in used:
            used[name] += 1
            candidate = f"{name}_{used[name]}"
        used[candidate] = 1
        result.append(candidate)
    return result


def _typed(values: list[str]) -> list[Any]:
    """Read a column as integers, numbers or booleans when every value is one; empty cells are null."""
    present = [value.strip() for value in values if value.strip()]
    convert: Any = str
    if all(map(INTEGER.fullmatch, present)):
        convert = int
    elif all(map(NUMBER.fullmatch, present)):
        convert = float
    elif all(value.lower() in ("true", "false") for value in present):
        convert = lambda value: value.strip().lower() == "true"  # noqa: E731
    return [convert(value) if value.strip() else None for value in values]


def _record(item: Any) -> Record:
    flat: Record = {}
    _flatten(item if isinstance(item, dict) else {"value": item}, "", flat, 1)
    return flat


def _flatten(value: dict[str, Any], prefix: str, flat: Record, depth: int) -> None:
    for key, item in value.items():
        name = prefix + str(key)
        if isinstance(item, dict) and item and depth < MAX_DEPTH:
            _flatten(item, name + ".", flat, depth + 1)
        else:
            flat[name] = None if isinstance(item, float) and not math.isfinite(item) else item


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        raise ValueError(f"{place} is not valid JSON: {error}.") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{place} cannot be read: {error}.") from None


def _sniffed(text: str) -> str:
    start = text.lstrip()
    if start[:1] not in ("[", "{"):
        return "csv"
    lines = [line for line in start.splitlines()[:2] if line.strip()]
    return (
        "jsonl"
        if len(lines) == 2 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)
        else "json"
    )


def _to_csv(records: list[Record], columns: list[str], delimiter: str) -> bytes:
    special = re.compile(f'[{re.escape(delimiter)}"\\r\\n]')

    def line(cells: Iterable[str]) -> str:
        quoted = ('"' + text.replace('"', '""') + '"' if special.search(text) else text for text in cells)
        return (delimiter.join(quoted) or '""') + "\n"

    rows = ([cell(record.get(name)) for name in columns] for record in records)
    return (line(columns) + "".join(map(line, rows))).encode()
