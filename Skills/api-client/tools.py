"""Tools of the api-client skill: call JSON REST APIs, read every page of a list, and change resources."""

from __future__ import annotations

import json
import mimetypes
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from api_call import Reply, call_api  # noqa: E402
from pagination import items_of, next_url  # noqa: E402
from workspace import save  # noqa: E402

__all__ = ["api_get", "api_get_all_pages", "api_post", "api_put", "api_patch", "api_delete"]

MAX_INLINE_CHARACTERS = 20_000
MAX_PAGES = 200
MAX_ITEMS = 100_000
PREVIEW_ITEMS = 5


def api_get(
    url: str,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    output: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Read a resource, save the answer and return its JSON value when that is small."""
    reply = call_api("GET", url, query=query, headers=headers, token_env=token_env, timeout_seconds=timeout_seconds)
    return _result(reply, _saved(reply, output))


def api_get_all_pages(
    url: str,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    items_field: str | None = None,
    page_param: str | None = None,
    cursor_param: str | None = None,
    max_pages: int = 20,
    output: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Collect the records of all pages of a list endpoint into one JSON array in the workspace."""
    if not 1 <= max_pages <= MAX_PAGES:
        raise ValueError(f"max_pages must be between 1 and {MAX_PAGES}.")
    items: list[Any] = []
    target: str | None = url
    visited: set[str] = set()
    first: Reply | None = None
    while target and target not in visited and len(visited) < max_pages and len(items) < MAX_ITEMS:
        visited.add(target)
        reply = call_api(
            "GET",
            target,
            query=query if first is None else None,
            headers=headers,
            token_env=token_env,
            timeout_seconds=timeout_seconds,
        )
        first = first or reply
        page = items_of(reply, items_field)
        items += page
        target = next_url(reply, cursor_param, page_param, has_items=bool(page))
    content = json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n"
    return {
        "path": save(content, output, _stem(first.url if first else url) + ".json"),
        "item_count": len(items),
        "page_count": len(visited),
        "preview": items[:PREVIEW_ITEMS],
        "complete": target is None or target in visited,
        "next_url": None if target in visited else target,
    }


def api_post(
    url: str,
    body: Any = None,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    idempotency_key: str | None = None,
    output: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Create a resource or trigger an action; an idempotency key lets the server recognise a repeated call."""
    extra = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
    return _change("POST", url, body, query, {**(headers or {}), **extra}, token_env, output, timeout_seconds)


def api_put(
    url: str,
    body: Any,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    output: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Replace a resource as a whole."""
    return _change("PUT", url, body, query, headers, token_env, output, timeout_seconds)


def api_patch(
    url: str,
    body: Any,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    output: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Change some fields of a resource."""
    return _change("PATCH", url, body, query, headers, token_env, output, timeout_seconds)


def api_delete(
    url: str,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    token_env: str | None = None,
    timeout_seconds: float = 30,
) -> dict[str, Any]:
    """Delete a resource."""
    return _change("DELETE", url, None, query, headers, token_env, None, timeout_seconds)


def _change(
    method: str,
    url: str,
    body: Any,
    query: dict[str, Any] | None,
    headers: dict[str, str] | None,
    token_env: str | None,
    output: str | None,
    timeout_seconds: float,
) -> dict[str, Any]:
    """Send a changing request; the answer is saved when the caller names a file or when it is too large to return."""
    reply = call_api(
        method, url, query=query, headers=headers, body=body, token_env=token_env, timeout_seconds=timeout_seconds
    )
    is_large = len(reply.body) > MAX_INLINE_CHARACTERS
    return _result(reply, _saved(reply, output) if output or is_large else None)


def _result(reply: Reply, path: str | None) -> dict[str, Any]:
    text = _text(reply)
    truncated = len(text) > MAX_INLINE_CHARACTERS
    return {
        "path": path,
        "status": reply.status,
        "url": reply.url,
        "media_type": reply.media_type,
        "data": reply.data if reply.is_json and not truncated else None,
        "text": None if reply.is_json and not truncated else text[:1_000],
        "item_count": len(reply.data) if isinstance(reply.data, list) else None,
        "truncated": truncated,
    }


def _text(reply: Reply) -> str:
    if reply.is_json:
        return "" if reply.data is None else json.dumps(reply.data, ensure_ascii=False, indent=1)
    return reply.body.decode("utf-8", "replace")


def _saved(reply: Reply, output: str | None) -> str:
    """Save JSON neatly and anything else, such as a CSV export, byte for byte."""
    if reply.is_json:
        return save(_text(reply).encode() + b"\n", output, _stem(reply.url) + ".json")
    extension = mimetypes.guess_extension(reply.media_type) or ".bin"
    return save(reply.body, output, _stem(reply.url) + extension)


def _stem(url: str) -> str:
    """A harmless file name from the last part of a URL's path."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return Path(re.sub(r"[^\w.\-]+", "-", last).strip("-._")[:100]).stem or "response"
