"""One bounded HTTP request: schemes, redirects, addresses, sizes and waiting times all have limits."""

from __future__ import annotations

import http.client
import ipaddress
import math
import socket
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

MAX_REDIRECTS = 5
MAX_TIMEOUT_SECONDS = 600
CHUNK_BYTES = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
DEFAULT_PORTS = {"http": 80, "https": 443}

# Only what HTTP needs: no file or ftp handler, no automatic redirects, no exception for an error status.
_opener = urllib.request.OpenerDirector()
for _handler in (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()):
    _opener.add_handler(_handler)


@dataclass
class Response:
    """An answer whose body has not been read yet."""

    status: int
    url: str
    headers: Message
    redirects: list[str]
    _stream: Any = field(repr=False)
    _deadline: float = field(repr=False)

    @property
    def media_type(self) -> str:
        """The declared media type in lower case, without its parameters."""
        return self.headers.get_content_type() if self.headers.get("Content-Type") else "application/octet-stream"

    @property
    def declared_bytes(self) -> int | None:
        """The size the server announced, if it did."""
        length = self.headers.get("Content-Length", "")
        return int(length) if length.isascii() and length.isdigit() else None

    def chunks(self, max_bytes: int) -> Iterator[bytes]:
        """Yield the decoded body; raise ValueError beyond `max_bytes` and TimeoutError after the deadline."""
        if (self.declared_bytes or 0) > max_bytes:
            raise ValueError(f"The answer has {self.declared_bytes} bytes, more than the limit of {max_bytes}.")
        encoding = self.headers.get("Content-Encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
            raise ValueError(f"The server used the content encoding '{encoding}', which is not supported.")
        raw = self._raw_chunks()
        total = 0
        for chunk in _inflated(raw) if encoding in ("gzip", "x-gzip", "deflate") else raw:
            total += len(chunk)
            if total > max_bytes:
                raise ValueError(f"The answer is larger than the limit of {max_bytes} bytes.")
            yield chunk

    def body(self, max_bytes: int) -> bytes:
        """Read the whole decoded body."""
        return b"".join(self.chunks(max_bytes))

    def _raw_chunks(self) -> Iterator[bytes]:
        received = 0
        with network_errors(self.url):
            while chunk := self._stream.read1(CHUNK_BYTES):
                received += len(chunk)
                if time.monotonic() > self._deadline:
                    raise TimeoutError(f"{self.url} was still sending when the time was up; allow more time.")
                yield chunk
        if self.declared_bytes is not None and received < self.declared_bytes:
            raise ConnectionError(f"{self.url} closed the connection after {received} of {self.declared_bytes} bytes.")


@contextmanager
def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout_seconds: float = 60,
) -> Iterator[Response]:
    """Send a request and follow safe redirects; any status is returned, for `raise_for_status` to judge."""
    if not 0 < timeout_seconds <= MAX_TIMEOUT_SECONDS:
        raise ValueError(f"timeout_seconds must be above 0 and at most {MAX_TIMEOUT_SECONDS}.")
    deadline = time.monotonic() + timeout_seconds
    sent_headers = {"User-Agent": "bundled-skill/1.0", "Accept-Encoding": "identity", **(headers or {})}
    parts = checked_url(url)
    passed: list[str] = []
    private = _check_address(parts, from_public=False)
    while True:
        current = urlunsplit(parts)
        outgoing = urllib.request.Request(current, data=body, headers=sent_headers, method=method)
        with network_errors(current):
            stream = _opener.open(outgoing, timeout=max(deadline - time.monotonic(), 0.01))
        with stream:
            location = stream.headers.get("Location")
            if stream.status not in REDIRECTS or not location:
                yield Response(stream.status, current, stream.headers, passed, stream, deadline)
                return
        if method not in ("GET", "HEAD"):
            raise ValueError(f"{current} moved to {urljoin(current, location)}; repeat the call with that URL.")
        if len(passed) == MAX_REDIRECTS:
            raise ConnectionError(f"{url} redirects more than {MAX_REDIRECTS} times.")
        passed.append(current)
        target = checked_url(urljoin(current, location))
        _check_redirect(parts, target, carries_secret="Authorization" in sent_headers)
        private = _check_address(target, from_public=not private)
        parts = target


