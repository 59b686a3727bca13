"""What a page says about itself: title, description, language, headings and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

MAX_HEADINGS = 100
MAX_LINKS = 5_000
MAX_TEXT_CHARACTERS = 300
HEADINGS = {"h1", "h2", "h3"}
RAW = {"script", "style", "template", "noscript"}


@dataclass
class Link:
    """An absolute link of a page, by its first text."""

    url: str
    text: str
    is_nofollow: bool = False


@dataclass
class Structure:
    """The parts of a page that machines read."""

    title: str = ""
    description: str = ""
    language: str = ""
    canonical: str | None = None
    headings: list[dict[str, object]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def read_structure(html: str, url: str) -> Structure:
    """Read the structure of a page; links are absolute, without fragments, and each occurs once."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    structure = reader.structure
    structure.title = _one_line(reader.title) or structure.title
    structure.headings = [
        {"level": heading["level"], "text": _one_line(str(heading["text"]))} for heading in structure.headings
    ]
    structure.headings = [heading for heading in structure.headings if heading["text"]]
    for link in structure.links:
        link.text = _one_line(link.text)
    return structure


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.structure = Structure()
        self.title = ""
        self.base = url
        self.is_in_title = False
        self.heading: dict[str, object] | None = None
        self.link: Link | None = None
        self.seen: dict[str, Link] = {}
        self.raw = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag in RAW:
            self.raw += 1
        elif tag == "html":
            self.structure.language = self.structure.language or values.get("lang", "")[:35]
        elif tag == "base":
            self.base = _joined(self.base, values.get("href", "")) or self.base
        elif tag == "title":
            self.is_in_title = not self.title
        elif tag == "meta":
            self._read_meta(values)
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.structure.canonical = _joined(self.base, values.get("href", ""))
        elif tag in HEADINGS and len(self.structure.headings) < MAX_HEADINGS:
            self.heading = {"level": int(tag[1]), "text": ""}
            self.structure.headings.append(self.heading)
        elif tag in ("a", "area"):
            self._start_link(values)
        elif tag == "img" and self.link is not None and not self.link.text.strip():
            self.link.text = values.get("alt", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in RAW:
            self.raw = max(0, self.raw - 1)
        elif tag == "title":
            self.is_in_title = False
        elif tag in HEADINGS:
            self.heading = None
        elif tag == "a":
            self.link = None

    def handle_data(self, data: str) -> None:
        if self.raw:
            return
        if self.is_in_title:
            self.title += data
        if self.heading is not None and len(str(self.heading["text"])) < MAX_TEXT_CHARACTERS:
            self.heading["text"] = f"{self.heading['text']}{data}"
        if self.link is not None and len(self.link.text) < MAX_TEXT_CHARACTERS:
            self.link.text += data

    def _read_meta(self, values: dict[str, str]) -> None:
        name = (values.get("name") or values.get("property", "")).lower()
        if name in ("description", "og:description") and not self.structure.description:
            self.structure.description = _one_line(values.get("content", ""))
        if name == "og:title":
            self.structure.title = _one_line(values.get("content", ""))

    def _start_link(self, values: dict[str, str]) -> None:
        target = _joined(self.base, values.get("href", ""))
        self.link = None
        if target is None or len(self.seen) >= MAX_LINKS:
            return
        if target in self.seen:
            if not self.seen[target].text.strip():
                self.link = self.seen[target]
            return
        self.link = Link(target, "", "nofollow" in values.get("rel", "").lower().split())
        self.seen[target] = self.link
        self.structure.links.append(self.link)


def _joined(base: str, target: str) -> str | None:
    """The absolute http or https address, or None for anything else."""
    try:
        joined = urldefrag(urljoin(base, "".join(target.split()))).url
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT_CHARACTERS]
