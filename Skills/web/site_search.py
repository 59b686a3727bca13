"""Searches the pages of a site map for words: visits the likeliest pages, politely, and ranks what they say."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from documents import fetch
from html_text import read_page
from page_structure import read_structure
from site_map import ROBOT_NAME, Page, robots_of

MAX_CRAWL_DELAY = 5.0
MAX_PAGE_CHARACTERS = 500_000
SNIPPET_CHARACTERS = 300
TITLE_WEIGHT = 3.0
# The saturation of term frequency and the length normalisation of Okapi BM25.
K1, B = 1.2, 0.75


@dataclass
class Visit:
    """What was read, and which pages were left out and why."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    forbidden: int = 0
    failed: list[str] = field(default_factory=list)
    out_of_time: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text, folded so that case does not matter."""
    return re.findall(r"\w+", text.casefold())


def likeliest(pages: list[Page], query: list[str]) -> list[Page]:
    """Pages whose address holds words of the query first; otherwise in the order of the map."""

    def score(page: Page) -> int:
        parts = urlsplit(page.url)
        found = set(words_of(unquote(f"{parts.path} {parts.query}").replace("_", " ")))
        return -len(found & set(query))

    return sorted(pages, key=score)


def visit(pages: list[Page], max_pages: int, delay_seconds: float, timeout_seconds: float) -> Visit:
    """Read up to `max_pages` pages that robots may visit, one after the other."""
    result = Visit()
    deadline = time.monotonic() + timeout_seconds
    rules = robots_of(pages[0].url, timeout_seconds) if pages else None
    pause = max(delay_seconds, min(float(rules.crawl_delay(ROBOT_NAME) or 0), MAX_CRAWL_DELAY)) if rules else 0.0
    for page in pages:
        if len(result.pages) >= max_pages:
            break
        if rules is None or not rules.can_fetch(ROBOT_NAME, page.url):
            result.forbidden += 1
            continue
        left = deadline - time.monotonic() - (pause if result.pages else 0)
        if left <= 0:
            result.out_of_time = True
            break
        if result.pages and pause:
            time.sleep(pause)
        try:
            document = fetch(page.url, min(left, 30))
        except (ValueError, OSError) as error:
            result.failed.append(f"{page.url}: {error}"[:300])
            if len(result.failed) >= max_pages:
                break
            continue
        text = read_page(document.text).text if document.is_html else document.text
        title = read_structure(document.text, document.url).title if document.is_html else ""
        result.pages.append({"url": document.url, "title": title, "text": text[:MAX_PAGE_CHARACTERS]})
    return result


def rank(pages: list[dict[str, Any]], query: list[str], max_results: int) -> list[dict[str, Any]]:
    """Order the pages that hold any of the words, by BM25 with a weight for the title."""
    counts = [Counter(words_of(page["text"])) for page in pages]
    titles = [set(words_of(page["title"])) for page in pages]
    average = sum(map(Counter.total, counts)) / max(len(pages), 1) or 1.0
    results = []
    for page, count, title in zip(pages, counts, titles, strict=True):
        score = 0.0
        for word in set(query):
            holders = sum(word in other or word in name for other, name in zip(counts, titles, strict=True))
            rarity = math.log(1 + (len(pages) - holders + 0.5) / (holders + 0.5))
            frequency = count[word] + TITLE_WEIGHT * (word in title)
            score += rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * count.total() / average) or 1)
        if score > 0:
            snippet = _snippet(page["text"], set(query))
            results.append({"url": page["url"], "title": page["title"], "snippet": snippet, "score": round(score, 4)})
    return sorted(results, key=lambda result: -result["score"])[:max_results]


def _snippet(text: str, query: set[str]) -> str:
    """The stretch of the text that holds most different words of the query."""
    flat = " ".join(text.split())
    places = [(match.start(), match[0].casefold()) for match in re.finditer(r"\w+", flat)]
    places = [place for place in places if place[1] in query][:2_000]
    if not places:
        return flat[:SNIPPET_CHARACTERS]
    best, most = 0, 0
    for index, (start, _) in enumerate(places):
        near = {word for place, word in places[index : index + 40] if place < start + SNIPPET_CHARACTERS - 60}
        if len(near) > most:
            best, most = start, len(near)
    begin = max(0, flat.rfind(". ", 0, best) + 2 if best - flat.rfind(". ", 0, best) < 80 else best - 60)
    cut = flat[begin : begin + SNIPPET_CHARACTERS]
    return ("…" if begin else "") + cut + ("…" if begin + SNIPPET_CHARACTERS < len(flat) else "")
