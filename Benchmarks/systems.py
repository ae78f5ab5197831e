"""What is measured: assistd, the least that does the job, and Postfix; and the mail server they all send to."""

import mmap
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

ROOT = os.environ.get("BENCH_ROOT", "/var/tmp/assistd-bench")
BUILD = os.environ.get("BENCH_BUILD", os.path.join(os.path.dirname(__file__), "../.build/release"))
PROGRAMS = os.path.join(ROOT, "bin")
CONNECTIONS = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds, what):
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.002)


class Group:
    """The processes of one system, those that end meanwhile included: a control group of their own."""

    mount = os.path.join(ROOT, "cgroup")

    def __init__(self):
        if not os.path.ismount(self.mount):
            os.makedirs(self.mount, exist_ok=True)
            subprocess.run(["mount", "-t", "cgroup2", "none", self.mount], check=True)
        self.path = tempfile.mkdtemp(prefix="bench-", dir=self.mount)

    def enter(self):
        with open(self.path + "/cgroup.procs", "w") as members:
            members.write(str(os.getpid()))

    def members(self):
        with open(self.path + "/cgroup.procs") as members:
            return [int(line) for line in members]

    def cpu(self):
        """Seconds of processor time so far."""
        with open(self.path + "/cpu.stat") as figures:
            return int(next(figures).split()[1]) / 1e6

    def memory(self):
        """Proportional set size, in MB."""
        total = 0
        for process in self.members():
            try:
                with open(f"/proc/{process}/smaps_rollup") as figures:
                    total += next(int(line.split()[1]) for line in figures if line.startswith("Pss:"))
            except (OSError, StopIteration):
                pass
        return total / 1024

    def wakeups(self):
        """How often each thread lay down of its own accord so far."""
        counts = {}
        for process in self.members():
            for thread in os.listdir(f"/proc/{process}/task"):
                try:
                    with open(f"/proc/{process}/task/{thread}/status") as figures:
                        counts[thread] = next(
                            int(line.split()[1]) for line in figures if line.startswith("voluntary_ctxt"))
                except FileNotFoundError:
                    pass  # a thread that was not needed any more
        return counts

    def end(self):
        for kind in (signal.SIGTERM, signal.SIGKILL):
            limit = time.monotonic() + 60
            while self.members() and time.monotonic() < limit:
                for process in self.members():
                    try:
                        os.kill(process, kind)
                    except ProcessLookupError:
                        pass
                time.sleep(0.05)
        os.rmdir(self.path)


class Sink:
    """The mail server: takes everything, and knows when it took what."""

    def __init__(self, reply_ms=0, most=2_000_000, port=None):
        self.file = f"/dev/shm/assistd-bench-{os.getpid()}"
        self.port = port or free_port()
        if os.path.exists(self.file):
            os.unlink(self.file)
        self.process = subprocess.Popen([PROGRAMS + "/sink", str(self.port), self.file, str(reply_ms), str(most)])
        wait_until(lambda: os.path.exists(self.file) and os.path.getsize(self.file) > 24, 5, "sink")
        with open(self.file, "rb") as file:
            self.map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        wait_until(lambda: not socket.socket().connect_ex(("127.0.0.1", self.port)), 5, "sink's port")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.map.close()
        os.unlink(self.file)

    @property
    def accepted(self):
        return struct.unpack_from("<Q", self.map)[0]

    @property
    def most_open(self):
        return struct.unpack_from("<Q", self.map, 16)[0]

    def messages(self, start=0):
        """(number, nanoseconds) of each message."""
        return struct.iter_unpack("<QQ", self.map[24 + 16 * start : 24 + 16 * self.accepted])

    def wait(self, numbers, patience=60):
        """Until each of these reports has come once at least; when that was, in nanoseconds by number."""
        missing, seen, last = set(numbers), 0, time.monotonic()
        arrivals = {}
        while missing:
            if self.accepted > seen:
                for number, at in self.messages(seen):
                    seen += 1
                    arrivals.setdefault(number, at)
                    missing.discard(number)
                last = time.monotonic()
            elif time.monotonic() - last > patience:
                raise TimeoutError(f"{len(missing)} reports never came")
            else:
                time.sleep(0.002)
        return arrivals


class System:
    """A system under test, in a folder of its own on the disk under test."""

    name = ""

    def __init__(self, port, connections=CONNECTIONS, folder=None):
        self.port, self.connections = port, connections
        self.folder = folder or tempfile.mkdtemp(prefix="run-", dir=ROOT)
        os.chmod(self.folder, 0o755)
        self.keeps = folder is not None
        self.group = Group()
        self.prepare()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.group.end()
        if not self.keeps:
            shutil.rmtree(self.folder)

    def spawn(self, arguments, **options):
        return subprocess.Popen(arguments, preexec_fn=self.group.enter, **options)

    def prepare(self):
        pass

    def stop(self):
        pass

    def flush(self):
        """Now, please: what an administrator would say when the mail server is back. Nothing, where none is needed."""


