"""Measures assistd beside the least that does its job (ideal) and beside Postfix, all in one run, and prints ratios.

  bench.py quick | all [--runs N] [--only LINE ...] [--write]
  bench.py compare FOLDER FOLDER [--runs N]      two folders with programs, run in turn

Called by script/bench, which builds what is measured.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import time

import journals
import measures
import systems
from systems import ROOT, Assistd, Dutiful, Ideal, Postfix, Sink

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../docs/performance.md")
BEGIN, END = "<!-- script/bench writes from here -->", "<!-- to here -->"


def say(text):
    print(text, file=sys.stderr, flush=True)


class Figures:
    """What several runs gave; by a name, its median."""

    def __init__(self, runs=()):
        self.runs = list(runs)

    def __getitem__(self, name):
        return statistics.median(self.all(name))

    def all(self, name):
        return [run[name] for run in self.runs]

    def spread(self, name):
        values = self.all(name)
        return f"{min(values):.4g}–{max(values):.4g}"


def in_turn(runs, kinds, measure, *arguments, **options):
    """Each system once, then each again: what changes on the machine meets all of them."""
    figures = {kind.name: Figures() for kind in kinds}
    for run in range(runs):
        for kind in kinds:
            last = measure(kind, *arguments, **options)
            figures[kind.name].runs.append(last)
            say(f"  {run + 1} {kind.name:8} " + " ".join(f"{name}={value:.4g}" for name, value in last.items()))
    return figures


class Report:
    """The table: what was measured, what is aimed at, what came out, and whether that is enough."""

    def __init__(self):
        self.rows = []

    def add(self, what, goal, result, is_met, details=""):
        self.rows.append((what, goal, result, {True: "yes", False: "no", None: ""}[is_met], details))
        say(f"{'NOT' if is_met is False else 'ok '} {what}: {result} (goal: {goal}) {details}")

    def markdown(self):
        lines = ["| | goal | measured | met | medians (least–most) |", "|---|---|---|---|---|"]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows])


def throughput(report, size):
    count = size(20_000)
    kinds = [Ideal, Dutiful, Assistd, Postfix]
    figures = in_turn(size.runs, kinds, measures.throughput, count)
    ideal, dutiful, own, postfix = (figures[kind.name] for kind in kinds)
    rates = ", ".join(f"{kind.name} {figures[kind.name]['rate']:.0f}/s ({figures[kind.name].spread('rate')})" for kind in kinds)
    ratio, times = own["rate"] / ideal["rate"], own["rate"] / postfix["rate"]
    what = f"{count:,} reports of 4 KiB, drop → mail server has all, {systems.CONNECTIONS} connections"
    report.add(what, "≥ 0.6 of ideal", f"{ratio:.2f}", ratio >= 0.6, rates)
    report.add("the same beside Postfix", "≥ 5 × Postfix", f"{times:.1f} ×", times >= 5)
    report.add(
        "beside dutiful, ideal that writes the contract's rows and receipts", "", f"{own['rate'] / dutiful['rate']:.2f}", None,
        f"dutiful itself: {dutiful['rate'] / ideal['rate']:.2f} of ideal, {dutiful['cpu_ms'] / ideal['cpu_ms']:.1f} × its processor time")
    cpu = own["cpu_ms"] / ideal["cpu_ms"]
    report.add(
        "processor time for each report", "≤ 3 × ideal, below Postfix",
        f"{cpu:.1f} ×, {own['cpu_ms'] / postfix['cpu_ms']:.2f} of Postfix",
        cpu <= 3 and own["cpu_ms"] < postfix["cpu_ms"],
        ", ".join(f"{kind.name} {figures[kind.name]['cpu_ms']:.3f} ms" for kind in kinds))
    report.add(
        "memory (PSS) idle / working", "≤ 25 / 48 MB", f"{own['idle_mb']:.0f} / {own['working_mb']:.0f} MB",
        own["idle_mb"] <= 25 and own["working_mb"] <= 48,
        f"ideal {ideal['idle_mb']:.0f} / {ideal['working_mb']:.0f}, Postfix {postfix['idle_mb']:.0f} / {postfix['working_mb']:.0f}")


def latency(report, size):
    figures = in_turn(size.runs, [Ideal, Assistd], measures.latency, size(300))
    ideal, own = figures["ideal"], figures["assistd"]
    ratio = own["median_ms"] / ideal["median_ms"]
    report.add(
        "one report on an idle system, drop → accepted", "median ≤ 2 × ideal, 99th percentile ≤ 10 ms",
        f"{ratio:.1f} ×, {own['p99_ms']:.1f} ms", ratio <= 2 and own["p99_ms"] <= 10,
        f"median {own['median_ms']:.1f} ms ({own.spread('median_ms')}), ideal {ideal['median_ms']:.1f} ms")


def backlog(report, size):
    figures = in_turn(size.runs, [Ideal, Dutiful, Assistd], measures.backlog, size(100_000))
    ideal, dutiful, own = (figures[name] for name in ("ideal", "dutiful", "assistd"))
    ratio = own["rate"] / ideal["rate"]
    report.add(
        f"{size(100_000):,} reports wait for a server that is away, then drained", "≥ 0.6 of ideal", f"{ratio:.2f}",
        ratio >= 0.6, f"{own['rate']:.0f}/s, ideal {ideal['rate']:.0f}/s, dutiful {dutiful['rate']:.0f}/s")
    report.add(
        "memory (PSS) at any time of that", "≤ 64 MB", f"{own['peak_mb']:.0f} MB", own["peak_mb"] <= 64,
        f"while queued {own['queued_mb']:.0f} MB, ideal {ideal['queued_mb']:.0f} MB")
    report.add(
        "first mail after the server's return", "≤ 1 s", f"{own['first_s']:.2f} s", own["first_s"] <= 1,
        own.spread("first_s"))


def idle(report, size):
    # Who is in a hurry with the rest is with this too.
    seconds = size.seconds(600) if size.runs >= 5 else 60
    figures = in_turn(1, [Assistd], measures.idle, seconds)["assistd"]
    # The drop zone is looked through twice a minute; the watchdog is not on here.
    report.add(
        f"idle for {seconds} s", "0.0 % of a processor, no wake-up but the rescan's",
        f"{figures['cpu_percent']:.2f} %, {figures['wakeups_a_minute']:.0f} a minute",
        figures["cpu_percent"] < 0.05 and figures["wakeups_a_minute"] <= 30, "a rescan wakes a few threads, twice a minute")


def large(report, size):
    figures = Figures(measures.large() for _ in range(size.runs))
    report.add(
        "attachment of 25 MB taken in and sent", "memory grows by < 4 MB", f"{figures['growth_mb']:.0f} MB",
        figures["growth_mb"] < 4, f"above {figures['working_mb']:.0f} MB at work")


def million(report, size):
    """Beside the same system with an empty journal."""
    full = journals.large(size.journal(1_000_000), "finished")
    empty, filled = Figures(), Figures()
    count = size(20_000)
    for _ in range(size.runs):
        empty.runs.append(measures.throughput(Assistd, count))
        filled.runs.append(measures.throughput(Assistd, count, folder=full))
        say(f"  empty {empty.all('rate')[-1]:.0f}/s, full {filled.all('rate')[-1]:.0f}/s")
    ratio = filled["rate"] / empty["rate"]
    finished = f"{size.journal(1_000_000):,} finished submissions"
    report.add(
        f"{finished}: intake and drain", "within 10 % of an empty journal", f"{ratio:.2f}", ratio >= 0.9,
        f"{filled['rate']:.0f}/s, empty {empty['rate']:.0f}/s")
    with Sink() as sink, Assistd(sink.port, folder=full) as system:
        reference = system.ctl("list", "--limit", "1")[0].split()[0]
        start = statistics.median(system.ctl("--version")[1] * 1000 for _ in range(20))
        for command, limit in ((["status", reference], 20), (["list"], 30), (["stats"], 300)):
            times = [system.ctl(*command)[1] * 1000 for _ in range(20)]
            median = statistics.median(times)
            name = " ".join(command).replace(reference, "REF")
            report.add(
                f"{finished}: assistctl {name}, as a whole process", f"≤ {limit} ms", f"{median:.0f} ms",
                median <= limit, f"{min(times):.0f}–{max(times):.0f}; {start:.0f} of them to start")


def start(report, size):
    folder = journals.large(size.journal(1_000_000), "queued")
    with Sink() as away:
        port = away.port
    took = []
    for _ in range(size.runs):
        system = Assistd(port, folder=folder)
        took.append(system.start())
        system.stop()
        system.group.end()
    report.add(
        f"start with {size.journal(1_000_000):,} queued", "ready in < 1 s", f"{statistics.median(took):.2f} s",
        statistics.median(took) < 1, f"{min(took):.2f}–{max(took):.2f}")


def slow_server(report, size):
    one = measures.slow_server(Assistd, 1, size.seconds(20))["rate"]
    for connections in (5, 10, 20):
        figures = measures.slow_server(Assistd, connections, size.seconds(20))
        share = figures["rate"] / one / connections
        report.add(
            f"server that takes 50 ms for each reply, {connections} connections", "≥ 0.9 × connections × one", f"{share:.2f}",
            share >= 0.9, f"{figures['rate']:.1f}/s, one connection {one:.1f}/s")


LINES = {line.__name__: line for line in (
    throughput, latency, backlog, idle, large, million, start, slow_server)}
QUICK = ("throughput", "latency", "idle", "large", "slow_server")


class Size:
    """How much of everything."""

    def __init__(self, runs, share):
        self.runs, self.share = runs, share

    def __call__(self, count):
        return max(100, int(count * self.share))

    def journal(self, count):
        return count

    def seconds(self, seconds):
        return max(5, int(seconds * self.share))


def write(report, arguments):
    with open(TABLE) as file:
        text = file.read()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    facts = (
        f"`script/bench {' '.join(arguments)}` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} processors ({cpu}), "
        f"Linux {platform.release()}, ext4.")
    with open(TABLE, "w") as file:
        file.write(f"{head}{BEGIN}\n{facts}\n\n{report.markdown()}\n{END}{tail}")


def compare(old, new, runs):
    """Which of two builds is faster: run in pairs, so that the hour meets both alike."""
    class Old(Assistd):
        name, build = "old", old

    class New(Assistd):
        name, build = "new", new

    slower = 0
    for measure, arguments, name, more_is_better in (
        (measures.throughput, (5000,), "rate", True), (measures.throughput, (5000,), "cpu_ms", False),
        (measures.latency, (200,), "median_ms", False)):
        figures = in_turn(runs, [Old, New], measure, *arguments)
        ratios = [new / old for old, new in zip(figures["old"].all(name), figures["new"].all(name))]
        ratio = statistics.median(ratios)
        worse = sum((r < 1) == more_is_better for r in ratios)
        verdict = "worse" if (ratio < 0.95 if more_is_better else ratio > 1.05) and worse > 0.75 * runs else "no worse"
        slower += verdict == "worse"
        print(f"{name:10} new/old {ratio:.3f} ({min(ratios):.3f}–{max(ratios):.3f}), worse in {worse} of {runs} pairs: {verdict}")
    return 1 if slower else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["quick", "all", "compare"])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=LINES, default=[])
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    arguments = parser.parse_args()
    if shutil.disk_usage(ROOT).free < 3e9:
        sys.exit(f"{ROOT}: less than 3 GB are free; assistd would take nothing in. Make room, or set BENCH_ROOT.")
    if arguments.what == "compare":
        sys.exit(compare(*arguments.folders, arguments.runs or 7))
    quick = arguments.what == "quick"
    size = Size(arguments.runs or (1 if quick else 5), 0.1 if quick else 1)
    report = Report()
    for name in arguments.only or (QUICK if quick else LINES):
        say(f"== {name}")
        LINES[name](report, size)
    print(report.markdown())
    if arguments.write:
        write(report, sys.argv[1:])


if __name__ == "__main__":
    main()
