#!/usr/bin/env python3
"""Compares a moved cut in tierscope with the same recompute in DuckDB and Polars, on the very same customers.

    pip install duckdb numpy polars        # polars may be left out
    python benches/vs_duckdb.py [CUSTOMERS]   # 10,000,000 unless given

It runs `cargo bench --bench whatif` with TIERSCOPE_BENCH_COMPARE set, which makes the customers up, writes their columns
and prints what a moved cut costs; loads the columns into memory (loading is not measured); checks that all count the same
cells to the customer and to the cent; and prints how many times longer the others take. All use all threads.

TIERSCOPE_BENCH_PROGRAM may name a whatif program that is built already.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy

RUNS = 9
AXES = ["recency", "frequency", "monetary"]
ROOT = Path(__file__).resolve().parent.parent


def ours(folder, customers):
    """What our own program says: a line of JSON."""
    environment = {**os.environ, "TIERSCOPE_BENCH_COMPARE": folder, "TIERSCOPE_BENCH_CUSTOMERS": str(customers)}
    built = os.environ.get("TIERSCOPE_BENCH_PROGRAM")
    command = [built, "--bench"] if built else ["cargo", "bench", "--bench", "whatif"]
    run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(next(line for line in run.stdout.splitlines() if line.startswith("{")))


def score_sql(axis, cuts):
    """A score as an expression: recency is best when small."""
    if axis == "recency":
        whens = [f"WHEN recency <= {cut} THEN {len(cuts) + 1 - place}" for place, cut in enumerate(cuts)]
        return f"CASE {' '.join(whens)} ELSE 1 END"
    whens = [f"WHEN {axis} <= {cut} THEN {place + 1}" for place, cut in enumerate(cuts)]
    return f"CASE {' '.join(whens)} ELSE {len(cuts) + 1} END"


def moved(cuts, run):
    """The cuts with one a little elsewhere: no run repeats the one before."""
    others = [list(values) for values in cuts]
    others[0][1] += run
    return others


def measured(recompute, cuts):
    """Seconds of the median run."""
    times = []
    for run in range(1, RUNS + 1):
        elsewhere = moved(cuts, run)
        start = time.perf_counter()
        recompute(elsewhere)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def by_duckdb(columns):
    import duckdb

    connection = duckdb.connect()
    frame = dict(zip(AXES, columns))
    connection.register("frame", frame)
    connection.execute("CREATE TABLE customers AS SELECT * FROM frame")
    connection.unregister("frame")

    def recompute(cuts):
        scores = ", ".join(f"{score_sql(axis, values)} AS {axis[0]}" for axis, values in zip(AXES, cuts))
        return connection.execute(
            f"SELECT r, f, m, count(*), sum(monetary)::BIGINT FROM (SELECT {scores}, monetary FROM customers) GROUP BY r, f, m"
        ).fetchall()

    return f"DuckDB {duckdb.__version__}", recompute


def by_polars(columns):
    import polars

    frame = polars.DataFrame(dict(zip(AXES, columns)))

    def recompute(cuts):
        scores = []
        for axis, values in zip(AXES, cuts):
            above = sum((polars.col(axis) > cut).cast(polars.UInt8) for cut in values)
            score = len(values) + 1 - above if axis == "recency" else above + 1
            scores.append(score.alias(axis[0]))
        cells = frame.lazy().select(*scores, "monetary").group_by("r", "f", "m")
        return cells.agg(polars.len(), polars.col("monetary").sum().alias("money")).collect().rows()

    return f"Polars {polars.__version__}", recompute


def main():
    customers = int(sys.argv[1].replace("_", "").replace(",", "")) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        told = ours(folder, customers)
        columns = [numpy.fromfile(Path(folder) / f"{axis}.i64", dtype="<i8") for axis in AXES]
    # The narrowest types that hold them: what a careful user would store.
    columns = [columns[0].astype("int32"), columns[1].astype("int32"), columns[2]]
    cells = sorted(tuple(cell) for cell in told["cells"])
    rows = [("tierscope, every customer counted anew", told["rescan"])]
    for way in [by_duckdb, by_polars]:
        try:
            name, recompute = way(columns)
        except ImportError as error:
            print(f"left out: {error}")
            continue
        if sorted(tuple(map(int, row)) for row in recompute(told["cuts"])) != cells:
            sys.exit(f"{name} counts other cells than tierscope")
        print(f"{name} counts the same {len(cells)} cells, customers and money")
        rows.append((name, measured(recompute, told["cuts"])))
    move = statistics.mean(axis["mean"] for axis in told["moves"])
    late = max(axis["p99"] for axis in told["moves"])
    print(f"\n{customers:,} customers, three axes of five bins, {os.cpu_count()} threads; one cut moves")
    print(f"{'tierscope, mean of 6,000 moves to anywhere':<48}{move * 1e6:>12.1f} µs")
    print(f"{'tierscope, 99 % of them at most':<48}{late * 1e6:>12.1f} µs")
    for name, seconds in rows:
        print(f"{name:<48}{seconds * 1e3:>12.1f} ms {seconds / move:>12,.0f} times the mean")


if __name__ == "__main__":
    main()
