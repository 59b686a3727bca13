#!/usr/bin/env python3
"""Bad input for `skillweaver serve`, byte by byte over plain sockets; others must not notice.

    make test-api      (or: python3 Benchmarks/service_abuse.py [--only NAME…] [--connections 5000])

Paths that climb, bodies that are too large, bytes that are no UTF-8, requests that come slowly, halves, in bursts or never,
wrong methods, types, tokens and names, and connections that are opened and left. Each case says which answers are right; one
that is not is printed with its request. All the while another client searches and must be answered, and in the end memory
and descriptors must be what they were. Everything but the program is Python's standard library.
"""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import resource
import select
import socket
import struct
import sys
import threading
import time

from service.running import LIBRARY, ROOT, SKILLWEAVER, Service, index, temporary_home
from service.wire import Answer, request_bytes

MEGABYTE = 2**20
CLOSED = 0
"""Stands among statuses for a connection that is closed without an answer."""
JSON = {"Content-Type": "application/json"}
LIMIT, PLAN_LIMIT = MEGABYTE, 8 * MEGABYTE


class Line:
    """One connection, by hand."""

    def __init__(self, port: int, patience: float = 40, receive_buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(patience)
        self.socket.connect(("127.0.0.1", port))
        self.waiting = b""

    def send(self, data: bytes) -> bool:
        """Whether all of it was taken; a server may well close while too much is sent."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def read(self) -> Answer | None:
        """The next answer; nil when the connection ends before one."""
        head = self.until(b"\r\n\r\n")
        if head is None:
            return None
        answer = Answer(head)
        if answer.status == 100:
            return self.read()
        if "chunked" in answer.headers.get("transfer-encoding", ""):
            while size := int(self.until(b"\r\n") or b"0", 16):
                answer.body += self.exactly(size)
                self.exactly(2)
            self.until(b"\r\n")
        else:
            answer.body = self.exactly(int(answer.headers.get("content-length", "0")))
        return answer

    def until(self, mark: bytes) -> bytes | None:
        while mark not in self.waiting:
            if not self.more():
                return None
        found, _, self.waiting = self.waiting.partition(mark)
        return found

    def exactly(self, count: int) -> bytes:
        while len(self.waiting) < count and self.more():
            pass
        found, self.waiting = self.waiting[:count], self.waiting[count:]
        return found

    def more(self) -> bool:
        try:
            piece = self.socket.recv(1 << 16)
        except TimeoutError:
            raise
        except OSError:
            return False
        self.waiting += piece
        return bool(piece)

    def shut(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def close(self, by_reset: bool = False) -> None:
        if by_reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class Bystander(threading.Thread):
    """Searches ten times a second on a connection of its own, and notes what it gets."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.is_over = port, threading.Event()
        self.times: list[tuple[float, str]] = []
        self.failures: list[str] = []
        self.topic = "the beginning"

    def run(self) -> None:
        line = Line(self.port)
        while not self.is_over.wait(0.1):
            begun = time.monotonic()
            try:
                line.send(request_bytes("GET", "/v1/search?q=draw+a+chart", host=f"127.0.0.1:{self.port}"))
                answer = line.read()
                if answer is None or answer.status != 200:
                    self.failures.append(f"{self.topic}: {answer.status if answer else 'closed'}")
                    line = Line(self.port)
            except (OSError, ValueError) as error:
                self.failures.append(f"{self.topic}: {error!r}")
                with contextlib.suppress(OSError):
                    line = Line(self.port)
            self.times.append((time.monotonic() - begun, self.topic))


class Abuse:
    def __init__(self, service: Service, options: argparse.Namespace) -> None:
        self.service, self.options, self.port = service, options, service.port
        self.host = f"127.0.0.1:{service.port}"
        self.cases = 0
        self.faults: list[str] = []
        self.bystander = Bystander(self.port)
        self.short, self.short_until = "", 0.0

    # MARK: - Judging

    def ask(
        self, method: str, target: str, body: object = None, headers: dict[str, str] | None = None, token: str | None = None
    ) -> bytes:
        return request_bytes(method, target, body, headers, token, (headers or {}).get("Host", self.host))

    def fault(self, what: str, request: bytes, found: str) -> None:
        shown = request if len(request) <= 600 else request[:500] + f"… ({len(request)} bytes)".encode()
        self.faults.append(f"{what}: {found}\n    {shown!r}")
        print(f"FAULT {self.faults[-1]}", flush=True)

    def expect(self, what: str, request: bytes, *statuses: int, patience: float = 40, **more) -> Answer | None:
        """Sends a request on a connection of its own, and judges the status of its answer.

        `header` and `member` name what the answer must have; `shut` closes the sending half behind the request.
        """
        self.cases += 1
        line = Line(self.port, patience)
        try:
            line.send(request)
            if more.get("shut"):
                line.shut()
            try:
                answer = line.read()
            except TimeoutError:
                self.fault(what, request, f"no answer within {patience:.0f} s")
                return None
            except ValueError as error:
                self.fault(what, request, f"no HTTP: {error}")
                return None
        finally:
            line.close()
        self.judge(what, request, answer, statuses, **more)
        return answer

    def judge(self, what: str, request: bytes, answer: Answer | None, statuses: tuple[int, ...], **more) -> None:
        status = answer.status if answer else CLOSED
        if status not in statuses:
            self.fault(what, request, f"{status} instead of {statuses}: {answer.body[:300] if answer else b''!r}")
            return
        if answer is None:
            return
        if b"root:" in answer.body:
            self.fault(what, request, "shows a file of the system")
        if header := more.get("header"):
            if header.lower() not in answer.headers:
                self.fault(what, request, f"{status} has no {header}")
        if "access-control-allow-origin" in answer.headers:
            self.fault(what, request, "the answer lets foreign pages read it")
        if status >= 400 and b"HTTP/1.0" not in request and request[:5] != b"HEAD ":
            kind = answer.headers.get("content-type", "")
            # What is refused below the service, before it sees anything, is said in plain text.
            if kind.startswith("application/problem+json"):
                problem = answer.json
                if problem.get("status") != status or not problem.get("code"):
                    self.fault(what, request, f"the problem says {problem}")
            elif status not in (400, 413, 414, 431, 501, 505):
                self.fault(what, request, f"{status} of type '{kind}' is no problem document")

    def expect_each(self, cases: list[tuple[str, bytes]], *statuses: int, **more) -> None:
        """Many cases at once, because the server may well wait for the rest of a request."""
        with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
            for each in [pool.submit(self.expect, what, request, *statuses, **more) for what, request in cases]:
                each.result()

    # MARK: - Cases

    def paths(self) -> None:
        climbs = [
            "/../../../../etc/passwd", "/console/../../../../etc/passwd", "/console/..%2f..%2f..%2fetc%2fpasswd",
            "/console/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/console/%252e%252e%252f%252e%252e%252fetc%252fpasswd",
            "/console/..\\..\\..\\etc\\passwd", "/console/..%5c..%5cetc%5cpasswd", "/console/%c0%ae%c0%ae/etc/passwd",
            "/console//etc/passwd", "/console/%2fetc%2fpasswd", "/console/console.css%00.html", "/console/%00", "//etc/passwd",
            "/console/....//....//etc/passwd", "/v1/skills/..%2f..%2f..%2fetc%2fpasswd", "/v1/skills/%2e%2e",
            "/v1/libraries/..%2f..%2fetc", "/v1/benchmarks/plots/..%2f..%2f..%2fetc%2fpasswd", "/v1/skills/a%00b",
            "/v1/benchmarks/plots/%2e%2e%2fresults.json", "/console/.", "/console/..", "/%2e%2e/%2e%2e/etc/passwd",
            "/console/;/../etc/passwd", "/console/..;/etc/passwd", "/v1/skills/" + "a" * 5000, "/" + "a/" * 3000,
            "/v1/skills/%", "/v1/skills/%2", "/v1/skills/%zz", "*", "v1/skills", "http://127.0.0.1/etc/passwd",
        ]
        for path in climbs:
            self.expect(f"path {path[:60]}", self.ask("GET", path), 400, 404, 403, 421)
        for path in ["/v1/runs/..%2f..%2f..%2fetc%2fpasswd", "/v1/runs/%2e%2e/events", "/v1/runs/a%00b", "/v1/runs/%ff",
                     "/v1/runs/..%5c..%5c", "/v1/runs/" + "r" * 3000]:
            for method in ("GET", "DELETE"):
                allowed = (400, 404, 405) if path.endswith("events") else (400, 404)
                self.expect(f"{method} {path[:60]}", self.ask(method, path, token=self.service.token), *allowed)
        for name in ["../../../etc/passwd", "/etc/passwd", "a\\..\\..\\b", "a\0b", "", ".", "..", "C:\\x", "a/../../b"]:
            body = {"name": "x", "files": {name: "root", "SKILL.md": "---\nname: x\ndescription: y\n---\n"}}
            self.expect(f"a skill's file {name!r}", self.ask("POST", "/v1/validate", body), 200, 400, 422)
        many = {"files": {f"{place}.md": "x" for place in range(1000)}}
        self.expect("a thousand files", self.ask("POST", "/v1/validate", many), 400, 413, 422)

    def bodies(self) -> None:
        token = self.service.token
        large, larger = b'{"query":"' + b"x" * (2 * LIMIT) + b'"}', b'{"request":"' + b"x" * (PLAN_LIMIT + LIMIT) + b'"}'
        self.expect("2 MiB to search", self.ask("POST", "/v1/search", large, JSON), 413)
        self.expect("9 MiB to runs", self.ask("POST", "/v1/runs", larger, JSON, token), 413)
        for size in (1 << 33, 1 << 40, (1 << 63) - 1):
            request = self.ask("POST", "/v1/search", None, {**JSON, "Content-Length": str(size)})
            self.expect(f"{size} bytes announced", request, 413)
        for length in ("-1", "abc", "1e3", "0x10", "99999999999999999999999", "1, 1", "", "+5", " 5 5"):
            request = self.ask("POST", "/v1/search", None, {**JSON, "Content-Length": length}) + b'{"a":1}'
            self.expect(f"Content-Length {length!r}", request, 400, 413, 411, CLOSED, shut=True)
        twice = self.ask("POST", "/v1/search", None, {**JSON, "Content-Length": "2"})[:-2] + b"Content-Length: 3\r\n\r\n{}x"
        self.expect("two lengths", twice, 400, CLOSED, shut=True)
        both = self.ask("POST", "/v1/search", None, {**JSON, "Content-Length": "4", "Transfer-Encoding": "chunked"})
        self.expect("a length and chunks", both + b"2\r\n{}\r\n0\r\n\r\n", 400, 422, CLOSED, shut=True)
        chunked = self.ask("POST", "/v1/search", None, {**JSON, "Transfer-Encoding": "chunked"})
        piece = b"10000\r\n" + b"y" * 0x10000 + b"\r\n"
        self.expect("2 MiB in chunks", chunked + b'a\r\n{"query":"\r\n' + piece * 32 + b'2\r\n"}\r\n0\r\n\r\n', 413)
        self.expect("good chunks", chunked + b'7\r\n{"query\r\n8\r\n":"hi"}x\r\n0\r\n\r\n', 400)
        self.expect("good chunks", chunked + b'7\r\n{"query\r\n7\r\n":"hi"}\r\n0\r\n\r\n', 200)
        for bad in (b"zz\r\n{}\r\n0\r\n\r\n", b"-1\r\n{}\r\n0\r\n\r\n", b"ffffffffffffffffff\r\n{}", b"2\r\n{}x\r\n0\r\n\r\n"):
            self.expect(f"chunks {bad[:12]!r}", chunked + bad, 400, 413, CLOSED, shut=True)
        unknown = self.ask("POST", "/v1/search", None, {**JSON, "Transfer-Encoding": "gzip, chunked"})
        self.expect("an unknown transfer encoding", unknown + b"0\r\n\r\n", 400, 415, 422, 501, CLOSED, shut=True)
        packed = self.ask("POST", "/v1/search", b"\x1f\x8b\x08", {**JSON, "Content-Encoding": "gzip"})
        self.expect("a packed body", packed, 400, 415)
        bodies = [
            b"", b" ", b"null", b"[]", b"1", b'"x"', b"{", b'{"query":', b'{"query":1}', b'{"query":null}', b'{"query":""}',
            b'{"query":" "}', b'{"query":"x","top":0}', b'{"query":"x","top":1e99}', b'{"query":"x","top":1.5}',
            b'{"query":"x","top":' + b"9" * 5000 + b"}", b'{"query":"x","unknown":1}', b'{"query":"x"}{}', b"\xef\xbb\xbf{}",
            b"[" * 100_000, b'{"query":' * 50_000, b'{"a":' + b"[" * 500_000, b'{"query":"' + b"x" * 900_000 + b'"}',
            b"{'query':'x'}", b'{"query":"x",}', b"NaN", b'{"query":NaN}', b'{"query":"x","library":"../../etc"}',
            b'{"query":"x","sources":[' + b'"s",' * 50_000 + b'"s"]}',
        ]
        for body in bodies:
            self.expect(f"JSON {body[:40]!r}", self.ask("POST", "/v1/search", body, JSON), 400, 404, 422)
        for path, member in [("/v1/route", "request"), ("/v1/plan/check", "plan"), ("/v1/plan/candidate", "plan"),
                             ("/v1/validate", "files")]:
            for body in (b"{", b"{}", b"[" * 100_000, b'{"%s":%s}' % (member.encode(), b"[" * 3000 + b"]" * 3000)):
                self.expect(f"{path} {body[:20]!r}", self.ask("POST", path, body, JSON), 400, 422)
        cycle = {"request": "x", "steps": [{"id": "a", "subtask": "a", "depends_on": ["a"]}]}
        self.expect("a plan in a circle", self.ask("POST", "/v1/plan/check", {"plan": cycle}), 200, 400, 422)
        long = " and then ".join(["draw a chart"] * 5000)
        self.expect("a request of 5,000 steps", self.ask("POST", "/v1/route", {"request": long}), 200, 400, 413, 422, 504,
                    patience=60)

    def text(self) -> None:
        self.expect("no UTF-8 in a path", self.ask("GET", "/v1/skills/%ff%fe"), 400, 404)
        self.expect("half a character in a path", self.ask("GET", "/v1/skills/%e2%82"), 400, 404)
        self.expect("a surrogate in a path", self.ask("GET", "/v1/skills/%ed%a0%80"), 400, 404)
        self.expect("raw bytes in a path", b"GET /v1/skills/\xff\xfe HTTP/1.1\r\nHost: %s\r\n\r\n" % self.host.encode(), 400, 404)
        self.expect("NUL in a path", b"GET /v1/sk\0ills HTTP/1.1\r\nHost: %s\r\n\r\n" % self.host.encode(), 400, 404, CLOSED,
                    shut=True)
        for query in ("q=%ff", "q=%ed%a0%80", "q=%", "q=%zz", "q=%e2%82", "q=x&top=%ff", "%ff=x&q=x", "q=\xff"):
            self.expect(f"query {query!r}", self.ask("GET", f"/v1/search?{query}"), 400)
        for query in ("", "q=", "q=x&top=0", "q=x&top=-1", "q=x&top=99999999999999999999", "q=x&top=1.5", "q=x&top=ten", "q=x&q=y",
                      "q=x&explain=maybe", "q=x&unknown=1", "q=%20%20"):
            self.expect(f"query {query!r}", self.ask("GET", f"/v1/search?{query}"), 400, 422)
        self.expect("NUL in a query", self.ask("GET", "/v1/search?q=a%00b"), 200, 400)
        self.expect("another library", self.ask("GET", "/v1/search?q=x&library=..%2F..%2Fetc"), 400, 404)
        # RFC 8259 leaves it to each reader what half a surrogate pair is.
        self.expect("half a pair", self.ask("POST", "/v1/search", b'{"query":"\\ud800"}', JSON), 200, 400, 422)
        odd = [b'{"query":"\xff\xfe"}', b'{"query":"\xed\xa0\x80"}', b'{"query":"\xc0\xae"}',
               '{"query":"x"}'.encode("utf-16"), '{"query":"x"}'.encode("utf-32")]
        for body in odd:
            self.expect(f"JSON {body!r}", self.ask("POST", "/v1/search", body, JSON), 400, 422)
        self.expect("control characters", self.ask("POST", "/v1/search", b'{"query":"a\x01\x1fb"}', JSON), 400, 422)
        self.expect("every plane", self.ask("POST", "/v1/search", {"query": "\U0001f4a9\u0000\ufffe\U0010ffff\u202e zalgo" }), 200, 400)
        self.expect("combining marks", self.ask("POST", "/v1/search", {"query": "e" + "\u0301" * 100_000}), 200, 400, 413, 422)
        self.expect("long words", self.ask("POST", "/v1/search", {"query": "x" * 9_000}), 200, 400, 413, 422)
        self.expect("no UTF-8 in a header", self.ask("GET", "/healthz", None, {"X-Request-Id": "\xff\xfe"}), 200, 400,
                    header="X-Request-Id")
        for name in ("a" * 65, "a b", "<script>", "a\tb", "", "'--"):
            answer = self.expect(f"request id {name!r}", self.ask("GET", "/healthz", None, {"X-Request-Id": name}), 200)
            if answer and answer.headers.get("x-request-id") == name:
                self.fault("request id", name.encode(), "is taken over")
        answer = self.expect("a good request id", self.ask("GET", "/healthz", None, {"X-Request-Id": "abc-1.2_3"}), 200)
        if answer and answer.headers.get("x-request-id") != "abc-1.2_3":
            self.fault("a good request id", b"abc-1.2_3", "is not taken over")

    def heads(self) -> None:
        self.expect("a long line", self.ask("GET", "/v1/search?q=" + "x" * 100_000), 414, 431, 400, 413)
        self.expect("a long header", self.ask("GET", "/healthz", None, {"X-Long": "x" * 100_000}), 431, 400, 413)
        # Who writes without reading is not told, and waits until the connection is given up.
        large = [
            ("a longer line", self.ask("GET", "/" + "x" * 3_000_000)),
            ("a longer header", self.ask("GET", "/healthz", None, {"X-Long": "x" * 3_000_000})),
            ("many headers", self.ask("GET", "/healthz", None, {f"X-{place}": "y" for place in range(20_000)})),
        ]
        self.expect_each(large, 414, 431, 400, 413, CLOSED)
        self.expect("no host", b"GET /healthz HTTP/1.1\r\n\r\n", 400, 421)
        self.expect("HTTP/1.0", b"GET /healthz HTTP/1.0\r\nHost: %s\r\n\r\n" % self.host.encode(), 200, 421)
        host = self.host.encode()
        lines = [
            b"GET\r\n\r\n", b"\r\n\r\n\r\n", b"GET /healthz\r\n\r\n", b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", b"\0" * 2000,
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET  /healthz  HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", b"GET /healthz HTTP/1.1\r\nHost : " + host + b"\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\n Host: " + host + b"\r\n\r\n", b"GET /healthz HTTP/1.1\nHost: " + host + b"\n\n",
            b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\nA: b\rc\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\nno colon\r\n\r\n",
        ]
        self.expect_each([(f"head {line[:40]!r}", line) for line in lines], 200, 400, 404, 421, 426, 505, CLOSED, shut=True)
        expecting = self.ask("POST", "/v1/search", b"", {**JSON, "Content-Length": "99999999", "Expect": "100-continue"})
        self.expect("asking first with too much", expecting, 413, 417)

    def methods(self) -> None:
        document = self.service.demand("GET", "/openapi.json")
        every = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        for path, operations in document["paths"].items():
            target = path.replace("{", "").replace("}", "")
            for method in every:
                if method.lower() not in operations:
                    statuses = (405, 204) if method == "OPTIONS" else (405,)
                    answer = self.expect(f"{method} {path}", self.ask(method, target, token=self.service.token), *statuses)
                    if answer and answer.status == 405:
                        allowed = set(answer.headers.get("allow", "").split(", "))
                        if not {name.upper() for name in operations} <= allowed:
                            self.fault(f"{method} {path}", b"", f"Allow says {allowed}")
        for method in ("TRACE", "CONNECT", "get", "FOO", "PROPFIND", "X" * 2000, "G\tET", "\xff"):
            self.expect(f"method {method[:20]!r}", self.ask(method, "/v1/search?q=x"), 400, 405, 414, 431, 501, CLOSED, shut=True)
        self.expect("HEAD", self.ask("HEAD", "/healthz")[:-2] + b"Connection: close\r\n\r\n", 200, 405)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
                     "application/jsonx", "application", "", "application/json, text/plain"):
            self.expect(f"type {kind!r}", self.ask("POST", "/v1/search", b'{"query":"x"}', {"Content-Type": kind}), 415)
        self.expect("no type", self.ask("POST", "/v1/search", b'{"query":"x"}'), 415)
        self.expect("type application/JSON", self.ask("POST", "/v1/search", b'{"query":"x"}', {"Content-Type": "application/JSON"}), 200)
        for kind in ("application/json; charset=utf-8", 'application/json;charset="UTF-8"'):
            self.expect(f"type {kind!r}", self.ask("POST", "/v1/search", b'{"query":"x"}', {"Content-Type": kind}), 200)
        self.expect("type with another charset",
                    self.ask("POST", "/v1/search", b'{"query":"x"}', {"Content-Type": "application/json; charset=utf-16"}), 200, 400, 415)
        for name in ("X-HTTP-Method-Override", "X-Method-Override"):
            self.expect(name, self.ask("POST", "/v1/runs/none", b"{}", {**JSON, name: "DELETE"}, self.service.token), 405)

    def names(self) -> None:
        host = self.host.encode()
        self.expect("two hosts", b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\nHost: evil.example\r\n\r\n", 400, 421)
        self.expect("two hosts", b"GET /healthz HTTP/1.1\r\nHost: evil.example\r\nHost: " + host + b"\r\n\r\n", 400, 421)
        for name in ("evil.example", "evil.example:80", f"127.0.0.1.evil.example:{self.port}", f"{self.host}.evil.example",
                     f"{self.host}@evil.example", "169.254.169.254", "0.0.0.0", "", " ", "[::ffff:127.0.0.1]evil", "a" * 5000,
                     f"localhost.:{self.port}x", "\xff"):
            for target in ("/healthz", "/v1/search?q=x", "/", "/openapi.json", "/nothing"):
                self.expect(f"host {name[:40]!r}", self.ask("GET", target, None, {"Host": name}), 421, 400)
        self.expect("localhost", self.ask("GET", "/healthz", None, {"Host": f"localhost:{self.port}"}), 200)
        self.expect("a foreign absolute address",
                    b"GET http://evil.example/healthz HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", 400, 403, 404, 421)
        for origin in ("http://evil.example", "null", f"http://{self.host}.evil.example", "https://127.0.0.1", "", "file://",
                       f"http://127.0.0.1:{self.port + 1}", f"http://user@{self.host}", "\xff"):
            for target in ("/v1/search?q=x", "/v1/libraries", "/"):
                self.expect(f"origin {origin!r}", self.ask("GET", target, None, {"Origin": origin}), 403)
            self.expect(f"origin {origin!r}", self.ask("POST", "/v1/search", {"query": "x"}, {"Origin": origin}), 403)
        self.expect("two origins", self.ask("GET", "/v1/libraries", None, {"Origin": f"http://{self.host}"})[:-2]
                    + b"Origin: http://evil.example\r\n\r\n", 400, 403)
        self.expect("its own origin", self.ask("GET", "/v1/libraries", None, {"Origin": f"http://{self.host}"}), 200)
        preflight = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        self.expect("a foreign page asks first", self.ask("OPTIONS", "/v1/runs", None, preflight), 403, 405)

    def tokens(self) -> None:
        good = self.service.token
        runs = "/v1/runs"
        self.expect("no token", self.ask("GET", runs), 401, header="WWW-Authenticate")
        narrow = self.service.demand("POST", "/v1/access-tokens", {"name": "narrow", "scopes": ["library"]})
        revoked = self.service.demand("POST", "/v1/access-tokens", {"name": "revoked", "scopes": ["admin"]})
        self.expect("a new token", self.ask("GET", runs, token=revoked["token"]), 200)
        self.service.call("DELETE", f"/v1/access-tokens/{revoked['id']}")
        self.expect("a revoked token", self.ask("GET", runs, token=revoked["token"]), 401, header="WWW-Authenticate")
        time.sleep(max(0.0, self.short_until - time.monotonic()))
        self.expect("an expired token", self.ask("GET", runs, token=self.short), 401, header="WWW-Authenticate")
        self.expect("too narrow a token", self.ask("GET", runs, token=narrow["token"]), 403)
        self.expect("too narrow a token", self.ask("POST", "/v1/access-tokens", {"name": "x", "scopes": ["admin"]}, token=narrow["token"]), 403)
        self.expect("a token that makes a wider one", self.ask("GET", "/v1/access-tokens", token=narrow["token"]), 403)
        for value in ("Bearer", "Bearer  ", f"Basic {good}", good, f"Bearer {good} x", f"Bearer {good[:-1]}", f"Bearer {good}x",
                      "Bearer \xff\xfe", "Bearer " + "x" * 20_000, "Bearer sw_" + "A" * 200):
            self.expect(f"Authorization {value[:24]!r}", self.ask("GET", runs, None, {"Authorization": value}), 401, 400, 429, 431)
        self.expect("two tokens", self.ask("GET", runs, token=good)[:-2] + b"Authorization: Bearer x\r\n\r\n", 400, 401, 429)
        self.expect("a token in the address", self.ask("GET", f"{runs}?token={good}"), 400, 401)
        self.expect("a bad token where none is needed", self.ask("GET", "/v1/search?q=x", token="bad"), 401, 429)
        limited = 0
        for _ in range(60):
            answer = self.expect("guessing", self.ask("GET", runs, token="sw_guess"), 401, 429)
            limited += bool(answer and answer.status == 429 and "retry-after" in answer.headers)
        if not limited:
            self.fault("guessing", b"", "sixty wrong tokens in a row are all let try again")
        self.expect("the right token meanwhile", self.ask("GET", runs, token=good), 200)
        for body in ({"name": "", "scopes": ["library"]}, {"name": "x", "scopes": []}, {"name": "x", "scopes": ["root"]},
                     {"name": "x" * 5000, "scopes": ["library"]}, {"name": "x", "scopes": ["library"], "expires_in_seconds": -1},
                     {"name": "x", "scopes": ["library"], "expires_in_seconds": 1e300}, {"name": "a\nb", "scopes": ["library"]}):
            self.expect(f"a token of {json.dumps(body)[:60]}", self.ask("POST", "/v1/access-tokens", body, token=good), 400, 422)

    def halves(self) -> None:
        self.expect("a half-closed socket", self.ask("GET", "/v1/search?q=draw+a+chart"), 200, shut=True)
        self.expect("a half-closed socket", self.ask("POST", "/v1/route", {"request": "draw a chart"}), 200, shut=True)
        whole = self.ask("POST", "/v1/search", {"query": "draw a chart"})
        cut = [(f"{length} bytes, then half-closed", whole[:length]) for length in (1, 5, 30, len(whole) - 20, len(whole) - 1)]
        self.expect_each(cut, CLOSED, 400, 408, shut=True)
        for by_reset in (False, True):
            for length in (0, 10, len(whole) - 1, len(whole)):
                for _ in range(50):
                    line = Line(self.port)
                    line.send(whole[:length])
                    line.close(by_reset)
                    self.cases += 1
        for _ in range(30):
            line = Line(self.port)
            line.send(self.ask("POST", "/v1/route", {"request": "draw a chart of the sales, then mail it"}))
            line.close(by_reset=True)
            self.cases += 1
        self.expect("afterwards", self.ask("GET", "/healthz"), 200)

    def pipeline(self) -> None:
        line = Line(self.port)
        asked = [f"id-{place}" for place in range(50)]
        requests = [
            self.ask("GET", "/v1/search?q=chart", None, {"X-Request-Id": name}) if place % 3 else
            self.ask("POST", "/v1/search", {"query": f"chart {place}"}, {"X-Request-Id": name})
            for place, name in enumerate(asked)
        ]
        line.send(b"".join(requests))
        found = []
        with contextlib.suppress(TimeoutError):
            while len(found) < len(asked) and (answer := line.read()):
                found.append((answer.status, answer.headers.get("x-request-id")))
        self.cases += 1
        if found != [(200, name) for name in asked]:
            self.fault("fifty requests at once on one connection", b"".join(requests[:2]), f"answers are {found[:5]}… ({len(found)})")
        line.close()
        after = self.ask("POST", "/v1/search", b'{"query":"x"}', {**JSON, "Content-Length": "13"})
        self.expect("a request in a body", after + self.ask("GET", "/v1/runs"), 200)

    def slow(self) -> None:
        """Bytes that come one a second: the connection must not be held for ever, nor hold up others."""
        lines = [Line(self.port) for _ in range(200)]
        request = self.ask("POST", "/v1/search", {"query": "x" * 200})
        head = request.index(b"\r\n\r\n") + 4
        for place, line in enumerate(lines):
            line.send(request[: head if place % 2 else 20])
        begun, position = time.monotonic(), 0
        open_lines = set(lines)
        while open_lines and time.monotonic() - begun < self.options.patience:
            time.sleep(1)
            for line in list(open_lines):
                is_readable, _, _ = select.select([line.socket], [], [], 0)
                if is_readable or not line.send(b"x"):
                    open_lines.discard(line)
            position += 1
        self.cases += len(lines)
        if open_lines:
            self.fault("slow requests", request[:100], f"{len(open_lines)} of 200 are still open after {self.options.patience} s")
        else:
            print(f"  slow requests were all ended after {time.monotonic() - begun:.0f} s")
        for line in lines:
            line.close()

    def deaf(self) -> None:
        """Followers that never read, beside fifty clients that search."""
        step = {"id": "s1", "subtask": "write", "skill": "file-ops", "tool": "write_file", "score": 1,
                "candidates": [{"skill": "file-ops", "tool": "write_file", "score": 1}], "depends_on": [],
                "arguments": {"path": "a.txt", "content": "x" * 900_000}}
        plan = {"request": "write", "decomposer": "local", "steps": [step], "groups": [["s1"]]}
        run = self.service.demand("POST", "/v1/runs", {"plan": plan, "approval": "auto"})["run"]
        lines = [Line(self.port, receive_buffer=2304) for _ in range(60)]
        for line in lines:
            line.send(self.ask("GET", f"/v1/runs/{run}/events", token=self.service.token))
        large = self.ask("GET", "/v1/skills?limit=100")
        greedy = [Line(self.port, receive_buffer=2304) for _ in range(20)]
        for line in greedy:
            line.send(large * 100)

        def search(place: int) -> int:
            line = Line(self.port)
            line.send(self.ask("GET", f"/v1/search?q=chart+{place}"))
            answer = line.read()
            line.close()
            return answer.status if answer else CLOSED

        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            statuses = list(pool.map(search, range(500)))
        self.cases += 1
        if set(statuses) != {200}:
            self.fault("five hundred searches beside followers that never read", b"", f"statuses {sorted(set(statuses))}")
        for line in lines + greedy:
            line.close(by_reset=True)

    def flood(self) -> None:
        """Connections that are opened and left; half of them begin a request."""
        kept = []
        refused = 0
        for place in range(self.options.connections):
            try:
                line = Line(self.port, patience=5)
                if place % 2:
                    line.send(b"GET /v1/sea")
                kept.append(line)
            except OSError:
                refused += 1
        self.cases += 1
        print(f"  {len(kept)} connections were opened, {refused} refused; {self.service.sample().descriptors} descriptors, "
              f"{self.service.sample().resident / MEGABYTE:.0f} MB")
        for place, line in enumerate(kept):
            line.close(by_reset=bool(place % 3))
        end = time.monotonic() + 45
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                line = Line(self.port, patience=5)
                line.send(self.ask("GET", "/healthz"))
                answer = line.read()
                line.close()
                if answer and answer.status == 200:
                    print(f"  answers new connections {45 - (end - time.monotonic()):.1f} s after they were left")
                    return
            time.sleep(0.2)
        self.fault("after the flood", self.ask("GET", "/healthz"), "no new connection is answered within 45 s")

    # MARK: - All

    def run(self, names: list[str]) -> None:
        parts = [self.paths, self.bodies, self.text, self.heads, self.methods, self.names, self.halves, self.pipeline, self.deaf,
                 self.flood, self.slow, self.tokens]
        for _ in range(20):
            self.expect("warming up", self.ask("GET", "/v1/search?q=draw+a+chart"), 200)
        self.expect("warming up", self.ask("POST", "/v1/route", {"request": "draw a chart"}), 200)
        # The shortest life there is; it is over when the other parts are.
        short = {"name": "short", "scopes": ["runs:read"], "expires_in_seconds": 60}
        self.short, self.short_until = self.service.demand("POST", "/v1/access-tokens", short)["token"], time.monotonic() + 61
        self.expect("a token that expires", self.ask("GET", "/v1/runs", token=self.short), 200)
        before = self.service.sample()
        self.bystander.start()
        for part in [part for part in parts if not names or part.__name__ in names] * self.options.repeat:
            self.bystander.topic = part.__name__
            cases, faults, begun = self.cases, len(self.faults), time.monotonic()
            try:
                part()
            except OSError as error:
                self.fault(part.__name__, b"", f"the connection failed: {error!r}")
            print(f"{part.__name__}: {self.cases - cases} cases, {len(self.faults) - faults} faults, "
                  f"{time.monotonic() - begun:.1f} s, {self.service.sample().resident / MEGABYTE:.0f} MB", flush=True)
            if not self.service.is_alive:
                self.fault(part.__name__, b"", f"the service ended: {self.service.said()}")
                return
        self.bystander.is_over.set()
        self.bystander.join(60)
        for failure in self.bystander.failures[:10]:
            self.fault("a bystander", b"", failure)
        times = sorted(self.bystander.times)
        end, deadline = self.service.sample(), time.monotonic() + 40
        while end.descriptors > before.descriptors + 8 and time.monotonic() < deadline:
            time.sleep(0.5)
            end = self.service.sample()
        print(f"a bystander's searches: {len(times)}, median {times[len(times) // 2][0] * 1000:.1f} ms, "
              f"slowest {times[-1][0] * 1000:.0f} ms during {times[-1][1]}")
        print(f"memory {before.resident / MEGABYTE:.0f} → {end.resident / MEGABYTE:.0f} MB, descriptors {before.descriptors} → "
              f"{end.descriptors}, threads {before.threads} → {end.threads}")
        if end.resident - before.resident > self.options.most_growth * MEGABYTE:
            self.fault("memory", b"", f"has grown by {(end.resident - before.resident) / MEGABYTE:.0f} MB")
        if end.descriptors > before.descriptors + 8:
            self.fault("descriptors", b"", f"{before.descriptors} → {end.descriptors}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=SKILLWEAVER)
    parser.add_argument("--skills", type=pathlib.Path, default=ROOT / "Skills")
    parser.add_argument("--library", type=pathlib.Path, help=f"another library beside them, such as {LIBRARY.name}")
    parser.add_argument("--only", nargs="+", default=[], metavar="PART")
    parser.add_argument("--repeat", type=int, default=1, help="how often all of it is done")
    parser.add_argument("--connections", type=int, default=5000)
    parser.add_argument("--patience", type=float, default=75, help="seconds after which slow requests must be ended")
    parser.add_argument("--most-growth", type=float, default=128, metavar="MB")
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, 65_536), limit))
    with temporary_home() as home:
        libraries = [str(options.skills.resolve())]
        if options.library:
            index(options.program, options.library, home)
            libraries.append("bench")
        service = Service(options.program, home, libraries)
        abuse = Abuse(service, options)
        try:
            abuse.run(options.only)
        finally:
            seconds = service.stop()
    print(f"{abuse.cases} cases, {len(abuse.faults)} faults; the service stopped after {seconds:.1f} s")
    return 1 if abuse.faults else 0


if __name__ == "__main__":
    sys.exit(main())
