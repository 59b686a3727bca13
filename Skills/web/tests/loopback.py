"""A real HTTP server on the loopback interface, scripted by the test that uses it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says; `length` overrides the announced size, and None announces nothing."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = -1


@dataclass
class Received:
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class LoopbackServer:
    """Answers each path with a value or with what a function makes of the request; remembers every request."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer | Callable[[Received], Answer]] = {}
        self.received: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def json(self, path: str, value: Any, **options: Any) -> str:
        """Serve a JSON value and return its URL."""
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        return self.serve(path, Answer(json.dumps(value), headers=headers, **options))

    def serve(self, path: str, answer: Answer | Callable[[Received], Answer]) -> str:
        """Serve an answer and return its URL."""
        self.routes[path] = answer
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                received = Received(self.command, self.path, dict(self.headers), body)
                loopback.received.append(received)
                answer = loopback.routes.get(self.path.partition("?")[0], Answer("missing", 404))
                answer = answer(received) if callable(answer) else answer
                content = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.length is not None:
                    self.send_header("Content-Length", str(len(content) if answer.length < 0 else answer.length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
