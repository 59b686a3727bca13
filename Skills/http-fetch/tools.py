"""Tools of the http-fetch skill: bring public files, pages and JSON documents into the workspace."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from html_text import read_page  # noqa: E402
from http_request import Response, raise_for_status, request  # noqa: E402
from workspace import save  # noqa: E402

__all__ = ["download_file", "fetch_text", "fetch_json", "check_url"]

MAX_DOWNLOAD_BYTES = 1_000_000_000
MAX_DOCUMENT_BYTES = 20_000_000
MAX_INLINE_CHARACTERS = 20_000
VAGUE_MEDIA_TYPES = {"application/octet-stream", "binary/octet-stream", "text/plain"}


def download_file(
    url: str,
    path: str | None = None,
    sha256: str | None = None,
    max_bytes: int = 100_000_000,
    timeout_seconds: float = 60,
) -> dict[str, Any]:
    """Save the file behind a URL; nothing is kept when it is too large, incomplete or not the expected one."""
    if not 0 < max_bytes <= MAX_DOWNLOAD_BYTES:
        raise ValueError(f"max_bytes must be between 1 and {MAX_DOWNLOAD_BYTES}.")
    if sha256 is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise ValueError("sha256 must be 64 hexadecimal digits.")
    digest, size = hashlib.sha256(), 0

    def measured(chunks: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        if sha256 and digest.hexdigest() != sha256.lower():
            raise ValueError(f"The file has SHA-256 {digest.hexdigest()}, not the expected one; it was not saved.")

    with request("GET", url, timeout_seconds=timeout_seconds) as response:
        raise_for_status(response)
        name = _file_name(response)
        saved = save(measured(response.chunks(max_bytes)), path, name)
    return {
        "path": saved,
        "bytes": size,
        "media_type": _media_type(response, saved),
        "status": response.status,
        "sha256": digest.hexdigest(),
        "url": response.url,
    }


def fetch_text(url: str, path: str | None = None, timeout_seconds: float = 30) -> dict[str, Any]:
    """Read a web page or text document, save its readable text and return the beginning of it."""
    with request(
        "GET", url, headers={"Accept": "text/html, text/*;q=0.9"}, timeout_seconds=timeout_seconds
    ) as response:
        raise_for_status(response)
        body = response.body(MAX_DOCUMENT_BYTES)
    source = _decoded(body, response.headers)
    title, text, links = "", source.strip(), []
    if "html" in response.media_type or re.match(r"\s*<(!doctype html|html)\b", source, re.IGNORECASE):
        page = read_page(source)
        title, text = page.title, page.text
        links = [{**link, "url": urljoin(response.url, link["url"])} for link in page.links]
    saved = save(text.encode() + b"\n", path, Path(_file_name(response)).stem + ".txt")
    return {
        "path": saved,
        "url": response.url,
        "status": response.status,
        "title": title,
        "text": text[:MAX_INLINE_CHARACTERS],
        "truncated": len(text) > MAX_INLINE_CHARACTERS,
        "characters": len(text),
        "links": links,
    }


def fetch_json(url: str, path: str | None = None, timeout_seconds: float = 30) -> dict[str, Any]:
    """Read a JSON document, save it and return its value when that is small."""
    with request("GET", url, headers={"Accept": "application/json"}, timeout_seconds=timeout_seconds) as response:
        raise_for_status(response)
        body = response.body(MAX_DOCUMENT_BYTES)
    try:
        data = json.loads(_decoded(body, response.headers), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"{response.url} did not answer with JSON ({error}); fetch_text reads other documents."
        ) from None
    text = json.dumps(data, ensure_ascii=False, indent=2)
    truncated = len(text) > MAX_INLINE_CHARACTERS
    saved = save(text.encode() + b"\n", path, Path(_file_name(response)).stem + ".json")
    return {
        "path": saved,
        "url": response.url,
        "status": response.status,
        "data": None if truncated else data,
        "item_count": len(data) if isinstance(data, list) else None,
        "preview": text[:1_000],
        "truncated": truncated,
    }


def check_url(url: str, timeout_seconds: float = 15) -> dict[str, Any]:
    """Ask whether a URL works, without reading its content; an unreachable server is an answer, not an error."""
    try:
        response = _headers_only(url, timeout_seconds)
    except (ConnectionError, TimeoutError) as error:
        return {
            "url": url,
            "ok": False,
            "status": None,
            "media_type": None,
            "bytes": None,
            "last_modified": None,
            "redirects": [],
            "error": str(error),
        }
    return {
        "url": response.url,
        "ok": response.status < 400,
        "status": response.status,
        "media_type": response.media_type,
        "bytes": response.declared_bytes,
        "last_modified": response.headers.get("Last-Modified"),
        "redirects": response.redirects,
        "error": None,
    }


def _headers_only(url: str, timeout_seconds: float) -> Response:
    """Send HEAD, or GET without reading the body where a server does not know HEAD."""
    with request("HEAD", url, timeout_seconds=timeout_seconds) as response:
        if response.status not in (405, 501):
            return response
    with request("GET", url, timeout_seconds=timeout_seconds) as response:
        return response


def _file_name(response: Response) -> str:
    """Choose a harmless file name: the server's suggestion, else the last part of the URL, else the host."""
    parts = urlsplit(response.url)
    suggestions = (response.headers.get_filename(), unquote(parts.path.rstrip("/").rpartition("/")[2]), parts.hostname)
    for suggestion in suggestions:
        name = re.sub(r"[^\w.\-]+", "-", re.split(r"[/\\]", suggestion or "")[-1]).strip("-._")
        if name:
            break
    else:
        name = "download"
    stem, suffix = Path(name).stem[:100], Path(name).suffix[:12]
    if not suffix or name == parts.hostname:
        extension = mimetypes.guess_extension(response.media_type)
        stem, suffix = stem + suffix, "" if extension in (None, ".bin") else str(extension)
    return stem + suffix


def _media_type(response: Response, path: str) -> str:
    """Trust the declared media type unless it is vague and the file name says more."""
    guessed = mimetypes.guess_type(path)[0]
    return guessed if guessed and response.media_type in VAGUE_MEDIA_TYPES else response.media_type


def _decoded(body: bytes, headers: Message) -> str:
    """Decode with the declared character set, else the one the page names, else UTF-8, else Windows-1252."""
    named = re.search(rb"""<meta[^>]{0,200}?charset=["']?([\w-]{1,40})""", body[:4096], re.IGNORECASE)
    declared = headers.get_content_charset() or (named[1].decode("ascii", "replace") if named else "")
    for encoding in (declared, "utf-8-sig"):
        try:
            return body.decode(encoding or "utf-8-sig")
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", errors="replace")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")
