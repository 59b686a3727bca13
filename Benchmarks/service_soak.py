#!/usr/bin/env python3
"""Mixed load on `skillweaver serve` for minutes: its memory, descriptors and threads must stay flat.

    make soak      (or: python3 Benchmarks/service_soak.py [--minutes 10] [--clients 1000] …)

Searches, routes, runs of quick tools, followers of events that come and go, and MCP calls, while resident memory,
descriptors and threads are read each second. A line is fitted to the second half, when buffers and caches have their
sizes; the verdict is over its slope. Then --clients connections follow one run that waits: all must hear when it goes on,
also beside others that never read; what a connection costs is printed. Everything but the program is Python's standard
library.
"""

import argparse
import asyncio
import collections
import json
import os
import pathlib
import random
import resource
import statistics
import sys
import time
import urllib.parse

from service.running import LIBRARY, ROOT, SKILLWEAVER, Sample, Service, index, processor, temporary_home
from service.wire import Answer, Client, connect_events, events

LIST = "list the files in the folder"
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "soak", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
MEGABYTE = 2**20


def step(number: int, tool: str, arguments: dict, after: int | None = None) -> dict:
    return {
        "id": f"s{number}", "subtask": f"step {number}", "skill": "file-ops", "tool": tool, "score": 1,
        "candidates": [{"skill": "file-ops", "tool": tool, "score": 1}],
        "depends_on": [] if after is None else [f"s{after}"], "arguments": arguments,
    }


def plan(steps: list[dict]) -> dict:
    return {"request": "; ".join(each["subtask"] for each in steps), "decomposer": "local", "steps": steps,
            "groups": [[each["id"]] for each in steps]}


def quick_plan() -> dict:
    return plan([step(1, "list_files", {}), step(2, "list_files", {"recursive": True}, after=1)])


def waiting_plan(writes: int = 1, size: int = 5) -> dict:
    """Waits for an approval, then writes: each event carries what is written."""
    steps = [
        step(number, "write_file", {"path": f"{number}.txt", "content": "x" * size}, number - 1 if number > 1 else None)
        for number in range(1, writes + 1)
    ]
    return plan(steps)


# MARK: - Load


