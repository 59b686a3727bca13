"""What the text in a column means: the narrowest type that fits all its values, and the values themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime

Value = int | float | bool | str | None

INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,17})", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?", re.ASCII)
GROUPED = re.compile(r"([+-]?)([$€£¥]\s?)?([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,30})?", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
MISSING = {"na", "n/a", "nan", "null", "none", "nil", "-", "--", "?", "#n/a"}
NUMERIC = ("integer", "number")


def column_type(values: Iterable[str]) -> str:
    """The narrowest of integer, number, boolean, date, datetime, string; a column without values is empty."""
    present = {value.strip() for value in values} - {""}
    if not present:
        return "empty"
    for name, fits in _TESTS.items():
        if all(map(fits, present)):
            return name
    return "string"


def typed(value: str, kind: str) -> Value:
    """The value behind a cell of a column of that type; an empty cell is null."""
    value = value.strip() if kind != "string" else value
    if not value:
        return None
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    if kind == "boolean":
        return value.lower() == "true"
    return value


def cell(value: Value) -> str:
    """How a value is written into a cell; numbers without the noise of binary fractions."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    return str(value)


def cleaned(values: list[str]) -> list[str]:
    """Trim cells; where the rest of a column has a type, blank out markers such as N/A and plain out 1,234.50."""
    trimmed = [value.replace("\xa0", " ").strip() for value in values]
    present = {value for value in trimmed if value and value.lower() not in MISSING}
    if not present:
        return trimmed
    kind = column_type(present)
    if kind == "string" and all(map(GROUPED.fullmatch, present)):
        plain = {value: _plain_number(value) for value in present}
        if all(NUMBER.fullmatch(value) and not re.match(r"[+-]?0\d", value) for value in plain.values()):
            return [plain.get(value, "") for value in trimmed]
    if kind != "string":
        return ["" if value.lower() in MISSING else value for value in trimmed]
    return trimmed


def _plain_number(value: str) -> str:
    return re.sub(r"[$€£¥,\s]", "", value)


def _is_number(value: str) -> bool:
    has_leading_zero = re.match(r"[+-]?0\d", value) is not None
    return not has_leading_zero and NUMBER.fullmatch(value) is not None and math.isfinite(float(value))


def _is_date(value: str) -> bool:
    try:
        return DATE.fullmatch(value) is not None and bool(
            date.fromisoformat(value if len(value) == 10 else value + "-01")
        )
    except ValueError:
        return False


def _is_datetime(value: str) -> bool:
    try:
        return DATETIME.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


_TESTS = {
    "integer": lambda value: INTEGER.fullmatch(value) is not None,
    "number": _is_number,
    "boolean": lambda value: value.lower() in ("true", "false"),
    "date": _is_date,
    "datetime": lambda value: _is_datetime(value) or _is_date(value) and len(value) == 10,
}
