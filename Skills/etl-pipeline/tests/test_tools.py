"""Tests of the etl-pipeline skill on real files and databases."""

from __future__ import annotations

import csv
import json
import sqlite3
import unittest
from pathlib import Path
from typing import Any

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import tools

ORDERS = """id,customer,price,quantity,day
1,C1,10.5,2,2024-01-05
2,C2,n/a,1,2024-01-06
3, C1 ,4,5,2024-02-01
3, C1 ,4,5,2024-02-01
,,,,
"""
CUSTOMERS = (
    '{"data": [{"key": "C1", "name": "Ada", "address": {"city": "Bonn"}}, {"key": "C3", "name": "Bob"}], "n": 2}'
)


def rows_of(result: dict[str, Any]) -> list[list[str]]:
    with open(result["path"], newline="") as file:
        return list(csv.reader(file))


class PipelineTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.orders = self.write("orders.csv", ORDERS)
        self.customers = self.write("customers.json", CUSTOMERS)


class ContractTests(SkillContract, unittest.TestCase):
    pass


class ExtractTests(PipelineTestCase):
    def test_flattens_json_into_a_table(self) -> None:
        result = call("extract_data", path=self.customers)
        self.assertEqual(rows_of(result), [["key", "name", "address.city"], ["C1", "Ada", "Bonn"], ["C3", "Bob", ""]])
        self.assertEqual(result["path"], "customers-extracted.csv")

    def test_finds_records_wherever_they_usually_are(self) -> None:
        cases: list[tuple[Any, dict[str, Any], list[Any]]] = [
            ([{"a": 1}], {}, [{"a": 1}]),
            ({"rows": [{"a": 1}], "other": [{"b": 1}]}, {}, [{"a": 1}]),
            ({"x": {"y": [{"a": 1}]}}, {"records_path": "x.y"}, [{"a": 1}]),
            ({"a": {"b": 1}}, {}, [{"a.b": 1}]),
            ([1, 2], {}, [{"value": 1}, {"value": 2}]),
            ([{"a": [1, 2], "b": {}}], {}, [{"a": [1, 2], "b": {}}]),
        ]
        for number, (document, arguments, expected) in enumerate(cases):
            with self.subTest(document=document):
                path = self.write("x.json", json.dumps(document))
                result = call("extract_data", path=path, output=f"{number}.json", **arguments)
                self.assertEqual(json.loads(Path(result["path"]).read_text()), expected)

    def test_reads_each_format_by_name_or_content(self) -> None:
        contents = {
            "x.jsonl": '{"a": 1}\n\n{"a": 2}\n',
            "x.csv": "a\n1\n2\n",
            "x.tsv": "a\tb\n1\t\n2\t\n",
            "x.txt": '{"a": 1}\n{"a": 2}',
            "y.txt": "a;b\n1;\n2;\n",
            "z.txt": '[{"a": 1},\n{"a": 2}]',
        }
        for name, content in contents.items():
            with self.subTest(name):
                result = call("extract_data", path=self.write(name, content), output=f"{name}.csv")
                self.assertEqual([record["a"] for record in result["preview"]], [1, 2])

    def test_values_keep_their_meaning(self) -> None:
        path = self.write("x.csv", 'code,n,big,ok,"a,b"\n007,1,123456789012345678901,true,x\n010,,1,False,y\n')
        first = call("extract_data", path=path)["preview"][0]
        self.assertEqual(first, {"code": "007", "n": 1, "big": "123456789012345678901", "ok": True, "a,b": "x"})

    def test_bad_files_are_refused_with_the_place_of_the_fault(self) -> None:
        cases = {
            "bad.json": ("{", "not valid JSON"),
            "bad.jsonl": ('{"a": 1}\n{', "line 2 is not valid JSON"),
            "empty.csv": (" \n", "is empty"),
            "wide.csv": ("a,b\n1,2,3\n", "Row 2 of"),
            "bin.csv": (b"a\0", "binary"),
            "deep.json": ("[" * 100_000, "cannot be read|not valid"),
            "two.json": ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "one of a, b"),
        }
        for name, (content, message) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(ValueError, message):
                call("extract_data", path=self.write(name, content))
        with self.assertRaises(FileNotFoundError):
            call("extract_data", path="missing.csv")
        with self.assertRaisesRegex(ValueError, "no list of records at 'data.x'"):
            call("extract_data", path=self.customers, records_path="data.x")
        with self.assertRaisesRegex(PermissionError, "../x.csv"):
            call("extract_data", path=self.orders, output="../x.csv")


