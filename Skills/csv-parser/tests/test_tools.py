"""Tests of the csv-parser skill on real files."""

from __future__ import annotations

import csv
import json
import random
import unittest
from pathlib import Path
from typing import Any

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import column_types
import csv_table
import tools

SALES = """month, region ,revenue,units
2024-01,North,"1,200.50",10
2024-01,South,800,n/a
2024-02,North,900.25,7

2024-02,North,900.25,7
2024-03, South ,N/A,9
,,,
"""


def rows_of(result: dict[str, Any]) -> list[list[str]]:
    with open(result["path"], newline="") as file:
        return list(csv.reader(file))


class ContractTests(SkillContract, unittest.TestCase):
    pass


class ParseTests(WorkspaceTestCase):
    def test_finds_columns_types_and_a_preview(self) -> None:
        path = self.write(
            "data/orders.csv",
            "id,when,paid,amount,note,code\n1,2024-01-05,true,2.5,hi,007\n2,2024-01-06,FALSE,3,,012\n",
        )
        result = call("parse_csv", path=path)
        kinds = {column["name"]: column["type"] for column in result["columns"]}
        self.assertEqual(
            kinds,
            {
                "id": "integer",
                "when": "date",
                "paid": "boolean",
                "amount": "number",
                "note": "string",
                "code": "string",
            },
        )
        self.assertEqual(
            result["preview"][0],
            {"id": 1, "when": "2024-01-05", "paid": True, "amount": 2.5, "note": "hi", "code": "007"},
        )
        self.assertEqual((result["path"], result["row_count"], result["preview"][1]["note"]), (path, 2, None))

    def test_finds_the_delimiter(self) -> None:
        cases = {",": 'a,b\n"x;y;z",2\n', ";": "a;b\n1,5;2,5\n", "\t": "a\tb\n1\t2, 3\n", "|": "a|b\n1|2\n"}
        for delimiter, text in cases.items():
            with self.subTest(delimiter):
                result = call("parse_csv", path=self.write("x.csv", text))
                self.assertEqual((result["delimiter"], len(result["columns"])), (delimiter, 2))

    def test_finds_the_encoding(self) -> None:
        for encoding, codec in {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252"}.items():
            with self.subTest(encoding):
                result = call("parse_csv", path=self.write("x.csv", "name,n\nZoë,1\n".encode(codec)))
                self.assertEqual((result["encoding"], result["preview"][0]), (encoding, {"name": "Zoë", "n": 1}))

    def test_ragged_rows_lose_nothing(self) -> None:
        result = call("parse_csv", path=self.write("x.csv", "a,a,\n1\n1,2,3,4\n"))
        self.assertEqual([column["name"] for column in result["columns"]], ["a", "a_2", "column_3", "column_4"])
        self.assertEqual(result["preview"][1], {"a": 1, "a_2": 2, "column_3": 3, "column_4": 4})
        self.assertEqual(result["irregular_rows"], 2)

    def test_a_file_without_header_gets_column_names(self) -> None:
        result = call("parse_csv", path=self.write("x.csv", "1,2\n3,4\n"), has_header=False)
        self.assertEqual((result["row_count"], result["preview"][0]), (2, {"column_1": 1, "column_2": 2}))

    def test_quotes_and_line_breaks_inside_cells_are_kept(self) -> None:
        result = call("parse_csv", path=self.write("x.csv", 'a,b\r\n"say ""hi""\nthere",2\r\n'))
        self.assertEqual(result["preview"][0]["a"], 'say "hi"\nthere')

    def test_what_is_not_csv_is_refused_with_advice(self) -> None:
        cases = {
            "empty": (b"", "is empty"),
            "blank": (b"\n\n", "is empty"),
            "page": (b"<!DOCTYPE html><p>", "web page"),
            "json": (b'[{"a": 1}]', "looks like JSON"),
            "binary": (b"a\0b", "binary"),
            "zip": (b"PK\x03\x04x", "binary"),
            "cell": (b"a\n" + b"x" * 1_000_001, "line 2"),
            "wide": (b"," * 2_000 + b"\n", "more than the limit"),
        }
        for name, (content, message) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(ValueError, message):
                call("parse_csv", path=self.write("x.csv", content))

    def test_paths_outside_the_workspace_and_missing_files_are_refused(self) -> None:
        Path("link.csv").symlink_to("/etc/passwd")
        for path in ("../x.csv", "/etc/passwd", "link.csv"):
            with self.subTest(path), self.assertRaisesRegex(PermissionError, path):
                call("parse_csv", path=path)
        with self.assertRaises(FileNotFoundError):
            call("parse_csv", path="missing.csv")

    def test_any_table_survives_writing_and_reading(self) -> None:
        random.seed(7)
        alphabet = 'ab,;"\n\r |\té'
        for case in range(200):
            width = random.randint(2, 5)
            rows = [
                ["x" + "".join(random.choices(alphabet, k=random.randint(0, 8))) for _ in range(width)]
                for _ in range(random.randint(1, 6))
            ]
            columns = [f"c{index}" for index in range(width)]
            path = self.write("x.csv", csv_table.to_csv(columns, rows))
            with self.subTest(case=case, rows=rows):
                self.assertEqual(csv_table.read_table(path, ",").rows, rows)


class TypeTests(unittest.TestCase):
    def test_types_are_as_narrow_as_all_values_allow(self) -> None:
        cases = [
            (["1", "-20", "0"], "integer"),
            (["1", "2.5"], "number"),
            (["1e5", ".5", "+3."], "number"),
            (["01", "2"], "string"),
            (["1" * 30], "string"),
            (["1e999"], "string"),
            (["1_000"], "string"),
            (["nan"], "string"),
            (["inf"], "string"),
            (["true", "False"], "boolean"),
            (["2024-02-29", "2024-03"], "date"),
            (["2023-02-29"], "string"),
            (["2024-01-01T10:00", "2024-01-02 11:30:05Z"], "datetime"),
            (["2024-01-01", "2024-01-01 10:00"], "datetime"),
            (["", " "], "empty"),
            ([], "empty"),
            (["1", "x"], "string"),
            (["٣"], "string"),
        ]
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(column_types.column_type(values), expected)

    def test_cleaning_touches_only_what_it_understands(self) -> None:
        cases = [
            (["$1,200", "300", "NA"], ["1200", "300", ""]),
            (["1,200.50", "-3"], ["1200.50", "-3"]),
            (["NA", "DE"], ["NA", "DE"]),
            (["1,2", "3"], ["1,2", "3"]),
            (["007", "n/a"], ["007", "n/a"]),
            (["-", "2024-01-01"], ["", "2024-01-01"]),
            ([" a\xa0", ""], ["a", ""]),
            (["NA", "-"], ["NA", "-"]),
        ]
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(column_types.cleaned(values), expected)


class TransformTests(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sales = self.write("sales.csv", SALES)

    def test_cleans_with_nothing_but_a_path(self) -> None:
        result = call("transform_csv", path=self.sales)
        self.assertEqual(result["path"], "sales-transformed.csv")
        self.assertEqual(
            rows_of(result),
            [
                ["month", "region", "revenue", "units"],
                ["2024-01", "North", "1200.50", "10"],
                ["2024-01", "South", "800", ""],
                ["2024-02", "North", "900.25", "7"],
                ["2024-03", "South", "", "9"],
            ],
        )
        self.assertEqual(result["removed"], {"empty": 1, "duplicates": 1})
        self.assertEqual([column["type"] for column in result["columns"]], ["date", "string", "number", "integer"])
        self.assertEqual(call("transform_csv", path=self.sales)["path"], result["path"])
        self.assertEqual(Path(self.sales).read_text(), SALES)

    def test_filters_by_the_meaning_of_the_column(self) -> None:
        cases = [
            ([{"column": "revenue", "op": ">", "value": 850}], 2),
            ([{"column": "revenue", "op": "<=", "value": "900.25"}], 2),
            ([{"column": "region", "value": "South"}], 2),
            ([{"column": "region", "op": "contains", "value": "OUT"}], 2),
            ([{"column": "units", "op": "is_empty"}], 1),
            ([{"column": "units", "op": "!=", "value": 7}], 3),
            ([{"column": "month", "op": "in", "value": ["2024-01", "2024-03"]}], 3),
            ([{"column": "month", "op": ">=", "value": "2024-02"}, {"column": "region", "value": "North"}], 1),
        ]
        for where, expected in cases:
            with self.subTest(where=where):
                self.assertEqual(call("transform_csv", path=self.sales, where=where)["row_count"], expected)

    def test_groups_sorts_selects_and_renames(self) -> None:
        result = call(
            "transform_csv",
            path=self.sales,
            group_by=["region"],
            output="out/by-region.csv",
            aggregate=[
                {"column": "revenue"},
                {"column": "units", "function": "mean", "as": "units"},
                {"function": "count"},
            ],
            sort_by=["-sum_revenue"],
            select=["region", "sum_revenue", "units", "count"],
            rename={"sum_revenue": "revenue"},
        )
        self.assertEqual(
            rows_of(result),
            [["region", "revenue", "units", "count"], ["North", "2100.75", "8.5", "2"], ["South", "800", "9", "2"]],
        )
        total = call("transform_csv", path=self.sales, aggregate=[{"column": "revenue"}], output="total.csv")
        self.assertEqual(rows_of(total), [["sum_revenue"], ["2900.75"]])

    def test_sums_do_not_show_binary_noise(self) -> None:
        path = self.write("x.csv", "v\n" + "0.1\n" * 10 + "0.2\n")
        result = call("transform_csv", path=path, deduplicate=False, aggregate=[{"column": "v"}])
        self.assertEqual(rows_of(result)[1], ["1.2"])

    def test_sorts_numbers_as_numbers_and_empty_cells_last(self) -> None:
        path = self.write("x.csv", "n,t\n10,b\n9,a\n,c\n-1,B\n")
        for sort_by, expected in (
            (["n"], ["-1", "9", "10", ""]),
            (["-n"], ["10", "9", "-1", ""]),
            (["t", "n"], ["9", "-1", "10", ""]),
        ):
            with self.subTest(sort_by=sort_by):
                result = call("transform_csv", path=path, sort_by=sort_by, output=f"{'-'.join(sort_by)}.csv")
                self.assertEqual([row[0] for row in rows_of(result)[1:]], expected)

    def test_a_file_with_only_a_header_stays_valid(self) -> None:
        result = call("transform_csv", path=self.write("x.csv", "a,b\n"), group_by=["a"])
        self.assertEqual(rows_of(result), [["a", "count"]])

    def test_wrong_arguments_name_what_is_right(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"select": ["turnover"]}, "no column 'turnover'; the columns are 'month', 'region'"),
            ({"where": [{"column": "revenue", "op": ">", "value": "much"}]}, "holds numbers"),
            ({"where": [{"column": "revenue", "op": ">"}]}, "needs a value"),
            ({"where": [{"column": "region", "op": "in", "value": "x"}]}, "list of values"),
            ({"where": [{"column": "region", "op": "like", "value": "x"}]}, "'like' is not a condition"),
            ({"aggregate": [{"column": "region", "function": "sum"}]}, "sum needs numbers"),
            ({"aggregate": [{"column": "units", "function": "mode"}]}, "'mode' is not an aggregate"),
            ({"aggregate": [{"function": "sum"}]}, "needs a column"),
            ({"limit": 0}, "at least 1"),
            ({"group_by": ["region"], "aggregate": [{"function": "count", "as": "region"}]}, "share a name"),
            ({"rename": {"month": "region"}}, "must be unique"),
            ({"rename": {"x": "y"}}, "no column 'x'"),
        ]
        for arguments, message in cases:
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, message):
                tools.transform_csv(self.sales, **arguments)
        with self.assertRaises(FileExistsError):
            call("transform_csv", path=self.sales, output="sales.csv")
        with self.assertRaises(PermissionError):
            call("transform_csv", path=self.sales, output="../out.csv")


