#!/usr/bin/env python3
"""Time from a file to the complete overview: tierscope beside DuckDB, Polars and pandas, whole processes, in turns.

It makes a file of sales (10,000,000 rows, about 1,000,000 customers; ten columns, CSV of about 700 MB, Parquet of about
100 MB) and lets each tool read it and compute the same for each customer: the last day, the distinct orders, the exact sum.
tierscope computes its whole report besides: scores, segments, cells, the ledger. The figures must agree before any time counts.

    python3 -m venv v && v/bin/pip install duckdb polars pandas pyarrow
    cargo build --release && v/bin/python benches/load.py [--rows 10000000] [--rounds 5] [--folder /tmp/load]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TIERSCOPE = os.path.join(HERE, "..", "target", "release", "tierscope")

DUCKDB = """
import duckdb, sys
duckdb.sql("SET enable_progress_bar = false")
source = "read_csv('%s')" if sys.argv[1].endswith(".csv") else "'%s'"
print(*duckdb.sql(f'''
    SELECT count(*), sum(orders), sum(total), max(last) FROM (
        SELECT customer_id, max(CAST(order_date AS date)) AS last, count(DISTINCT order_id) AS orders,
               sum(CAST(amount AS decimal(18, 2))) AS total
        FROM {source % sys.argv[1]} GROUP BY customer_id)''').fetchall()[0])
"""

POLARS = """
import sys
import polars as pl
path = sys.argv[1]
if path.endswith(".csv"):
    rows = pl.scan_csv(path, schema_overrides={"amount": pl.Decimal(18, 2)}, try_parse_dates=True)
else:
    rows = pl.scan_parquet(path)
people = rows.group_by("customer_id").agg(
    last=pl.col("order_date").max().cast(pl.Date), orders=pl.col("order_id").n_unique(), total=pl.col("amount").sum())
whole = people.select(pl.len(), pl.col("orders").sum(), pl.col("total").sum(), pl.col("last").max())
print(*whole.collect(engine="streaming").row(0))
"""

PANDAS = """
import sys
import pandas as pd
path, columns = sys.argv[1], ["customer_id", "order_id", "order_date", "amount"]
if path.endswith(".csv"):
    rows = pd.read_csv(path, usecols=columns, parse_dates=["order_date"])
else:
    rows = pd.read_parquet(path, columns=columns)
# Cents, for sums of binary floats are not exact.
rows["cents"] = (rows["amount"].astype(float) * 100).round().astype("int64")
people = rows.groupby("customer_id").agg(
    last=("order_date", "max"), orders=("order_id", "nunique"), cents=("cents", "sum"))
cents = int(people["cents"].sum())
print(len(people), people["orders"].sum(), f"{cents // 100}.{cents % 100:02}", str(people["last"].max())[:10])
"""

MAKE = """
import sys
import duckdb
duckdb.sql("SET enable_progress_bar = false")
rows, folder = int(sys.argv[1]), sys.argv[2]
# Hashes, not random(): the same file everywhere.
duckdb.sql(f'''
    CREATE TABLE sales AS
    SELECT 'C' || lpad((hash(i * 7919) % {max(rows // 10, 1)})::varchar, 7, '0') AS customer_id,
           100000000 + i AS order_id,
           DATE '2021-01-01' + (hash(i * 104729) % 1461)::integer AS order_date,
           CAST((hash(i * 31) % 50000) / 100 + 1 AS decimal(18, 2)) AS amount,
           1 + (hash(i * 17) % 5)::integer AS quantity,
           'SKU-' || lpad((hash(i * 13) % 20000)::varchar, 5, '0') AS product,
           ['home', 'garden', 'toys', 'books', 'food'][1 + (hash(i * 11) % 5)::integer] AS category,
           ['North', 'South', 'East', 'West'][1 + (hash(i * 5) % 4)::integer] AS region,
           ['web', 'app', 'store'][1 + (hash(i * 3) % 3)::integer] AS channel,
           'paid' AS status
    FROM range({rows}) AS numbers(i)''')
duckdb.sql(f"COPY sales TO '{folder}/sales.csv' (HEADER)")
duckdb.sql(f"COPY (SELECT * FROM sales) TO '{folder}/sales.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 122880)")
"""


def run(command):
    """Output, seconds and peak memory in MB of a whole process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = status
    if status:
        sys.exit(f"{command[0]} failed")
    return output, seconds, usage.ru_maxrss / 1024


def figures(tool, output):
    """Customers, orders, revenue in cents and the last day that a tool found."""
    if tool == "tierscope":
        report = json.loads(output)
        totals = report["totals"]
        found = [totals["customers"], totals["orders"], totals["revenue"], report["period"]["last_order"]]
    else:
        found = output.split()
    revenue = str(found[2])
    units, _, rest = revenue.partition(".")
    return int(found[0]), int(found[1]), int(units) * 100 + int((rest + "00")[:2]), str(found[3])[:10]


def main():
    """Makes the files, checks the figures, takes the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default="/tmp/tierscope-load")
    parser.add_argument("--without", nargs="*", default=[], help="tools to leave out")
    wanted = parser.parse_args()
    os.makedirs(wanted.folder, exist_ok=True)
    if not os.path.exists(f"{wanted.folder}/sales.parquet"):
        subprocess.run([sys.executable, "-c", MAKE, str(wanted.rows), wanted.folder], check=True)
    scripts = {"DuckDB": DUCKDB, "Polars": POLARS, "pandas": PANDAS}
    for kind in ("csv", "parquet"):
        path = f"{wanted.folder}/sales.{kind}"
        commands = {"tierscope": [TIERSCOPE, "report", path, "--format", "json", "--no-cache"]}
        commands |= {tool: [sys.executable, "-c", script, path] for tool, script in scripts.items()}
        commands = {tool: command for tool, command in commands.items() if tool not in wanted.without}
        times = {tool: [] for tool in commands}
        memory = dict.fromkeys(commands, 0)
        agreed = None
        # The first round warms the page cache and is not counted.
        for round_number in range(wanted.rounds + 1):
            for tool, command in commands.items():
                output, seconds, peak = run(command)
                found = figures(tool, output)
                agreed = agreed or found
                if found != agreed:
                    sys.exit(f"{kind}: {tool} found {found}, not {agreed}")
                if round_number:
                    times[tool].append(seconds)
                    memory[tool] = max(memory[tool], peak)
        print(f"\n{kind}, {os.path.getsize(path) / 1e6:,.0f} MB: customers, orders, cents, last day {agreed}")
        print("| tool | seconds, median (least) | tierscope takes | peak memory, MB |\n|---|---|---|---|")
        for tool, taken in times.items():
            ratios = statistics.median(own / other for own, other in zip(times["tierscope"], taken))
            print(f"| {tool} | {statistics.median(taken):.2f} ({min(taken):.2f}) | {ratios:.2f} x | {memory[tool]:,.0f} |")


if __name__ == "__main__":
    main()
