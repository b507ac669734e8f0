"""Rounds of figures on a machine that others use too.

A round takes one figure from several programs, in an order that alternates from round to round, and a fixed piece of work
meanwhile. When the calibrations, what that took, lie more than 10 % apart, the machine changed its speed, the round does
not count and is repeated. Rounds at another speed of the machine count: what is compared is what ran in one round. Who wants
none but those of a quiet machine says so.
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
QUIET = 1.20
PAUSE_SECONDS = 0.5


class Failure(Exception):
    """A program did not do what was asked; the message says which and how."""


def calibrate():
    """How fast the machine is just now: nanoseconds of the fixed piece of work."""
    try:
        run = subprocess.run([CALIBRATE], capture_output=True, text=True)
    except OSError as error:
        raise Failure(f"{CALIBRATE} does not run, and without it no round can be judged: {error.strerror}") from error
    if run.returncode != 0:
        raise Failure(run.stderr.strip() or f"the calibration ended with {run.returncode}")
    return float(run.stdout)


def steady(calibrations):
    return max(calibrations) <= STEADY * min(calibrations)


class Round(collections.namedtuple("Round", "backwards results calibrations")):
    """One round.

    Its results are what each program gave, in the programs' order, whichever began; its calibrations all of them, or the
    quartiles of many.
    """

    def counts(self):
        return steady(self.calibrations)


class Rounds:
    """All rounds of some figures. A figure has a name() for people and take(backwards), which takes a round of it.

    If they are to be quiet, only those count in which the fixed piece of work took hardly longer than it ever did, and none begins
    while it takes longer.
    """

    def __init__(self, figures, quiet=False):
        self.taken = {figure: [] for figure in figures}
        self.quiet = quiet
        self.fastest = math.inf

    def kept(self, figure):
        """The rounds of a figure that count."""
        return [taken for taken in self.taken[figure] if taken.counts() and self.is_quiet(max(taken.calibrations))]

    def is_quiet(self, calibration):
        return not self.quiet or calibration <= QUIET * self.fastest

    def wait(self, end):
        """Returns when the machine is quiet, if that is asked for, or at the end; whether it did before that."""
        while self.quiet and time.monotonic() < end:
            nanos = calibrate()
            self.fastest = min(self.fastest, nanos)
            if self.is_quiet(nanos):
                break
            time.sleep(PAUSE_SECONDS)
        return time.monotonic() < end

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
                    if self.wait(end):
                        self.taken[figure].append(figure.take(backwards))
        finally:
            progress("")


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