class TransformTests(PipelineTestCase):
    def test_cleans_and_deduplicates_with_nothing_but_a_path(self) -> None:
        result = call("transform_data", path=self.orders)
        self.assertEqual(
            rows_of(result)[1:],
            [
                ["1", "C1", "10.5", "2", "2024-01-05"],
                ["2", "C2", "", "1", "2024-01-06"],
                ["3", "C1", "4", "5", "2024-02-01"],
            ],
        )
        self.assertEqual((result["input_row_count"], result["row_count"]), (5, 3))
        self.assertEqual(result["steps"], [{"op": "clean", "row_count": 4}, {"op": "dedupe", "row_count": 3}])
        self.assertEqual(call("transform_data", path=self.orders)["path"], result["path"])

    def test_cleaning_understands_numbers_and_leaves_texts(self) -> None:
        cases = [
            ("$1,200.50", [1200.5, None]),
            ("-3", [-3, None]),
            ("1e3", [1000.0, None]),
            ("007", ["007", "N/A"]),
            ("1,2", ["1,2", "N/A"]),
            ("12 %", ["12 %", "N/A"]),
        ]
        for number, (text, expected) in enumerate(cases):
            with self.subTest(text):
                path = self.write("x.json", json.dumps([{"k": 1, "v": f" {text} "}, {"k": 2, "v": "N/A"}]))
                result = call("transform_data", path=path, steps=[{"op": "clean"}], output=f"{number}.csv")
                self.assertEqual([record["v"] for record in result["preview"]], expected)

    def test_steps_are_applied_in_order(self) -> None:
        steps = [
            {"op": "clean"},
            {"op": "dedupe", "columns": ["id"]},
            {"op": "filter", "where": "price is not None"},
            {"op": "derive", "column": "revenue", "expression": "round(price * quantity, 2)"},
            {"op": "derive", "column": "month", "expression": "left(day, 7)"},
            {"op": "join", "path": self.customers, "on": ["customer"], "other_on": ["key"], "how": "left"},
            {
                "op": "aggregate",
                "group_by": ["month", "name"],
                "measures": {"revenue": "sum(revenue)", "orders": "count()", "best": "max(price)"},
            },
            {"op": "sort", "by": ["-revenue"]},
            {"op": "limit", "count": 2},
            {"op": "rename", "names": {"name": "customer"}},
            {"op": "select", "columns": ["customer", "month", "revenue", "orders", "best"]},
        ]
        result = call("transform_data", path=self.orders, steps=steps, output="top.json")
        self.assertEqual(
            json.loads(Path("top.json").read_text()),
            [
                {"customer": "Ada", "month": "2024-01", "revenue": 21.0, "orders": 1, "best": 10.5},
                {"customer": "Ada", "month": "2024-02", "revenue": 20.0, "orders": 1, "best": 4},
            ],
        )
        self.assertEqual([step["row_count"] for step in result["steps"]], [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2])

    def test_a_wrong_step_is_named_with_its_number(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"op": "explode"}, "Step 2: 'explode' is not an operation"),
            ({}, "Step 2: 'None'"),
            ({"op": "filter"}, "missing: .'where'."),
            ({"op": "limit", "count": 1, "by": []}, "not understood: .'by'."),
            ({"op": "select", "columns": ["x"]}, "no column 'x'"),
            ({"op": "select", "columns": []}, "list of column names"),
            ({"op": "rename", "names": {"id": "day"}}, "must be unique"),
            ({"op": "limit", "count": 0}, "at least 1"),
            ({"op": "filter", "where": "day > 3"}, "cannot compare"),
            ({"op": "sort", "by": []}, "list of column"),
            ({"op": "derive", "column": "x", "expression": "open('x')"}, "not a known function"),
            ({"op": "aggregate", "group_by": ["id"], "measures": {"x": "mode(id)"}}, "not a measure"),
            ({"op": "aggregate", "group_by": ["id"], "measures": {"x": "sum()"}}, "needs a column"),
            ({"op": "aggregate", "group_by": ["id"], "measures": {"x": "sum(day)"}}, "needs numbers"),
            ({"op": "aggregate", "group_by": ["id"], "measures": {"id": "count()"}}, "both a group column"),
            ({"op": "join", "path": "customers.json", "on": ["id"]}, "other_on"),
            (
                {"op": "join", "path": "customers.json", "on": ["id"], "other_on": ["key"], "how": "cross"},
                "how must be",
            ),
        ]
        for step, message in cases:
            with self.subTest(step=step), self.assertRaisesRegex(ValueError, message):
                tools.transform_data(self.orders, [{"op": "clean"}, step])
        with self.assertRaises(PermissionError):
            tools.transform_data(self.orders, [{"op": "join", "path": "../x.csv", "on": ["id"]}])
        self.assertFalse(Path("orders-transformed.csv").exists())

    def test_mixed_values_sort_without_failing(self) -> None:
        path = self.write("x.json", '[{"v": "b"}, {"v": 2}, {"v": null}, {"v": [1]}, {"v": "a"}, {"v": 1}]')
        result = call("transform_data", path=path, steps=[{"op": "sort", "by": ["v"]}])
        self.assertEqual([record["v"] for record in result["preview"]], [1, 2, "a", "b", [1], None])

    def test_true_and_one_are_not_duplicates(self) -> None:
        path = self.write("x.json", '[{"v": true}, {"v": 1}, {"v": "1"}, {"v": 1}]')
        self.assertEqual(call("transform_data", path=path, steps=[{"op": "dedupe"}])["row_count"], 3)


