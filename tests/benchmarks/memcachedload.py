"""A load on a memcached: paced batches of pipelined gets and sets, built beforehand. Run with PORT RATE SECONDS."""

from __future__ import annotations

import json
import random
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from itertools import accumulate

KEYS = 10_000
VALUE = b"x" * 100
BATCH = 20
"""Commands in one packet."""
SETS = 2
"""How many of them are sets."""
BATCHES = 500
CONNECTIONS = 4
SLOWLY, RAMP = 200.0, 2.0
"""Commands a second at first, and the seconds until it is as many as wanted: an idle server looks for lines seldom."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was done: commands, lines they log, and microseconds from a batch to its answer at full load."""

    commands: int
    lines: int
    a_second: float
    median: float
    slow: float


Batch = tuple[bytes, int]
"""What to send, and how many bytes the answer has."""


def key(number: int) -> bytes:
    """The name of a key."""
    return b"%s:%08d" % ((b"user", b"post", b"session")[number % 3], number)


def stored(number: int) -> Batch:
    """A set."""
    return b"set %s 0 0 %d\r\n%s\r\n" % (key(number), len(VALUE), VALUE), len(b"STORED\r\n")


def got(number: int) -> Batch:
    """A get of what is there."""
    return b"get %s\r\n" % key(number), len(b"VALUE %s 0 %d\r\n%s\r\nEND\r\n" % (key(number), len(VALUE), VALUE))


def joined(parts: list[Batch]) -> Batch:
    """Several in one packet."""
    return b"".join(sent for sent, _ in parts), sum(answer for _, answer in parts)


def exchange(connection: socket.socket, batch: Batch) -> None:
    """Send a batch and read its answer."""
    connection.sendall(batch[0])
    left = batch[1]
    while left > 0:
        read = len(connection.recv(1 << 16))
        if not read:
            raise ConnectionError
        left -= read


def fill(port: int) -> None:
    """Store every key."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for first in range(0, KEYS, BATCH):
            exchange(connection, joined([stored(number) for number in range(first, first + BATCH)]))


def load(port: int, rate: float, seconds: float) -> Load:
    """Ramp up to a rate and keep it for some seconds; a server that is too slow is sent what it can answer."""
    chance = random.Random(7)
    weights = list(accumulate(1 / rank for rank in range(1, KEYS + 1)))
    batches = []
    for _ in range(BATCHES):
        numbers = chance.choices(range(KEYS), cum_weights=weights, k=BATCH)
        batches.append(joined([*map(got, numbers[SETS:]), *map(stored, numbers[:SETS])]))
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    took: list[float] = []
    number, begin = 0, time.perf_counter()
    due = begin
    while due < begin + RAMP + seconds:
        if (wait := due - time.perf_counter()) > 0:
            time.sleep(wait)
        sent = time.perf_counter()
        exchange(connections[number % CONNECTIONS], batches[number % BATCHES])
        number += 1
        if due >= begin + RAMP:
            took.append(time.perf_counter() - sent)
        due += BATCH / min(SLOWLY + (rate - SLOWLY) * (due - begin) / RAMP, rate)
    spent = time.perf_counter() - begin - RAMP
    for connection in connections:
        connection.close()
    micros = statistics.quantiles([one * 1e6 for one in took], n=100)
    return Load(number * BATCH, number * (BATCH + SETS), len(took) * BATCH / spent, micros[49], micros[98])


def start(port: int, rate: float, seconds: float) -> subprocess.Popen[str]:
    """Load a server from another process."""
    command = (sys.executable, "-m", __name__, str(port), str(rate), str(seconds))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def result(process: subprocess.Popen[str]) -> Load:
    """What a process did that has ended."""
    output, _ = process.communicate()
    return Load(**json.loads(output))


if __name__ == "__main__":
    port, rate, seconds = sys.argv[1:]
    sys.stdout.write(json.dumps(asdict(load(int(port), float(rate), float(seconds)))))
