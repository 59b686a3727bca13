"""Reads a CSV file as typed columns and says what role each column can play in a chart."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from scales import MONTHS, time_value
from workspace import existing_file

MAX_FILE_BYTES = 64_000_000
MAX_ROWS = 500_000
MAX_COLUMNS = 500
NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)
GROUPED = re.compile(r"[+-]?[$€£¥]?[+-]?\d{1,3}(,\d{3})*(\.\d{1,30})?", re.ASCII)
TIME = re.compile(r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?)?", re.ASCII)
IDENTIFIER = re.compile(r"(^|[_ ])(id|index|key|code|zip|nr|no|number)$|^#$", re.IGNORECASE)
MISSING = {"na", "n/a", "nan", "null", "none", "-", "--", "?"}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Column:
    """One column: `kind` is number, time, category or empty; values are floats, seconds since 1970, or texts."""

    name: str
    kind: str
    values: list[float | str | None]

    @cached_property
    def present(self) -> list[float | str]:
        return [value for value in self.values if value is not None]

    @cached_property
    def distinct(self) -> int:
        return len(set(self.present))

    @cached_property
    def is_year(self) -> bool:
        """Whether the numbers count years."""
        return (
            self.kind == "number"
            and "year" in self.name.lower()
            and all(isinstance(value, float) and value.is_integer() and 1000 <= value <= 3000 for value in self.present)
        )

    @cached_property
    def is_measure(self) -> bool:
        """Whether adding up or comparing the numbers makes sense."""
        return self.kind == "number" and not self.is_year and not IDENTIFIER.search(self.name)

    @cached_property
    def is_ordered_category(self) -> bool:
        """Whether the texts are months, weekdays or quarters, which have an order of their own."""
        ranks = (category_rank(value) for value in set(self.present))
        return self.kind == "category" and self.distinct > 1 and all(rank is not None for rank in ranks)


@dataclass
class Dataset:
    """The columns of a file, all of the same length."""

    name: str
    columns: list[Column]
    row_count: int

    def column(self, name: str) -> Column:
        """Find a column by name, ignoring case if need be."""
        for same in (lambda a, b: a == b, lambda a, b: a.casefold() == b.casefold()):
            for column in self.columns:
                if same(column.name, name):
                    return column
        known = ", ".join(f"'{column.name}'" for column in self.columns[:30])
        raise ValueError(f"There is no column '{name}'; the columns are {known}.")


def read_dataset(path: str) -> Dataset:
    """Read a CSV or TSV file with a header."""
    file = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has {file.stat().st_size} bytes, more than the limit of {MAX_FILE_BYTES}.")
    content = file.read_bytes()
    if b"\0" in content[:8192]:
        raise ValueError(f"'{path}' is a binary file; charts are made from CSV files.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if text.lstrip()[:1] in ("{", "[", "<"):
        raise ValueError(f"'{path}' is not CSV; turn its records into a CSV file first.")
    rows = _rows(text, path)
    if len(rows) < 2:
        raise ValueError(f"'{path}' has no rows of data; a chart needs a header and at least one row.")
    header = _unique([" ".join(name.split()) or f"column {index}" for index, name in enumerate(rows[0], start=1)])
    if len(header) > MAX_COLUMNS:
        raise ValueError(
            f"'{path}' has {len(header)} columns, more than the limit of {MAX_COLUMNS}; select some first."
        )
    columns = [
        typed_column(name, [row[index] if index < len(row) else "" for row in rows[1:]])
        for index, name in enumerate(header)
    ]
    return Dataset(file.stem, columns, len(rows) - 1)


def typed_column(name: str, cells: list[str]) -> Column:
    """Read cells as numbers or times when all of them are, else as texts; empty cells are null."""
    cells = [cell.strip() for cell in cells]
    meant = [cell for cell in cells if cell and cell.lower() not in MISSING]
    if not meant:
        return Column(name, "empty", [None] * len(cells))
    for kind, read in (("number", _number), ("time", _time)):
        values = {cell: read(cell) for cell in set(meant)}
        if all(value is not None for value in values.values()):
            return Column(name, kind, [values.get(cell) for cell in cells])
    return Column(name, "category", [cell or None for cell in cells])


def category_rank(value: object) -> int | None:
    """The place of a month, weekday or quarter in the order of time."""
    word = str(value).strip().lower()
    quarter = re.fullmatch(r"(?:(\d{4})[ -]?)?q([1-4])(?:[ -]?(\d{4}))?", word, re.ASCII)
    if quarter:
        return int(quarter[1] or quarter[3] or 0) * 4 + int(quarter[2])
    if len(word) < 3 or not word.isalpha():
        return None
    for names, full in ((tuple(name.lower() for name in MONTHS), _MONTHS), (WEEKDAYS, _WEEKDAYS)):
        for rank, (short, long) in enumerate(zip(names, full, strict=True)):
            if word in (short, long):
                return rank
    return None


def _rows(text: str, path: str) -> list[list[str]]:
    header = re.sub(r'"[^"]*"', "", next((line for line in text[:64_000].splitlines() if line.strip()), ""))
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=header.count))
    rows: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise ValueError(f"'{path}' has more than {MAX_ROWS} rows; aggregate it first.")
    except csv.Error as error:
        raise ValueError(f"'{path}' is not valid CSV at line {reader.line_num}: {error}.") from None
    return rows


def _number(cell: str) -> float | None:
    if re.match(r"[+-]?0\d", cell):
        return None
    if not NUMBER.fullmatch(cell):
        if not GROUPED.fullmatch(cell):
            return None
        cell = re.sub(r"[$€£¥,]", "", cell)
    value = float(cell)
    return value if math.isfinite(value) else None


def _time(cell: str) -> float | None:
    if not TIME.fullmatch(cell):
        return None
    try:
        moment = datetime.fromisoformat(cell if len(cell) > 7 else f"{cell}-01")
    except ValueError:
        return None
    return time_value(moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment)


def _unique(names: list[str]) -> list[str]:
    result: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in result:
            candidate, number = f"{name} {number}", number + 1
        result.append(candidate)
    return result


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
