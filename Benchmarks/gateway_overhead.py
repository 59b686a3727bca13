"""What a gateway adds to a tool call: SkillWeaver beside FastMCP's proxy, both against calling the server directly.

    .deps/mcp-python/bin/python Benchmarks/gateway_overhead.py [--gateway .build/release/skillweaver] [--json FILE]
        [--calls 1000] [--concurrent 200] [--bursts 5] [--servers 40] [--era modern|legacy] [--server PROGRAM…]

One plain client (a pipe, a line, a clock) calls the same tool of the same server in every column, so a column differs
from the first only in what stands between. The columns take turns, in blocks of 20 calls in an order shuffled anew, so
that a busy machine slows all of them; the overhead is the difference of the percentiles. `fastmcp` is FastMCP's proxy as
it comes; `fastmcp, one session` is the same proxy given one connected client, which is faster.

Then all columns answer bursts of concurrent calls, and the gateways front many servers: memory is the proportional set
size of the gateway's own process, without the servers'. Without --gateway its column is left out.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = ROOT / "Tests/ModelContextProtocolTests/Servers/hostile_server.py"
BLOCK = 20
PATIENCE = 60.0
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "benchmark", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Peer:
    """A server or gateway over stdio."""

    def __init__(self, name: str, command: list[str], is_modern: bool) -> None:
        self.name, self.is_modern, self.used = name, is_modern, 0
        self.errors = tempfile.TemporaryFile()
        started = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        self.spoke, self.is_stopped = time.monotonic(), threading.Event()
        threading.Thread(target=self.watch, daemon=True).start()
        try:
            self.connect()
        except Exception:
            self.stop()
            raise
        self.seconds_to_connect = time.perf_counter() - started

    def watch(self) -> None:
        """Kills a peer that has been silent for a minute, so that its output ends."""
        while not self.is_stopped.wait(5):
            if time.monotonic() - self.spoke > PATIENCE:
                self.process.kill()

    def connect(self) -> None:
        if self.is_modern:
            self.ask("server/discover", {})
        else:
            client = {"name": "benchmark", "version": "1"}
            self.ask("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client})
            self.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')

    def line(self, method: str, parameters: dict) -> tuple[int, bytes]:
        self.used += 1
        if self.is_modern:
            parameters = {**parameters, "_meta": META}
        message = {"jsonrpc": "2.0", "id": self.used, "method": method, "params": parameters}
        return self.used, json.dumps(message, separators=(",", ":")).encode() + b"\n"

    def write(self, data: bytes) -> None:
        self.spoke = time.monotonic()
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def answers(self) -> Iterator[dict]:
        """The messages that answer requests, as they come."""
        while True:
            line = self.process.stdout.readline()
            self.spoke = time.monotonic()
            if not line:
                self.errors.seek(0)
                said = self.errors.read().decode(errors="replace")[-500:]
                raise RuntimeError(f"{self.name} closed its output (or said nothing for {PATIENCE:.0f} s): {said}")
            message = json.loads(line)
            if "id" in message and "method" not in message:
                yield message

    def ask(self, method: str, parameters: dict) -> dict:
        identifier, data = self.line(method, parameters)
        self.write(data)
        message = next(answer for answer in self.answers() if answer["id"] == identifier)
        if "error" in message:
            raise RuntimeError(f"{self.name} answered {method} with {message['error']}")
        return message["result"]

    def call(self, call: dict) -> float:
        """Milliseconds of one call."""
        identifier, data = self.line("tools/call", call)
        started = time.perf_counter()
        self.write(data)
        answer = next(answer for answer in self.answers() if answer["id"] == identifier)
        elapsed = (time.perf_counter() - started) * 1000
        if has_failed(answer):
            raise RuntimeError(f"{self.name} answered a call with {json.dumps(answer)[:400]}")
        return elapsed

    def burst(self, call: dict, count: int) -> tuple[float, list[float], int]:
        """Seconds until all of the calls sent at once are answered, milliseconds of each, and how many failed."""
        lines = [self.line("tools/call", call) for _ in range(count)]
        waiting = {identifier for identifier, _ in lines}
        whole = b"".join(data for _, data in lines)
        times, failed = [], 0
        writer = threading.Thread(target=self.write, args=(whole,))
        started = time.perf_counter()
        writer.start()
        for answer in self.answers():
            times.append((time.perf_counter() - started) * 1000)
            failed += has_failed(answer)
            waiting.discard(answer["id"])
            if not waiting:
                break
        writer.join()
        return times[-1] / 1000, times, failed

    def stop(self) -> None:
        self.is_stopped.set()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def has_failed(answer: dict) -> bool:
    return "error" in answer or bool(answer["result"].get("isError"))


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def memory(process: int) -> tuple[float, int]:
    """Megabytes of the process's proportional set size, and how many children it has."""
    rollup = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
    kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    tasks = pathlib.Path(f"/proc/{process}/task").glob("*/children")
    return kilobytes / 1024, sum(len(task.read_text().split()) for task in tasks)


