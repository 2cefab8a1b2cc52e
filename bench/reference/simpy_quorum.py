"""The reference workload (docs/performance.md) in SimPy 4: a time-out for each message, with a callback.

Processes (generators) are SimPy's usual way, and half as fast here: this is the quickest that its manual shows.

    python3 simpy_quorum.py N W R KEYS RATE_PER_MS OPERATIONS SEED

It prints one JSON object like reference/quorum.c does. An operation has 1 + 2 N events.
"""

import json
import math
import random
import sys
import time

import simpy


class Operation:
    __slots__ = ("is_write", "key", "version", "started", "replies", "newest")

    def __init__(self, is_write, key, version, started):
        self.is_write = is_write
        self.key = key
        self.version = version
        self.started = started
        self.replies = 0
        self.newest = 0


class Cluster:
    def __init__(self, replicas, write_quorum, read_quorum, keys, rate, operations, seed):
        self.replicas = replicas
        self.write_quorum = write_quorum
        self.read_quorum = read_quorum
        self.keys = keys
        self.rate = rate
        self.operations = operations
        self.random = random.Random(seed)
        self.environment = simpy.Environment()
        self.stored = [[0] * keys for _ in range(replicas)]
        self.last_written = [0] * keys
        self.acknowledged = [0] * keys
        self.read_latencies = []
        self.write_latencies = []
        self.stale_reads = 0
        self.versions_behind = 0

    def play(self):
        self.await_arrival()
        self.environment.run()

    def after(self, delay, callback, value=None):
        simpy.Timeout(self.environment, delay, value).callbacks.append(callback)

    def await_arrival(self):
        self.operations -= 1
        if self.operations >= 0:
            self.after(self.random.expovariate(self.rate), self.on_arrival)

    def on_arrival(self, _):
        operation = self.draw()
        for replica in range(self.replicas):
            self.after(self.random.expovariate(1), self.on_delivery, (operation, self.stored[replica]))
        self.await_arrival()

    def draw(self):
        is_write = self.random.random() < 0.5
        key = int(self.random.random() * self.keys)
        if is_write:
            self.last_written[key] += 1
        version = self.last_written[key] if is_write else self.acknowledged[key]
        return Operation(is_write, key, version, self.environment.now)

    def on_delivery(self, event):
        operation, versions = event.value
        if operation.is_write and versions[operation.key] < operation.version:
            versions[operation.key] = operation.version
        self.after(self.random.expovariate(1), self.on_answer, (operation, versions[operation.key]))

    def on_answer(self, event):
        operation, version = event.value
        operation.replies += 1
        if operation.is_write:
            self.on_acknowledgement(operation)
        else:
            self.on_reply(operation, version)

    def on_acknowledgement(self, write):
        if write.replies != self.write_quorum:
            return
        self.write_latencies.append(self.environment.now - write.started)
        self.acknowledged[write.key] = max(self.acknowledged[write.key], write.version)

    def on_reply(self, read, version):
        if read.replies > self.read_quorum:
            return
        read.newest = max(read.newest, version)
        if read.replies < self.read_quorum:
            return
        self.read_latencies.append(self.environment.now - read.started)
        if read.newest < read.version:
            self.stale_reads += 1
            self.versions_behind += read.version - read.newest


def percentiles(latencies):
    latencies.sort()

    def at(share):
        return latencies[math.ceil(share * len(latencies)) - 1]

    return {"p50": at(0.5), "p99": at(0.99), "p999": at(0.999)}


def main():
    replicas, write_quorum, read_quorum, keys = map(int, sys.argv[1:5])
    rate, operations, seed = float(sys.argv[5]), int(sys.argv[6]), int(sys.argv[7])
    cluster = Cluster(replicas, write_quorum, read_quorum, keys, rate, operations, seed)
    began = time.perf_counter()
    cluster.play()
    seconds = time.perf_counter() - began
    events = operations * (1 + 2 * replicas)
    found = {
        "reads": len(cluster.read_latencies),
        "writes": len(cluster.write_latencies),
        "staleReads": cluster.stale_reads,
        "versionsBehind": cluster.versions_behind,
        "readMs": percentiles(cluster.read_latencies),
        "writeMs": percentiles(cluster.write_latencies),
        "events": events,
        "seconds": seconds,
        "eventsPerSecond": round(events / seconds),
    }
    print(json.dumps(found))


main()
