"""Tests of what is read out of SQL before a database sees it."""

from __future__ import annotations

import unittest

from skill_contract import SKILL  # noqa: F401

# isort: split
from statements import controls_transaction, for_psycopg, is_reading, loses_data, single_statement, split_statements


class StatementTests(unittest.TestCase):
    def test_one_statement_is_one_whatever_its_quotations_say(self) -> None:
        for sql in (
            "SELECT ';'",
            'SELECT ";" ;',
            "SELECT 1 -- ; more",
            "SELECT /* ; /* nested ; */ */ 1;;",
            "SELECT $$ ; $$, $a$ ; $$ ; $a$",
            "SELECT E'\\';'",
            "SELECT 'it''s;'",
        ):
            with self.subTest(sql):
                single_statement(sql)

    def test_more_than_one_is_refused(self) -> None:
        for sql in ("SELECT 1; DROP TABLE x", "SELECT ';';SELECT 2", "SELECT '\\'; DROP TABLE x --'", ";", "", "-- x"):
            with self.subTest(sql), self.assertRaises(ValueError):
                single_statement(sql)

    def test_open_quotations_and_comments_are_refused(self) -> None:
        for sql in ("SELECT 'a", 'SELECT "a', "SELECT 1 /* x"):
            with self.subTest(sql), self.assertRaisesRegex(ValueError, "does not end"):
                single_statement(sql)

    def test_reading_is_told_by_the_first_word(self) -> None:
        cases = {"select 1": True, "(SELECT 1)": True, "WITH x AS (SELECT 1) SELECT 1": True, "explain select 1": True}
        cases |= {"COPY t TO PROGRAM 'x'": False, "PRAGMA x": False, "CALL p()": False, "DO $$x$$": False}
        for sql, expected in cases.items():
            with self.subTest(sql):
                self.assertEqual(is_reading(single_statement(sql)), expected)

    def test_loss_of_data_is_seen(self) -> None:
        losing = [
            "DROP TABLE t",
            "truncate t",
            "DELETE FROM t",
            "UPDATE t SET a = 1",
            "UPDATE t SET a = (SELECT 1 WHERE true)",
            "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x WHERE true",
            "ALTER TABLE t DROP COLUMN a",
            "DELETE FROM t /* WHERE */",
            "UPDATE \"WHERE\" SET a = 'WHERE'",
        ]
        keeping = [
            "DELETE FROM t WHERE a = 1",
            "UPDATE t SET a = 1 WHERE b IN (SELECT 1)",
            "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2",
            "SELECT * FROM t FOR UPDATE",
            "CREATE TABLE t (a INT REFERENCES x ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TRIGGER x AFTER DELETE ON t BEGIN DELETE FROM u; END",
            "ALTER TABLE t ADD COLUMN a INT",
            "INSERT INTO t SELECT * FROM u",
        ]
        for sql in losing:
            with self.subTest(sql):
                self.assertIsNotNone(loses_data(single_statement(sql)))
        for sql in keeping:
            with self.subTest(sql):
                self.assertIsNone(loses_data(single_statement(sql)))

    def test_transaction_control_is_seen(self) -> None:
        for sql in ("COMMIT", "rollback", "BEGIN IMMEDIATE", "START TRANSACTION", "SAVEPOINT x"):
            with self.subTest(sql):
                self.assertTrue(controls_transaction(single_statement(sql)))
        self.assertFalse(controls_transaction(single_statement("SELECT 'COMMIT'")))

    def test_scripts_are_split_and_triggers_stay_whole(self) -> None:
        trigger = (
            "CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END;"
        )
        script = f"CREATE TABLE t (a TEXT DEFAULT ';'); -- first;\n{trigger}\nINSERT INTO t VALUES (';');; "
        parts = split_statements(script)
        self.assertEqual([part.split()[0] for part in parts], ["CREATE", "--", "INSERT"])
        self.assertTrue(parts[1].endswith("END;"))

    def test_parameters_are_translated_and_nothing_else(self) -> None:
        sql = "SELECT '%:a', x::a, :a, y[1:b], 5 % 2 -- :a"
        self.assertEqual(for_psycopg(sql, ["a"]), "SELECT '%%:a', x::a, %(a)s, y[1:b], 5 %% 2 -- :a")


if __name__ == "__main__":
    unittest.main()