class Load:
    """What the clients do, and what came of it."""

    def __init__(self, service: Service, texts: list[str], seed: int) -> None:
        self.service, self.texts = service, texts
        self.chance = random.Random(seed)
        self.done: collections.Counter[str] = collections.Counter()
        self.failed: collections.Counter[str] = collections.Counter()
        self.examples: dict[str, str] = {}
        self.runs: collections.deque[str] = collections.deque()
        self.is_over = False

    def client(self) -> Client:
        return Client(self.service.port, self.service.token)

    def count(self, kind: str, answer: Answer, *expected: int) -> bool:
        if answer.status in expected:
            self.done[kind] += 1
            return True
        self.failed[kind] += 1
        self.examples.setdefault(kind, f"{answer.status} {answer.body[:300]!r}")
        return False

    async def keep(self, kind: str, pause: float, body) -> None:
        """Does something again and again; a connection that breaks is a failure, and is made anew."""
        client = self.client()
        while not self.is_over:
            try:
                await body(client)
            except (OSError, ValueError, asyncio.IncompleteReadError, TimeoutError) as error:
                self.failed[kind] += 1
                self.examples.setdefault(kind, repr(error))
                await client.close()
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
        await client.close()

    async def search(self, client: Client) -> None:
        text = self.chance.choice(self.texts)
        if self.chance.random() < 0.5:
            query = urllib.parse.urlencode({"q": text, "library": "bench", "explain": self.chance.choice(["true", "false"])})
            answer = await client.ask("GET", f"/v1/search?{query}")
        else:
            answer = await client.ask("POST", "/v1/search", {"query": text, "library": "bench", "top": 50})
        self.count("search", answer, 200)

    async def route(self, client: Client) -> None:
        request = f"{self.chance.choice(self.texts)}, then {self.chance.choice(self.texts)}"
        library = self.chance.choice([{}, {"library": "bench"}])
        answer = await client.ask("POST", "/v1/route", {"request": request[:2000], "svg": False, **library})
        self.count("route", answer, 200)

    async def run(self, client: Client) -> None:
        waits = self.chance.random() < 0.2
        body = {"plan": waiting_plan() if waits else quick_plan(), "approval": "ask"}
        answer = await client.ask("POST", "/v1/runs", body)
        if not self.count("run", answer, 201):
            return
        run = answer.json["run"]
        self.runs.append(run)
        if waits:
            phase = await self.reach(client, run, "waiting")
            if self.chance.random() < 0.3:
                self.count("cancel", await client.ask("POST", f"/v1/runs/{run}/cancel", {}), 200)
            elif phase == "waiting":
                self.count("answer", await client.ask("POST", f"/v1/runs/{run}/answers", {"approve": ["all"]}), 200)
        phase = await self.reach(client, run, "succeeded", "failed", "cancelled")
        if phase not in ("succeeded", "cancelled"):
            self.failed["run"] += 1
            self.examples.setdefault("run", f"{run} is {phase}")
        if len(self.runs) > 20:
            self.count("delete", await client.ask("DELETE", f"/v1/runs/{self.runs.popleft()}"), 204)
        self.count("list", await client.ask("GET", "/v1/runs?limit=20"), 200)

    async def reach(self, client: Client, run: str, *phases: str) -> str:
        phase = ""
        for _ in range(600):
            answer = await client.ask("GET", f"/v1/runs/{run}")
            phase = answer.json.get("phase", "") if self.count("look", answer, 200) else "gone"
            if phase in phases or phase == "gone":
                break
            await asyncio.sleep(0.1)
        return phase

    async def follow(self, client: Client) -> None:
        """Follows a run to its end, or leaves in the middle without a word."""
        if not self.runs:
            return
        leaves = self.chance.random() < 0.5
        reader, writer = await connect_events(self.service.port, self.chance.choice(self.runs), self.service.token)
        try:
            async with asyncio.timeout(20):
                seen = 0
                async for event in events(reader):
                    seen += 1
                    if event.get("event") == "end" or (leaves and seen > self.chance.randrange(4)):
                        break
            self.done["follow"] += 1
        except (TimeoutError, asyncio.IncompleteReadError):
            # A run that waits for a person says nothing for long.
            self.done["left"] += 1
        except ValueError as error:
            # Runs are deleted meanwhile.
            self.done["gone" if "404" in str(error) else "refused"] += 1
        finally:
            if leaves and self.chance.random() < 0.5:
                writer.transport.abort()
            writer.close()

    async def speak(self, client: Client) -> None:
        if self.chance.random() < 0.3:
            method, parameters = "tools/list", {}
        else:
            method, parameters = "tools/call", {"name": "search_skills", "arguments": {"query": self.chance.choice(self.texts)}}
        headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2026-07-28",
                   "Mcp-Method": method}
        if "name" in parameters:
            headers["Mcp-Name"] = parameters["name"]
        message = {"jsonrpc": "2.0", "id": self.done["mcp"], "method": method, "params": {**parameters, "_meta": META}}
        answer = await client.ask("POST", "/mcp", message, headers)
        if self.count("mcp", answer, 200) and b'"error"' in answer.body[:200]:
            self.failed["mcp"] += 1
            self.examples.setdefault("mcp", repr(answer.body[:300]))

    def tasks(self, searchers: int) -> list:
        kinds = [("search", 0.01, self.search)] * searchers + [
            ("route", 0.05, self.route), ("run", 0.1, self.run), ("run", 0.1, self.run), ("follow", 0.05, self.follow),
            ("follow", 0.05, self.follow), ("follow", 0.05, self.follow), ("mcp", 0.05, self.speak),
        ]
        return [self.keep(*kind) for kind in kinds]


