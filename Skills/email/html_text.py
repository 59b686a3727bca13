"""Readable text of an HTML page: headings, paragraphs, lists and links, without scripts and navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = {"script", "style", "noscript", "template", "svg", "math", "select", "textarea", "button"}
AROUND = {"nav", "footer", "aside"}
BLOCKS = {
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
}
MIN_MAIN_CHARACTERS = 200
MAX_LINKS = 50


@dataclass
class Page:
    """What a reader of a page sees."""

    title: str = ""
    text: str = ""
    links: list[dict[str, str]] = field(default_factory=list)


def read_page(html: str) -> Page:
    """Extract the text, preferring the main part; a page that is all navigation is given whole."""
    reader = _Reader(AROUND)
    reader.feed(html)
    reader.close()
    text = _tidy(reader.main)
    if len(text) < MIN_MAIN_CHARACTERS:
        text = _tidy(reader.parts)
    if not text:
        reader = _Reader(set())
        reader.feed(html)
        reader.close()
        text = _tidy(reader.parts)
    links = [{"text": _one_line([link["text"]]), "url": link["url"]} for link in reader.links]
    return Page(_one_line(reader.title), text, links)


class _Reader(HTMLParser):
    def __init__(self, skipped: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.skipped = skipped
        self.parts: list[str] = []
        self.main: list[str] = []
        self.title: list[str] = []
        self.links: list[dict[str, str]] = []
        self._open: dict[str, int] = {}
        self._link: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in SILENT or tag in self.skipped or tag in ("main", "article", "title", "pre"):
            self._open[tag] = self._open.get(tag, 0) + 1
        if tag in BLOCKS:
            self._write("\n\n" if tag in ("p", "table", "pre", "ul", "ol") or tag[0] == "h" and len(tag) == 2 else "\n")
        if tag == "li":
            self._write("- ")
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._write("#" * int(tag[1]) + " ")
        elif tag in ("td", "th"):
            self._write(" | ")
        elif tag == "a" and not self._is_silent():
            self._start_link(dict(attributes).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if self._open.get(tag):
            self._open[tag] -= 1
        if tag == "a":
            self._link = None
        elif tag in BLOCKS:
            self._write("\n\n" if tag in ("p", "table", "pre") or len(tag) == 2 and tag[0] == "h" else "\n")

    def handle_data(self, data: str) -> None:
        if self._open.get("title") and not self._open.get("svg"):
            self.title.append(data)
            return
        self._write(data if self._open.get("pre") else re.sub(r"\s+", " ", data))
        if self._link is not None and len(self._link["text"]) < 200:
            self._link["text"] += data

    def _start_link(self, target: str | None) -> None:
        if target and not target.startswith(("#", "javascript:", "data:")) and len(self.links) < MAX_LINKS:
            self._link = {"text": "", "url": target.strip()}
            self.links.append(self._link)

    def _is_silent(self) -> bool:
        return any(self._open.get(tag) for tag in SILENT) or any(self._open.get(tag) for tag in self.skipped)

    def _write(self, text: str) -> None:
        starts_a_line = not self.parts or self.parts[-1].endswith("\n")
        if self._is_silent() or (starts_a_line and text in ("\n", " ")):
            return
        self.parts.append(text)
        if self._open.get("main") or self._open.get("article"):
            self.main.append(text)


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())[:300]


def _tidy(parts: list[str]) -> str:
    lines = [re.sub(r"[ \t\r\f\v\xa0]+", " ", line).strip() for line in "".join(parts).split("\n")]
    lines = ["" if line in ("-", "|") else line.strip("| ") if line.startswith("|") else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