class JoinAndAggregateTests(PipelineTestCase):
    def test_each_kind_of_join_keeps_its_records(self) -> None:
        left = self.write("left.csv", "id,v\n1,a\n2,b\n,c\n")
        right = self.write(
            "right.json", '[{"id": "1", "v": "x"}, {"id": "1", "v": "y"}, {"id": "3", "v": "z"}, {"id": null}]'
        )
        cases = {
            "inner": [["1", "a", "x"], ["1", "a", "y"]],
            "left": [["1", "a", "x"], ["1", "a", "y"], ["2", "b", ""], ["", "c", ""]],
            "full": [["1", "a", "x"], ["1", "a", "y"], ["2", "b", ""], ["", "c", ""], ["3", "", "z"], ["", "", ""]],
            "anti": [["2", "b"], ["", "c"]],
        }
        for how, expected in cases.items():
            with self.subTest(how):
                result = call("join_data", path=left, other_path=right, on=["id"], how=how, output=f"{how}-join.csv")
                self.assertEqual(rows_of(result)[1:], expected)
        self.assertEqual(rows_of({"path": "inner-join.csv"})[0], ["id", "v", "v_other"])

    def test_aggregates_groups_and_everything(self) -> None:
        path = self.write("x.csv", "k,v\na,0.1\na,0.2\nb,\n")
        measures = {"sum": "sum(v)", "mean": "mean(v)", "n": "count(v)", "low": "min(v)", "kinds": "distinct(v)"}
        result = call("aggregate_data", path=path, group_by=["k"], measures=measures)
        self.assertEqual(rows_of(result)[1:], [["a", "0.3", "0.15", "2", "0.1", "2"], ["b", "0", "", "0", "", "0"]])
        everything = call("aggregate_data", path=path, group_by=[], output="all.csv")
        self.assertEqual(rows_of(everything), [["count"], ["3"]])


