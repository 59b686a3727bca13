"""Tests of the database skill on real SQLite files and a real PostgreSQL server."""

from __future__ import annotations

import csv
import os
import sqlite3
import sys
import threading
import unittest
from pathlib import Path
from unittest import mock

import postgresql_server
from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import sqlite
import tools

SCHEMA = """
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT DEFAULT 'Rome');
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), total REAL);
    CREATE UNIQUE INDEX customers_name ON customers (name);
    CREATE VIEW romans AS SELECT name FROM customers WHERE city = 'Rome';
    INSERT INTO customers (id, name, city) VALUES (1, 'Ada', 'Rome'), (2, 'Bo', 'Oslo'), (3, 'Cy', 'Rome');
    INSERT INTO orders VALUES (1, 1, 10.5), (2, 1, 4.5), (3, 2, 7);
"""


class ContractTests(SkillContract, unittest.TestCase):
    pass


class Shared:
    """What holds for both kinds of database; `database` is set by the test case that mixes this in."""

    database = ""
    kind = ""

    def query(self, sql: str, **arguments: object) -> list[dict[str, object]]:
        return call("query_database", database=self.database, sql=sql, **arguments)["rows"]

    def test_a_query_gives_rows_and_a_csv_file(self) -> None:
        sql = "SELECT city, count(*) AS number FROM customers WHERE city <> :city GROUP BY city ORDER BY 1"
        result = call("query_database", database=self.database, sql=sql, parameters={"city": "Paris"})
        self.assertEqual(result["rows"], [{"city": "Oslo", "number": 1}, {"city": "Rome", "number": 2}])
        with Path(result["path"]).open(newline="") as file:
            self.assertEqual(list(csv.reader(file)), [["city", "number"], ["Oslo", "1"], ["Rome", "2"]])

    def test_parameters_are_values_not_sql(self) -> None:
        evil = "x'; DROP TABLE customers; --"
        self.assertEqual(self.query("SELECT name FROM customers WHERE name = :name", parameters={"name": evil}), [])
        self.assertEqual(self.query("SELECT count(*) AS n FROM customers"), [{"n": 3}])

    def test_no_rows_keep_their_columns_and_repeated_names_are_told_apart(self) -> None:
        result = call("query_database", database=self.database, sql="SELECT id, id, name FROM customers WHERE 1 = 0")
        self.assertEqual((result["columns"], result["row_count"]), (["id", "id_2", "name"], 0))
        self.assertEqual(Path(result["path"]).read_text(), "id,id_2,name\n")

    def test_a_query_cannot_change_anything(self) -> None:
        for sql in (
            "DELETE FROM customers",
            "WITH x AS (DELETE FROM orders WHERE id = 1 RETURNING *) SELECT * FROM x",
            "SELECT 1; DELETE FROM orders",
            "WITH x AS (SELECT 1) DELETE FROM orders",
            "PRAGMA writable_schema = ON",
            "COMMIT",
            "ATTACH 'other.db' AS other",
        ):
            with self.subTest(sql), self.assertRaises((PermissionError, ValueError)):
                self.query(sql)
        self.assertEqual(self.query("SELECT count(*) AS n FROM orders"), [{"n": 3}])

    def test_long_results_are_cut_and_say_so(self) -> None:
        sql = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500) SELECT n FROM c"
        result = call("query_database", database=self.database, sql=sql, max_rows=100)
        self.assertEqual((result["row_count"], len(result["rows"])), (100, 50))
        self.assertTrue(result["truncated"] and result["preview_truncated"])
        self.assertFalse(call("query_database", database=self.database, sql=sql, max_rows=500)["truncated"])

    def test_a_query_without_end_is_stopped(self) -> None:
        sql = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"
        with self.assertRaisesRegex(TimeoutError, "in time"):
            self.query(sql, timeout_seconds=0.2)

    def test_wrong_sql_is_explained(self) -> None:
        for sql, message in (("SELECT nothing FROM customers", "nothing"), ("SELECT * FROM nowhere", "nowhere")):
            with self.subTest(sql), self.assertRaisesRegex(ValueError, message):
                self.query(sql)

    def test_the_schema_is_described(self) -> None:
        result = call("describe_database", database=self.database)
        self.assertEqual(result["kind"], self.kind)
        tables = {table["name"]: table for table in result["tables"]}
        self.assertEqual(set(tables), {"customers", "orders", "romans"})
        self.assertEqual(tables["romans"]["kind"], "view")
        columns = {column["name"]: column for column in tables["customers"]["columns"]}
        self.assertTrue(columns["id"]["primary_key"])
        self.assertEqual([columns[name]["nullable"] for name in ("id", "name", "city")], [False, False, True])
        self.assertIn("Rome", columns["city"]["default"])
        self.assertEqual(
            tables["orders"]["foreign_keys"],
            [{"columns": ["customer_id"], "table": "customers", "referenced_columns": ["id"]}],
        )
        indexes = {index["name"]: index for index in tables["customers"]["indexes"]}
        self.assertEqual((indexes["customers_name"]["columns"], indexes["customers_name"]["unique"]), (["name"], True))
        listed = call("describe_database", database=self.database, table="ord*")["tables"]
        self.assertEqual([table["name"] for table in listed], ["orders"])

    def test_a_change_is_made_and_counted(self) -> None:
        result = call(
            "execute_sql",
            database=self.database,
            sql="UPDATE customers SET city = :new WHERE city = :old RETURNING name",
            parameters={"new": "Roma", "old": "Rome"},
        )
        self.assertEqual((result["affected_rows"], result["rows"]), (2, [{"name": "Ada"}, {"name": "Cy"}]))
        self.assertEqual(self.query("SELECT count(*) AS n FROM customers WHERE city = 'Roma'"), [{"n": 2}])

    def test_a_change_of_too_many_rows_is_undone(self) -> None:
        sql = "UPDATE orders SET total = 0 WHERE total > 1"
        with self.assertRaisesRegex(ValueError, "nothing was changed"):
            call("execute_sql", database=self.database, sql=sql, max_affected_rows=2)
        self.assertEqual(self.query("SELECT count(*) AS n FROM orders WHERE total = 0"), [{"n": 0}])

    def test_losing_data_needs_to_be_allowed(self) -> None:
        for sql in ("DELETE FROM orders", "DROP TABLE orders"):
            with self.subTest(sql), self.assertRaisesRegex(PermissionError, "allow_data_loss"):
                call("execute_sql", database=self.database, sql=sql)
        call("execute_sql", database=self.database, sql="DELETE FROM orders", allow_data_loss=True)
        self.assertEqual(self.query("SELECT count(*) AS n FROM orders"), [{"n": 0}])

    def test_a_constraint_stops_a_change(self) -> None:
        for sql in ("INSERT INTO orders VALUES (9, 99, 1)", "INSERT INTO customers VALUES (9, 'Ada', 'x')", "COMMIT"):
            with self.subTest(sql), self.assertRaises(ValueError):
                call("execute_sql", database=self.database, sql=sql)

    def test_migrations_are_applied_once_and_in_order(self) -> None:
        call("create_migration", name="add_email", sql="ALTER TABLE customers ADD COLUMN email TEXT;")
        call(
            "create_migration",
            name="fill_email",
            sql="UPDATE customers SET email = 'a;b' WHERE id = 1; INSERT INTO orders VALUES (4, 3, 1);",
        )
        planned = call("migrate_database", database=self.database, dry_run=True)
        self.assertEqual([step["version"] for step in planned["applied"]], [1, 2])
        first = call("migrate_database", database=self.database, target=1)
        self.assertEqual((first["current_version"], len(first["applied"])), (1, 1))
        status = call("migration_status", database=self.database)
        self.assertEqual((status["current_version"], status["pending_count"], status["problem"]), (1, 1, None))
        self.assertEqual([bool(entry["applied_at"]) for entry in status["migrations"]], [True, False])
        self.assertEqual(len(call("migrate_database", database=self.database)["applied"]), 1)
        self.assertEqual(call("migrate_database", database=self.database)["applied"], [])
        self.assertEqual(self.query("SELECT email FROM customers WHERE id = 1"), [{"email": "a;b"}])

    def test_a_migration_that_fails_leaves_nothing_and_those_before_it_stay(self) -> None:
        call("create_migration", name="good", sql="CREATE TABLE extra (a INTEGER);")
        call("create_migration", name="bad", sql="CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1);")
        with self.assertRaisesRegex(ValueError, "nowhere"):
            call("migrate_database", database=self.database)
        names = {table["name"] for table in call("describe_database", database=self.database)["tables"]}
        self.assertIn("extra", names)
        self.assertNotIn("half", names)
        self.assertEqual(call("migration_status", database=self.database)["current_version"], 1)

    def test_history_that_was_tampered_with_is_refused(self) -> None:
        path = Path(call("create_migration", name="one", sql="CREATE TABLE extra (a INTEGER);")["path"])
        call("create_migration", name="two", sql="CREATE TABLE more (a INTEGER);")
        call("migrate_database", database=self.database)
        original = path.read_text()
        path.write_text(original + "-- changed\n")
        self.assertIn("changed after", call("migration_status", database=self.database)["problem"])
        with self.assertRaisesRegex(ValueError, "changed after"):
            call("migrate_database", database=self.database)
        path.unlink()
        with self.assertRaisesRegex(ValueError, "file is gone"):
            call("migrate_database", database=self.database)
        path.write_text(original)
        Path("migrations/0005_five.sql").write_text("CREATE TABLE five (a INTEGER);")
        call("migrate_database", database=self.database)
        Path("migrations/0004_late.sql").write_text("CREATE TABLE late (a INTEGER);")
        with self.assertRaisesRegex(ValueError, "renumber"):
            call("migrate_database", database=self.database)

    def test_two_who_migrate_at_once_apply_everything_once(self) -> None:
        for number in range(4):
            call("create_migration", name=f"t{number}", sql=f"CREATE TABLE t{number} (a INTEGER);")
        results: list[object] = []

        def migrate() -> None:
            try:
                results.append(len(tools.migrate_database(self.database)["applied"]))
            except (ValueError, TimeoutError, ConnectionError) as error:
                results.append(error)

        threads = [threading.Thread(target=migrate) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(all(isinstance(result, int) for result in results), results)
        self.assertEqual(sum(result for result in results if isinstance(result, int)), 4)
        self.assertEqual(call("migration_status", database=self.database)["pending_count"], 0)


class SQLiteTests(Shared, WorkspaceTestCase):
    database, kind = "shop.sqlite", "sqlite"

    def setUp(self) -> None:
        super().setUp()
        with sqlite3.connect("shop.sqlite") as connection:
            connection.executescript(SCHEMA)
        connection.close()

    def test_rows_are_counted(self) -> None:
        tables = call("describe_database", database=self.database)["tables"]
        self.assertEqual([table["row_count"] for table in tables], [3, 3, None])

    def test_a_query_touches_neither_the_file_nor_other_files(self) -> None:
        before = Path("shop.sqlite").read_bytes()
        self.query("SELECT * FROM customers")
        self.assertEqual(Path("shop.sqlite").read_bytes(), before)
        for sql in ("ATTACH 'other.db' AS other", "PRAGMA journal_mode = DELETE", "VACUUM INTO 'copy.db'"):
            with self.subTest(sql), self.assertRaises((PermissionError, ValueError)):
                call("execute_sql", database=self.database, sql=sql)
        self.assertEqual([path.name for path in Path().glob("*.db")], [])

    def test_full_text_tables_and_functions_that_make_tables_work(self) -> None:
        call("execute_sql", database=self.database, sql="CREATE VIRTUAL TABLE notes USING fts5(body)")
        call("execute_sql", database=self.database, sql="INSERT INTO notes VALUES ('hello world')")
        trigger = "CREATE TRIGGER t AFTER INSERT ON orders BEGIN INSERT INTO notes VALUES ('order ' || new.id); END"
        call("execute_sql", database=self.database, sql=trigger)
        call("execute_sql", database=self.database, sql="INSERT INTO orders VALUES (9, 1, 1)")
        self.assertEqual(self.query("SELECT body FROM notes WHERE notes MATCH 'order'"), [{"body": "order 9"}])
        self.assertEqual(self.query("SELECT body FROM notes WHERE notes MATCH 'hello'"), [{"body": "hello world"}])
        self.assertEqual(self.query("SELECT value FROM json_each('[1, 2]')"), [{"value": 1}, {"value": 2}])
        self.assertEqual(self.query("SELECT name FROM pragma_table_info('notes')"), [{"name": "body"}])
        with self.assertRaises((PermissionError, ValueError)):
            self.query("SELECT load_extension('x')")

    def test_huge_values_are_refused(self) -> None:
        with mock.patch.object(sqlite, "MAX_VALUE_BYTES", 1000), self.assertRaises(ValueError):
            self.query("SELECT zeroblob(2000)")

    def test_values_that_json_does_not_know_become_texts(self) -> None:
        rows = self.query("SELECT x'00ff' AS b, 9e999 AS f, 'x' AS t, NULL AS n")
        self.assertEqual(rows, [{"b": "0x00ff", "f": "inf", "t": "x", "n": None}])

    def test_a_new_file_is_made_only_to_create_or_migrate(self) -> None:
        with self.assertRaises(FileNotFoundError):
            call("query_database", database="new.db", sql="SELECT 1")
        with self.assertRaises(FileNotFoundError):
            call("execute_sql", database="new.db", sql="INSERT INTO t VALUES (1)")
        with self.assertRaises(ValueError):
            call("execute_sql", database="new.txt", sql="CREATE TABLE t (a)")
        with self.assertRaises(ValueError):
            call("execute_sql", database="new.db", sql="CREATE TABLE")
        self.assertFalse(Path("new.db").exists())
        call("execute_sql", database="new.db", sql="CREATE TABLE t (a)")
        call("create_migration", name="one", sql="CREATE TABLE u (a);")
        self.assertEqual(call("migration_status", database="newer.db")["pending_count"], 1)
        self.assertEqual(len(call("migrate_database", database="newer.db", dry_run=True)["applied"]), 1)
        self.assertFalse(Path("newer.db").exists())
        self.assertEqual(call("migrate_database", database="newer.db")["current_version"], 1)

    def test_other_files_and_folders_are_out_of_reach(self) -> None:
        self.write("text.db", "hello " * 1000)
        cases = [(ValueError, "text.db"), (PermissionError, "../x.db"), (FileNotFoundError, "none.db")]
        for kind, database in cases:
            with self.subTest(database), self.assertRaises(kind):
                call("query_database", database=database, sql="SELECT * FROM sqlite_schema")

    def test_a_locked_file_is_worth_another_try(self) -> None:
        holder = sqlite3.connect("shop.sqlite", isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN EXCLUSIVE")
        with mock.patch.object(sqlite, "BUSY_SECONDS", 0.05), self.assertRaisesRegex(TimeoutError, "in use"):
            call("execute_sql", database=self.database, sql="INSERT INTO orders VALUES (9, 1, 1)")

    def test_migration_files_follow_their_rules(self) -> None:
        with self.assertRaises(AssertionError):
            call("create_migration", name="Bad Name", sql="SELECT 1")
        for sql in ("", "-- nothing", "BEGIN; CREATE TABLE t (a); COMMIT;"):
            with self.subTest(sql), self.assertRaises(ValueError):
                tools.create_migration("x", sql)
        first = call("create_migration", name="same", sql="CREATE TABLE t (a);")
        self.assertEqual(call("create_migration", name="same", sql="CREATE TABLE t (a);"), first)
        Path("migrations/notes.sql").write_text("CREATE TABLE x (a);")
        with self.assertRaisesRegex(ValueError, "0001_create_customers"):
            call("migrate_database", database=self.database)
        Path("migrations/notes.sql").rename("migrations/0001_other.sql")
        with self.assertRaisesRegex(ValueError, "same number"):
            call("migrate_database", database=self.database)


@unittest.skipIf(postgresql_server.pgserver is None, postgresql_server.ABSENCE)
class PostgreSQLTests(Shared, WorkspaceTestCase):
    database, kind = "env:TEST_DATABASE", "postgresql"

    def setUp(self) -> None:
        super().setUp()
        address = postgresql_server.empty_database()
        with postgresql_server.psycopg.connect(address) as connection:
            connection.execute(SCHEMA)
        environment = mock.patch.dict(os.environ, {"TEST_DATABASE": address})
        environment.start()
        self.addCleanup(environment.stop)

    def test_values_that_json_does_not_know_become_texts(self) -> None:
        sql = "SELECT 1.50::numeric AS d, date '2026-05-01' AS t, '\\xff'::bytea AS b, '{\"a\": [1]}'::jsonb AS j"
        self.assertEqual(self.query(sql), [{"d": "1.50", "t": "2026-05-01", "b": "0xff", "j": {"a": [1]}}])

    def test_a_query_reaches_no_file_program_or_setting(self) -> None:
        for sql in (
            "COPY customers TO PROGRAM 'cat'",
            "SELECT set_config('transaction_read_only', 'off', false), nextval('x')",
            "SET default_transaction_read_only = off",
            "SELECT lo_create(0)",
            "EXPLAIN ANALYZE DELETE FROM orders",
        ):
            with self.subTest(sql), self.assertRaises((PermissionError, ValueError)):
                self.query(sql)

    def test_a_migration_that_ends_its_transaction_is_not_recorded(self) -> None:
        call("create_migration", name="sly", sql="CREATE TABLE a (x INT); END;")
        with self.assertRaises((ValueError, PermissionError)):
            call("migrate_database", database=self.database)
        self.assertEqual(call("migration_status", database=self.database)["current_version"], 0)

    def test_tables_of_other_schemas_have_their_schema_in_the_name(self) -> None:
        call("execute_sql", database=self.database, sql="CREATE SCHEMA sales")
        call("execute_sql", database=self.database, sql="CREATE TABLE sales.deals (a INT)")
        tables = call("describe_database", database=self.database, table="sales.*")["tables"]
        self.assertEqual([table["name"] for table in tables], ["sales.deals"])

    def test_addresses_come_from_the_environment_only_and_never_show(self) -> None:
        cases = [
            (PermissionError, "environment variable", "postgresql://me:hush@localhost/x"),
            (PermissionError, "not set", "env:NOT_SET_HERE"),
            (ValueError, "must name", "env:lower case"),
            (ValueError, "not the address", "env:WRONG"),
            (ConnectionError, "cannot be reached", "env:NOBODY"),
        ]
        values = {"WRONG": "hush", "NOBODY": "postgresql://me:hush@127.0.0.1:1/x?connect_timeout=2"}
        with mock.patch.dict(os.environ, values):
            for kind, message, database in cases:
                with self.subTest(message), self.assertRaisesRegex(kind, message) as caught:
                    call("query_database", database=database, sql="SELECT 1")
                self.assertNotIn("hush", str(caught.exception))

    def test_a_missing_package_is_named(self) -> None:
        refused = self.assertRaisesRegex(ModuleNotFoundError, "pip install psycopg==")
        with mock.patch.dict(sys.modules, {"psycopg": None}), refused:
            self.query("SELECT 1")


if __name__ == "__main__":
    unittest.main()
