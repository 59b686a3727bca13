"""Steps per second of running a plan whose tools do nothing: SkillWeaver beside LangGraph.

    .deps/bench-python/bin/python Benchmarks/run_overhead.py [--steps 300] [--width 50] [--rounds 5]

Both keep their journal in an SQLite file on the same disk, in write-ahead mode with synchronous = FULL, and both have a
step's result on disk before the next one begins (LangGraph: SqliteSaver with durability="sync"). The two take turns, so
that a busy machine slows both; the medians of the rounds are compared.
"""

import argparse
import json
import operator
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from typing import Annotated, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

ROOT = pathlib.Path(__file__).resolve().parent.parent


class State(TypedDict):
    """What each column of the grid has counted to."""

    n: Annotated[dict, operator.or_]


def grid(steps, width):
    """A graph of nodes in rows; each takes the result of the node above it."""
    graph = StateGraph(State)
    for number in range(steps):
        column = number % width

        def work(state, column=column):
            return {"n": {column: state["n"].get(column, 0) + 1}}

        graph.add_node(f"s{number}", work)
        graph.add_edge(f"s{number - width}" if number >= width else START, f"s{number}")
        if number >= steps - width:
            graph.add_edge(f"s{number}", END)
    return graph


def langgraph_rate(steps, width, folder):
    connection = sqlite3.connect(f"{folder}/langgraph.sqlite", check_same_thread=False)
    saver = SqliteSaver(connection)
    saver.setup()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    app = grid(steps, width).compile(checkpointer=saver)
    config = {"configurable": {"thread_id": "1"}, "recursion_limit": steps + 10, "max_concurrency": width}
    start = time.perf_counter()
    result = app.invoke({"n": {}}, config, durability="sync")
    seconds = time.perf_counter() - start
    connection.close()
    assert sum(result["n"].values()) == steps
    return steps / seconds


def skillweaver_rate(program, steps, width, folder):
    command = [program, "bench", "runs", "--steps", str(steps), "--width", str(width), "--journal", folder, "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output)["steps_per_second"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / ".build/release/skillweaver"))
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--width", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", help="where the journals are made; the disk to be measured")
    options = parser.parse_args()
    for width in (1, options.width):
        ours, theirs = [], []
        for _ in range(options.rounds):
            folder = tempfile.mkdtemp(dir=options.folder)
            try:
                ours.append(skillweaver_rate(options.program, options.steps, width, folder))
                theirs.append(langgraph_rate(options.steps, width, folder))
            finally:
                shutil.rmtree(folder)
        ratio = statistics.median(own / other for own, other in zip(ours, theirs))
        figures = {
            "steps": options.steps,
            "width": width,
            "skillweaver_steps_per_second": round(statistics.median(ours)),
            "langgraph_steps_per_second": round(statistics.median(theirs)),
            "ratio": round(ratio, 2),
        }
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
