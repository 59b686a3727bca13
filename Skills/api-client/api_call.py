"""One call to a JSON API: safe headers, a token from the environment, and an answer without the token in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from http_request import checked_url, raise_for_status, request

MAX_ANSWER_BYTES = 20_000_000
MAX_BODY_BYTES = 10_000_000
MAX_EXPLANATION_CHARACTERS = 500
REDACTED = "[redacted]"
SECRET_HEADER = re.compile(r"authorization|cookie|api-?key|token|secret|password", re.IGNORECASE)
CONNECTION_HEADERS = {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect"}


@dataclass
class Reply:
    """A successful answer; `data` is its JSON value, `text` its words when it is not JSON."""

    status: int
    url: str
    media_type: str
    headers: Message
    body: bytes
    data: Any
    is_json: bool


def call_api(
    method: str,
    url: str,
    *,
    query: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    body: Any = None,
    token_env: str | None = None,
    timeout_seconds: float = 30,
) -> Reply:
    """Send one request and raise the error that fits when the server does not accept it."""
    url = with_query(url, query)
    outgoing = {"Accept": "application/json", **checked_headers(headers)}
    token = read_token(token_env, url)
    if token:
        outgoing["Authorization"] = f"Bearer {token}"
    content = None
    if body is not None:
        content = _encoded(body)
        outgoing["Content-Type"] = "application/json"
    with request(method, url, headers=outgoing, body=content, timeout_seconds=timeout_seconds) as response:
        answer = _without_token(response.body(MAX_ANSWER_BYTES), token)
        data, is_json = _parsed(answer, token)
        raise_for_status(response, _explanation(data if is_json else answer.decode("utf-8", "replace")))
    return Reply(response.status, response.url, response.media_type, response.headers, answer, data, is_json)


def with_query(url: str, query: Mapping[str, Any] | None) -> str:
    """Add query parameters, replacing those of the same name; a list repeats its parameter, null leaves it out."""
    parts = checked_url(url)
    pairs = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in (query or {})]
    for key, value in (query or {}).items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, (dict, list)):
                raise ValueError(f"The query parameter '{key}' must be a text, number, boolean, or a list of those.")
            if item is not None:
                pairs.append((key, str(item).lower() if isinstance(item, bool) else str(item)))
    return parts._replace(query=urlencode(pairs) if query else parts.query).geturl()


def checked_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Refuse headers that carry secrets or steer the connection."""
    checked: dict[str, str] = {}
    for name, value in (headers or {}).items():
        if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", name) or not isinstance(value, str):
            raise ValueError(f"'{name}' is not a valid header name with a text value.")
        if SECRET_HEADER.search(name):
            raise ValueError(
                f"The header '{name}' carries a secret; name an environment variable in token_env instead."
            )
        if name.lower() in CONNECTION_HEADERS or not all(32 <= ord(character) < 127 for character in value):
            raise ValueError(f"The header '{name}' is set by the connection, or its value is not plain ASCII text.")
        checked[name] = value
    return checked


def read_token(token_env: str | None, url: str) -> str | None:
    """Read the bearer token from the environment; it travels encrypted or stays on this machine."""
    if token_env is None:
        return None
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,63}", token_env):
        raise ValueError("token_env must be the name of an environment variable such as GITHUB_TOKEN, never a token.")
    token = os.environ.get(token_env, "").strip()
    if not token:
        raise PermissionError(f"The environment variable {token_env} is not set here; ask the user to grant it.")
    if not all(32 < ord(character) < 127 for character in token):
        raise PermissionError(f"The value of {token_env} is not a token: it holds blanks or unusual characters.")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise PermissionError(f"{parts.hostname} is not asked over https; a token is only sent over https.")
    return token


def _encoded(body: Any) -> bytes:
    try:
        content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise ValueError(f"The body is not a JSON value: {error}.") from None
    if len(content) > MAX_BODY_BYTES:
        raise ValueError(f"The body has {len(content)} bytes, more than the limit of {MAX_BODY_BYTES}.")
    return content


def _without_token(answer: bytes, token: str | None) -> bytes:
    return answer.replace(token.encode(), REDACTED.encode()) if token else answer


def _parsed(answer: bytes, token: str | None) -> tuple[Any, bool]:
    """Parse an answer as JSON; escapes could hide the token from the plain replacement, so values are checked too."""
    if not answer.strip():
        return None, True
    try:
        data = json.loads(answer, parse_constant=lambda name: None)
        return (_redacted(data, token) if token else data), True
    except (ValueError, RecursionError):
        return None, False


def _redacted(value: Any, token: str) -> Any:
    if isinstance(value, str):
        return value.replace(token, REDACTED)
    if isinstance(value, list):
        return [_redacted(item, token) for item in value]
    if isinstance(value, dict):
        return {_redacted(key, token): _redacted(item, token) for key, item in value.items()}
    return value


def _explanation(answer: Any) -> str:
    """The server's own words about an error, short enough for a message."""
    text = answer if isinstance(answer, str) else "" if answer is None else json.dumps(answer, ensure_ascii=False)
    return " ".join(text.split())[:MAX_EXPLANATION_CHARACTERS]
