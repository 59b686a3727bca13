"""PostgreSQL through psycopg: read-only transactions, time limits, and no address or password in any message."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from statements import first_word, for_psycopg

if TYPE_CHECKING:
    from connections import Parameters, Rows

CONNECT_SECONDS = 10
FETCHED_ROWS = 1_000
# One key for all who migrate, whatever their folder: they wait for one another.
MIGRATION_LOCK = 7_217_304_519
MISSING = (
    "PostgreSQL needs the Python package psycopg, which is not installed here; install it with: "
    "pip install psycopg==3.3.9 psycopg-binary==3.3.9 (see requirements.txt of this skill)."
)
TABLES = """
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples::bigint
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_(toast|temp)' AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname <> 'public', n.nspname, c.relname"""
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
      COALESCE(a.attnum = ANY (i.indkey), false)
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
FOREIGN_KEYS = """
    SELECT ARRAY(SELECT attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
        JOIN pg_attribute ON attrelid = k.conrelid AND attnum = n ORDER BY o),
      k.confrelid::regclass::text,
      ARRAY(SELECT attname::text FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
        JOIN pg_attribute ON attrelid = k.confrelid AND attnum = n ORDER BY o)
    FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = %s ORDER BY k.conname"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, i.indisunique,
      ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n ORDER BY n)
    FROM pg_index i WHERE i.indrelid = %s ORDER BY 1"""


class PostgreSQLDatabase:
    """One connection; `name` is what the caller gave, never the address."""

    kind = "postgresql"

    def __init__(self, connection: Any, name: str) -> None:
        self.connection, self.name = connection, name
        self.cursor: Any = None

    def query(self, sql: str, parameters: Parameters) -> Rows:
        from connections import Rows

        if first_word(sql) in ("EXPLAIN", "SHOW"):
            # EXPLAIN and SHOW cannot be read through a cursor; preparing them takes one statement only, too.
            cursor = self.connection.cursor()
            cursor.execute(_prepared(sql, parameters), dict(parameters) or None, prepare=True)
        else:
            # A cursor on the server is fetched part by part, and reads nothing but a single query.
            cursor = self.connection.cursor(name="query")
            cursor.itersize = FETCHED_ROWS
            self.cursor = cursor
            cursor.execute(_prepared(sql, parameters), dict(parameters) or None)
        return Rows([column.name for column in cursor.description or []], iter(cursor))

    def change(self, sql: str, parameters: Parameters) -> tuple[Rows, int | None]:
        from connections import Rows

        cursor = self.connection.cursor()
        cursor.execute(_prepared(sql, parameters), dict(parameters) or None, prepare=True)
        if cursor.description is None:
            return Rows([], iter(())), cursor.rowcount if cursor.rowcount >= 0 else None
        return Rows([column.name for column in cursor.description], iter(cursor.fetchall())), cursor.rowcount

    def script(self, sql: str) -> None:
        before = self._transaction_number()
        self.connection.execute(sql)
        if self._transaction_number() != before:
            raise ValueError("The migration ended the transaction it runs in; leave BEGIN, COMMIT and END out.")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self.connection.transaction():
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        yield  # Closing the connection gives the lock back.

    def tables(self, pattern: str, limit: int) -> list[dict[str, Any]]:
        found = []
        for oid, schema, name, kind, estimate in self.connection.execute(TABLES).fetchall():
            full = name if schema == "public" else f"{schema}.{name}"
            if len(found) < limit and fnmatch.fnmatchcase(full.lower(), pattern.lower()):
                found.append(self._table(oid, full, kind, estimate))
        return found

    def _table(self, oid: int, name: str, kind: str, estimate: int) -> dict[str, Any]:
        columns = [
            {
                "name": row[0],
                "type": row[1],
                "nullable": row[2],
                "default": None if row[3] is None else row[3][:200],
                "primary_key": row[4],
            }
            for row in self.connection.execute(COLUMNS, (oid,))
        ]
        keys = self.connection.execute(FOREIGN_KEYS, (oid,)).fetchall()
        indexes = self.connection.execute(INDEXES, (oid,)).fetchall()
        return {
            "name": name,
            "kind": "view" if kind in ("v", "m") else "table",
            "columns": columns,
            "foreign_keys": [{"columns": row[0], "table": row[1], "referenced_columns": row[2]} for row in keys],
            "indexes": [{"name": row[0], "unique": row[1], "columns": row[2]} for row in indexes],
            "row_count": estimate if kind in ("r", "p", "m") and estimate >= 0 else None,
        }

    def _transaction_number(self) -> int:
        return int(self.connection.execute("SELECT txid_current()").fetchone()[0])


@contextmanager
def opened(address: str, name: str, deadline: float, writes: bool) -> Iterator[PostgreSQLDatabase]:
    """Connect for one call and turn the server's errors into those a caller can act on."""
    try:
        import psycopg
    except ImportError:
        raise ModuleNotFoundError(MISSING) from None
    milliseconds = max(1, int((deadline - time.monotonic()) * 1000))
    try:
        connection = psycopg.connect(
            address, connect_timeout=CONNECT_SECONDS, application_name="skill-database", autocommit=writes
        )
    except psycopg.ProgrammingError:
        raise ValueError(f"The value of {name} is not a readable PostgreSQL address.") from None
    except psycopg.OperationalError as error:
        raise _connection_error(error, name) from None
    database = PostgreSQLDatabase(connection, name)
    try:
        connection.execute("SELECT set_config('statement_timeout', %s, false)", (str(milliseconds),))
        connection.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, false)", (str(milliseconds),))
        if not writes:
            connection.commit()
            connection.read_only = True
            # After its first statement a transaction can no more be made a writing one.
            connection.execute("SELECT 1")
        yield database
    except psycopg.Error as error:
        raise _meaning(error, psycopg) from None
    finally:
        if database.cursor is not None:
            with suppress(psycopg.Error):
                database.cursor.close()
        connection.close()


def _prepared(sql: str, parameters: Parameters) -> str:
    return for_psycopg(sql, parameters) if parameters else sql


def _connection_error(error: Exception, name: str) -> Exception:
    text = str(error)
    if "authentication failed" in text or "no password supplied" in text or "permission denied" in text:
        return PermissionError(f"The server behind {name} refused the login; ask the user to check its credentials.")
    if "does not exist" in text:
        return PermissionError(f"The server behind {name} has no such database or role; ask the user to check it.")
    kind = TimeoutError if "timeout" in text else ConnectionError
    return kind(f"The server behind {name} cannot be reached; is it running, and is access to it granted?")


def _meaning(error: Any, psycopg: Any) -> Exception:
    text = (error.diag.message_primary or str(error) or type(error).__name__).strip().rstrip(".")
    hint = f" {error.diag.message_hint}" if error.diag.message_hint else ""
    kinds = psycopg.errors
    if isinstance(error, kinds.QueryCanceled | kinds.LockNotAvailable | kinds.IdleInTransactionSessionTimeout):
        return TimeoutError(f"The statement did not end in time ({text}); narrow it, or allow more time.")
    if isinstance(error, kinds.InsufficientPrivilege | kinds.ReadOnlySqlTransaction):
        return PermissionError(f"PostgreSQL does not allow that here: {text}.")
    if isinstance(error, kinds.SerializationFailure | kinds.DeadlockDetected):
        return ConnectionError(f"Another transaction was in the way ({text}); try again.")
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return ConnectionError("The connection to the PostgreSQL server was lost; try again later.")
    return ValueError(f"PostgreSQL refused the statement: {text}.{hint}")
