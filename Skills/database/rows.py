"""Rows as JSON values for an answer, and as CSV for the next step."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

MAX_CELL_CHARACTERS = 1_000
MAX_BINARY_BYTES = 64


def unique_names(names: Iterable[str]) -> list[str]:
    """Column names as keys: a repeated name gets a number."""
    found: list[str] = []
    for name in names:
        wanted, number = name or "column", 1
        while wanted in found:
            number += 1
            wanted = f"{name or 'column'}_{number}"
        found.append(wanted)
    return found


def json_value(value: Any) -> Any:
    """A value as JSON has it; exact decimals, times and bytes become texts, and long texts are cut."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {str(key): json_value(item) for key, item in list(value.items())[:100]}
    if isinstance(value, list | tuple | set):
        return [json_value(item) for item in list(value)[:100]]
    text = as_text(value)
    return text if len(text) <= MAX_CELL_CHARACTERS else text[:MAX_CELL_CHARACTERS] + "…"


def as_text(value: Any) -> str:
    """A value as a cell of a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes | bytearray | memoryview):
        content = bytes(value)
        return f"0x{content[:MAX_BINARY_BYTES].hex()}" + ("…" if len(content) > MAX_BINARY_BYTES else "")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str | int | float | Decimal | UUID | timedelta):
        return str(value)
    return str(json_value(value) if isinstance(value, dict | list | tuple | set) else value)


def csv_lines(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """A table as CSV, line by line."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in ([columns], ([as_text(value) for value in row] for row in rows)):
        for cells in row:
            writer.writerow(cells)
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
