"""Sets a text as the pages of a PDF document."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents import MISSING
from markdown import Block, Run, parse
from workspace import existing_file

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 20
LINE = 1.35
POINT = 0.352778  # Millimetres.
HEADING_SIZES = {1: 20, 2: 16, 3: 13, 4: 12, 5: 11, 6: 11}
SYSTEM_FONTS = Path("/usr/share/fonts/truetype/dejavu")
FACES = {
    "": "DejaVuSans.ttf",
    "B": "DejaVuSans-Bold.ttf",
    "I": "DejaVuSans-Oblique.ttf",
    "BI": "DejaVuSans-BoldOblique.ttf",
}
CODE_FACE = "DejaVuSansMono.ttf"
# What the built-in letters lack but texts often hold.
PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "-", "\u202f": " "})
FONT_MARKS = {b"\x00\x01\x00\x00", b"OTTO", b"true"}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}


class Typesetter:
    """Writes blocks onto pages, top to bottom."""

    def __init__(self, page_size: str, font_size: float, title: str | None, created: datetime) -> None:
        try:
            from fpdf import FPDF
        except ImportError:
            raise ModuleNotFoundError(MISSING) from None
        logging.getLogger("fpdf").setLevel(logging.CRITICAL)
        logging.getLogger("fontTools").setLevel(logging.CRITICAL)
        self.pdf: FPDF = FPDF(format=page_size)
        self.pdf.set_creation_date(created)
        self.pdf.set_margins(MARGIN, MARGIN, MARGIN)
        self.pdf.set_auto_page_break(True, MARGIN)
        if title:
            self.pdf.set_title(title)
        self.size = font_size
        self.family, self.code_family = "Helvetica", "Courier"
        self.missing: set[str] = set()
        self.known: set[int] | None = None
        self.pdf.add_page()

    def use_letters_for(self, text: str, font: str | None) -> None:
        """Choose the letters: a given font, else the built-in ones, else those of the system."""
        if font is not None:
            file = existing_file(font)
            with file.open("rb") as opened:
                start = opened.read(4)
            if start not in FONT_MARKS:
                raise ValueError(f"'{font}' is not a TrueType or OpenType font.")
            faces = dict.fromkeys(FACES, str(file))
            code = str(file)
        elif _is_latin(text.translate(PLAIN)):
            return
        else:
            found = {style: SYSTEM_FONTS / name for style, name in FACES.items()}
            faces = {style: str(file) for style, file in found.items() if file.is_file()}
            if "" not in faces:
                raise ValueError(
                    "The text holds letters that the built-in fonts lack, and no DejaVu font is installed; "
                    "give the path of a TrueType font in font."
                )
            faces = {style: faces.get(style, faces[""]) for style in FACES}
            code = str(SYSTEM_FONTS / CODE_FACE) if (SYSTEM_FONTS / CODE_FACE).is_file() else faces[""]
        try:
            for style, place in faces.items():
                self.pdf.add_font("text", style, place)
            for style in FACES:
                self.pdf.add_font("code", style, code)
            self.known = set(self.pdf.fonts["text"].cmap)
        except Exception as error:  # The font parser raises whatever a broken file makes of it.
            raise ValueError(f"The font cannot be used: {str(error)[:200]}.") from None
        self.family, self.code_family = "text", "code"
        self.missing = {letter for letter in text if ord(letter) not in self.known and not letter.isspace()}

    def write(self, text: str, is_markdown: bool) -> None:
        """Set a whole text."""
        if not is_markdown:
            self._preformatted(text)
            return
        previous = None
        for block in parse(text):
            if previous is not None and not (block.kind == previous.kind == "item"):
                self.pdf.ln(self.size * POINT * 0.6)
            self._write_block(block)
            previous = block

    def content(self) -> bytes:
        """The document."""
        return bytes(self.pdf.output())

    def _write_block(self, block: Block) -> None:
        pdf = self.pdf
        if block.kind == "heading":
            size = self.size * HEADING_SIZES[block.level] / 11
            if pdf.will_page_break(size * POINT * 3):
                pdf.add_page()
            pdf.start_section(self._fit("".join(run.text for run in block.runs))[:200], level=0)
            self._runs([Run(run.text, "B" + run.style, run.link) for run in block.runs], size)
        elif block.kind == "item":
            self._indented(block, MARGIN + 5 + 6 * block.level, block.mark or "-")
        elif block.kind == "quote":
            pdf.set_text_color(90, 90, 90)
            self._indented(block, MARGIN + 8, "")
            pdf.set_text_color(0, 0, 0)
        elif block.kind == "code":
            self._code(block.runs[0].text)
        elif block.kind == "rule":
            pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
        elif block.kind == "table":
            self._table(block)
        elif block.kind == "picture":
            self._picture(block)
        else:
            self._runs(block.runs, self.size)

    def _runs(self, runs: list[Run], size: float) -> None:
        for run in runs:
            self._style(run.style, size)
            if run.link:
                self.pdf.set_text_color(20, 70, 160)
            self.pdf.write(size * POINT * LINE, self._fit(run.text), run.link)
            if run.link:
                self.pdf.set_text_color(0, 0, 0)
        self.pdf.ln(size * POINT * LINE)

    def _indented(self, block: Block, left: float, mark: str) -> None:
        pdf = self.pdf
        height = self.size * POINT * LINE
        if pdf.will_page_break(height):
            pdf.add_page()
        if mark:
            self._style("", self.size)
            width = pdf.get_string_width(self._fit(mark))
            pdf.set_x(left - width - 2)
            pdf.cell(width, height, self._fit(mark))
        pdf.set_left_margin(left)
        pdf.set_x(left)
        self._runs(block.runs, self.size)
        pdf.set_left_margin(MARGIN)
        pdf.set_x(MARGIN)

    def _code(self, text: str) -> None:
        self._style("C", self.size * 0.9)
        self.pdf.set_fill_color(242, 242, 242)
        height = self.size * POINT * LINE
        self.pdf.multi_cell(0, height, self._fit(text) or " ", fill=True, align="L", new_x="LMARGIN", new_y="NEXT")

    def _preformatted(self, text: str) -> None:
        self._style("", self.size)
        for line in text.replace("\r\n", "\n").expandtabs(4).split("\n"):
            if not line.strip():
                self.pdf.ln(self.size * POINT * LINE)
                continue
            height = self.size * POINT * LINE
            self.pdf.multi_cell(0, height, self._fit(line), align="L", new_x="LMARGIN", new_y="NEXT")

    def _table(self, block: Block) -> None:
        self._style("", self.size * 0.9)
        columns = len(block.rows[0])
        if columns > 20:
            raise ValueError(f"A table of {columns} columns does not fit onto a page; at most 20 do.")
        self.pdf.set_draw_color(160, 160, 160)
        with self.pdf.table(line_height=self.size * POINT * LINE, text_align="LEFT", padding=1) as table:
            for cells in block.rows:
                row = table.row()
                for cell in cells:
                    row.cell(self._fit("".join(run.text for run in cell)))
        self.pdf.set_draw_color(0, 0, 0)

    def _picture(self, block: Block) -> None:
        """Only pictures of the workspace are set; nothing is fetched."""
        label = block.runs[0].text
        if "://" in block.mark or block.mark.startswith("data:"):
            self._runs([Run(f"[{label or 'picture'}: {block.mark[:200]}]", "I")], self.size)
            return
        file = existing_file(block.mark)
        if file.suffix.lower() not in PICTURES:
            raise ValueError(f"'{block.mark}' is not a picture that a PDF can hold; {', '.join(sorted(PICTURES))} are.")
        try:
            from PIL import Image

            with Image.open(file, formats=["PNG", "JPEG", "GIF", "WEBP", "BMP"]) as picture:
                width, height = picture.size
                if width * height > 100_000_000:
                    raise ValueError(f"'{block.mark}' has more than 100000000 pixels.")
        except ImportError:
            raise ModuleNotFoundError(MISSING) from None
        except (OSError, SyntaxError, Image.DecompressionBombError):
            raise ValueError(f"'{block.mark}' is not a readable picture.") from None
        room = (self.pdf.epw, self.pdf.eph)
        scale = min(room[0] / width, room[1] / height, 25.4 / 96)
        if self.pdf.will_page_break(height * scale):
            self.pdf.add_page()
        self.pdf.image(str(file), w=width * scale, h=height * scale, alt_text=self._fit(label) or None)

    def _style(self, style: str, size: float) -> None:
        family = self.code_family if "C" in style else self.family
        self.pdf.set_font(family, "".join(letter for letter in "BI" if letter in style), size)

    def _fit(self, text: str) -> str:
        """The text in letters that the font has."""
        if self.known is None:
            return text.translate(PLAIN).encode("latin-1", "replace").decode("latin-1")
        return "".join(letter if ord(letter) in self.known or letter.isspace() else "\ufffd" for letter in text)


def _is_latin(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def pages_of(pdf: Any) -> int:
    """The number of pages set so far."""
    return int(pdf.page_no())