class LoadTests(PipelineTestCase):
    def query(self, path: str, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(path)
        self.addCleanup(connection.close)
        return connection.execute(sql).fetchall()

    def test_loads_into_a_database_with_fitting_types(self) -> None:
        path = self.write(
            "My data.json",
            '[{"n": 1, "x": 1.5, "ok": true, "l": [1], "big": 99999999999999999999, "m": 1},'
            ' {"n": 2, "x": 2, "ok": false, "l": null, "big": 1, "m": "a"}]',
        )
        result = call("load_data", path=path)
        self.assertEqual(
            (result["path"], result["table"], result["loaded_row_count"]), ("My data.sqlite", "my_data", 2)
        )
        self.assertEqual(
            self.query(result["path"], "SELECT * FROM my_data"),
            [(1, 1.5, 1, "[1]", "99999999999999999999", 1), (2, 2.0, 0, None, 1, "a")],
        )
        declared = [row[2] for row in self.query(result["path"], "PRAGMA table_info(my_data)")]
        self.assertEqual(declared, ["INTEGER", "REAL", "INTEGER", "TEXT", "", ""])
        self.assertEqual(call("load_data", path=path), result)

    def test_modes_create_append_and_replace(self) -> None:
        for target in ("x.db", "x.csv", "x.jsonl"):
            with self.subTest(target):
                arguments = {"target": target} | ({"table": "t"} if target == "x.db" else {})
                one, two = self.write("one.csv", "a,b\n1,x\n"), self.write("two.csv", "a\n2\n")
                call("load_data", path=one, **arguments)
                with self.assertRaises(FileExistsError):
                    call("load_data", path=two, **arguments)
                call("load_data", path=two, mode="append", **arguments)
                self.assertEqual(self.count(target), 2)
                with self.assertRaisesRegex(ValueError, "no column c"):
                    call("load_data", path=self.write("three.csv", "c\n2\n"), mode="append", **arguments)
                call("load_data", path=two, mode="replace", **arguments)
                self.assertEqual(self.count(target), 1)

    def count(self, target: str) -> int:
        if target.endswith(".db"):
            return self.query(target, "SELECT count(*) FROM t")[0][0]
        return call(
            "extract_data", path=target, output=f"count-{self.id()}-{target}.{Path(target).stat().st_size}.csv"
        )["row_count"]

    def test_names_cannot_smuggle_sql(self) -> None:
        path = self.write("x.csv", '"a"") ; DROP TABLE t --",b\n1,2\n')
        result = call("load_data", path=path, target="x.db", table="t")
        self.assertEqual(self.query("x.db", "SELECT * FROM t"), [(1, 2)])
        for table in ("t; DROP TABLE t", "", "sqlite_master", 't"', "1t"):
            with self.subTest(table), self.assertRaisesRegex(ValueError, "not a table name"):
                tools._loaded(tools.load_table(path), path, "x.db", table or " ", "create")
        self.assertEqual(result["table"], "t")

    def test_a_failed_load_leaves_nothing_behind(self) -> None:
        path = self.write("x.csv", "a,A\n1,2\n")
        with self.assertRaisesRegex(ValueError, "upper and lower case"):
            call("load_data", path=path, target="x.db")
        self.assertFalse(Path("x.db").exists())
        self.write("broken.db", "not a database, but long enough to look like one" * 20)
        with self.assertRaisesRegex(ValueError, "cannot be loaded"):
            call("load_data", path=self.orders, target="broken.db")
        for arguments, message in (
            ({"target": "x.xlsx"}, "end it in"),
            ({"target": "x.csv", "table": "t"}, "Only a database"),
        ):
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, message):
                call("load_data", path=self.orders, **arguments)

    def test_runs_a_whole_pipeline(self) -> None:
        steps = [{"op": "clean"}, {"op": "aggregate", "group_by": ["customer"], "measures": {"units": "sum(quantity)"}}]
        default = call("run_pipeline", path=self.orders)
        self.assertEqual((default["path"], default["table"], default["row_count"]), ("orders-pipeline.csv", None, 3))
        for _ in range(2):
            stored = call("run_pipeline", path=self.orders, steps=steps, target="shop.db", table="units")
        self.assertEqual(self.query("shop.db", "SELECT * FROM units"), [("C1", 12), ("C2", 1)])
        self.assertEqual((stored["input_row_count"], stored["row_count"], stored["table"]), (5, 2, "units"))
        with self.assertRaises(FileExistsError):
            call("run_pipeline", path=self.orders, target="shop.db", table="units")


if __name__ == "__main__":
    unittest.main()
