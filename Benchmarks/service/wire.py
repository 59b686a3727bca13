"""HTTP/1.1 over plain sockets, as little of it as a measurement needs: nothing is hidden, nothing retried."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator


class Answer:
    """Status, headers (names in lower case) and body of an answer."""

    def __init__(self, head: bytes, body: bytes = b"") -> None:
        lines = head.decode("latin-1").split("\r\n")
        version, code, *_ = lines[0].split(" ", 2)
        if not version.startswith("HTTP/1."):
            raise ValueError(f"no HTTP answer: {lines[0][:80]!r}")
        self.status = int(code)
        pairs = [line.partition(":") for line in lines[1:] if line]
        self.fields = [(name.strip().lower(), value.strip()) for name, _, value in pairs]
        self.headers = dict(self.fields)
        self.body = body

    @property
    def json(self) -> dict:
        return json.loads(self.body)


def request_bytes(
    method: str,
    target: str,
    body: bytes | object | None = None,
    headers: dict[str, str] | None = None,
    token: str | None = None,
    host: str = "127.0.0.1",
) -> bytes:
    """A whole request; an object that is not bytes goes as JSON."""
    fields = {"Host": host, **({"Authorization": f"Bearer {token}"} if token else {})}
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":")).encode()
        fields["Content-Type"] = "application/json"
    if body is not None:
        fields["Content-Length"] = str(len(body))
    fields.update(headers or {})
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode("latin-1") + b"\r\n" + (body or b"")


class Client:
    """One connection that asks one thing after the other, and connects anew when it was closed."""

    def __init__(self, port: int, token: str | None = None, patience: float = 60) -> None:
        self.port, self.token, self.patience = port, token, patience
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, target: str, body: object = None, headers: dict[str, str] | None = None) -> Answer:
        async with asyncio.timeout(self.patience):
            if self.writer is None or self.writer.is_closing() or self.reader.at_eof():
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
            host = f"127.0.0.1:{self.port}"
            self.writer.write(request_bytes(method, target, body, headers, self.token, host))
            await self.writer.drain()
            answer = await read_answer(self.reader)
        if answer.headers.get("connection", "").lower() == "close":
            await self.close()
        return answer

    async def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    answer = Answer((await reader.readuntil(b"\r\n\r\n"))[:-4])
    if "chunked" in answer.headers.get("transfer-encoding", ""):
        answer.body = b"".join([chunk async for chunk in chunks(reader)])
    elif answer.status != 204:
        answer.body = await reader.readexactly(int(answer.headers.get("content-length", "0")))
    return answer


async def chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")


async def connect_events(
    port: int, run: str, token: str, after: int = 0, receive_buffer: int | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which the events of a run were asked for."""
    plain = socket.socket()
    try:
        if receive_buffer:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", port))
    except BaseException:
        plain.close()
        raise
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096 if receive_buffer else 1 << 24)
    target = f"/v1/runs/{run}/events?after={after}"
    writer.write(request_bytes("GET", target, headers={"Accept": "text/event-stream"}, token=token,
                               host=f"127.0.0.1:{port}"))
    return reader, writer


async def events(reader: asyncio.StreamReader) -> AsyncIterator[dict[str, str]]:
    """The events of an answer, whose head is read here too; comments come as {"comment": …}."""
    answer = Answer((await reader.readuntil(b"\r\n\r\n"))[:-4])
    if answer.status != 200:
        raise ValueError(f"events were answered with {answer.status}")
    waiting = b""
    is_chunked = "chunked" in answer.headers.get("transfer-encoding", "")
    async for piece in chunks(reader) if is_chunked else pieces(reader):
        waiting += piece
        *whole, waiting = waiting.split(b"\n\n")
        for block in whole:
            fields = [line.partition(":") for line in block.decode().split("\n")]
            yield {name or "comment": value.removeprefix(" ") for name, _, value in fields}


async def pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while piece := await reader.read(1 << 16):
        yield piece
