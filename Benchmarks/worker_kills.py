"""Kills workers at random moments while they share ten-step runs in PostgreSQL, and counts effects from outside.

    Scripts/setup test                                  # a PostgreSQL server for this machine
    .deps/test-python/bin/python Benchmarks/worker_kills.py [--kills 500] [--workers 4] [--seed 1]

Every run is a chain of ten steps that leave a line each in a file of the run. At random moments one of the workers is
killed with SIGKILL and replaced. Two kinds of tools take turns: ones that honour the idempotency key, of which every
effect must be there exactly once, and ones that do not, of which none may be there twice unless this script, in the part of
a person, said so. A kill counts when the worker had a call under way. In the end every run must have succeeded, every
step once by the journal and once by its effect.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = ROOT / "Tests/TestSupport/Servers/postgresql_server.py"
STEPS = 10
SCHEMA = [
    {
        "name": name,
        "description": description,
        "input_schema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        "annotations": {"destructiveHint": False, "idempotencyKeyHint": honours},
    }
    for name, description, honours in [
        ("write_once", "Write a line once.", True),
        ("write_line", "Write a line.", False),
    ]
]
TOOLS = '''
import fcntl, time


def _write(line, once):
    with open("ledger.txt", "r+") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        if once and line in ledger.read().split():
            return
        ledger.seek(0, 2)
        ledger.write(line + "\\n")


def write_once(name, idempotency_key=""):
    time.sleep(0.05)
    _write(name + ":" + idempotency_key, True)
    time.sleep(0.05)
    return {"name": name}


def write_line(name):
    time.sleep(0.05)
    _write(name, False)
    time.sleep(0.05)
    return {"name": name}
'''


class Workers:
    """Worker processes, of which one or another is killed."""

    def __init__(self, harness, count):
        self.harness = harness
        self.started = 0
        self.processes = [self.start() for _ in range(count)]

    def start(self):
        self.started += 1
        log = open(self.harness.folder / f"worker-{self.started}.jsonl", "w+")
        words = ["worker", "--store", self.harness.address, "--lease", "3", "--concurrency", "2", "--json"]
        words += ["--sandbox", "off", "--name", f"w{self.started}"]
        process = subprocess.Popen(
            [self.harness.program, *words], env=self.harness.environment, stdout=log, stderr=subprocess.DEVNULL
        )
        return process, log

    @staticmethod
    def events(log):
        log.seek(0)
        lines = log.read().split("\n")
        return [json.loads(line)["event"] for line in lines[:-1]]

    def kill(self, position):
        """Kills one and starts another; whether it had a call under way."""
        process, log = self.processes[position]
        assert process.poll() is None, f"a worker ended by itself: {self.events(log)[-3:]}"
        process.kill()
        process.wait()
        events = self.events(log)
        log.close()
        self.processes[position] = self.start()
        return events.count("took") > events.count("finished") + events.count("failed")

    def stop(self):
        for process, _ in self.processes:
            process.terminate()
        codes = [process.wait(timeout=60) for process, _ in self.processes]
        assert codes == [0] * len(codes), f"stopped workers ended with {codes}"


class Harness:
    def __init__(self, program, folder, address):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.address = address
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder / "home")}
        self.runs = {}
        self.finished = set()
        self.questions = 0
        skill = self.folder / "skills" / "ledger"
        skill.mkdir(parents=True)
        (skill / "SKILL.md").write_text("---\nname: ledger\ndescription: Writes lines into a ledger.\n---\n# Ledger\n")
        (skill / "schema.json").write_text(json.dumps(SCHEMA))
        (skill / "tools.py").write_text(TOOLS)
        self.call("index", str(self.folder / "skills"), "--library", "ledger")

    def call(self, *words):
        result = subprocess.run([self.program, *words], env=self.environment, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"{words}: {result.returncode}: {result.stderr}")
        return result.stdout

    def offer(self, number):
        """Leaves a new run to the workers."""
        tool = "write_once" if number % 2 == 0 else "write_line"
        workspace = self.folder / f"workspace-{number}"
        workspace.mkdir()
        (workspace / "ledger.txt").write_text("")
        steps = [
            {
                "id": f"s{step}",
                "subtask": f"write line {step}",
                "skill": "ledger",
                "tool": tool,
                "depends_on": [f"s{step - 1}"] if step > 1 else [],
                "arguments": {"name": f"s{step}"},
            }
            for step in range(1, STEPS + 1)
        ]
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps({"request": "write the ledger", "steps": steps}))
        words = ["run", "--plan", str(plan), "--library", "ledger", "--workspace", str(workspace)]
        run = self.call(*words, "--sandbox", "off", "--store", self.address, "--detach").strip()
        self.runs[run] = workspace

    def report(self, run):
        return json.loads(self.call("runs", "show", run, "--report", "--json", "--store", self.address))

    def lines(self, run):
        return [line.split(":")[0] for line in (self.runs[run] / "ledger.txt").read_text().split()]

    def look(self):
        """Plays the person for runs that wait, and notes which have ended."""
        for line in self.call("runs", "list", "--limit", "10000", "--json", "--store", self.address).splitlines():
            summary = json.loads(line)
            run = summary["run"]
            if run not in self.runs or run in self.finished:
                continue
            if summary["phase"] == "waiting":
                self.answer(run)
            elif summary["phase"] in ("succeeded", "failed", "cancelled"):
                self.finished.add(run)

    def answer(self, run):
        """Looks whether the effect is there, and says so."""
        words = []
        for question in self.report(run)["questions"]:
            assert question["kind"] == "unknown_outcome", question
            self.questions += 1
            words += ["--done" if question["task"] in self.lines(run) else "--approve", question["task"]]
        if words:
            self.call("resume", run, *words, "--sandbox", "off", "--store", self.address, "--detach")

    def count(self):
        """Steps lost and repeated, by effects and by the journal."""
        lost = repeated = 0
        for run in self.runs:
            report = self.report(run)
            effects = self.lines(run)
            assert report["phase"] == "succeeded", report["phase"]
            for step in report["steps"]:
                done = sum(
                    line["text"].endswith(" succeeded") or "was done" in line["text"] for line in step["history"]
                )
                lost += effects.count(step["id"]) == 0 or done == 0
                repeated += effects.count(step["id"]) > 1 or done > 1
        return lost, repeated


def measure(options, folder, address):
    harness = Harness(options.program, folder, address)
    chance = random.Random(options.seed)
    workers = Workers(harness, options.workers)
    kills = effective = 0
    wanted = threading.Event()

    def offer_and_answer():
        number = 0
        while not wanted.is_set() or len(harness.finished) < len(harness.runs):
            harness.look()
            if not wanted.is_set() and len(harness.runs) - len(harness.finished) < 2 * options.workers:
                harness.offer(number)
                number += 1
            else:
                time.sleep(0.3)

    person = threading.Thread(target=offer_and_answer, daemon=True)
    start = time.time()
    person.start()
    while effective < options.kills and person.is_alive():
        time.sleep(chance.uniform(0.05, options.longest))
        kills += 1
        effective += workers.kill(chance.randrange(options.workers))
    wanted.set()
    person.join()
    seconds = time.time() - start
    workers.stop()
    lost, repeated = harness.count()
    print(
        json.dumps(
            {
                "workers": options.workers,
                "kills": kills,
                "kills_during_calls": effective,
                "runs": len(harness.runs),
                "steps": len(harness.runs) * STEPS,
                "questions_answered": harness.questions,
                "steps_lost": lost,
                "steps_repeated": repeated,
                "seconds": round(seconds),
            }
        )
    )
    return 1 if lost or repeated or effective < options.kills else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / ".build/release/skillweaver"))
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--longest", type=float, default=0.8, help="most seconds between two kills")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="skw-") as folder:
        database = f"{folder}/pg"
        started = subprocess.run([sys.executable, SERVER, "start", database], capture_output=True, text=True, check=True)
        try:
            code = measure(options, folder, started.stdout.split()[-1])
        finally:
            subprocess.run([sys.executable, SERVER, "stop", database], check=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
