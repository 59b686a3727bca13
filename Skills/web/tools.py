"""Tools of the web skill: save pages, extract their text and links, read site maps and search a site."""

from __future__ import annotations

import csv
import io
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from documents import Document, fetch, is_url, load  # noqa: E402
from html_text import read_page  # noqa: E402
from page_structure import Structure, read_structure  # noqa: E402
from site_map import Page, read_site_map  # noqa: E402
from site_search import likeliest, rank, visit, words_of  # noqa: E402
from workspace import existing_file, save  # noqa: E402

__all__ = ["fetch_page", "extract_page_text", "list_page_links", "read_sitemap", "search_site"]

MAX_INLINE_CHARACTERS = 20_000
MAX_LISTED = 1_000
MAX_VISITED = 100


def fetch_page(url: str, path: str | None = None, timeout_seconds: float = 30) -> dict[str, Any]:
    """Save a web page as HTML and say what it is about."""
    document = fetch(url, timeout_seconds)
    if not document.is_html:
        raise ValueError(f"{document.url} is {document.media_type}, not a web page; download it as a file instead.")
    saved = save(document.text.encode(), path, f"{document.stem}.html")
    structure = read_structure(document.text, document.url)
    return {
        "path": saved,
        "url": document.url,
        "bytes": document.bytes,
        "link_count": len(structure.links),
        **_about(structure),
    }


def extract_page_text(
    page: str, base_url: str | None = None, path: str | None = None, timeout_seconds: float = 30
) -> dict[str, Any]:
    """Extract the readable text of a page, from its address or from a saved HTML file."""
    document = load(page, base_url, timeout_seconds)
    structure, text = Structure(), document.text.strip()
    if document.is_html:
        structure, text = read_structure(document.text, document.url), read_page(document.text).text
    stem = document.stem if is_url(page) else Path(page).stem
    saved = save(text.encode() + b"\n", path, f"{stem}.txt")
    return {
        "path": saved,
        "url": _address(document),
        "text": text[:MAX_INLINE_CHARACTERS],
        "truncated": len(text) > MAX_INLINE_CHARACTERS,
        "characters": len(text),
        "words": len(words_of(text)),
        **_about(structure),
    }


def list_page_links(
    page: str,
    base_url: str | None = None,
    pattern: str = "*",
    same_site: bool = False,
    max_links: int = 200,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """List the links of a page, each once, as absolute addresses."""
    _check_limit("max_links", max_links, MAX_LISTED)
    document = load(page, base_url, timeout_seconds)
    host = urlsplit(document.url).hostname
    links = [
        {"url": link.url, "text": link.text, "same_site": urlsplit(link.url).hostname == host}
        for link in read_structure(document.text, document.url).links
        if fnmatchcase(link.url, pattern) or fnmatchcase(link.text, pattern)
    ]
    links = [link for link in links if link["same_site"] or not same_site]
    return {
        "url": _address(document),
        "links": links[:max_links],
        "count": len(links),
        "truncated": len(links) > max_links,
    }


def read_sitemap(
    url: str, pattern: str = "*", path: str | None = None, max_urls: int = 200, timeout_seconds: float = 60
) -> dict[str, Any]:
    """List the pages of a site from its site map, and save all of them as a CSV file."""
    _check_limit("max_urls", max_urls, MAX_LISTED)
    found = read_site_map(url, timeout_seconds)
    pages = [page for page in found.pages if fnmatchcase(page.url, pattern)]
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["url", "changed"])
    writer.writerows([page.url, page.changed or ""] for page in pages)
    saved = save(table.getvalue().encode(), path, f"{urlsplit(url).hostname or 'site'}-pages.csv")
    return {
        "path": saved,
        "pages": [{"url": page.url, "changed": page.changed} for page in pages[:max_urls]],
        "count": len(pages),
        "sitemaps": found.sitemaps,
        "problems": found.problems,
        "truncated": found.truncated or len(pages) > max_urls,
    }


def search_site(
    sitemap: str,
    query: str,
    pattern: str = "*",
    max_pages: int = 20,
    max_results: int = 10,
    delay_seconds: float = 0.5,
    timeout_seconds: float = 120,
) -> dict[str, Any]:
    """Visit the likeliest pages of a site map, as its robots.txt allows, and rank them for the query."""
    _check_limit("max_pages", max_pages, MAX_VISITED)
    _check_limit("max_results", max_results, MAX_VISITED)
    if not 0 <= delay_seconds <= 10:
        raise ValueError("delay_seconds must be between 0 and 10.")
    words = words_of(query)
    if not words:
        raise ValueError("query must hold at least one word.")
    known = read_site_map(sitemap, timeout_seconds).pages if is_url(sitemap) else _pages_of_table(sitemap)
    candidates = [page for page in known if fnmatchcase(page.url, pattern)]
    visited = visit(likeliest(candidates, words), max_pages, delay_seconds, timeout_seconds)
    return {
        "results": rank(visited.pages, words, max_results),
        "known_pages": len(candidates),
        "visited_pages": len(visited.pages),
        "forbidden_pages": visited.forbidden,
        "failed": visited.failed[:20],
        "complete": len(visited.pages) + visited.forbidden == len(candidates),
    }


def _pages_of_table(path: str) -> list[Page]:
    """The pages in a file that read_sitemap saved, all of them on one server."""
    with existing_file(path).open(newline="", encoding="utf-8-sig") as file:
        urls = [row.get("url") or "" for row in csv.DictReader(file)]
    pages = [Page(url) for url in urls if is_url(url)]
    if not pages:
        raise ValueError(f"'{path}' has no column 'url' with addresses; save a site map with read_sitemap first.")
    if len({urlsplit(page.url).netloc for page in pages}) > 1:
        raise ValueError(f"'{path}' names pages of several servers; search one site at a time.")
    return pages


def _about(structure: Structure) -> dict[str, Any]:
    return {
        "title": structure.title,
        "description": structure.description,
        "language": structure.language or None,
        "canonical_url": structure.canonical,
        "headings": structure.headings,
    }


def _address(document: Document) -> str | None:
    return document.url if is_url(document.url) else None


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
