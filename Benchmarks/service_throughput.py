#!/usr/bin/env python3
"""Requests a second of `skillweaver serve` beside a FastAPI service that does what people do today, in one run.

    make bench-service     (or: .deps/bench-python/bin/python Benchmarks/service_throughput.py [--rounds 3] [--seconds 8] …)

The peer (`service/peer.py`) is FastAPI and uvicorn before sentence-transformers' all-MiniLM-L6-v2 and a faiss index of the
same 2,209 texts. Workers, threads and where the model runs are tried first, and the fastest is kept. A second peer runs
the same model in the runtime that SkillWeaver uses, which hardly anybody does. wrk asks all of them the same texts, no text
twice in one column, on 1, 16 and 64 connections; the columns take turns, round by round, so that a machine whose speed
drifts treats all alike. Reported are medians over the rounds; with each round goes how much of the processors others
used meanwhile, because such a round means little.

    --variant NAME=OPTIONS   another column: `skillweaver serve` with more options, on the same library
"""

import argparse
import contextlib
import dataclasses
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from service.running import LIBRARY, ROOT, SKILLWEAVER, Program, Service, busy_seconds, free_port, index, processor
from service.running import processor_seconds, temporary_home, tree

FOLDER = pathlib.Path(__file__).resolve().parent / "service"
PYTHON = ROOT / ".deps/bench-python/bin/python"
LONGEST = 400
"""Bytes of a text; the few longer ones are descriptions that nobody types."""
MOST_TEXTS = 60_000
BAR = 5.0


# MARK: - Texts


def given(data: pathlib.Path, member: str) -> list[str]:
    """Texts of all the sets, each once: `steps` are what is searched for, `query` is what is routed."""
    texts: dict[str, None] = {}
    files = [data / "compskillbench/queries.jsonl", *sorted(data.glob("tasks/*.queries.jsonl"))]
    if member == "steps":
        files.append(data / "retrieval/crosslist.jsonl")
    for file in files:
        for line in file.read_text().splitlines():
            record = json.loads(line)
            found = record.get(member) or record["query"]
            for text in [found] if isinstance(found, str) else found:
                texts[" ".join(text.split())] = None
    return [text for text in texts if text and len(text.encode()) <= LONGEST]


def distinct(texts: list[str], count: int, chance: random.Random) -> list[str]:
    """The texts in an order of chance, then new ones of the same lengths: the beginning of one and the end of another."""
    found = dict.fromkeys(chance.sample(texts, len(texts)))
    words = [text.split() for text in texts]
    while len(found) < count:
        head, tail = chance.choice(words), chance.choice(words)
        found[" ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])] = None
    return list(found)[:count]


def write_texts(folder: pathlib.Path, data: pathlib.Path) -> dict[str, pathlib.Path]:
    chance = random.Random(9)
    searched, routed = (distinct(given(data, member), MOST_TEXTS, chance) for member in ("steps", "query"))
    files = {kind: folder / f"{kind}.texts" for kind in ("search", "search-body", "route")}
    files["search"].write_text("".join(urllib.parse.quote(text) + "\n" for text in searched))
    files["search-body"].write_text("".join(json.dumps(text) + "\n" for text in searched))
    files["route"].write_text("".join(json.dumps(text) + "\n" for text in routed))
    return files


# MARK: - Columns


@dataclasses.dataclass
class Column:
    """One service asked one kind of thing."""

    name: str
    program: Program
    address: str
    kind: str
    next_text: int = 0


class Peer(Program):
    def __init__(self, folder: pathlib.Path, engine: str, workers: int, threads: int, calls: str) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.settings = {"engine": engine, "workers": workers, "threads": threads, "calls": calls}
        command = [PYTHON, "-m", "uvicorn", "peer:app", "--app-dir", FOLDER, "--host", "127.0.0.1", "--port", port,
                   "--workers", workers, "--loop", "uvloop", "--http", "httptools", "--no-access-log",
                   "--log-level", "warning", "--backlog", "2048"]
        environment = {
            "PEER_FOLDER": str(folder), "PEER_ENGINE": engine, "PEER_THREADS": str(threads), "PEER_CALLS": calls,
            "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "false",
        }
        super().__init__(f"the peer ({engine})", command, environment)
        self.wait_until_ready(self.address + "/readyz")


def wrk(column: Column, texts: dict[str, pathlib.Path], connections: int, seconds: float) -> dict:
    """One turn of one column: what wrk saw, and what it cost."""
    processes = tree(column.program.process.pid)
    spent, busy, started = processor_seconds(processes), busy_seconds(), time.monotonic()
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds:.0f}s",
               "--timeout", "30s", "--script", str(FOLDER / "requests.lua"), column.address, "--",
               column.kind, str(texts[column.kind]), str(column.next_text)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as client:
        output = client.stdout.read()
        # Waited for by hand, for the time it took.
        _, status, usage = os.wait4(client.pid, 0)
        client.returncode = os.waitstatus_to_exitcode(status)
    elapsed = time.monotonic() - started
    line = next((line for line in output.splitlines() if line.startswith("measured ")), None)
    if line is None or client.returncode != 0:
        raise SystemExit(f"wrk failed for {column.name}: {output[-800:]}")
    seen = json.loads(line.removeprefix("measured "))
    spent, busy = processor_seconds(processes) - spent, busy_seconds() - busy
    own = usage.ru_utime + usage.ru_stime
    column.next_text += seen["asked"]
    seen["errors"] = sum(seen.pop(name) for name in ("status", "connect", "read", "write", "timeout"))
    seen["per_second"] = seen["requests"] / seen["seconds"]
    seen["server_cpu_ms"] = spent * 1000 / max(1, seen["requests"])
    seen["client_cpu_share"] = own / elapsed
    seen["others_cpu_share"] = max(0.0, busy - spent - own) / elapsed
    return seen


