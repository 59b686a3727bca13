"""Tests of the pdf skill on real documents, honest and hostile ones."""

from __future__ import annotations

import io
import os
import sys
import unittest
import zlib
from pathlib import Path
from unittest import mock

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import documents
import typesetting
from documents import chosen_pages
from markdown import parse, runs_of

try:
    import pypdf
    from fpdf import FPDF
    from PIL import Image
    from pypdf.actions import JavaScript
except ImportError:
    pypdf = FPDF = Image = JavaScript = None

PAGES = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
"""
TRAILER = b"trailer<</Root 1 0 R>>\n%%EOF"
REPORT = """# Quarterly *report*

Revenue rose by **12 %**, see [the data](https://example.org/data).
It is fine\\_ned with `code` and 2 * 3 * 4.

- first item
  - nested item
- second item,
  continued
1. numbered

> A quotation
> of two lines.

| Month | Revenue |
| --- | ---: |
| May | 10 \\| 11 |
| June | |

```
def f(x):
    return **x
```

---

Second heading
--------------

![Chart](chart.png)
"""


class ContractTests(SkillContract, unittest.TestCase):
    pass


class MarkdownTests(unittest.TestCase):
    def test_every_kind_of_block_is_read(self) -> None:
        blocks = parse(REPORT)
        kinds = [block.kind for block in blocks]
        items = ["item"] * 4
        self.assertEqual(
            kinds, ["heading", "paragraph", *items, "quote", "table", "code", "rule", "heading", "picture"]
        )
        self.assertEqual([block.level for block in blocks if block.kind == "item"], [0, 1, 0, 0])
        table = next(block for block in blocks if block.kind == "table")
        self.assertEqual(
            [["".join(run.text for run in cell) for cell in row] for row in table.rows],
            [["Month", "Revenue"], ["May", "10 | 11"], ["June", ""]],
        )

    def test_styles_are_read_and_stars_that_are_no_marks_stay(self) -> None:
        cases = {
            "a **b** c": [("a ", ""), ("b", "B"), (" c", "")],
            "**a *b* c**": [("a ", "B"), ("b", "BI"), (" c", "B")],
            "2 * 3 * 4": [("2 * 3 * 4", "")],
            "snake_case_name": [("snake_case_name", "")],
            "`a*b*c`": [("a*b*c", "C")],
            "\\*a\\*": [("*", ""), ("a", ""), ("*", "")],
            "** a": [("** a", "")],
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual([(run.text, run.style) for run in runs_of(text)], expected)

    def test_only_web_addresses_become_links(self) -> None:
        for target, expected in (
            ("https://example.org", "https://example.org"),
            ("javascript:x", ""),
            ("file:///x", ""),
        ):
            with self.subTest(target):
                self.assertEqual(runs_of(f"[a]({target})")[0].link, expected)

    def test_hostile_markdown_is_read_in_time(self) -> None:
        for text in (
            "*" * 5_000,
            "[" * 5_000,
            "**a" * 2_000,
            "`" * 3_001,
            "> " * 2_000,
            "|" * 3_000 + "\n" + "|-" * 3_000,
        ):
            with self.subTest(text[:10]):
                parse(text)


class PageTests(unittest.TestCase):
    def test_pages_are_named_as_people_write_them(self) -> None:
        cases = {
            None: [0, 1, 2, 3],
            "1-2": [0, 1],
            "2-": [1, 2, 3],
            "-1": [3],
            "4,1": [3, 0],
            "3-2": [2, 1],
            " 1 , 1": [0, 0],
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(chosen_pages(text, 4, "x"), expected)
        for text in ("0", "5", "a", "", "1-9", "-5", "1--2", "1,,2"):
            with self.subTest(text), self.assertRaises(ValueError):
                chosen_pages(text, 4, "x")


class MissingPackageTests(WorkspaceTestCase):
    def test_missing_packages_are_named(self) -> None:
        self.write("a.pdf", b"%PDF-1.7")
        for name, tool, arguments in (("pypdf", "pdf_info", {"path": "a.pdf"}), ("fpdf", "create_pdf", {"text": "x"})):
            refused = self.assertRaisesRegex(ModuleNotFoundError, "pip install pypdf==")
            with self.subTest(name), mock.patch.dict(sys.modules, {name: None}), refused:
                call(tool, **arguments)


@unittest.skipIf(pypdf is None or FPDF is None, "needs the Python packages pypdf and fpdf2 (Scripts/setup test)")
class PDFTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.document("four.pdf", ["one", "two", "three", "four"])

    def document(self, path: str, texts: list[str]) -> str:
        pdf = FPDF()
        pdf.set_title(f"Title of {path}")
        pdf.set_font("Helvetica", size=12)
        for text in texts:
            pdf.add_page()
            if text:
                pdf.cell(text=text)
        pdf.output(path)
        return path

    def texts(self, path: str) -> list[str]:
        return [page.extract_text().strip() for page in pypdf.PdfReader(path).pages]


class ReadingTests(PDFTestCase):
    def test_describes_a_document(self) -> None:
        result = call("pdf_info", path="four.pdf")
        self.assertEqual((result["page_count"], result["title"]), (4, "Title of four.pdf"))
        self.assertEqual((result["width_mm"], result["height_mm"]), (210, 297))
        self.assertEqual((result["encrypted"], result["has_scripts"], result["has_attachments"]), (False,) * 3)

    def test_tells_of_scripts_and_attachments_and_does_not_carry_them_over(self) -> None:
        writer = pypdf.PdfWriter(clone_from="four.pdf")
        writer.add_open_action(JavaScript("app.alert('x')"))
        writer.add_attachment("x.txt", b"x")
        writer.write("active.pdf")
        result = call("pdf_info", path="active.pdf")
        self.assertEqual((result["has_scripts"], result["has_attachments"]), (True, True))
        copied = call("pdf_info", path=call("split_pdf", path="active.pdf", pages="1")["path"])
        self.assertEqual((copied["has_scripts"], copied["has_attachments"]), (False, False))

    def test_extracts_the_text_of_all_or_some_pages(self) -> None:
        result = call("extract_pdf_text", path="four.pdf")
        self.assertEqual((result["path"], result["text"]), ("four.txt", "one\n\ntwo\n\nthree\n\nfour"))
        part = call("extract_pdf_text", path="four.pdf", pages="-1,2", output="part.txt")
        self.assertEqual(Path("part.txt").read_text(), "four\n\ntwo\n")
        self.assertEqual(part["page_count"], 2)

    def test_names_pages_without_text_and_cuts_long_texts(self) -> None:
        self.document("mixed.pdf", ["", "text"])
        self.assertEqual(call("extract_pdf_text", path="mixed.pdf")["pages_without_text"], [1])
        self.write("long.txt", "word " * 8_000)
        result = call("extract_pdf_text", path=call("create_pdf", path="long.txt")["path"], output="long-text.txt")
        self.assertEqual((len(result["text"]), result["truncated"]), (20_000, True))
        self.assertEqual(len(Path("long-text.txt").read_text()), result["characters"] + 1)

    def test_an_encrypted_document_needs_its_password_from_the_environment(self) -> None:
        writer = pypdf.PdfWriter(clone_from="four.pdf")
        writer.encrypt("hush", algorithm="RC4-128")
        writer.write("secret.pdf")
        with self.assertRaisesRegex(PermissionError, "encrypted"):
            call("extract_pdf_text", path="secret.pdf")
        with self.assertRaisesRegex(PermissionError, "not set"):
            call("pdf_info", path="secret.pdf", password_env="NO_SUCH_PASSWORD")
        with mock.patch.dict(os.environ, {"PDF_PASSWORD": "hush", "WRONG_PASSWORD": "x"}):
            self.assertIn("one", call("extract_pdf_text", path="secret.pdf", password_env="PDF_PASSWORD")["text"])
            self.assertTrue(call("pdf_info", path="secret.pdf", password_env="PDF_PASSWORD")["encrypted"])
            with self.assertRaises(PermissionError):
                call("pdf_info", path="secret.pdf", password_env="WRONG_PASSWORD")

    def test_damaged_and_other_files_are_refused(self) -> None:
        whole = Path("four.pdf").read_bytes()
        hostile = {
            "text": b"hello",
            "empty": b"",
            "head": b"%PDF-1.7\n",
            "cut": whole[:300],
            "no pages": PAGES + TRAILER,
            "circle": PAGES.replace(b"[]/Count 0", b"[2 0 R]/Count 1") + TRAILER,
        }
        for name, content in hostile.items():
            self.write("x.pdf", content)
            for tool in ("pdf_info", "extract_pdf_text"):
                with self.subTest(name, tool=tool), self.assertRaises(ValueError):
                    call(tool, path="x.pdf")
        with mock.patch.object(documents, "MAX_PAGES", 3), self.assertRaisesRegex(ValueError, "4 pages"):
            call("pdf_info", path="four.pdf")

    def test_a_page_that_unpacks_without_end_is_refused(self) -> None:
        packed = zlib.compress(bytes(80_000_000))
        self.write(
            "bomb.pdf",
            PAGES.replace(b"[]/Count 0", b"[3 0 R]/Count 1")
            + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
            + b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (len(packed), packed)
            + TRAILER,
        )
        with self.assertRaisesRegex(ValueError, "damaged or not supported"):
            call("extract_pdf_text", path="bomb.pdf")


class ChangeTests(PDFTestCase):
    def test_merging_keeps_the_order_and_marks_where_files_begin(self) -> None:
        self.document("other.pdf", ["five", "six"])
        result = call("merge_pdfs", paths=["other.pdf", "four.pdf"], title="All")
        self.assertEqual(self.texts(result["path"]), ["five", "six", "one", "two", "three", "four"])
        reader = pypdf.PdfReader(result["path"])
        self.assertEqual([item.title for item in reader.outline], ["other", "four"])
        self.assertEqual([reader.get_destination_page_number(item) for item in reader.outline], [0, 2])
        self.assertEqual(call("pdf_info", path=result["path"])["title"], "All")

    def test_splitting_takes_pages_or_cuts_into_parts(self) -> None:
        taken = call("split_pdf", path="four.pdf", pages="4,1-2", output="taken.pdf")
        self.assertEqual(self.texts(taken["path"]), ["four", "one", "two"])
        parts = call("split_pdf", path="four.pdf", every=3)["files"]
        self.assertEqual([part["path"] for part in parts], ["four-1-3.pdf", "four-4.pdf"])
        self.assertEqual([self.texts(part["path"]) for part in parts], [["one", "two", "three"], ["four"]])

    def test_rotating_turns_the_named_pages(self) -> None:
        result = call("rotate_pdf", path="four.pdf", degrees=90, pages="2-3")
        again = call("rotate_pdf", path=result["path"], degrees=180, pages="3", output="again.pdf")
        self.assertEqual([page.rotation % 360 for page in pypdf.PdfReader(again["path"]).pages], [0, 90, 270, 0])
        self.assertEqual(result["rotated_pages"], 2)

    def test_originals_stay_and_repeating_gives_the_same_file(self) -> None:
        before = Path("four.pdf").read_bytes()
        for tool, arguments in (
            ("rotate_pdf", {"path": "four.pdf", "degrees": 90}),
            ("split_pdf", {"path": "four.pdf", "pages": "1"}),
            ("merge_pdfs", {"paths": ["four.pdf", "four.pdf"]}),
            ("create_pdf", {"text": "# x"}),
        ):
            with self.subTest(tool):
                self.assertEqual(call(tool, **arguments)["path"], call(tool, **arguments)["path"])
        self.assertEqual(Path("four.pdf").read_bytes(), before)
        with self.assertRaises(FileExistsError):
            call("rotate_pdf", path="four.pdf", degrees=90, output="four.pdf")

    def test_wrong_arguments_are_refused(self) -> None:
        cases = [
            (ValueError, "split_pdf", {"path": "four.pdf"}),
            (ValueError, "split_pdf", {"path": "four.pdf", "pages": "1", "every": 1}),
            (ValueError, "split_pdf", {"path": "four.pdf", "every": 1, "output": "x.pdf"}),
            (ValueError, "split_pdf", {"path": "four.pdf", "pages": "9"}),
            (FileNotFoundError, "merge_pdfs", {"paths": ["four.pdf", "none.pdf"]}),
            (PermissionError, "pdf_info", {"path": "../x.pdf"}),
            (PermissionError, "rotate_pdf", {"path": "four.pdf", "degrees": 90, "output": "../x.pdf"}),
        ]
        for kind, tool, arguments in cases:
            with self.subTest(tool, **arguments), self.assertRaises(kind):
                call(tool, **arguments)


class CreationTests(PDFTestCase):
    def test_markdown_becomes_a_document(self) -> None:
        Image.new("RGB", (800, 400), "red").save("chart.png")
        self.write("report.md", REPORT)
        result = call("create_pdf", path="report.md", title="Report")
        self.assertEqual((result["path"], result["missing_letters"]), ("report.pdf", ""))
        reader = pypdf.PdfReader("report.pdf")
        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        for words in (
            "Quarterly report",
            "Revenue rose by 12 %, see the data. It is fine_ned with code and 2 * 3 * 4.",
            "- nested item",
            "1. numbered",
            "A quotation of two lines.",
            "Month Revenue",
            "10 | 11",
            "return **x",
        ):
            self.assertIn(words, text)
        links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
        self.assertEqual(set(links), {"https://example.org/data"})
        self.assertEqual(sum(len(page.images) for page in reader.pages), 1)
        self.assertEqual([item.title for item in reader.outline], ["Quarterly report", "Second heading"])

    def test_plain_text_keeps_its_lines_and_marks(self) -> None:
        self.write("notes.txt", "# no heading\n\n**no bold**\n")
        text = call("extract_pdf_text", path=call("create_pdf", path="notes.txt")["path"], output="out.txt")["text"]
        self.assertIn("# no heading", text)
        self.assertIn("**no bold**", text)

    def test_a_long_text_fills_pages_of_the_chosen_size(self) -> None:
        result = call("create_pdf", text="line\n\n" * 400, page_size="Letter")
        self.assertGreater(result["page_count"], 4)
        self.assertEqual(call("pdf_info", path=result["path"])["width_mm"], 216)

    @unittest.skipUnless((typesetting.SYSTEM_FONTS / "DejaVuSans.ttf").is_file(), "needs the DejaVu fonts")
    def test_letters_of_other_scripts_are_set_and_missing_ones_named(self) -> None:
        result = call("create_pdf", text="**Привет**, Ελλάδα – `код` 漢")
        self.assertEqual(result["missing_letters"], "漢")
        self.assertIn("Привет, Ελλάδα – код", call("extract_pdf_text", path=result["path"])["text"])

    def test_without_a_font_for_other_scripts_it_says_so(self) -> None:
        with mock.patch.object(typesetting, "SYSTEM_FONTS", Path("/nowhere")):
            with self.assertRaisesRegex(ValueError, "font"):
                call("create_pdf", text="Привет")
            call("create_pdf", text="“quotes” – and … dots • are fine")

    def test_pictures_come_from_the_workspace_only(self) -> None:
        for target, kind in (("../x.png", PermissionError), ("none.png", FileNotFoundError), ("four.pdf", ValueError)):
            with self.subTest(target), self.assertRaises(kind):
                call("create_pdf", text=f"![x]({target})")
        self.write("broken.png", b"x")
        with self.assertRaises(ValueError):
            call("create_pdf", text="![x](broken.png)")
        with mock.patch("urllib.request.urlopen", side_effect=AssertionError("it fetched")):
            call("create_pdf", text="![x](http://127.0.0.1:1/x.png)")

    def test_wrong_texts_are_refused_and_control_characters_left_out(self) -> None:
        self.write("binary.md", b"\xff\xfe")
        self.write("font.ttf", b"no font")
        for arguments in (
            {},
            {"text": " "},
            {"text": "x", "path": "binary.md"},
            {"path": "binary.md"},
            {"text": "x", "title": "a\nb"},
            {"text": "x", "font": "font.ttf"},
            {"text": "x", "font": "four.pdf"},
        ):
            with self.subTest(arguments), self.assertRaises(ValueError):
                call("create_pdf", **arguments)
        self.assertEqual(call("create_pdf", text="a\x00b\x1b")["page_count"], 1)

    def test_a_word_wider_than_the_page_is_broken(self) -> None:
        for text in (
            "x" * 3_000,
            "| a | b |\n|-|-|\n| " + "y" * 500 + " | z |",
            "```\n" + "z" * 500 + "\n```",
            "- " + "w" * 500,
        ):
            with self.subTest(text[:8]):
                call("create_pdf", text=text, output=f"{len(text)}.pdf")
                content = Path(f"{len(text)}.pdf").read_bytes()
                self.assertGreater(len(pypdf.PdfReader(io.BytesIO(content)).pages), 0)


if __name__ == "__main__":
    unittest.main()
