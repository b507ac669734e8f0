"""Programs that print the eight columns of README.md, and the figures taken from them."""

import csv
import dataclasses
import itertools
import shlex

from rounds import Failure
from turns import take_turns


@dataclasses.dataclass(frozen=True, eq=False)
class Figure:
    """What is asked of every command in a round; the first is ours, the others are peers.

    Of the measurements of ours some are skipped: the first is of whole journeys, the second of the crypto in them. All else
    is text, as on a command line.
    """

    commands: tuple
    transform: str
    esn: str
    size: str
    burst: str
    window: str
    seconds: str
    skipped: int = 0

    def name(self):
        return f"{'crypto of ' * self.skipped}{self.transform}, {self.size} octets, burst {self.burst}, ESN {self.esn}"

    def take(self, backwards):
        taken = take_turns(self.asked(), backwards, self.skipped)
        return taken._replace(results=self.costs(taken.results))

    def asked(self):
        """The command lines, their words."""
        words = ["--transform", self.transform, "--esn", self.esn, "--burst", self.burst, "--size", self.size, "--window", self.window,
                 "--seconds", self.seconds]
        return [[*command, *words] for command in self.commands]

    def costs(self, printed):
        """What each command printed, as {(provider, direction): (nanoseconds, octets allocated)}."""
        return [self.costs_of(line, text) for line, text in zip(self.asked(), printed)]

    def costs_of(self, line, text):
        costs = {}
        for row in csv.reader(text.splitlines()):
            if len(row) != 8 or row[1:5] != [self.transform, self.esn, self.size, self.burst] or not positive(row[6]):
                raise Failure(f"{shlex.join(line)} printed {','.join(row)!r}")
            costs[row[0], row[5]] = (float(row[6]), row[7])
        return costs


def positive(text):
    try:
        return float(text) > 0
    except ValueError:
        return False


def pairs(results):
    """Every (our provider, peer's provider, direction, our cost, peer's cost) of a round."""
    ours, *peers = results
    for theirs in peers:
        for (provider, direction), (peer, other) in itertools.product(sorted(ours), sorted(theirs)):
            if direction == other:
                yield provider, peer, direction, ours[provider, direction], theirs[peer, direction]


def by_pair(rounds, figure):
    """{(our provider, peer's provider, direction): [(our nanoseconds, peer's), …]} of the rounds that count."""
    results = {}
    for taken in rounds.kept(figure):
        for ours, peer, direction, (nanos, _), (peer_nanos, _) in pairs(taken.results):
            results.setdefault((ours, peer, direction), []).append((nanos, peer_nanos))
    return results
