"""Tests of the chart-gen tools: what is inferred, what is refused, and that the documents are sound."""

from __future__ import annotations

import re
import unittest
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import tools

SVG = "{http://www.w3.org/2000/svg}"
SALES = "month,region,revenue,units,order_id\n" + "".join(
    f"2024-{month:02d},{region},{base + 10 * month}.5,{base // 10 + month % 3},{month * 10 + base % 7}\n"
    for month in range(1, 13)
    for region, base in (("North", 100), ("South", 80), ('<West> & "co"', 150))
)
HOSTILE = '<script>alert("x")</script>'


def parse_svg(path: str) -> ElementTree.Element:
    """Parse a drawing and check what every drawing promises."""
    root = ElementTree.fromstring(Path(path).read_bytes())
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(identifiers)) == len(identifiers), "identifiers must be unique"
    assert set(str(root.get("aria-labelledby")).split()) <= set(identifiers)
    assert all(reference in identifiers for reference in re.findall(r"url\(#([^)]+)\)", Path(path).read_text()))
    assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
    assert "nan" not in Path(path).read_text().lower().replace("finance", "")
    return root


def texts(root: ElementTree.Element) -> list[str]:
    return [str(element.text) for element in root.iter(f"{SVG}text")]


class ContractTests(SkillContract, unittest.TestCase):
    pass


class InferenceTests(WorkspaceTestCase):
    def test_the_chart_suits_the_columns(self) -> None:
        cases: list[tuple[str, dict[str, Any], tuple[str, str, list[str], str | None]]] = [
            (SALES, {}, ("line", "month", ["revenue"], "region")),
            (SALES, {"kind": "bar"}, ("bar", "region", ["revenue"], None)),
            (SALES, {"x": "Region"}, ("bar", "region", ["revenue"], None)),
            (SALES, {"y": "units"}, ("line", "month", ["units"], None)),
            (SALES, {"kind": "scatter"}, ("scatter", "revenue", ["units"], None)),
            (SALES, {"kind": "histogram"}, ("histogram", "revenue", [], None)),
            (SALES, {"kind": "histogram", "y": "units"}, ("histogram", "units", [], None)),
            (SALES, {"kind": "pie"}, ("pie", "region", ["revenue"], None)),
            (SALES, {"x": "region", "aggregate": "count"}, ("bar", "region", [], None)),
            ("year,sales\n2021,5\n2022,6\n2023,7\n", {}, ("line", "year", ["sales"], None)),
            ("name,score\nAda,3\nBob,5\n", {}, ("bar", "name", ["score"], None)),
            ("colour\nred\nblue\nred\n", {}, ("bar", "colour", [], None)),
            ("height\n1.5\n1.7\n1.6\n", {}, ("histogram", "height", [], None)),
            ("a,b\n" + "".join(f"{n},{n * n}\n" for n in range(10)), {}, ("scatter", "a", ["b"], None)),
            (
                "day,low,high,volume\n2024-01-01,9,11,50000\n2024-01-02,8,12,61000\n",
                {},
                ("line", "day", ["low", "high"], None),
            ),
            ("id,id code\n1,2\n3,4\n", {}, ("bar", "id", [], None)),
        ]
        for number, (text, arguments, expected) in enumerate(cases):
            with self.subTest(text=text[:30], arguments=arguments):
                result = call("create_chart", path=self.write("x.csv", text), output=f"{number}.svg", **arguments)
                self.assertEqual((result["kind"], result["x"], result["y"], result["series"]), expected)
                parse_svg(result["path"])

    def test_suggestions_can_be_drawn(self) -> None:
        path = self.write("sales.csv", SALES)
        result = call("suggest_charts", path=path)
        self.assertEqual([one["kind"] for one in result["suggestions"]], ["line", "bar", "pie", "scatter", "histogram"])
        for one in result["suggestions"]:
            arguments = {key: value for key, value in one.items() if key != "reason" and value}
            self.assertEqual(call("create_chart", path=path, **arguments)["kind"], one["kind"])

    def test_rows_are_put_together_as_asked(self) -> None:
        path = self.write("x.csv", "k,v\na,1\na,3\nb,10\n")
        cases = {"sum": ["10", "4"], "mean": ["10", "2"], "max": ["10", "3"], "count": ["2", "1"]}
        for aggregate, expected in cases.items():
            with self.subTest(aggregate):
                result = call("create_chart", path=path, y="v", aggregate=aggregate, output=f"{aggregate}.svg")
                labels = [
                    element.text
                    for element in parse_svg(result["path"]).iter(f"{SVG}text")
                    if element.get("font-weight") == "600" and str(element.text).isdigit()
                ]
                self.assertEqual(sorted(labels, key=int, reverse=True), expected)
                self.assertIn("a" if aggregate == "count" else "b", result["description"])