class Bench:
    """The columns, and how each is started and called."""

    def __init__(self, options: argparse.Namespace, folder: pathlib.Path) -> None:
        self.options, self.folder = options, folder
        self.is_modern = options.era == "modern"
        self.server = options.server or [sys.executable, str(SERVER), "healthy"]
        self.columns = ["direct", "fastmcp", "fastmcp, one session"] + (["skillweaver"] if options.gateway else [])

    def configuration(self, servers: int) -> pathlib.Path:
        path = self.folder / f"servers-{servers}.json"
        named = {f"s{number:02}": {"command": self.server[0], "args": self.server[1:]} for number in range(servers)}
        path.write_text(json.dumps({"mcpServers": named}))
        return path

    def command(self, column: str, servers: int) -> list[str]:
        configuration = str(self.configuration(servers))
        if column == "direct":
            return self.server
        if column == "skillweaver":
            return [self.options.gateway, *self.options.gateway_arguments.format(config=configuration).split()]
        return [sys.executable, __file__, "--proxy", configuration, *(["--one-session"] if "one" in column else [])]

    def tool(self, column: str, server: int, servers: int) -> dict:
        arguments = {"text": "hello"}
        if column == "skillweaver":
            return {"name": "call_tool", "arguments": {"tool": f"s{server:02}.echo", "arguments": arguments}}
        prefix = f"s{server:02}_" if column != "direct" and servers > 1 else ""
        return {"name": f"{prefix}echo", "arguments": arguments}

    def start(self, column: str, servers: int = 1) -> Peer:
        return Peer(column, self.command(column, servers), self.is_modern)

    def latency(self) -> dict:
        peers = {column: self.start(column) for column in self.columns}
        calls = {column: self.tool(column, 0, 1) for column in self.columns}
        times: dict[str, list[float]] = {column: [] for column in self.columns}
        bursts: dict[str, list[tuple[float, list[float], int]]] = {column: [] for column in self.columns}
        try:
            for column, peer in peers.items():
                for _ in range(BLOCK):
                    peer.call(calls[column])
            for _ in range(max(1, self.options.calls // BLOCK)):
                for column in random.sample(self.columns, len(self.columns)):
                    times[column] += [peers[column].call(calls[column]) for _ in range(BLOCK)]
            for _ in range(self.options.bursts):
                for column in random.sample(self.columns, len(self.columns)):
                    bursts[column].append(peers[column].burst(calls[column], self.options.concurrent))
        finally:
            for peer in peers.values():
                peer.stop()
        return {column: self.row(times, bursts, column) for column in self.columns}

    def row(self, times: dict, bursts: dict, column: str) -> dict:
        p50, p99 = percentile(times[column], 0.5), percentile(times[column], 0.99)
        each = [value for _, values, _ in bursts[column] for value in values]
        return {
            "calls": len(times[column]),
            "p50_ms": p50,
            "p99_ms": p99,
            "overhead_p50_ms": p50 - percentile(times["direct"], 0.5),
            "overhead_p99_ms": p99 - percentile(times["direct"], 0.99),
            "burst_seconds": statistics.median(seconds for seconds, _, _ in bursts[column]),
            "burst_p50_ms": percentile(each, 0.5),
            "burst_p99_ms": percentile(each, 0.99),
            "burst_failed": sum(failed for _, _, failed in bursts[column]),
        }

    def fleet(self, column: str) -> dict:
        """One gateway before many servers: connected, listed, then one tool of each called, one after another."""
        servers = self.options.servers
        peer = self.start(column, servers)
        try:
            peer.ask("tools/list", {})
            listed, children_listed = memory(peer.process.pid)
            started = time.perf_counter()
            for server in range(servers):
                result = peer.ask("tools/call", self.tool(column, server, servers))
                if result.get("isError"):
                    raise RuntimeError(f"{column}: {json.dumps(result)[:400]}")
            called, children_called = memory(peer.process.pid)
            return {
                "servers": servers,
                "connect_seconds": peer.seconds_to_connect,
                "listed_mb": listed,
                "children_listed": children_listed,
                "first_calls_seconds": time.perf_counter() - started,
                "called_mb": called,
                "children_called": children_called,
            }
        finally:
            peer.stop()


def run_proxy(configuration: str, is_one_session: bool) -> None:
    """FastMCP's proxy before the servers of a configuration, over stdio."""
    import asyncio

    from fastmcp import Client
    from fastmcp.server import create_proxy

    async def serve() -> None:
        servers = json.loads(pathlib.Path(configuration).read_text())
        if not is_one_session:
            await create_proxy(servers).run_stdio_async(show_banner=False, log_level="ERROR")
            return
        async with Client(servers) as client:
            await create_proxy(client).run_stdio_async(show_banner=False, log_level="ERROR")

    asyncio.run(serve())


def print_table(rows: dict[str, dict]) -> None:
    names = list(next(iter(rows.values())))
    print("| | " + " | ".join(names) + " |\n|" + "---|" * (len(names) + 1))
    for column, row in rows.items():
        cells = [f"{value:.3f}" if isinstance(value, float) else str(value) for value in row.values()]
        print(f"| {column} | " + " | ".join(cells) + " |")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gateway", help="the skillweaver program")
    parser.add_argument("--gateway-arguments", default="mcp --approve auto --config {config}")
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--concurrent", type=int, default=200)
    parser.add_argument("--bursts", type=int, default=5)
    parser.add_argument("--servers", type=int, default=40, help="of the fleet; 0 leaves it out")
    parser.add_argument("--era", choices=["modern", "legacy"], default="modern")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--server", nargs="+", help="a server over stdio with a tool `echo` that takes `text`")
    parser.add_argument("--proxy", help=argparse.SUPPRESS)
    parser.add_argument("--one-session", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.proxy:
        run_proxy(options.proxy, options.one_session)
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, pathlib.Path(folder))
        report = {"era": options.era, "load_before": os.getloadavg()[0], "latency": bench.latency()}
        print_table(report["latency"])
        if options.servers:
            report["fleet"] = {column: bench.fleet(column) for column in bench.columns if column != "direct"}
            print_table(report["fleet"])
    report["load_after"] = os.getloadavg()[0]
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
