"""The steps of a pipeline: each takes a table of records and returns a new one."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from expressions import compile_expression
from record_files import INTEGER, MAX_RECORDS, NUMBER, Record, cell, columns_of, read_records

MISSING = {"na", "n/a", "nan", "null", "none", "nil", "-", "--", "?", "#n/a"}
GROUPED = re.compile(r"[+-]?([$€£¥]\s?)?[+-]?(\d{1,3}(,\d{3})+|\d{1,18})(\.\d{1,30})?", re.ASCII)
MAX_STEPS = 50


@dataclass
class Table:
    """Records and the order of their columns."""

    columns: list[str]
    records: list[Record]

    def require(self, names: Any, what: str) -> list[str]:
        """Check a non-empty list of column names."""
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            raise ValueError(f"{what} must be a list of column names.")
        for name in names:
            if name not in self.columns:
                raise ValueError(
                    f"There is no column '{name}' for {what}; the columns are {', '.join(self.columns[:30])}."
                )
        return names


def load_table(path: str, format: str | None = None, records_path: str | None = None) -> Table:
    """Read a file into a table."""
    records = read_records(path, format, records_path)
    return Table(columns_of(records), records)


def run_steps(table: Table, steps: list[dict[str, Any]] | None) -> tuple[Table, list[dict[str, Any]]]:
    """Apply steps in order, by default cleaning and removing duplicates; report the rows after each."""
    steps = [{"op": "clean"}, {"op": "dedupe"}] if steps is None else steps
    if len(steps) > MAX_STEPS:
        raise ValueError(f"A pipeline has at most {MAX_STEPS} steps.")
    report = []
    for number, step in enumerate(steps, start=1):
        name = step.get("op")
        if name not in OPERATIONS:
            raise ValueError(f"Step {number}: '{name}' is not an operation; use {', '.join(OPERATIONS)}.")
        operation, required, optional = OPERATIONS[name]
        options = {key: value for key, value in step.items() if key != "op"}
        missing = [key for key in required if key not in options]
        unknown = [key for key in options if key not in required + optional]
        if missing or unknown:
            raise ValueError(
                f"Step {number} ({name}) needs {', '.join(required) or 'nothing'} and may have "
                f"{', '.join(optional) or 'nothing'}; missing: {missing}, not understood: {unknown}."
            )
        try:
            table = operation(table, **options)
        except ValueError as error:
            raise ValueError(f"Step {number} ({name}): {error}") from None
        report.append({"op": name, "row_count": len(table.records)})
    return table, report


def clean(table: Table) -> Table:
    """Trim texts and drop empty records; columns of numbers lose markers such as N/A and the dress of $1,200."""
    records = [{name: _trimmed(value) for name, value in record.items()} for record in table.records]
    records = [record for record in records if any(value is not None for value in record.values())]
    for name in table.columns:
        texts = {value for record in records if isinstance(value := record.get(name), str)}
        numbers = {text: _number(text) for text in texts if text.lower() not in MISSING}
        if texts and None not in numbers.values() and (numbers or _has_numbers(records, name)):
            for record in records:
                if isinstance(value := record.get(name), str):
                    record[name] = numbers.get(value)
    return Table(table.columns, records)


def select(table: Table, columns: list[str]) -> Table:
    """Keep only these columns, in this order."""
    table.require(columns, "columns")
    return Table(
        list(dict.fromkeys(columns)), [{name: record.get(name) for name in columns} for record in table.records]
    )


def rename(table: Table, names: dict[str, str]) -> Table:
    """Give columns new names."""
    table.require(list(names), "names")
    renamed = [str(names.get(name, name)) for name in table.columns]
    if len(set(renamed)) < len(renamed) or not all(renamed):
        raise ValueError(f"Column names must be unique and not empty; this would give {', '.join(renamed)}.")
    return Table(
        renamed, [{names.get(name, name): value for name, value in record.items()} for record in table.records]
    )


def filter_records(table: Table, where: str) -> Table:
    """Keep the records for which a condition holds."""
    holds = compile_expression(where, table.columns)
    return Table(table.columns, [record for record in table.records if holds(record)])


def derive(table: Table, column: str, expression: str) -> Table:
    """Add or replace a column with the value of an expression."""
    if not isinstance(column, str) or not column.strip():
        raise ValueError("column must be the name of the new column.")
    evaluate = compile_expression(expression, table.columns)
    columns = table.columns if column in table.columns else [*table.columns, column]
    return Table(columns, [{**record, column: evaluate(record)} for record in table.records])


def aggregate(table: Table, group_by: list[str], measures: dict[str, str] | None = None) -> Table:
    """One record per group; measures are written such as sum(price), and without any the records are counted."""
    if group_by:
        table.require(group_by, "group_by")
    groups: dict[tuple[str, ...], list[Record]] = {} if group_by else {(): []}
    for record in table.records:
        groups.setdefault(tuple(cell(record.get(name)) for name in group_by), []).append(record)
    calculations = {name: _measure(table, text) for name, text in (measures or {"count": "count()"}).items()}
    clash = set(group_by) & set(calculations)
    if clash:
        raise ValueError(f"{', '.join(clash)} is both a group column and a measure; rename the measure.")
    records = [
        {
            **{name: records[0].get(name) for name in group_by},
            **{name: calculate(records) for name, calculate in calculations.items()},
        }
        for records in groups.values()
    ]
    return Table([*group_by, *calculations], records)


def join(table: Table, path: str, on: list[str], how: str = "inner", other_on: list[str] | None = None) -> Table:
    """Match records with those of another file on equal values; numbers and their texts count as equal."""
    if how not in ("inner", "left", "full", "anti"):
        raise ValueError("how must be inner, left, full or anti.")
    other = load_table(path)
    left_keys, right_keys = table.require(on, "on"), other.require(other_on or on, "other_on")
    if len(left_keys) != len(right_keys):
        raise ValueError("on and other_on must have the same number of columns.")
    matches: dict[tuple[str, ...] | None, list[int]] = {}
    for index, record in enumerate(other.records):
        matches.setdefault(_key(record, right_keys), []).append(index)
    matches.pop(None, None)
    added = {
        name: name if name not in table.columns else f"{name}_other" for name in other.columns if name not in right_keys
    }
    joined: list[Record] = []
    used: set[int] = set()
    for record in table.records:
        found = matches.get(_key(record, left_keys), [])
        used.update(found)
        if how != "anti":
            joined += [{**record, **{new: other.records[at].get(old) for old, new in added.items()}} for at in found]
        if not found and how != "inner":
            joined.append(record)
        if len(joined) > MAX_RECORDS:
            raise ValueError(f"The join gives more than {MAX_RECORDS} records; aggregate one side first.")
    if how == "full":
        for at, record in enumerate(other.records):
            if at not in used:
                keys = {left: record.get(right) for left, right in zip(left_keys, right_keys, strict=True)}
                joined.append({**keys, **{new: record.get(old) for old, new in added.items()}})
    columns = table.columns if how == "anti" else [*table.columns, *added.values()]
    if len(set(columns)) < len(columns):
        raise ValueError("The joined columns would not have unique names; rename columns first.")
    return Table(columns, joined)


def sort(table: Table, by: list[str]) -> Table:
    """Sort by columns, a leading minus sign for descending order; empty values come last either way."""
    if not isinstance(by, list) or not by:
        raise ValueError("by must be a list of column names.")
    records = list(table.records)
    for name in reversed(by):
        descending = name.startswith("-") and name not in table.columns
        column = table.require([name[1:] if descending else name], "by")[0]
        present = [record for record in records if record.get(column) is not None]
        present.sort(key=lambda record: _sort_key(record[column]), reverse=descending)
        records = present + [record for record in records if record.get(column) is None]
    return Table(table.columns, records)


def limit(table: Table, count: int) -> Table:
    """Keep the first records."""
    if not isinstance(count, int) or count < 1:
        raise ValueError("count must be at least 1.")
    return Table(table.columns, table.records[:count])


def dedupe(table: Table, columns: list[str] | None = None) -> Table:
    """Drop records that repeat an earlier one, as a whole or in the given columns."""
    names = table.require(columns, "columns") if columns else table.columns
    first: dict[tuple[Any, ...], Record] = {}
    for record in table.records:
        first.setdefault(tuple(_identity(record.get(name)) for name in names), record)
    return Table(table.columns, list(first.values()))


def _measure(table: Table, text: str) -> Callable[[list[Record]], Any]:
    parts = re.fullmatch(r"\s*(\w{1,20})\(\s*(.*?)\s*\)\s*", text if isinstance(text, str) else "")
    if not parts or parts[1] not in MEASURES:
        raise ValueError(f"'{text}' is not a measure; write such as sum(price), with {', '.join(MEASURES)}.")
    name, column = parts[1], parts[2]
    if not column:
        if name != "count":
            raise ValueError(f"'{text}' needs a column between the brackets.")
        return len
    table.require([column], f"'{text}'")

    def calculate(records: list[Record]) -> Any:
        values = [value for value in (record.get(column) for record in records) if value is not None]
        if name in ("sum", "mean", "median") and not all(_is_number(value) for value in values):
            raise ValueError(
                f"'{text}' needs numbers, but the column holds other values; derive it with number() first."
            )
        if not values:
            return 0 if name in ("count", "distinct", "sum") else None
        return MEASURES[name](values)

    return calculate


def _sum(values: list[Any]) -> Any:
    return sum(values) if all(isinstance(value, int) for value in values) else float(format(math.fsum(values), ".15g"))


def _sort_key(value: Any) -> tuple[int, Any]:
    """Numbers before texts before anything else, so that mixed columns sort as well."""
    if isinstance(value, (int, float)):
        return 0, value
    return (1, (value.casefold(), value)) if isinstance(value, str) else (2, cell(value))


def _key(record: Record, names: list[str]) -> tuple[str, ...] | None:
    values = [record.get(name) for name in names]
    return None if None in values else tuple(cell(value).strip() for value in values)


def _identity(value: Any) -> Any:
    """What makes two values the same: type and value, so that true, 1 and "1" differ."""
    return cell(value) if isinstance(value, (list, dict)) else (type(value), value)


def _trimmed(value: Any) -> Any:
    return (value.replace("\xa0", " ").strip() or None) if isinstance(value, str) else value


def _has_numbers(records: list[Record], name: str) -> bool:
    return any(_is_number(record.get(name)) for record in records)


def _number(text: str) -> int | float | None:
    """The number that a text means, also with a currency sign or with commas between thousands."""
    plain = re.sub(r"[$€£¥,\s]", "", text) if GROUPED.fullmatch(text) else text
    if not NUMBER.fullmatch(plain):
        return None
    return int(plain) if INTEGER.fullmatch(plain) else float(plain)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


MEASURES: dict[str, Callable[[list[Any]], Any]] = {
    "sum": _sum,
    "mean": lambda values: float(format(math.fsum(values) / len(values), ".15g")),
    "median": median,
    "min": lambda values: min(values, key=_sort_key),
    "max": lambda values: max(values, key=_sort_key),
    "count": len,
    "distinct": lambda values: len({cell(value) for value in values}),
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
}
# Each operation with the options it needs and those it may have.
OPERATIONS: dict[str, tuple[Callable[..., Table], list[str], list[str]]] = {
    "clean": (clean, [], []),
    "select": (select, ["columns"], []),
    "rename": (rename, ["names"], []),
    "filter": (filter_records, ["where"], []),
    "derive": (derive, ["column", "expression"], []),
    "aggregate": (aggregate, ["group_by"], ["measures"]),
    "join": (join, ["path", "on"], ["how", "other_on"]),
    "sort": (sort, ["by"], []),
    "limit": (limit, ["count"], []),
    "dedupe": (dedupe, [], ["columns"]),
}
