"""Reads the map of a site: its sitemap files, found through robots.txt, and what robots may visit."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from documents import Document, fetch
from http_request import checked_url, origin

MAX_SITEMAPS = 50
MAX_PAGES = 50_000
ROBOT_NAME = "bundled-skill"
ACCEPT = "application/xml, text/xml, text/plain;q=0.9, application/gzip;q=0.8"


@dataclass
class Page:
    """A page that a site map names."""

    url: str
    changed: str | None = None


@dataclass
class SiteMap:
    """The pages of a site, in the order of its map, and what could not be read."""

    pages: list[Page] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    truncated: bool = False


def read_site_map(url: str, timeout_seconds: float) -> SiteMap:
    """Collect the pages a site lists; only pages of the same server, as the sitemap protocol has it."""
    deadline = time.monotonic() + timeout_seconds
    start = checked_url(url)
    result = SiteMap()
    waiting = [start.geturl()] if _names_a_sitemap(start.path) else _found_through_robots(start.geturl(), deadline)
    seen = set(waiting)
    while waiting:
        current = waiting.pop(0)
        if len(result.sitemaps) + len(result.problems) >= MAX_SITEMAPS or len(result.pages) >= MAX_PAGES:
            result.truncated = True
            break
        try:
            document = fetch(current, _left(deadline), ACCEPT)
            found = list(_entries(document))
        except (ValueError, FileNotFoundError, PermissionError, ConnectionError) as error:
            if not result.sitemaps and not waiting:
                raise
            result.problems.append(f"{current}: {error}"[:300])
            continue
        result.sitemaps.append(current)
        for kind, page in found:
            target = _same_server(page.url, document.url)
            if target is None or target in seen:
                continue
            seen.add(target)
            if kind == "sitemap":
                waiting.append(target)
            elif len(result.pages) < MAX_PAGES:
                result.pages.append(Page(target, page.changed))
            else:
                result.truncated = True
    return result


def robots_of(url: str, timeout_seconds: float) -> RobotFileParser:
    """What robots may visit on the server of this address; a server without robots.txt allows everything."""
    rules = RobotFileParser()
    try:
        document = fetch(urljoin(url, "/robots.txt"), timeout_seconds, "text/plain")
        rules.parse(document.text.splitlines()[:5_000])
    except (FileNotFoundError, ValueError):
        rules.allow_all = True  # type: ignore[attr-defined]
    except PermissionError:
        rules.disallow_all = True  # type: ignore[attr-defined]
    rules.modified()
    return rules


def _names_a_sitemap(path: str) -> bool:
    return bool(re.search(r"\.(xml|txt|gz)$", path.lower())) and not path.lower().endswith("/robots.txt")


def _found_through_robots(url: str, deadline: float) -> list[str]:
    try:
        document = fetch(urljoin(url, "/robots.txt"), _left(deadline), "text/plain")
        named = re.findall(r"^\s*sitemap\s*:\s*(\S+)", document.text, re.IGNORECASE | re.MULTILINE)
    except (FileNotFoundError, ValueError, PermissionError):
        named = []
    found = [target for target in (_same_server(name, url) for name in named[:MAX_SITEMAPS]) if target]
    return found or [urljoin(url, "/sitemap.xml")]


def _entries(document: Document) -> Iterator[tuple[str, Page]]:
    """The pages and further site maps that one file names, in XML or as a plain list."""
    text = document.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        lines = [line.strip() for line in text.splitlines()]
        pages = [line for line in lines if re.match(r"https?://", line)]
        if not pages:
            raise ValueError(f"{document.url} is not a site map; give the address of a sitemap.xml or of the site.")
        yield from (("page", Page(line)) for line in pages)
        return
    if re.search(r"<!(DOCTYPE|ENTITY)", text[:100_000], re.IGNORECASE):
        what = "a web page" if document.is_html else "an XML document with a document type, which is not read"
        raise ValueError(f"{document.url} is {what}, not a site map; give the address of a sitemap.xml or of the site.")
    try:
        root = ElementTree.fromstring(document.raw)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"{document.url} is not a readable site map: {error}.") from None
    kind = _local(root.tag)
    if kind not in ("urlset", "sitemapindex"):
        raise ValueError(f"{document.url} is not a site map but <{kind[:50]}>; give the address of a sitemap.xml.")
    for entry in root:
        values = {_local(child.tag): (child.text or "").strip() for child in entry}
        if values.get("loc"):
            page = Page(values["loc"], values.get("lastmod", "")[:40] or None)
            yield ("sitemap" if kind == "sitemapindex" else "page"), page


def _same_server(url: str, base: str) -> str | None:
    """The absolute address if it is on the server that named it; a map may not send us anywhere else."""
    start = checked_url(base)
    try:
        target = checked_url(urljoin(base, url))
    except ValueError:
        return None
    both_usual = start.port is None and target.port is None
    same_port = both_usual or origin(target)[2] == origin(start)[2]
    return target.geturl() if target.hostname == start.hostname and same_port else None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("The site map was not read in time; allow more time, or name one of its parts.")
    return left
