"""The same measurement as bench/ours/stopwatch.js."""
import json
import resource
import sys
import time

LEAST_SECONDS = 0.1
REPEATS = 5


def task():
    return json.loads(sys.argv[1])


def seconds(body):
    """Seconds that one call of `body` takes, the best of several measurements."""

    def timed(count):
        start = time.process_time()
        for _ in range(count):
            body()
        return time.process_time() - start

    count = 1
    while True:
        taken = timed(count)
        if taken >= LEAST_SECONDS:
            break
        count = max(count + 1, int(count * LEAST_SECONDS * 1.2 / max(taken, 1e-4)) + 1)
    return min(timed(count) for _ in range(REPEATS)) / count


def answer(figures, **rest):
    unit = 1 if sys.platform == 'darwin' else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps({'figures': figures, 'peakMemory': peak, **rest}))
