"""Gets the document a tool works on: from the web, within limits, or from a file of the workspace."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import unquote, urlsplit

from http_request import checked_url, raise_for_status, request
from workspace import existing_file, relative_name

MAX_DOCUMENT_BYTES = 20_000_000
PAGE_TYPES = "text/html, application/xhtml+xml, text/plain;q=0.8"


@dataclass
class Document:
    """A page or text document as text, and where it came from."""

    text: str
    url: str
    media_type: str
    bytes: int
    raw: bytes = b""

    @property
    def is_html(self) -> bool:
        return "html" in self.media_type or bool(re.match(r"\s*<(!doctype html|html)\b", self.text, re.IGNORECASE))

    @property
    def stem(self) -> str:
        """A harmless file name without ending, from the last part of the address."""
        parts = urlsplit(self.url)
        last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "page"
        name = re.sub(r"[^\w.\-]+", "-", Path(last).stem if "." in last.strip(".") else last).strip("-._")
        return name[:100] or "page"


def is_url(page: str) -> bool:
    """Tell an address from a path."""
    return bool(re.match(r"\s*https?://", page, re.IGNORECASE))


def fetch(url: str, timeout_seconds: float, accept: str = PAGE_TYPES) -> Document:
    """Get a text document from the web."""
    with request("GET", url, headers={"Accept": accept}, timeout_seconds=timeout_seconds) as response:
        raise_for_status(response)
        body = response.body(MAX_DOCUMENT_BYTES)
    body = unpacked(body)
    return Document(decoded(body, response.headers), response.url, response.media_type, len(body), body)


def load(page: str, base_url: str | None, timeout_seconds: float) -> Document:
    """Get a page from an address, or from a saved file whose links are read relative to `base_url`."""
    if is_url(page):
        return fetch(page, timeout_seconds)
    file = existing_file(page)
    if file.stat().st_size > MAX_DOCUMENT_BYTES:
        raise ValueError(f"'{page}' is larger than the limit of {MAX_DOCUMENT_BYTES} bytes.")
    body = file.read_bytes()
    if b"\0" in body[:8192]:
        raise ValueError(f"'{page}' is not a text document; give an HTML file or the address of a page.")
    name = relative_name(file)
    url = checked_url(base_url).geturl() if base_url else f"file:///{name}"
    is_html = file.suffix.lower() in (".html", ".htm", ".xhtml")
    return Document(decoded(body, Message()), url, "text/html" if is_html else "text/plain", len(body), body)


def unpacked(body: bytes) -> bytes:
    """Undo gzip where the document itself is a .gz file, without letting it grow beyond the limit."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = decoder.decompress(body, MAX_DOCUMENT_BYTES)
    except zlib.error as error:
        raise ValueError(f"The compressed document is damaged: {error}.") from None
    if decoder.unconsumed_tail:
        raise ValueError(f"The document unpacks to more than {MAX_DOCUMENT_BYTES} bytes.")
    return content


def decoded(body: bytes, headers: Message) -> str:
    """Decode with the declared character set, else the one the page names, else UTF-8, else Windows-1252."""
    named = re.search(rb"""<meta[^>]{0,200}?charset=["']?([\w-]{1,40})""", body[:4096], re.IGNORECASE)
    declared = headers.get_content_charset() or (named[1].decode("ascii", "replace") if named else "")
    for encoding in (declared, "utf-8-sig"):
        try:
            return body.decode(encoding or "utf-8-sig")
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", errors="replace")