class DrawingTests(WorkspaceTestCase):
    def test_every_kind_has_marks_that_explain_themselves(self) -> None:
        path = self.write("sales.csv", SALES)
        for kind, marks in {"line": 36, "bar": 3, "scatter": 36, "pie": 3}.items():
            with self.subTest(kind):
                result = call("create_chart", path=path, kind=kind)
                self.assertEqual(result["path"], f"sales-{kind}.svg")
                tooltips = [title.text for title in parse_svg(result["path"]).iter(f"{SVG}title")]
                self.assertEqual(len(tooltips) - 1, marks)
                self.assertEqual(result["point_count"], marks)

    def test_series_differ_without_colour(self) -> None:
        path = self.write("sales.csv", SALES)
        lines = parse_svg(call("create_chart", path=path)["path"])
        dashes = {
            element.get("stroke-dasharray") for element in lines.iter(f"{SVG}path") if element.get("fill") == "none"
        }
        self.assertEqual(len(dashes), 3)
        bars = parse_svg(call("create_chart", path=path, kind="bar", x="month", series="region")["path"])
        fills = {str(element.get("fill")) for element in bars.iter(f"{SVG}path") if "url" in str(element.get("fill"))}
        self.assertEqual(len(fills), 3)
        self.assertIn('<West> & "co"', texts(bars))

    def test_data_cannot_inject_markup(self) -> None:
        path = self.write("x.csv", f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",v\n]]>&\x01\x0b,1\n"\'><b>",2\n')
        for kind in ("bar", "pie", "line"):
            result = call("create_chart", path=path, kind=kind, title=f"{HOSTILE}\x00", output=f"{kind}.svg")
            with self.subTest(kind):
                root = parse_svg(result["path"])
                self.assertEqual({element.tag for element in root.iter() if "script" in element.tag}, set())
                self.assertIn(HOSTILE, str(root.findtext(f"{SVG}title")))

    def test_odd_data_is_drawn(self) -> None:
        cases = {
            "one row": "k,v\na,5\n",
            "zeros": "k,v\na,0\nb,0\n",
            "negative": "k,v\na,-5\nb,-1\n",
            "mixed": "k,v\na,-5\nb,9\n",
            "huge": "k,v\na,1e15\nb,3e17\n",
            "tiny": "k,v\na,0.00001\nb,0.00002\n",
            "gaps": "k,v\na,1\nb,\nc,n/a\nd,2\n",
            "one time": "day,v\n2024-01-01,1\n",
            "same time": "day,v\n2024-01-01,1\n2024-01-01,3\n",
            "minutes": "at,v\n2024-01-01T10:00,1\n2024-01-01T10:07,2\n2024-01-01 11:00,4\n",
            "zones": "at,v\n2024-01-01T10:00Z,1\n2024-01-01T10:00+02:00,2\n",
            "centuries": "d,v\n1200-01-01,1\n2024-01-01,2\n",
            "equal": "k,v\na,7\nb,7\n",
            "money": 'k,v\na,"$1,200.50"\nb,$3\n',
            "long": f"k,v\n{'word ' * 60},1\nb,2\n",
            "unicode": "年,値\n東京都,1\nÜber,2\n",
            "semicolons": "k;v\na;1\nb;2\n",
            "months": "m,v\nFeb,2\nJan,1\nMar,3\n",
        }
        for number, (name, text) in enumerate(cases.items()):
            for kind in (None, "bar", "line", "histogram"):
                with self.subTest(name, kind=kind):
                    path = self.write("x.csv", text)
                    parse_svg(
                        call(
                            "create_chart", path=path, output=f"{number}-{kind}.svg", **({"kind": kind} if kind else {})
                        )["path"]
                    )

    def test_months_and_quarters_keep_their_order(self) -> None:
        for names in (["Jan", "Feb", "Mar"], ["Q1 2023", "Q2 2023", "Q1 2024"], ["Monday", "Tuesday", "Sunday"]):
            with self.subTest(names=names):
                rows = "".join(f"{name},{value}\n" for name, value in zip(reversed(names), (1, 9, 5), strict=True))
                path = self.write("x.csv", f"when,v\n{rows}")
                found = texts(parse_svg(call("create_chart", path=path, kind="bar", output=f"{names[0]}.svg")["path"]))
                self.assertEqual([text for text in found if text in names], names)

    def test_too_much_data_is_reduced_and_said(self) -> None:
        many = "k,v\n" + "".join(f"name {number},{number}\n" for number in range(100))
        bars = call("create_chart", path=self.write("many.csv", many), kind="bar")
        self.assertEqual(bars["point_count"], 20)
        self.assertIn("Other adds up 81 more values", bars["description"])
        mean = call("create_chart", path="many.csv", kind="bar", aggregate="mean", output="mean.svg")
        self.assertIn("The first 19 of 100 values are shown", mean["description"])
        pie = call("create_chart", path="many.csv", kind="pie")
        self.assertEqual(pie["point_count"], 7)
        points = "x,y\n" + "".join(f"{number},{number % 97}\n" for number in range(20_000))
        scatter = call("create_chart", path=self.write("points.csv", points), kind="scatter")
        self.assertLessEqual(scatter["point_count"], 3_000)
        line = call("create_chart", path="points.csv", kind="line", x="x", y="y")
        self.assertLessEqual(line["point_count"], 1_000)
        self.assertIn("extremes are kept", line["description"])

    def test_the_same_call_gives_the_same_file(self) -> None:
        path = self.write("sales.csv", SALES)
        self.assertEqual(call("create_chart", path=path), call("create_chart", path=path))
        self.assertEqual(len(list(Path().glob("*.svg"))), 1)

    def test_plots_given_values(self) -> None:
        result = call(
            "plot_values", labels=["Q1", "Q2", "Q3"], series={"cost": [1, None, 3], "income": [2.5, -1, 4]}, kind="line"
        )
        self.assertEqual((result["path"], result["point_count"]), ("cost-and-income.svg", 5))
        parse_svg(result["path"])
        whole = call("plot_values", labels=["only"], series={"share": [4]}, kind="pie", title="All of it")
        self.assertIn("100%", texts(parse_svg(whole["path"])))


