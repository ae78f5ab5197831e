"""What is measured of a system. Each measure returns a dictionary of figures."""

import os
import statistics
import threading
import time

from systems import Assistd, Dropping, Sink


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Peak:
    """The most memory a system takes while something runs, in MB."""

    def __init__(self, system, every=0.25):
        self.system, self.every, self.most, self.over = system, every, 0, False

    def __enter__(self):
        def look():
            while not self.over:
                self.most = max(self.most, self.system.group.memory())
                time.sleep(self.every)

        self.thread = threading.Thread(target=look)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.thread.join()


def feed(system, first, count):
    """Hands over so many reports; when that began, in nanoseconds."""
    began = time.monotonic_ns()
    if isinstance(system, Dropping):
        system.drop(first, count)
    else:
        system.feed(count)
    return began


def carried(sink, system, first, count):
    """Waits for them; when the last one was accepted."""
    if isinstance(system, Dropping):
        return max(sink.wait(range(first, first + count)).values())
    limit, seen = time.monotonic() + 60, sink.accepted
    while sink.accepted < count:
        if sink.accepted > seen:
            limit, seen = time.monotonic() + 60, sink.accepted
        if time.monotonic() > limit:
            raise TimeoutError(f"{count - sink.accepted} messages never came")
        time.sleep(0.002)
    return max(at for _, at in sink.messages())


def throughput(kind, count, folder=None, **options):
    """Reports a second, from the first drop until the mail server has them all."""
    with Sink() as sink, kind(sink.port, folder=folder, **options) as system:
        first = time.monotonic_ns() // 1000
        idle = system.group.memory()
        before = system.group.cpu()
        with Peak(system) as peak:
            began = feed(system, first, count)
            ended = carried(sink, system, first, count)
        time.sleep(0.5)  # what is left to be written of the last ones
        return {
            "rate": count / ((ended - began) / 1e9),
            "cpu_ms": (system.group.cpu() - before) * 1000 / count,
            "idle_mb": idle,
            "working_mb": peak.most,
        }


def latency(kind, count):
    """Milliseconds from the drop of one report on an idle system until the mail server has it."""
    with Sink() as sink, kind(sink.port) as system:
        first = 1
        system.drop(first, 20, pause_us=20_000)
        sink.wait(range(first, first + 20))
        time.sleep(0.5)
        first += 20
        began = system.drop(first, count, pause_us=20_000)
        arrived = sink.wait(began)
        taken = [(arrived[number] - began[number]) / 1e6 for number in began]
        return {"median_ms": statistics.median(taken), "p99_ms": percentile(taken, 0.99)}


def backlog(kind, count):
    """So many reports wait for a mail server that is away; then it returns."""
    with Sink() as away:
        port = away.port
    with kind(port) as system:
        with Peak(system) as peak:
            feed(system, 1, count)
            if isinstance(system, Dropping):
                system.queued()
            time.sleep(2)
            queued = system.group.memory()
            before = system.group.cpu()
            returned = time.monotonic_ns()
            with Sink(port=port) as sink:
                system.flush()
                ended = carried(sink, system, 1, count)
                first = min(at for _, at in sink.messages())
        return {
            "rate": count / ((ended - first) / 1e9),
            "first_s": (first - returned) / 1e9,
            "queued_mb": queued,
            "peak_mb": peak.most,
            "cpu_ms": (system.group.cpu() - before) * 1000 / count,
        }


def idle(kind, seconds):
    """What a system does that has nothing to do."""
    with Sink() as sink, kind(sink.port) as system:
        time.sleep(5)
        cpu, wakeups = system.group.cpu(), system.group.wakeups()
        # Looked at often, since a thread that ends takes its count along.
        count, ends = 0, time.monotonic() + seconds
        while time.monotonic() < ends:
            time.sleep(0.25)
            seen = system.group.wakeups()
            count += sum(now - wakeups.get(thread, 0) for thread, now in seen.items())
            wakeups = seen
        return {
            "cpu_percent": (system.group.cpu() - cpu) / seconds * 100,
            "wakeups_a_minute": count / seconds * 60,
            "memory_mb": system.group.memory(),
        }


def slow_server(kind, connections, seconds, reply_ms=50):
    """Reports a second to a mail server that takes so long for each reply."""
    count = int(seconds * connections * 1000 / reply_ms / 4)
    with Sink(reply_ms=reply_ms) as sink, kind(sink.port, connections=connections) as system:
        system.drop(1, count)
        arrived = sorted(sink.wait(range(1, count + 1)).values())
        # While all connections are at work: neither the first messages nor the last.
        begin, end = connections, count - connections
        return {"rate": (end - begin) / ((arrived[end - 1] - arrived[begin]) / 1e9) if end - begin > 1 else 0,
                "connections": sink.most_open}


def large(size=25_000_000):
    """How much memory grows by while a report with a large attachment is taken in and sent."""
    with Sink() as sink, Assistd(sink.port) as system:
        system.drop(1, 500)
        sink.wait(range(1, 501))
        with Peak(system, every=0.02) as working:
            system.drop(1000, 500)
            sink.wait(range(1000, 1500))
        staged, final = system.folder + "/report", system.incoming + "/report.report"
        os.mkdir(staged)
        with open(staged + "/report.txt", "w") as file:
            file.write("Licence: 4000001\nObjet: bench-2000\n\nsee the attachment\n")
        with open(staged + "/data.zip", "wb") as file:
            file.write(b"PK\x03\x04" + os.urandom(size - 4))
        with Peak(system, every=0.005) as peak:
            os.rename(staged, final)
            sink.wait([2000])
        return {"working_mb": working.most, "growth_mb": peak.most - working.most}
