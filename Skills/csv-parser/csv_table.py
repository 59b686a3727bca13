"""Reads CSV files of unknown dialect into a table and writes tables as plain UTF-8 CSV."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from statistics import median

from workspace import existing_file, relative_name

MAX_FILE_BYTES = 64_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
MAX_CELL_CHARACTERS = 1_000_000
SAMPLE_CHARACTERS = 64_000
DELIMITERS = (",", ";", "\t", "|")


@dataclass
class Table:
    """Named columns over rows of text; every row is as long as the list of columns."""

    columns: list[str]
    rows: list[list[str]]
    delimiter: str = ","
    encoding: str = "utf-8"
    irregular_rows: int = 0

    def position(self, column: str) -> int:
        """The index of a column, or a ValueError that lists the columns there are."""
        try:
            return self.columns.index(column)
        except ValueError:
            known = ", ".join(f"'{name}'" for name in self.columns[:30])
            raise ValueError(f"There is no column '{column}'; the columns are {known}.") from None

    def values(self, column: str) -> list[str]:
        """All cells of one column."""
        index = self.position(column)
        return [row[index] for row in self.rows]


def read_table(path: str, delimiter: str | None = None, has_header: bool = True) -> Table:
    """Read a CSV file, finding out its encoding and, unless given, its delimiter."""
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ValueError("delimiter must be one character, such as a comma, a semicolon or a tab.")
    file = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has {file.stat().st_size} bytes, more than the limit of {MAX_FILE_BYTES}.")
    text, encoding = _decoded(file.read_bytes(), relative_name(file))
    delimiter = delimiter or detect_delimiter(text)
    rows = _parsed(text, delimiter, path)
    if not rows:
        raise ValueError(f"'{path}' is empty; there is nothing to read.")
    width = max(len(row) for row in rows)
    if width > MAX_COLUMNS:
        raise ValueError(f"'{path}' has {width} columns, more than the limit of {MAX_COLUMNS}; is the delimiter right?")
    header = rows.pop(0) if has_header else []
    expected = len(header) if has_header else width
    irregular = sum(len(row) != expected for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Table(unique_names(header + [""] * (width - len(header))), rows, delimiter, encoding, irregular)


def detect_delimiter(text: str) -> str:
    """Pick the delimiter that splits the first lines into the same number of cells, the more cells the better."""
    lines = text[:SAMPLE_CHARACTERS].splitlines(keepends=True)
    lines = lines[:-1] if len(text) > SAMPLE_CHARACTERS and len(lines) > 1 else lines
    best, best_score = ",", (0.0, 0.0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines[:100], delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = median(widths) if widths else 0
        if usual > 1:
            score = (round(sum(width == usual for width in widths) / len(widths), 1), usual)
            best, best_score = (delimiter, score) if score > best_score else (best, best_score)
    return best


def unique_names(header: list[str]) -> list[str]:
    """Trim column names, name the nameless, and number those that occur twice."""
    names: list[str] = []
    used: set[str] = set()
    for index, name in enumerate(header, start=1):
        name = " ".join(name.split()) or f"column_{index}"
        candidate, number = name, 2
        while candidate in used:
            candidate, number = f"{name}_{number}", number + 1
        used.add(candidate)
        names.append(candidate)
    return names


def to_csv(columns: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    """Write a header and rows with line feeds, and quotes where a reader would otherwise see other cells."""
    special = re.compile(f'[{re.escape(delimiter)}"\r\n]')

    def line(cells: list[str]) -> str:
        quoted = ['"' + text.replace('"', '""') + '"' if special.search(text) else text for text in cells]
        return (delimiter.join(quoted) or '""') + "\n"

    return "".join(map(line, [columns, *rows])).encode()


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """Decode UTF-8, UTF-16 with its mark, else Windows-1252; refuse what is not a table."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    if b"\0" in content[:8192] or content.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise ValueError(f"'{name}' is a binary file, not CSV; export or unpack it first.")
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = content.decode("cp1252", "replace"), "windows-1252"
    start = text[:200].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        raise ValueError(f"'{name}' is a web page, not CSV; download the data file itself.")
    if re.match(r'\[\s*\{|\{\s*"', start):
        raise ValueError(f"'{name}' looks like JSON, not CSV; extract its records into a CSV file first.")
    return text, encoding


def _parsed(text: str, delimiter: str, path: str) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise ValueError(f"'{path}' has more than {MAX_ROWS} rows; split it first.")
    except csv.Error as error:
        raise ValueError(f"'{path}' is not valid CSV at line {reader.line_num}: {error}.") from None
    return rows