class RefusalTests(WorkspaceTestCase):
    def test_wrong_requests_say_what_is_right(self) -> None:
        path = self.write("sales.csv", SALES)
        cases: list[tuple[dict[str, Any], str]] = [
            ({"kind": "radar"}, "not a kind of chart; use line"),
            ({"x": "month ", "y": "profit"}, "no column"),
            ({"y": "region"}, "holds no numbers"),
            ({"kind": "histogram", "x": "region"}, "holds no numbers"),
            ({"aggregate": "mode"}, "not an aggregate"),
            ({"kind": "pie", "y": ["revenue", "units"]}, "one y"),
            ({"kind": "pie", "series": "region"}, "no series"),
            ({"width": 10}, "width must be"),
            ({"title": "x" * 301}, "at most 300"),
        ]
        for arguments, message in cases:
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, message):
                tools.create_chart(path, **arguments)
        self.assertEqual(list(Path().glob("*.svg")), [])

    def test_files_that_cannot_be_charted_are_refused(self) -> None:
        cases = {"header only": "a,b\n", "empty": "", "json": '[{"a": 1}]', "binary": "a\0b", "page": "<html>"}
        for name, text in cases.items():
            with self.subTest(name), self.assertRaises(ValueError):
                call("create_chart", path=self.write("x.csv", text))
        self.write("negative.csv", "k,v\na,-1\nb,2\n")
        with self.assertRaisesRegex(ValueError, "not negative"):
            call("create_chart", path="negative.csv", kind="pie")
        days = "day,v\n" + "".join(f"2024-{month:02d}-{day:02d},1\n" for month in range(1, 6) for day in range(1, 29))
        with self.assertRaisesRegex(ValueError, "too many for bars"):
            call("create_chart", path=self.write("days.csv", days), kind="bar", x="day")

    def test_paths_outside_the_workspace_are_refused(self) -> None:
        path = self.write("sales.csv", SALES)
        for arguments in (
            {"path": "../x.csv"},
            {"path": path, "output": "/x.svg"},
            {"path": path, "output": ".git/x"},
        ):
            with self.subTest(arguments=arguments), self.assertRaises(PermissionError):
                call("create_chart", **arguments)
        with self.assertRaises(FileNotFoundError):
            call("build_report", path="missing.csv")

    def test_given_values_must_fit(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"labels": ["a"], "series": {"s": [1, 2]}}, "2 values for 1 labels"),
            ({"labels": [], "series": {"s": []}}, "1 to 500"),
            ({"labels": ["a", "a"], "series": {"s": [1, 2]}}, "unique"),
            ({"labels": ["a"], "series": {"s": [None]}}, "one value"),
            ({"labels": ["a"], "series": {"s": [1]}, "kind": "scatter"}, "bar, line or pie"),
        ]
        for arguments, message in cases:
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, message):
                tools.plot_values(**arguments)


