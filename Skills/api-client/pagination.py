"""Walks through the pages of a list endpoint, whichever of the usual ways the API announces the next one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from api_call import Reply, with_query
from http_request import checked_url, origin

ITEM_FIELDS = ("items", "data", "results", "records", "values", "value", "entries")
NEXT_FIELDS = ("next", "next_url", "next_page_url", "nextLink", "@odata.nextLink", "links.next", "paging.next")
CURSOR_FIELDS = (
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "meta.next_cursor",
    "response_metadata.next_cursor",
)


def field_at(value: Any, path: str) -> Any:
    """Follow a dotted path through objects; anything missing on the way is null."""
    if isinstance(value, dict) and path in value:
        return value[path]
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items_of(reply: Reply, items_field: str | None) -> list[Any]:
    """The records on one page: the list itself, the named field, or the first field that usually holds them."""
    if not reply.is_json:
        raise ValueError(f"{reply.url} did not answer with JSON, so it has no pages; use api_get.")
    if items_field:
        items = field_at(reply.data, items_field)
        if isinstance(items, list):
            return items
        raise ValueError(
            f"'{items_field}' is not a list in the answer of {reply.url}; its fields: {_names(reply.data)}."
        )
    if isinstance(reply.data, list):
        return reply.data
    for name in ITEM_FIELDS:
        if isinstance(field_at(reply.data, name), list):
            return field_at(reply.data, name)
    raise ValueError(
        f"No list was found in the answer of {reply.url}; set items_field to one of: {_names(reply.data)}."
    )


def next_url(reply: Reply, cursor_param: str | None, page_param: str | None, has_items: bool) -> str | None:
    """Where the next page is, or null after the last one; it must be on the same server."""
    found = _linked(reply) or _by_cursor(reply, cursor_param)
    if not found and page_param and has_items:
        current = parse_qs(urlsplit(reply.url).query).get(page_param, ["1"])[0]
        if not re.fullmatch(r"\d{1,9}", current):
            raise ValueError(f"The parameter '{page_param}' counts pages, but its value is '{current}'.")
        found = with_query(reply.url, {page_param: int(current) + 1})
    if not found:
        return None
    target = checked_url(urljoin(reply.url, found))
    if origin(target) != origin(checked_url(reply.url)):
        raise PermissionError(f"The next page is on another server, {target.netloc}; ask before continuing there.")
    return target.geturl()


def _linked(reply: Reply) -> str | None:
    header = re.search(r'<([^<>]{1,2000})>[^,<>]{0,200}?\brel="?next\b', reply.headers.get("Link", ""))
    if header:
        return header[1]
    for name in NEXT_FIELDS:
        value = field_at(reply.data, name)
        value = value.get("href") if isinstance(value, dict) else value
        if isinstance(value, str) and re.match(r"https?://|/|\?", value):
            return value
    return None


def _by_cursor(reply: Reply, cursor_param: str | None) -> str | None:
    if not cursor_param:
        return None
    for name in CURSOR_FIELDS:
        value = field_at(reply.data, name)
        if value not in (None, "", False) and isinstance(value, (str, int)):
            return with_query(reply.url, {cursor_param: value})
    return None


def _names(data: Any) -> str:
    return ", ".join(list(data)[:20]) if isinstance(data, dict) and data else "none"
