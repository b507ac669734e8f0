"""Rounds of figures on a machine that others use too.

A round takes one figure from several programs, one right after the other, in an order that alternates from round to
round. Around every program runs a fixed piece of work: when that took over 10 % longer than at its fastest, the machine
was not at its speed, the round does not count and is repeated, after some waiting if need be.
"""

import collections
import math
import os
import statistics
import subprocess
import sys
import time

CALIBRATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "target", "calibrate")
STEADY = 1.10
PATIENCE_SECONDS = 15


class Failure(Exception):
    """A program did not do what was asked; the message says which and how."""


class Machine:
    """How fast the machine is, by a fixed piece of work, and was at its fastest."""

    def __init__(self):
        self.fastest = math.inf

    def calibrate(self):
        try:
            run = subprocess.run([CALIBRATE], capture_output=True, text=True)
        except OSError as error:
            raise Failure(f"{CALIBRATE} does not run, and without it no round can be judged: {error.strerror}") from error
        if run.returncode != 0:
            raise Failure(run.stderr.strip() or f"the calibration ended with {run.returncode}")
        nanos = float(run.stdout)
        self.fastest = min(self.fastest, nanos)
        return nanos

    def is_fast(self, calibrations):
        return max(calibrations) <= STEADY * self.fastest

    def wait(self):
        """Calibrates until it is fast, but not for ever: others may stay. Returns the last calibration."""
        end = time.monotonic() + PATIENCE_SECONDS
        nanos = self.calibrate()
        while not self.is_fast([nanos]) and time.monotonic() < end:
            time.sleep(1)
            nanos = self.calibrate()
        return nanos


# results: what each program gave, in the programs' order, whichever ran first
Round = collections.namedtuple("Round", "backwards results calibrations")


class Rounds:
    """All rounds of some figures. A round counts by the fastest calibration of all, so it may cease to count later.

    A figure has a name() for people and calls(), the programs to run in a round.
    """

    def __init__(self, figures, machine):
        self.machine = machine
        self.taken = {figure: [] for figure in figures}

    def counts(self, taken):
        return self.machine.is_fast(taken.calibrations)

    def kept(self, figure):
        """The rounds of a figure that count."""
        return [taken for taken in self.taken[figure] if self.counts(taken)]

    def dropped(self, figure):
        """How many do not."""
        return len(self.taken[figure]) - len(self.kept(figure))

    def interleave(self, wanted, repeats, end=math.inf):
        """Takes rounds of all figures in turn until each has those wanted, or more than the repeats were dropped.

        None begins after the end, on the monotonic clock.
        """
        def unfinished(figure):
            return len(self.kept(figure)) < wanted and self.dropped(figure) <= repeats and time.monotonic() < end

        try:
            while any(map(unfinished, self.taken)):
                for figure in filter(unfinished, self.taken):
                    kept = self.kept(figure)
                    backwards = 2 * sum(taken.backwards for taken in kept) < len(kept)
                    progress(f"{figure.name()}: round {len(kept) + 1} of {wanted}, {self.dropped(figure)} dropped")
                    self.taken[figure].append(self.take(figure.calls(), backwards))
        finally:
            progress("")

    def take(self, programs, backwards):
        results = [None] * len(programs)
        calibrations = [self.machine.wait()]
        for index in sorted(range(len(programs)), reverse=backwards):
            results[index] = programs[index]()
            calibrations.append(self.machine.calibrate())
        return Round(backwards, results, calibrations)


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