class Dropping(System):
    """Fed by files that are renamed into its drop zone."""

    def drop(self, first, count, size=4096, pause_us=0):
        """When the dropping of each report began, in nanoseconds by number."""
        times = self.folder + "/times"
        subprocess.run(
            [PROGRAMS + "/drop", self.folder, self.incoming, str(first), str(count), str(size), str(pause_us), times],
            check=True)
        with open(times, "rb") as file:
            return dict(struct.iter_unpack("<QQ", file.read()))

    def queued(self):
        """Waits until everything dropped so far is taken in."""
        wait_until(lambda: not os.listdir(self.incoming), 900, "taking in")


class Ideal(Dropping):
    name = "ideal"

    def prepare(self):
        self.incoming = self.folder + "/incoming"
        os.makedirs(self.incoming, exist_ok=True)

    def start(self):
        self.process = self.spawn(
            [PROGRAMS + "/ideal", self.incoming, self.folder + "/journal", str(self.port), str(self.connections)])
        time.sleep(0.3)


class Dutiful(Ideal):
    """Ideal that writes what assistd's contract asks for as well."""

    name = "dutiful"

    def start(self):
        receipts = self.folder + "/receipts"
        os.makedirs(receipts, exist_ok=True)
        self.process = self.spawn(
            [PROGRAMS + "/ideal", self.incoming, self.folder + "/journal", str(self.port), str(self.connections), receipts])
        time.sleep(0.3)


class Assistd(Dropping):
    name = "assistd"
    build = BUILD

    def prepare(self):
        self.incoming = self.folder + "/spool/incoming"
        self.configuration = self.folder + "/assistd.toml"
        self.socket = self.folder + "/control.sock"
        with open(self.configuration, "w") as file:
            file.write(f"""
[spool]
path = "{self.folder}/spool"
max_size = "40 MB"
[journal]
url = "sqlite:{self.folder}/journal/journal.sqlite"
[control]
socket = "{self.socket}"
[smtp]
url = "smtp://127.0.0.1:{self.port}"
tls = "none"
from = "bench@bench.example"
connections = {self.connections}
""")

    def start(self):
        """Seconds until it says that it is ready."""
        address = self.folder + "/notify"
        if os.path.exists(address):
            os.unlink(address)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices, open(self.folder + "/log", "a") as log:
            notices.bind(address)
            notices.settimeout(120)
            began = time.monotonic()
            self.process = self.spawn(
                [self.build + "/assistd", "--config", self.configuration], stderr=log,
                env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": address})
            while b"READY=1" not in notices.recv(4096):
                pass
            return time.monotonic() - began

    def stop(self):
        self.process.terminate()
        if self.process.wait(60) != 0:
            raise RuntimeError(f"assistd ended with {self.process.returncode}; see {self.folder}/log")

    def ctl(self, *arguments):
        """What assistctl says, and how long it took as a whole process, in seconds."""
        began = time.monotonic()
        done = subprocess.run(
            [self.build + "/assistctl", *arguments], stdout=subprocess.PIPE, check=True, close_fds=False,
            env={"PATH": os.environ["PATH"], "ASSISTD_CONFIG": self.configuration})
        return done.stdout.decode(), time.monotonic() - began


class Postfix(System):
    """Fed by its own smtpd, over ten connections: its fastest way. What it would log goes nowhere."""

    name = "Postfix"

    def prepare(self):
        self.etc = self.folder + "/etc"
        self.submission = free_port()
        os.makedirs(self.etc)
        os.makedirs(self.folder + "/queue")
        os.makedirs(self.folder + "/data")
        shutil.chown(self.folder + "/data", "postfix")
        with open(self.etc + "/main.cf", "w") as file:
            file.write(f"""
compatibility_level = 3.6
queue_directory = {self.folder}/queue
data_directory = {self.folder}/data
myhostname = bench.example
mydestination =
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
inet_interfaces = 127.0.0.1
alias_maps =
relayhost = [127.0.0.1]:{self.port}
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject
initial_destination_concurrency = {self.connections}
default_destination_concurrency_limit = {self.connections}
multi_instance_name = postfix-bench
multi_instance_enable = yes
""")
        with open("/etc/postfix/master.cf") if os.path.exists("/etc/postfix/master.cf") else open(
            "/usr/share/postfix/master.cf.dist") as file:
            services = [line for line in file if not line.startswith(("smtp      inet", "postlog"))]
        with open(self.etc + "/master.cf", "w") as file:
            file.write(f"127.0.0.1:{self.submission} inet n - n - - smtpd\n")
            # Where no chroot is set up, none can be used.
            for line in services:
                words = line.split()
                if len(words) > 7 and not line.startswith(("#", " ")):
                    words[4] = "n"
                    line = " ".join(words) + "\n"
                file.write(line)

    def start(self):
        subprocess.run(
            ["postfix", "-c", self.etc, "start"], check=True, preexec_fn=self.group.enter,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: not socket.socket().connect_ex(("127.0.0.1", self.submission)), 20, "Postfix")

    def stop(self):
        subprocess.run(["postfix", "-c", self.etc, "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def feed(self, count):
        subprocess.run(
            ["smtp-source", "-d", "-s", "10", "-l", "4096", "-m", str(count), "-f", "bench@bench.example", "-t",
             "desk@desk.example", f"127.0.0.1:{self.submission}"], check=True)

    def flush(self):
        subprocess.run(["postqueue", "-c", self.etc, "-f"], check=True)