class OtherToolTests(WorkspaceTestCase):
    def test_summarises_columns(self) -> None:
        path = self.write("x.csv", "n,t\n1,a\n2,b\n3,a\n,a\n")
        number, text = call("summarize_csv", path=path)["columns"]
        self.assertEqual(
            (number["mean"], number["median"], number["minimum"], number["maximum"], number["empty"]), (2.0, 2, 1, 3, 1)
        )
        self.assertAlmostEqual(number["standard_deviation"], 0.8164965809)
        self.assertEqual((text["top"][0], text["distinct"], text["mean"]), ({"value": "a", "count": 3}, 2, None))

    def test_validation_lists_the_cells_that_break_a_rule(self) -> None:
        path = self.write("x.csv", "id,age,state\n1,30,open\n1,-4,closed\n,x,lost\n")
        rules = [
            {"column": "id", "required": True, "unique": True},
            {"column": "age", "type": "integer", "minimum": 0},
            {"column": "state", "allowed": ["open", "closed"]},
            {"column": "email"},
        ]
        result = call("validate_csv", path=path, rules=rules)
        found = [(problem["column"], problem["row"], problem["problem"]) for problem in result["problems"]]
        self.assertEqual(
            found,
            [
                ("id", 2, "repeats row 1"),
                ("id", 3, "is empty"),
                ("age", 2, "is not between 0 and any"),
                ("age", 3, "is not of type integer"),
                ("state", 3, "is not one of the allowed values"),
                ("email", None, "the column is missing"),
            ],
        )
        self.assertTrue(call("validate_csv", path=path, rules=[{"column": "age", "type": "string"}])["valid"])

    def test_converts_to_each_format(self) -> None:
        path = self.write("x.csv", "n;t\n1;a|b\n;ü\n")
        records = [{"n": 1, "t": "a|b"}, {"n": None, "t": "ü"}]
        results = {name: call("convert_csv", path=path, format=name, output=f"out.{name}") for name in tools.SUFFIXES}
        content = {name: Path(result["path"]).read_text() for name, result in results.items()}
        self.assertEqual(json.loads(content["json"]), records)
        self.assertEqual([json.loads(line) for line in content["jsonl"].splitlines()], records)
        self.assertEqual(content["tsv"], "n\tt\n1\ta|b\n\tü\n")
        self.assertEqual(content["csv"], "n,t\n1,a|b\n,ü\n")
        self.assertEqual(content["markdown"].splitlines()[2], "| 1 | a\\|b |")
        with self.assertRaisesRegex(ValueError, "format must be one of"):
            tools.convert_csv(path, "xlsx")

    def test_combines_files_by_column_name(self) -> None:
        paths = [self.write("a.csv", "x,y\n1,2\n"), self.write("b.csv", "y,z\n3,4\n")]
        result = call("combine_csv", paths=paths, source_column="file")
        self.assertEqual(rows_of(result), [["x", "y", "z", "file"], ["1", "2", "", "a.csv"], ["", "3", "4", "b.csv"]])
        with self.assertRaisesRegex(ValueError, "already is a column"):
            call("combine_csv", paths=paths, source_column="x")
        with self.assertRaisesRegex(ValueError, "between 2 and 100"):
            tools.combine_csv(paths[:1])

    def test_previews_are_bounded(self) -> None:
        path = self.write("x.csv", ",".join(f"c{index}" for index in range(80)) + "\n" + ("y" * 500 + ",") * 79 + "\n")
        result = call("parse_csv", path=path)
        self.assertEqual((len(result["columns"]), len(result["preview"][0])), (80, 50))
        self.assertEqual(len(result["preview"][0]["c0"]), 201)


if __name__ == "__main__":
    unittest.main()
