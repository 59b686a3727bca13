#!/usr/bin/env python3
"""Draws the figures of a benchmark report from its results.json.

    plots.py results.json --out FOLDER [--format svg|png]

Three figures, each only where the results hold something for it:

    accuracy    decomposition accuracy and category recall beside the published systems
    tokens      category recall against language-model tokens a request
    latency     how long requests take, by stage

Published figures have hollow markers, measured ones filled markers, so that nothing depends on colour. The same
results give the same SVG files.
"""

import argparse
import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend must be chosen first)

INK = "#1f2328"
QUIET = "#6e7781"
RULE = "#d8dee4"
ACCENT = "#0550ae"

STAGES = ["decompose", "retrieve", "rerank", "compose", "total"]

plt.rcParams.update(
    {
        "figure.facecolor": "white",
        "axes.edgecolor": RULE,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 11,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "text.color": INK,
        "xtick.color": QUIET,
        "ytick.color": INK,
        "savefig.bbox": "tight",
        "svg.hashsalt": "skillweaver",
    }
)


class ResultsError(Exception):
    """The results file cannot be drawn."""


def load(path):
    """The content of a results file."""
    try:
        results = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ResultsError(f"{path}: is not JSON: {error}") from error
    if not isinstance(results, dict) or results.get("format") != "skillweaver-results":
        raise ResultsError(f'{path}: "format" must be "skillweaver-results"')
    if results.get("version") != 1:
        raise ResultsError(f'{path}: "version" must be 1, the version this program reads')
    return results


def label(run):
    """The system of a run with what sets it apart."""
    return f"{run['title']}, {run['variant']}" if run.get("variant") else run["title"]


def compskill_runs(results):
    return [run for run in results["runs"] if run["benchmark"] == "compskill"]


def metric(run, name):
    """A metric over all requests of a run; None where it is not counted."""
    return run["slices"]["all"]["metrics"].get(name)


def draw_accuracy(results):
    """One row a system, one panel a metric; whiskers are 95 % intervals."""
    panels = [("da", "DA"), ("cat_r_at_1", "CatR@1"), ("cat_r_at_10", "CatR@10")]
    names = [name for name, _ in panels]
    runs = [run for run in compskill_runs(results) if any(metric(run, name) for name in names)]
    published = [row for row in results["published"] if any(name in row["metrics"] for name in names)]
    if not runs:
        return None
    rows = len(published) + len(runs)
    figure, axes = plt.subplots(1, len(panels), figsize=(11, 0.32 * rows + 1.4), sharey=True)
    for axis, (name, title) in zip(axes, panels):
        for place, row in enumerate(published):
            if name in row["metrics"]:
                value = row["metrics"][name]
                axis.plot(value, place, "o", mfc="white", mec=QUIET, mew=1.4, ms=6.5)
                axis.annotate(f"{value:.3f}", (value, place), (7, 0), textcoords="offset points", va="center",
                              color=QUIET, fontsize=7.5)
        for place, run in enumerate(runs, start=len(published)):
            estimate = metric(run, name)
            if estimate:
                axis.plot([estimate["low"], estimate["high"]], [place, place], "-", color=ACCENT, lw=1.6)
                axis.plot(estimate["mean"], place, "s", color=ACCENT, ms=6)
                axis.annotate(f"{estimate['mean']:.3f}", (estimate["high"], place), (6, 0),
                              textcoords="offset points", va="center", fontsize=7.5)
        axis.set_title(title)
        axis.set_xlim(-0.03, 1.19)
        axis.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axis.grid(axis="y", color=RULE, lw=0.6)
        axis.axhline(len(published) - 0.5, color=QUIET, lw=0.8)
        axis.tick_params(length=0)
        axis.set_axisbelow(True)
    axes[0].set_yticks(range(rows), [row["title"] for row in published] + [label(run) for run in runs])
    axes[0].set_ylim(rows - 0.5, -0.5)
    figure.legend(
        handles=[
            plt.Line2D([], [], ls="", marker="o", mfc="white", mec=QUIET, mew=1.4, label="published (arXiv 2606.18051)"),
            plt.Line2D([], [], ls="-", marker="s", color=ACCENT, label="measured, 95 % interval"),
        ],
        loc="upper left", bbox_to_anchor=(0, -0.45 / (0.32 * rows)), bbox_transform=axes[0].transAxes, ncols=2,
        frameon=False, borderaxespad=0,
    )
    figure.subplots_adjust(wspace=0.08)
    return figure


