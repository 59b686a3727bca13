"""Filter, group and sort the rows of a table by the meaning of its columns."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from statistics import median
from typing import Any

from column_types import NUMERIC, Value, cell, column_type, typed
from csv_table import Table

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda value, part: part in value,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}
NUMBER_FUNCTIONS: dict[str, Callable[[list[Any]], Value]] = {
    "sum": math.fsum,
    "mean": lambda values: math.fsum(values) / len(values),
    "median": median,
}
ANY_FUNCTIONS: dict[str, Callable[[list[Any]], Value]] = {
    "count": len,
    "distinct": lambda values: len(set(values)),
    "min": min,
    "max": max,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
}


def filtered(table: Table, conditions: list[dict[str, Any]]) -> list[list[str]]:
    """Keep the rows that meet every condition."""
    tests = [(table.position(str(condition.get("column"))), _test(table, condition)) for condition in conditions]
    return [row for row in table.rows if all(test(row[index]) for index, test in tests)]


def grouped(table: Table, group_by: list[str], aggregate: list[dict[str, Any]]) -> Table:
    """One row for each group, in order of first appearance; without aggregates the rows are counted."""
    keys = [table.position(name) for name in group_by]
    groups: dict[tuple[str, ...], list[list[str]]] = {} if group_by else {(): []}
    for row in table.rows:
        groups.setdefault(tuple(row[index] for index in keys), []).append(row)
    measures = [_measure(table, spec) for spec in aggregate or [{"function": "count"}]]
    columns = group_by + [name for name, _ in measures]
    if len(set(columns)) < len(columns):
        raise ValueError(f"Two result columns share a name in {columns}; set 'as' to tell them apart.")
    return Table(columns, [[*key, *(cell(measure(rows)) for _, measure in measures)] for key, rows in groups.items()])


def sorted_rows(table: Table, sort_by: list[str]) -> list[list[str]]:
    """Sort by several columns, a leading minus sign for descending order; empty cells come last either way."""
    rows = list(table.rows)
    for name in reversed(sort_by):
        descending = name.startswith("-") and name not in table.columns
        index = table.position(name[1:] if descending else name)
        kind = column_type(row[index] for row in rows)
        present = [row for row in rows if row[index].strip()]
        present.sort(key=lambda row: _sort_key(typed(row[index], kind)), reverse=descending)
        rows = present + [row for row in rows if not row[index].strip()]
    return rows


def _test(table: Table, condition: dict[str, Any]) -> Callable[[str], bool]:
    """Build the test of one condition; an empty cell meets no comparison except '!='."""
    name, wanted = condition.get("op", "=="), condition.get("value")
    if name in ("is_empty", "is_not_empty"):
        return lambda value: (not value.strip()) == (name == "is_empty")
    column = str(condition["column"])
    kind = column_type(table.values(column))
    if name == "in":
        if not isinstance(wanted, list) or not wanted:
            raise ValueError(f"The condition on '{column}' with 'in' needs a list of values.")
        allowed = {_comparable(item, kind, column) for item in wanted}
        return lambda value: typed(value, kind) in allowed
    if name in TEXT_TESTS:
        part = str(wanted).casefold()
        return lambda value: TEXT_TESTS[name](value.casefold(), part)
    if name not in COMPARISONS:
        raise ValueError(
            f"'{name}' is not a condition; use {', '.join([*COMPARISONS, 'in', *TEXT_TESTS])}, "
            "is_empty or is_not_empty."
        )
    compare, reference = COMPARISONS[name], _comparable(wanted, kind, column)

    def test(value: str) -> bool:
        found = typed(value, kind)
        return name == "!=" if found is None else compare(found, reference)

    return test


def _comparable(wanted: Any, kind: str, column: str) -> Value:
    """Bring the value of a condition to the type of its column."""
    text = cell(wanted) if isinstance(wanted, (int, float, str)) else ""
    if not text:
        raise ValueError(f"The condition on '{column}' needs a value; use is_empty to find empty cells.")
    if kind in NUMERIC:
        if column_type([text]) not in NUMERIC:
            raise ValueError(f"'{column}' holds numbers and cannot be compared with '{text}'.")
        return float(text)
    return typed(text, kind)


def _measure(table: Table, spec: dict[str, Any]) -> tuple[str, Callable[[list[list[str]]], Value]]:
    """The name and the calculation of one aggregate."""
    function, column = str(spec.get("function", "sum")), spec.get("column")
    if function == "count" and column is None:
        return str(spec.get("as") or "count"), len
    if column is None:
        raise ValueError(f"The aggregate '{function}' needs a column.")
    index = table.position(column)
    kind = column_type(table.values(column))
    if function in NUMBER_FUNCTIONS and kind not in (*NUMERIC, "empty"):
        raise ValueError(f"'{column}' holds {kind} values; {function} needs numbers.")
    calculate = NUMBER_FUNCTIONS.get(function) or ANY_FUNCTIONS.get(function)
    if calculate is None:
        raise ValueError(f"'{function}' is not an aggregate; use {', '.join([*NUMBER_FUNCTIONS, *ANY_FUNCTIONS])}.")
    empty = 0 if function in ("count", "distinct", "sum") else None

    def measure(rows: list[list[str]]) -> Value:
        values = [value for value in (typed(row[index], kind) for row in rows) if value is not None]
        return calculate(values) if values else empty

    return str(spec.get("as") or f"{function}_{column}"), measure


def _sort_key(value: Value) -> Any:
    return (value.casefold(), value) if isinstance(value, str) else value
