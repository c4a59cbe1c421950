"""The bench: every figure with its ceiling, as a table and as JSON: `python -m tests.bench [--json FILE]`.

Each storm runs several times on a fresh copy of the school; the table has the best one, because the machine's other
work can only make a run slower, and the median beside it.
"""

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from tests.bench import growth, poking, reading, staffroom
from tests.bench import storm as storms
from tests.bench.staffroom import TEACHERS, Room

RUNS = 5
Row = tuple[str, str, str]  # what, measured, ceiling


class Bench:
    """Where the schools are made, and what was found so far: rows for people, figures for programs."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder, self.runs = folder, runs
        self.rows: list[Row] = []
        self.figures: dict[str, Any] = {}
        self._made: dict[str, Room] = {}

    @contextmanager
    def room(self, publication: str = "daily") -> Iterator[Room]:
        """A copy of the school that nobody has used yet."""
        if publication not in self._made:
            self._made[publication] = staffroom.make(self.folder / publication, publication=publication)
        made = self._made[publication]
        data = Path(tempfile.mkdtemp(dir=self.folder)) / "data"
        shutil.copytree(made.data, data)
        try:
            yield Room(data, made.tablets, made.today, made.admin)
        finally:
            shutil.rmtree(data.parent)

    def say(self, what: str, measured: str, ceiling: str = "") -> None:
        """A row of the table, at once."""
        self.rows.append((what, measured, ceiling))
        print(f"| {what} | {measured} | {ceiling} |", flush=True)


def storm(bench: Bench, count: int, publication: str = "daily") -> None:
    """The staff-room storm, and what SQLite alone does with the same ops at the same time."""
    runs, ceilings = [], []
    for _ in range(bench.runs):
        with bench.room(publication) as room:
            ceilings.append(storms.bare(room, count, room.data.parent / "bare"))
            runs.append(storms.storm(room, count))
    best = max(runs, key=lambda run: run.push_ops_per_s)
    whole = min(run.whole_s for run in runs)
    name = f"storm_{TEACHERS}x{count}" + ("" if publication == "daily" else f"_{publication}")
    bench.figures[name] = {
        "push_ops_per_s": round(best.push_ops_per_s), "ceiling_ops_per_s": round(max(ceilings)),
        "storm_s": round(whole, 3),
        "push_ops_per_s_median": round(median(run.push_ops_per_s for run in runs)),
        "storm_s_median": round(median(run.whole_s for run in runs), 3),
        "push_cpu_us_per_op": round(min(run.push_cpu_s / run.ops for run in runs) * 1e6, 1),
        "rss_mb": round(max(run.peak for run in runs)), "runs": bench.runs,
    }  # fmt: skip
    found = bench.figures[name]
    what = f"storm {TEACHERS} × {count}" + ("" if publication == "daily" else ", diary published live")
    bench.say(
        f"{what}: push",
        f"{found['push_ops_per_s']:,} ops/s (median {found['push_ops_per_s_median']:,}; "
        f"{found['push_cpu_us_per_op']} µs of processor per op)",
        f"{found['ceiling_ops_per_s']:,} ops/s",
    )
    bench.say(f"{what}: all converged", f"{found['storm_s']} s (median {found['storm_s_median']} s)")
    bench.say(f"{what}: memory of the server", f"{found['rss_mb']} MB at most")


def lesson(bench: Bench) -> None:
    """One lesson; of the runs the one with the best p99."""
    runs = []
    for _ in range(bench.runs):
        with bench.room() as room:
            runs.append(reading.lesson(room))
    found = min(runs, key=lambda run: run.p99)
    bench.figures["lesson_30_ops"] = msgspec.to_builtins(found)
    bench.say(
        "one lesson (30 ops), one round trip",
        f"p50 {found.p50:.1f} ms, p99 {found.p99:.1f} ms (p99 of all runs: {min(r.p99 for r in runs):.0f} to "
        f"{max(r.p99 for r in runs):.0f})",
        f"p50 {found.ceiling_p50:.1f} ms, p99 {found.ceiling_p99:.1f} ms",
    )


def cold(bench: Bench) -> None:
    """A cold tablet."""
    for rows in (6_000, 20_000):
        with bench.room() as room:
            found = reading.cold(room, rows)
        bench.figures[f"cold_{rows}"] = msgspec.to_builtins(found)
        bench.say(
            f"cold tablet, {found.rows:,} rows",
            f"{found.server_ms:.0f} ms at the server, {found.packed / 1000:.1f} kB gzipped of {found.plain / 1000:.0f}",
        )


def pull(bench: Bench) -> None:
    """A staff room of cold tablets."""
    found = []
    for _ in range(bench.runs):
        with bench.room() as room:
            found.append(reading.pull(room, 6_000))
    best = min(found, key=lambda run: run.seconds)
    bench.figures["pull_60x6000"] = msgspec.to_builtins(best)
    bench.say(
        f"{TEACHERS} tablets that lack {best.rows:,} rows each",
        f"{best.seconds:.2f} s ({best.cpu_s:.2f} s of processor)",
        f"{best.ceiling_s:.2f} s (the same bytes, ready)",
    )


def pokes(bench: Bench) -> None:
    """Live pokes."""
    with bench.room() as room:
        found = poking.pokes(room)
    bench.figures["pokes"] = msgspec.to_builtins(found)
    bench.say(
        f"poke to {found.lines:,} lines",
        f"half after {found.half_ms:.0f} ms, all after {found.all_ms:.0f} ms; {found.kb_per_line:.1f} kB per line",
    )


def grow(bench: Bench) -> None:
    """Growth of the ledger."""
    with bench.room() as room:
        found = growth.growth(room)
    bench.figures["growth"] = msgspec.to_builtins(found)
    for at in found:
        bench.say(
            f"push of 30 ops, ledger of {at.entries:,} entries",
            f"p50 {at.push_ms:.1f} ms, p99 {at.p99_ms:.1f} ms; {at.size:,.0f} MB",
        )


PARTS: dict[str, Callable[[Bench], None]] = {
    "storm": lambda bench: storm(bench, 100),
    "storm400": lambda bench: storm(bench, 400),
    "live": lambda bench: storm(bench, 100, "live"),
    "lesson": lesson,
    "cold": cold,
    "pull": pull,
    "pokes": pokes,
    "growth": grow,
}


def machine() -> str:
    """The machine in a few words."""
    cpus = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in cpus.splitlines() if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores of {model or platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    """Run the parts that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--only", action="append", choices=sorted(PARTS))
    asked.add_argument("--runs", type=int, default=RUNS)
    given = asked.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    print(f"{machine()}; commit {commit.stdout.strip() or 'unknown'}; load {os.getloadavg()[0]:.1f}\n")
    print("| what | measured | ceiling in the same run |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="zvonok-bench-") as folder:
        bench = Bench(Path(folder), given.runs)
        for name in given.only or PARTS:
            PARTS[name](bench)
    if given.json:
        about = {"machine": machine(), "commit": commit.stdout.strip()}
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode({**about, **bench.figures})) + b"\n")


if __name__ == "__main__":
    main()
