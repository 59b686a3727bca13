"""Kills SkillWeaver at random moments while it runs ten-step plans, and counts effects from outside.

    python3 Benchmarks/run_kills.py [--kills 500] [--seed 1]

A skill whose calls leave a line each in a file is run as a chain of ten steps. The program is killed with SIGKILL at
random moments and the run resumed, and killed again, until it is finished. Two kinds of tools take turns: ones that honour
the idempotency key, of which every effect must be there exactly once, and ones that do not, of which none may be there
twice unless this script, in the part of a person, said so. Steps the journal had as completed must stay so and never run
again.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
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
    time.sleep(0.01)
    _write(name + ":" + idempotency_key, True)
    time.sleep(0.01)
    return {"name": name}


def write_line(name):
    time.sleep(0.01)
    _write(name, False)
    time.sleep(0.01)
    return {"name": name}
'''


class Harness:
    def __init__(self, program, folder, seed):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.random = random.Random(seed)
        self.workspace = self.folder / "workspace"
        self.ledger = self.workspace / "ledger.txt"
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder / "home")}
        self.kills = self.effective = self.runs = self.questions = self.lost = self.repeated = 0
        skill = self.folder / "skills" / "ledger"
        skill.mkdir(parents=True)
        self.workspace.mkdir()
        (skill / "SKILL.md").write_text("---\nname: ledger\ndescription: Writes lines into a ledger.\n---\n# Ledger\n")
        (skill / "schema.json").write_text(json.dumps(SCHEMA))
        (skill / "tools.py").write_text(TOOLS)
        self.call("index", str(self.folder / "skills"), "--library", "ledger")

    def call(self, *words):
        result = subprocess.run([self.program, *words], env=self.environment, capture_output=True, text=True)
        return result.returncode, result.stdout

    def killed(self, words, longest):
        """Runs the program and kills it after a random time; its exit code where it was faster."""
        process = subprocess.Popen(
            [self.program, *words], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return process.wait(timeout=self.random.uniform(0.02, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.kills += 1
            return None

    def report(self, run):
        return json.loads(self.call("runs", "show", run, "--report", "--json")[1])

    def completed(self, run):
        """How often each step succeeded, by the journal."""
        counts = {}
        for step in self.report(run)["steps"]:
            count = sum(line["text"].endswith(" succeeded") for line in step["history"])
            if count:
                counts[step["id"]] = count
        return counts

    def lines(self):
        return [line.split(":")[0] for line in self.ledger.read_text().split()]

    def newest(self):
        _, output = self.call("runs", "list", "--limit", "1", "--json")
        return json.loads(output)["run"] if output.strip() else None

    def answer(self, run):
        """Plays the person: looks whether the effect is there, and says so."""
        words = ["resume", run, "--sandbox", "off"]
        # A worker of the killed program may still be writing its line; it dies with its input.
        time.sleep(0.3)
        for question in self.report(run)["questions"]:
            assert question["kind"] == "unknown_outcome", question
            self.questions += 1
            words += ["--done" if question["task"] in self.lines() else "--approve", question["task"]]
        return words

    def one_run(self, tool):
        plan = self.folder / "plan.json"
        steps = [
            {
                "id": f"s{number}",
                "subtask": f"write line {number}",
                "skill": "ledger",
                "tool": tool,
                "depends_on": [f"s{number - 1}"] if number > 1 else [],
                "arguments": {"name": f"s{number}"},
            }
            for number in range(1, STEPS + 1)
        ]
        plan.write_text(json.dumps({"request": "write the ledger", "steps": steps}))
        self.ledger.write_text("")
        before = self.newest()
        words = ["run", "--plan", str(plan), "--library", "ledger", "--workspace", str(self.workspace), "--sandbox", "off"]
        code = self.killed(words, 0.9)
        run = self.newest()
        if run == before:
            return
        self.runs += 1
        resume = ["resume", run, "--sandbox", "off"]
        known = {}
        while code != 0:
            now = self.completed(run)
            self.lost += sum(now.get(step) is None for step in known)
            self.repeated += sum(count > 1 for count in now.values())
            known = now
            self.effective += code is None
            if code == 4:
                resume = self.answer(run)
            elif code is not None:
                raise SystemExit(f"run {run} ended with {code}")
            code = self.killed(resume, 0.6)
            resume = ["resume", run, "--sandbox", "off"]
        effects = self.lines()
        for number in range(1, STEPS + 1):
            count = effects.count(f"s{number}")
            self.lost += count == 0
            self.repeated += count > 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / ".build/release/skillweaver"))
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(options.program, folder, options.seed)
        while harness.effective < options.kills:
            harness.one_run("write_once" if harness.runs % 2 == 0 else "write_line")
        print(
            json.dumps(
                {
                    "kills_during_runs": harness.effective,
                    "runs": harness.runs,
                    "questions_answered": harness.questions,
                    "steps_lost": harness.lost,
                    "steps_repeated": harness.repeated,
                }
            )
        )
        sys.exit(1 if harness.lost or harness.repeated else 0)


if __name__ == "__main__":
    main()
