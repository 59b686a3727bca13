"""Reads SQL just far enough to know where statements end, what they do and where their parameters are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_SQL_CHARACTERS = 1_000_000
TOKEN = re.compile(
    r"""
    (?P<skip>\s+|--[^\n]*)
  | (?P<quoted>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`)
  | (?P<dollar>\$(?P<tag>[A-Za-z_]*)\$.*?\$(?P=tag)\$)
  | (?P<cast>::)
  | (?P<parameter>:[A-Za-z_]\w*)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>\d[\w.]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
READING = {"SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "SHOW"}
TRANSACTION = {"BEGIN", "START", "COMMIT", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE", "VACUUM"}
LOSING = {"DROP", "TRUNCATE"}


@dataclass
class Token:
    """A piece of SQL with its place in the text; words are in upper case."""

    kind: str
    text: str
    start: int
    depth: int


def tokens(sql: str) -> Iterator[Token]:
    """Yield what is not a blank or a comment; block comments nest, as PostgreSQL has them."""
    if len(sql) > MAX_SQL_CHARACTERS or "\0" in sql:
        raise ValueError(f"SQL must be a text of at most {MAX_SQL_CHARACTERS} characters.")
    place = depth = 0
    while place < len(sql):
        if sql.startswith("/*", place):
            place = _end_of_comment(sql, place)
            continue
        match = TOKEN.match(sql, place)
        assert match is not None and match.lastgroup is not None
        kind = "dollar" if match.lastgroup == "tag" else match.lastgroup
        text = match[0]
        if kind == "other" and text in "'\"`":
            raise ValueError(f"A quotation that starts with {text} does not end; check the SQL.")
        if kind != "skip":
            depth -= text in (")", "]")
            yield Token(kind, text.upper() if kind == "word" else text, place, depth)
            depth += text in ("(", "[")
        place = match.end()


def single_statement(sql: str) -> list[Token]:
    """The tokens of the only statement; more than one is refused, so that nothing rides along unseen."""
    found = list(tokens(sql))
    while found and found[-1].text == ";":
        found.pop()
    if not found:
        raise ValueError("There is no SQL statement.")
    if any(token.text == ";" for token in found) and not _defines_a_body(found):
        raise ValueError("Give one statement at a time; several that belong together are a migration.")
    return found


def is_reading(statement: list[Token]) -> bool:
    """Whether a statement only reads, by its first word; the database enforces the rest."""
    return _first_word(statement) in READING


def controls_transaction(statement: list[Token]) -> bool:
    """Whether a statement would end or nest the transaction that the tools keep."""
    return _first_word(statement) in TRANSACTION


def loses_data(statement: list[Token]) -> str | None:
    """Say what a statement would lose without naming rows: DROP, TRUNCATE, UPDATE or DELETE without WHERE."""
    words = [token for token in statement if token.kind == "word"]
    first = words[0].text if words else ""
    if first in LOSING:
        return first
    if first == "ALTER" and any(token.text == "DROP" for token in words):
        return "ALTER … DROP"
    if first in ("CREATE", "GRANT", "REVOKE", "COMMENT"):
        return None
    for before, token, after in _with_neighbours(statement):
        deletes = token.text == "DELETE" and after == "FROM"
        updates = token.text == "UPDATE" and after != "SET" and before not in ("FOR", "ON", "DO", "KEY")
        if not (deletes or updates):
            continue
        rest = _same_parenthesis(statement, token)
        if not any(other.text == "WHERE" and other.depth == token.depth for other in rest):
            return f"{token.text} without WHERE"
    return None


def split_statements(sql: str) -> list[str]:
    """The statements of a script; the body of a trigger stays with its trigger."""
    ends = [token.start for token in tokens(sql) if token.text == ";"]
    parts, start = [], 0
    for end in [*ends, len(sql)]:
        text = sql[start : end + 1]
        if end == len(sql) or _is_complete(text):
            if any(token.text != ";" for token in tokens(text)):
                parts.append(text.strip())
            start = end + 1
    return parts


def for_psycopg(sql: str, names: Iterable[str]) -> str:
    """Write `:name` the way psycopg wants it, leaving casts, quotations and comments alone."""
    wanted = {f":{name}" for name in names}
    parts, place = [], 0
    for token in tokens(sql):
        if token.kind == "parameter" and token.text in wanted:
            parts += [sql[place : token.start].replace("%", "%%"), f"%({token.text[1:]})s"]
            place = token.start + len(token.text)
    return "".join([*parts, sql[place:].replace("%", "%%")])


def _with_neighbours(statement: list[Token]) -> Iterator[tuple[str, Token, str]]:
    texts = ["", *(token.text for token in statement), ""]
    for index, token in enumerate(statement):
        if token.kind == "word":
            yield texts[index], token, texts[index + 2]


def first_word(sql: str) -> str:
    """The first word of a statement, in upper case."""
    return _first_word(list(tokens(sql)))


def _first_word(statement: list[Token]) -> str:
    return next((token.text for token in statement if token.text != "("), "")


def _same_parenthesis(statement: list[Token], start: Token) -> Iterator[Token]:
    """What follows a token until the parenthesis around it closes."""
    for token in statement[statement.index(start) + 1 :]:
        if token.depth < start.depth:
            return
        yield token


def _defines_a_body(statement: list[Token]) -> bool:
    words = [token.text for token in statement if token.kind == "word"]
    return words[:1] == ["CREATE"] and bool({"TRIGGER", "FUNCTION", "PROCEDURE"} & set(words[:6])) and "BEGIN" in words


def _is_complete(text: str) -> bool:
    """Whether a CREATE TRIGGER or a body with BEGIN ATOMIC has seen its END."""
    statement = list(tokens(text))
    if not _defines_a_body(statement):
        return True
    words = [token.text for token in statement if token.kind == "word"]
    opened = words.count("BEGIN") + words.count("CASE")
    return words.count("END") >= opened


def _end_of_comment(sql: str, place: int) -> int:
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(sql, place):
        depth += 1 if match[0] == "/*" else -1
        if depth == 0:
            return match.end()
    raise ValueError("A comment that starts with /* does not end; check the SQL.")