def check(column: Column, text: str) -> None:
    """Makes sure that a column answers what is asked before it is timed."""
    if column.kind == "search":
        request = urllib.request.Request(f"{column.address}/v1/search?top=10&q={urllib.parse.quote(text)}")
    else:
        path, member = ("/v1/route", "request") if column.kind == "route" else ("/v1/search", "query")
        request = urllib.request.Request(column.address + path, json.dumps({member: text}).encode())
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        found = json.loads(answer.read())
    size = len(found["plan"]["steps"]) if column.kind == "route" else len(found["results"])
    if size != 10 and (column.kind != "route" or size == 0):
        raise SystemExit(f"{column.name} answers '{text}' with {size} results")


def best_peer(folder: pathlib.Path, texts: dict[str, pathlib.Path], engine: str, options: argparse.Namespace) -> tuple:
    """The settings under which the peer answers most, and what each gave."""
    tried = []
    for workers, threads in [(1, 1), (1, 2), (2, 1), (2, 2)]:
        for calls in ["one", "pool"] if engine == "torch" else ["one"]:
            peer = Peer(folder, engine, workers, threads, calls)
            try:
                column = Column(engine, peer, peer.address, "search")
                wrk(column, texts, 16, 2)
                seen = wrk(column, texts, 16, options.trial_seconds)
            finally:
                peer.stop()
            tried.append({**peer.settings, **{name: seen[name] for name in ("per_second", "p99_ms", "others_cpu_share")}})
            note(f"{engine}: {workers} workers, {threads} threads, {calls}: {seen['per_second']:.1f}/s")
    best = max(tried, key=lambda each: each["per_second"])
    return {name: best[name] for name in ("engine", "workers", "threads", "calls")}, tried


# MARK: - Report


def summary(turns: list[dict]) -> dict:
    names = ("per_second", "p50_ms", "p90_ms", "p99_ms", "server_cpu_ms", "others_cpu_share")
    row = {name: round(statistics.median(turn[name] for turn in turns), 3) for name in names}
    rates = [turn["per_second"] for turn in turns]
    return {**row, "requests": sum(turn["requests"] for turn in turns), "errors": sum(turn["errors"] for turn in turns),
            "range_per_second": [round(min(rates), 1), round(max(rates), 1)]}


def print_table(report: dict) -> None:
    print("\n| connections | column | requests/s | range | p50 ms | p90 ms | p99 ms | CPU ms | others | errors | × peer |")
    print("| ---: | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for connections, columns in report["columns"].items():
        peer = columns["FastAPI, torch"]["per_second"]
        for name, row in columns.items():
            low, high = row["range_per_second"]
            print(f"| {connections} | {name} | {row['per_second']:.1f} | {low:.0f}–{high:.0f} | {row['p50_ms']:.1f} | "
                  f"{row['p90_ms']:.1f} | {row['p99_ms']:.1f} | {row['server_cpu_ms']:.2f} | "
                  f"{row['others_cpu_share']:.2f} | {row['errors']} | {row['per_second'] / peer:.2f} |")
    print(f"\nCPU ms: of the service, a request. Others: processors used by anybody else, of {os.cpu_count()}.")


def note(text: str) -> None:
    print(f"service: {text}", file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=SKILLWEAVER)
    parser.add_argument("--library", type=pathlib.Path, default=LIBRARY)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    parser.add_argument("--home", type=pathlib.Path, help="a home folder with the library indexed as `bench`")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--warm-up", type=float, default=4, help="seconds for each column before each number of connections")
    parser.add_argument("--trial-seconds", type=float, default=5, help="of each setting of the peer")
    parser.add_argument("--peer", metavar="WORKERS,THREADS,CALLS", help="settings of the peer instead of trying them")
    parser.add_argument("--no-openvino", action="store_true", help="leave the second peer out")
    parser.add_argument("--variant", action="append", default=[], metavar="NAME=OPTIONS")
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / ".build/bench/service.json")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed (Scripts/setup bench)")
    with temporary_home() as folder, contextlib.ExitStack() as running:
        report = measure(options, folder, running)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=1) + "\n")
    print_table(report)
    return verdict(report)