class ReportTests(WorkspaceTestCase):
    def test_a_report_needs_nothing_but_a_path(self) -> None:
        result = call("build_report", path=self.write("sales.csv", SALES))
        self.assertEqual(
            (result["path"], result["title"], len(result["charts"])), ("sales-report.html", "Sales report", 5)
        )
        document = Path(result["path"]).read_text()
        self.assertEqual(document.count("<svg"), 5)
        self.assertEqual(len(document.encode()), result["bytes"])
        identifiers = re.findall(r' id="([^"]+)"', document)
        self.assertEqual(len(set(identifiers)), len(identifiers))
        self.assertIn("36 rows, 5 columns", document)
        self.assertEqual(call("build_report", path="sales.csv"), result)

    def test_a_report_is_well_formed_and_loads_nothing(self) -> None:
        path = self.write("x.csv", f'name,"<img src=x>"\n"{HOSTILE.replace(chr(34), chr(34) * 2)}",1\nb,2\n')
        result = call("build_report", path=path, title=HOSTILE, introduction=f"First {HOSTILE}\n\nSecond <b>part</b>")
        document = Path(result["path"]).read_text()
        checker = TagChecker()
        checker.feed(document)
        self.assertEqual((checker.open, checker.tags & {"script", "img", "link", "iframe", "b"}), ([], set()))
        self.assertEqual(document.count("<p>"), 2)
        self.assertNotRegex(document.replace("http://www.w3.org/2000/svg", ""), r"https?://")
        self.assertIn("default-src 'none'", document)

    def test_charts_can_be_chosen(self) -> None:
        path = self.write("sales.csv", SALES)
        charts = [{"kind": "bar", "x": "region", "y": "units", "title": "Units"}] * 2 + [
            {"x": "month", "aggregate": "mean"}
        ]
        result = call("build_report", path=path, title="Mine", charts=charts, output="out/mine.html")
        self.assertEqual([chart["title"] for chart in result["charts"]][:2], ["Units", "Units"])
        self.assertEqual(result["path"], "out/mine.html")
        identifiers = re.findall(r' id="([^"]+)"', Path("out/mine.html").read_text())
        self.assertEqual(len(set(identifiers)), len(identifiers))
        for wish, message in (
            ({"kind": "radar"}, "Chart 1: 'radar'"),
            ({"colour": "red"}, "Chart 1: colour is not understood"),
        ):
            with self.subTest(wish=wish), self.assertRaisesRegex(ValueError, message):
                tools.build_report(path, charts=[wish])

    def test_a_report_without_numbers_counts_rows(self) -> None:
        result = call("build_report", path=self.write("x.csv", "colour\nred\nblue\nred\n"))
        self.assertEqual([chart["kind"] for chart in result["charts"]], ["bar"])


class TagChecker(HTMLParser):
    """Collects tags and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes nothing")


if __name__ == "__main__":
    unittest.main()