async def soak(service: Service, texts: list[str], options: argparse.Namespace) -> dict:
    load = Load(service, texts, options.seed)
    samples: list[Sample] = []
    tasks = [asyncio.create_task(task) for task in load.tasks(options.searchers)]
    started = time.monotonic()
    while time.monotonic() - started < options.minutes * 60:
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - started) % 1))
        samples.append(service.sample())
        if len(samples) % 60 == 0:
            last = samples[-1]
            note(f"minute {len(samples) // 60}: {last.resident / MEGABYTE:.1f} MB, {last.descriptors} descriptors, "
                 f"{last.threads} threads, {sum(load.done.values())} done, {sum(load.failed.values())} failed")
    load.is_over = True
    await asyncio.gather(*tasks)
    await asyncio.sleep(3)
    rest = service.sample()
    kept = samples[len(samples) // 2 :]
    quarter = max(1, len(kept) // 4)
    report = {
        "minutes": options.minutes,
        "done": dict(load.done),
        "failed": dict(load.failed),
        "examples": load.examples,
        "slopes_per_minute": {
            "resident_mb": slope(kept, lambda sample: sample.resident / MEGABYTE),
            "descriptors": slope(kept, lambda sample: sample.descriptors),
            "threads": slope(kept, lambda sample: sample.threads),
        },
        "resident_mb": {
            "first": round(samples[0].resident / MEGABYTE, 1),
            "first_quarter": round(statistics.median(sample.resident for sample in kept[:quarter]) / MEGABYTE, 1),
            "last_quarter": round(statistics.median(sample.resident for sample in kept[-quarter:]) / MEGABYTE, 1),
            "most": round(max(sample.resident for sample in samples) / MEGABYTE, 1),
        },
        "afterwards": {"resident_mb": round(rest.resident / MEGABYTE, 1), "descriptors": rest.descriptors,
                       "threads": rest.threads},
        "most_descriptors": max(sample.descriptors for sample in samples),
        "most_threads": max(sample.threads for sample in samples),
        "resident_each_10_s": [round(sample.resident / MEGABYTE, 1) for sample in samples[::10]],
    }
    slopes = report["slopes_per_minute"]
    report["is_flat"] = (
        not load.failed and slopes["resident_mb"] <= options.most_growth
        and abs(slopes["descriptors"]) <= 1 and abs(slopes["threads"]) <= 1
    )
    return report


def slope(samples: list[Sample], value) -> float:
    """By how much a line through the samples rises in a minute (least squares)."""
    minutes = [(sample.at - samples[0].at) / 60 for sample in samples]
    if len(samples) < 3:
        return 0.0
    return round(statistics.linear_regression(minutes, [value(sample) for sample in samples]).slope, 4)


# MARK: - Followers


class Follower:
    """One connection that hears what happens in a run, and when."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.waits = asyncio.Event()
        self.went_on: float | None = None
        self.ended: float | None = None

    async def listen(self) -> None:
        async for event in events(self.reader):
            if event.get("event") == "end":
                self.ended = time.monotonic()
                return
            kind = json.loads(event["data"])["kind"] if "data" in event else None
            if kind == "paused":
                self.waits.set()
            elif kind == "answered" and self.went_on is None:
                self.went_on = time.monotonic()


async def start_waiting(service: Service, given: dict) -> str:
    """A run that waits for an approval."""
    run = service.demand("POST", "/v1/runs", {"plan": given, "approval": "ask"})["run"]
    while (phase := service.demand("GET", f"/v1/runs/{run}")["phase"]) != "waiting":
        if phase not in ("running", "paused"):
            raise SystemExit(f"a run that should wait for approval is {phase}")
        await asyncio.sleep(0.1)
    return run


async def approve_all(service: Service, run: str) -> None:
    """Says yes whenever the run asks, until it has ended."""
    client = Client(service.port, service.token)
    phase = "waiting"
    while phase in ("waiting", "running", "paused"):
        if phase == "waiting":
            await client.ask("POST", f"/v1/runs/{run}/answers", {"approve": ["all"]})
        await asyncio.sleep(0.05)
        listed = (await client.ask("GET", "/v1/runs?limit=20")).json["runs"]
        phase = next(each["phase"] for each in listed if each["run"] == run)
    await client.close()


async def follow_together(service: Service, given: dict, clients: int, silent: int) -> dict:
    """Many connections on one run that waits; `silent` others never read; the run goes on, and all must hear of it."""
    run = await start_waiting(service, given)
    client = Client(service.port, service.token)
    before, started = service.sample(), time.monotonic()
    listening = [Follower(*await connect_events(service.port, run, service.token)) for _ in range(clients)]
    tasks = [asyncio.create_task(each.listen()) for each in listening]
    async with asyncio.timeout(120):
        await asyncio.gather(*[each.waits.wait() for each in listening])
    connected = time.monotonic() - started
    mute = [await connect_events(service.port, run, service.token, receive_buffer=2304) for _ in range(silent)]
    for _, writer in mute:
        writer.transport.pause_reading()
    await asyncio.sleep(2)
    idle = service.sample()

    answered = time.monotonic()
    approving = asyncio.create_task(approve_all(service, run))
    most, delays, pending = idle.resident, [], set(tasks)
    while pending and time.monotonic() - answered < 180:
        _, pending = await asyncio.wait(pending, timeout=0.2)
        begin = time.monotonic()
        found = await client.ask("GET", "/v1/search?q=draw+a+chart&library=bench")
        delays.append((time.monotonic() - begin) * 1000)
        if found.status != 200:
            raise SystemExit(f"a search was answered with {found.status} while followers were told")
        most = max(most, service.sample().resident)
    broken = collections.Counter(repr(task.exception()) for task in tasks if task.done() and task.exception())
    for task in [*pending, approving]:
        task.cancel()
    phase = service.demand("GET", f"/v1/runs/{run}")["phase"]
    told = service.sample()
    for writer in [each.writer for each in listening] + [writer for _, writer in mute]:
        writer.transport.abort()
    await client.close()
    await asyncio.sleep(3)
    after = service.sample()
    went_on = sorted(each.went_on - answered for each in listening if each.went_on)
    ended = sorted(each.ended - answered for each in listening if each.ended)
    return {
        "clients": clients,
        "never_read": silent,
        "phase": phase,
        "heard_it_goes_on": len(went_on),
        "heard_the_end": len(ended),
        "broken": dict(broken),
        "seconds": {
            "to_connect": round(connected, 2),
            "first_heard": round(went_on[0], 3) if went_on else None,
            "last_heard": round(went_on[-1], 3) if went_on else None,
            "last_heard_the_end": round(ended[-1], 3) if ended else None,
        },
        "kilobytes_per_client": round((idle.resident - before.resident) / (clients + silent) / 1024, 1),
        "resident_mb": {name: round(sample / MEGABYTE, 1) for name, sample in [
            ("before", before.resident), ("connected", idle.resident), ("most_while_told", most),
            ("told", told.resident), ("after_they_left", after.resident)]},
        "descriptors": [before.descriptors, idle.descriptors, after.descriptors],
        "threads": [before.threads, idle.threads, after.threads],
        "search_ms_meanwhile": {"median": round(statistics.median(delays), 1), "most": round(max(delays), 1)},
        "is_right": len(ended) == len(went_on) == clients and phase == "succeeded"
        and after.descriptors <= before.descriptors + 8,
    }


# MARK: - Program


def note(text: str) -> None:
    print(f"soak: {text}", file=sys.stderr, flush=True)


def texts_to_search(data: pathlib.Path) -> list[str]:
    lines = (data / "compskillbench/queries.jsonl").read_text().splitlines()
    return [step for line in lines for step in json.loads(line)["steps"]]


async def measure(service: Service, options: argparse.Namespace) -> dict:
    report: dict = {"machine": {"processor": processor(), "cores": os.cpu_count()}}
    if options.minutes > 0:
        report["soak"] = await soak(service, texts_to_search(options.data), options)
    if options.clients > 0:
        report["followers"] = await follow_together(service, waiting_plan(), options.clients, 0)
        note(f"{options.clients} followers: {report['followers']['heard_the_end']} heard the end")
    if options.silent > 0:
        # Each of them is sent some 3 MB, more than the sockets' buffers hold.
        report["silent"] = await follow_together(service, waiting_plan(24, 120_000), 20, options.silent)
        note(f"{options.silent} that never read beside 20 that do: {report['silent']['heard_the_end']} heard the end")
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=SKILLWEAVER)
    parser.add_argument("--library", type=pathlib.Path, default=LIBRARY)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    parser.add_argument("--home", type=pathlib.Path, help="a home folder with the library indexed as `bench`")
    parser.add_argument("--skills", type=pathlib.Path, default=ROOT / "Skills", help="the bundled skills, whose tools run")
    parser.add_argument("--minutes", type=float, default=10, help="0 leaves the soak out")
    parser.add_argument("--searchers", type=int, default=4)
    parser.add_argument("--clients", type=int, default=1000, help="followers of one run; 0 leaves them out")
    parser.add_argument("--silent", type=int, default=50, help="of those that never read; 0 leaves them out")
    parser.add_argument("--most-growth", type=float, default=0.5, metavar="MB", help="a minute that still counts as flat")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / ".build/bench/soak.json")
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, 65_536), limit))
    with temporary_home() as folder:
        home = options.home or folder
        index(options.program, options.library, home)
        service = Service(options.program, home, [str(options.skills.resolve()), "bench"])
        try:
            report = asyncio.run(measure(service, options))
            report["is_alive"] = service.is_alive
        finally:
            seconds = service.stop()
        report["seconds_to_stop"] = round(seconds, 2)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    is_right = (
        report["is_alive"]
        and report.get("soak", {}).get("is_flat", True)
        and all(report[part]["is_right"] for part in ("followers", "silent") if part in report)
    )
    print("flat, and nobody was left out" if is_right else "not as it should be: see above")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