def checked_url(url: str) -> SplitResult:
    """Parse an absolute http or https URL and put it into the form that goes over the wire."""
    if not isinstance(url, str) or any(ord(character) < 33 or ord(character) == 127 for character in url.strip()):
        raise ValueError("A URL must be one absolute http or https address, without blanks.")
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        host = host if not host or ":" in host else host.encode("idna").decode()
    except ValueError as error:
        raise ValueError(f"'{url}' is not a valid URL: {error}.") from None
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise ValueError(f"'{url}' is not an absolute http or https URL, such as https://example.org/data.csv.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Leave user names and passwords out of URLs.")
    authority = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return SplitResult(parts.scheme, authority, path, quote(parts.query, safe="/%:@!$&'()*+,;=~?[]"), "")


def origin(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port: what two URLs share when one server answers both."""
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


def raise_for_status(response: Response, explanation: str = "") -> None:
    """Turn an error status into the exception that says what kind of trouble it is.

    One that may pass carries the `status`, and as `retry_after` how many seconds the server asks to wait, where it does.
    """
    status, detail = response.status, f": {explanation}" if explanation else "."
    message = f"{response.url} answered {status} {http.client.responses.get(status, '')}".rstrip() + detail
    if status < 400:
        return
    if status in (401, 403, 407):
        raise PermissionError(message)
    if status in (404, 410):
        raise FileNotFoundError(message)
    if status in (408, 425, 429) or status >= 500:
        wait = _seconds_to_wait(response.headers.get("Retry-After"))
        advice = f"Try again{f' after {wait} s' if wait is not None else ' later'}."
        trouble = TimeoutError(message) if status == 408 else ConnectionError(f"{message} {advice}")
        trouble.status, trouble.retry_after = status, wait
        raise trouble
    raise ValueError(message)


def _seconds_to_wait(text: str | None) -> int | None:
    """What a Retry-After header says, as seconds from now; it holds these, or a date."""
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return int(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0, math.ceil(moment.timestamp() - time.time()))


@contextmanager
def network_errors(url: str) -> Iterator[None]:
    """Report every network failure as TimeoutError or ConnectionError, with the address that failed."""
    try:
        yield
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise TimeoutError(f"{url} did not answer in time; try again or allow more time.") from None
        raise ConnectionError(f"{url} cannot be reached: {error.reason}.") from None
    except TimeoutError as error:
        message = str(error) if url in str(error) else f"{url} did not answer in time; try again or allow more time."
        raise TimeoutError(message) from None
    except (OSError, http.client.HTTPException) as error:
        raise ConnectionError(f"The connection to {url} failed: {error or type(error).__name__}.") from None


def _check_redirect(source: SplitResult, target: SplitResult, carries_secret: bool) -> None:
    if source.scheme == "https" and target.scheme == "http":
        raise PermissionError(f"{source.netloc} redirects from https to http; that is refused.")
    if carries_secret and origin(source) != origin(target):
        raise PermissionError(
            f"{source.netloc} redirects to {target.netloc}; a token is not carried to another server."
        )


def _check_address(parts: SplitResult, from_public: bool) -> bool:
    """Say whether a host is private; refuse link-local hosts, and private hosts reached through a public one."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, origin(parts)[2], type=socket.SOCK_STREAM)
    except OSError:
        return False  # A proxy may know the name; without one the request itself reports the failure.
    addresses = [ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in found]
    addresses = [getattr(address, "ipv4_mapped", None) or address for address in addresses]
    if any(address.is_link_local for address in addresses):
        raise PermissionError(f"{host} is a link-local address; such services are not reachable from here.")
    private = any(not address.is_global for address in addresses)
    if private and from_public:
        raise PermissionError(f"A public server redirects to the private address {host}; that is refused.")
    return private


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip or deflate in small pieces, so that a compression bomb meets the size limit early."""
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in chunks:
            while chunk:
                yield decoder.decompress(chunk, CHUNK_BYTES)
                chunk = decoder.unconsumed_tail
        yield decoder.flush()
    except zlib.error as error:
        raise ConnectionError(f"The compressed answer is damaged: {error}.") from None
