"""A correct MCP server over stdio in plain Python, both eras, two tools; what `hostile_server.py` departs from."""

import argparse
import json
import sys

MODERN = "2026-07-28"
SERVER = {"name": "hostile", "version": "1.0.0"}
OBJECT = {"type": "object", "properties": {"text": {"type": "string"}}}


def tool(name: str, description: str = "Does some work.", **more: object) -> dict:
    return {"name": name, "description": description, "inputSchema": OBJECT, **more}


TOOLS = [tool("work"), tool("echo", "Returns its text.")]


class Server:
    """A correct server; each mode replaces some of it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.out = sys.stdout.buffer
        self.is_modern = False

    # Writing.

    def raw(self, data: bytes) -> None:
        self.out.write(data)
        self.out.flush()

    def send(self, message: object) -> None:
        self.raw(json.dumps(message).encode() + b"\n")

    def reply(self, identifier: object, result: dict) -> None:
        self.send({"jsonrpc": "2.0", "id": identifier, "result": self.stamped(result)})

    def stamped(self, result: dict) -> dict:
        return {"resultType": "complete", **result} if self.is_modern else result

    # Reading.

    def run(self) -> None:
        for line in sys.stdin.buffer:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict) and "method" in message and "id" in message:
                self.request(message)
            elif isinstance(message, dict) and "method" in message:
                self.notification(message)
        self.closed()

    def closed(self) -> None:
        """Standard input has ended."""

    def notification(self, message: dict) -> None:
        pass

    def request(self, message: dict) -> None:
        method, identifier = message["method"], message["id"]
        parameters = message.get("params") or {}
        meta = parameters.get("_meta") or {}
        if method != "initialize":
            self.is_modern = "io.modelcontextprotocol/protocolVersion" in meta
        lasting = {"ttlMs": 0, "cacheScope": "private"} if self.is_modern else {}
        if method == "initialize":
            version = parameters.get("protocolVersion", "2025-11-25")
            self.reply(identifier, {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": SERVER})
        elif method == "server/discover" and self.is_modern:
            self.reply(identifier, {"supportedVersions": [MODERN], "capabilities": {"tools": {}}, **lasting})
        elif method == "tools/list":
            self.list_page(identifier, lasting, parameters)
        elif method == "tools/call":
            self.call(identifier, parameters)
        elif method == "ping":
            self.reply(identifier, {})
        else:
            error = {"code": -32601, "message": "Method not found", "data": method}
            self.send({"jsonrpc": "2.0", "id": identifier, "error": error})

    def list_page(self, identifier: object, lasting: dict, parameters: dict) -> None:
        self.reply(identifier, {"tools": self.tools(), **lasting})

    def tools(self) -> list[dict]:
        return TOOLS

    def call(self, identifier: object, parameters: dict) -> None:
        text = str((parameters.get("arguments") or {}).get("text", "worked"))
        self.reply(identifier, self.content(text))

    def content(self, text: str) -> dict:
        return {"content": [{"type": "text", "text": text}], "isError": False}

    def amount(self, usual: int) -> int:
        return usual if self.options.size is None else self.options.size