def draw_tokens(results):
    """Category recall against tokens; the axis is linear up to 100 tokens so that zero has its place."""
    points = []
    for row in results["published"]:
        if row["tokens"] is not None and "cat_r_at_1" in row["metrics"]:
            points.append((row["tokens"], row["metrics"]["cat_r_at_1"], f"{row['title']} (published)", False))
    for run in compskill_runs(results):
        estimate = metric(run, "cat_r_at_1")
        for source, means in run["slices"]["all"].get("tokens", {}).items():
            if estimate:
                tokens = means["prompt"] + means["completion"]
                points.append((tokens, estimate["mean"], f"{label(run)} ({source})", True))
    if not any(is_measured for _, _, _, is_measured in points):
        return None
    figure, axis = plt.subplots(figsize=(8.2, 4.6))
    for tokens, value, _, is_measured in points:
        style = {"color": ACCENT} if is_measured else {"mfc": "white", "mec": QUIET, "mew": 1.4, "color": QUIET}
        axis.plot(tokens, value, "s" if is_measured else "o", ms=7, **style)
    axis.set_xscale("symlog", linthresh=100, linscale=0.6)
    axis.set_xlim(-8, 2_000_000)
    axis.margins(y=0.1)
    low, high = axis.get_ylim()
    heights = spread([(tokens, value) for tokens, value, _, _ in points], gap=(high - low) / 26)
    for (tokens, _, text, _), height in zip(points, heights):
        is_right = tokens > 50_000
        axis.annotate(text, (tokens, height), (-11 if is_right else 11, 0), textcoords="offset points",
                      ha="right" if is_right else "left", va="center", fontsize=7.5)
    ticks = [0, 100, 1_000, 10_000, 100_000, 1_000_000]
    axis.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axis.minorticks_off()
    axis.set_xlabel("Language-model tokens a request")
    axis.set_ylabel("CatR@1")
    axis.set_title("Accuracy against tokens")
    axis.grid(color=RULE, lw=0.6)
    axis.set_axisbelow(True)
    return figure


def spread(points, gap):
    """Heights for the labels of (x, y) points, moved apart where those at about one x would overlap."""
    heights = [y for _, y in points]
    columns = {}
    for index, (x, _) in enumerate(points):
        columns.setdefault(len(str(int(x))), []).append(index)
    for column in columns.values():
        column.sort(key=heights.__getitem__)
        # A few passes push neighbours apart to both sides until every gap is kept.
        for _ in range(200):
            for before, after in zip(column, column[1:]):
                missing = gap - (heights[after] - heights[before])
                if missing > 0:
                    heights[before] -= missing / 2
                    heights[after] += missing / 2
    return heights


def draw_latency(results):
    """A box from p25 to p75, whiskers from p5 to p95, the median as a line and p99 as a cross."""
    rows = []
    for run in results["runs"]:
        times = run["slices"]["all"].get("latency_ms", {})
        stages = [stage for stage in STAGES if stage in times]
        if stages:
            rows.append((f"{label(run)} · {run['data_set']}", None))
            rows += [(stage, times[stage]) for stage in stages]
    if not rows:
        return None
    figure, axis = plt.subplots(figsize=(8.2, 0.27 * len(rows) + 1.4))
    for place, (name, times) in enumerate(rows):
        if times is None:
            axis.axhline(place, color=RULE, lw=0.8, zorder=0)
            continue
        is_total = name == "total"
        for start, end in (("p5", "p25"), ("p75", "p95")):
            axis.plot([times[start], times[end]], [place, place], "-", color=QUIET, lw=1.2)
        axis.barh(place, max(times["p75"] - times["p25"], 1e-6), left=times["p25"], height=0.6,
                  color=ACCENT if is_total else "white", edgecolor=ACCENT)
        axis.plot([times["p50"]] * 2, [place - 0.3, place + 0.3], "-", color="white" if is_total else ACCENT, lw=2)
        axis.plot(times["p99"], place, "x", color=INK, ms=5, mew=1.3)
        axis.annotate(f"{milliseconds(times['p50'])} ms", (times["p99"], place), (7, 0), textcoords="offset points",
                      va="center", fontsize=7.5, color=QUIET)
    axis.set_xscale("log")
    axis.set_yticks(range(len(rows)), [name for name, _ in rows])
    for tick, (_, times) in zip(axis.get_yticklabels(), rows):
        tick.set_fontweight("bold" if times is None else "normal")
    axis.set_ylim(len(rows) - 0.5, -0.7)
    axis.set_xlim(
        min(max(times["p5"], 1e-3) for _, times in rows if times) / 1.6,
        max(max(times["p99"], 1e-2) for _, times in rows if times) * 4,
    )
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axis.set_xlabel("Milliseconds: box p25–p75, line and figure p50, whiskers p5–p95, cross p99")
    axis.set_title("Latency")
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x", color=RULE, lw=0.6)
    axis.set_axisbelow(True)
    return figure


def milliseconds(value):
    """Three significant digits without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


FIGURES = {"accuracy": draw_accuracy, "tokens": draw_tokens, "latency": draw_latency}


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Draw the figures of a benchmark report.")
    parser.add_argument("results", help="results.json of a benchmark")
    parser.add_argument("--out", required=True, help="folder for the figures; created if missing")
    parser.add_argument("--format", choices=["svg", "png"], default="svg")
    options = parser.parse_args(arguments)
    try:
        results = load(options.results)
        folder = Path(options.out)
        folder.mkdir(parents=True, exist_ok=True)
        for name, draw in FIGURES.items():
            figure = draw(results)
            if figure is None:
                print(f"plots: nothing to draw for {name}", file=sys.stderr)
                continue
            path = folder / f"{name}.{options.format}"
            # Without a date, equal results give equal files.
            metadata = {"Date": None} if options.format == "svg" else {}
            figure.savefig(path, format=options.format, dpi=160, metadata=metadata)
            plt.close(figure)
            print(path)
    except ResultsError as error:
        print(f"plots: {error}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, AttributeError) as error:
        print(f"plots: {options.results}: is not complete: {error!r}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"plots: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