def measure(options: argparse.Namespace, folder: pathlib.Path, running: contextlib.ExitStack) -> dict:
    texts = write_texts(folder, options.data)
    home = options.home or folder / "home"
    peers = ROOT / ".build/bench/peer"
    peers.mkdir(parents=True, exist_ok=True)
    note(f"{len(options.library.read_text().splitlines())} skills")
    index(options.program, options.library, home)
    if subprocess.run([PYTHON, FOLDER / "peer.py", options.library], env={**os.environ, "PEER_FOLDER": str(peers), "PEER_THREADS": str(os.cpu_count())},
                      stderr=subprocess.DEVNULL).returncode:
        raise SystemExit("the peer cannot make its vectors (Scripts/setup bench)")

    chosen, tried = {}, {}
    for engine in ["torch"] if options.no_openvino else ["torch", "openvino"]:
        if options.peer:
            workers, threads, calls = options.peer.split(",")
            calls = calls if engine == "torch" else "one"
            chosen[engine] = {"engine": engine, "workers": int(workers), "threads": int(threads), "calls": calls}
        else:
            chosen[engine], tried[engine] = best_peer(peers, texts, engine, options)

    services = {"SkillWeaver": Service(options.program, home, ["bench"])}
    running.callback(services["SkillWeaver"].stop)
    for variant in options.variant:
        name, _, more = variant.partition("=")
        services[name] = Service(options.program, home, ["bench"], *more.split())
        running.callback(services[name].stop)
    columns = [Column(f"{name}, search", each, each.address, "search") for name, each in services.items()]
    columns.append(Column("SkillWeaver, search by POST", services["SkillWeaver"], columns[0].address, "search-body"))
    for engine, settings in chosen.items():
        peer = Peer(peers, **settings)
        running.callback(peer.stop)
        columns.append(Column(f"FastAPI, {engine}", peer, peer.address, "search"))
    columns += [Column(f"{name}, route", each, each.address, "route") for name, each in services.items()]
    for column in columns:
        check(column, "plot the monthly revenue of each region as a bar chart")

    turns = {connections: {column.name: [] for column in columns} for connections in options.connections}
    for connections in options.connections:
        for column in columns:
            wrk(column, texts, connections, options.warm_up)
        for round_ in range(options.rounds):
            for column in columns:
                seen = wrk(column, texts, connections, options.seconds)
                turns[connections][column.name].append(seen)
            rates = ", ".join(f"{name} {turns[connections][name][-1]['per_second']:.0f}" for name in turns[connections])
            note(f"{connections} connections, round {round_ + 1}: {rates}")
    for name, each in services.items():
        note(f"{name}: {each.sample().resident / 2**20:.0f} MB resident at the end")
    asked = max(column.next_text for column in columns)
    if asked > MOST_TEXTS:
        note(f"a column asked {asked} texts: some were asked twice")
    return {
        "machine": {"processor": processor(), "cores": os.cpu_count(), "load_after": os.getloadavg()[0]},
        "rounds": options.rounds,
        "seconds": options.seconds,
        "peers": chosen,
        "tried": tried,
        "resident_mb": {name: round(each.sample().resident / 2**20, 1) for name, each in services.items()},
        "columns": {
            str(connections): {name: summary(seen) for name, seen in found.items()} for connections, found in turns.items()
        },
        "turns": turns,
    }


def verdict(report: dict) -> int:
    """0 when nothing failed and the most searches a second are as many times the peer's most as promised."""
    errors = sum(row["errors"] for columns in report["columns"].values() for row in columns.values())
    most = {
        name: max(columns[name]["per_second"] for columns in report["columns"].values())
        for name in next(iter(report["columns"].values()))
    }
    for name, rate in most.items():
        if name != "FastAPI, torch":
            print(f"{name}: {rate:.1f}/s at most, {rate / most['FastAPI, torch']:.2f}× FastAPI")
    is_kept = errors == 0 and most["SkillWeaver, search"] >= BAR * most["FastAPI, torch"]
    print(f"{errors} errors; bar of {BAR:.0f}× {'kept' if is_kept else 'missed'}")
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
