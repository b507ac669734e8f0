"""Programs that take turns: one of them runs for some milliseconds while all others are stopped.

How fast the machine is just now, and what its other users take from it, falls on all of them alike; where one whole
program follows another it does not. The fixed piece of work has its turn after all of them.
"""

import shlex
import signal
import subprocess
import tempfile
import time

from rounds import Failure, Round, calibrate, quartiles

TURN_SECONDS = 0.02
FEWEST_CALIBRATIONS = 5
READY = "ready\n"


class Player:
    """A program with the option --wait: a single process, which says before each of its measurements when it is warm."""

    def __init__(self, line):
        self.line = line
        self.errors = tempfile.TemporaryFile("w+", errors="replace")
        try:
            self.process = subprocess.Popen([*line, "--wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                            text=True, errors="replace")
        except OSError as error:
            raise Failure(f"{line[0]} does not run: {error.strerror}") from error

    def warm_up(self, skipped):
        """Lets it take measurements, and stops it before the one after them. Returns whether there is one: it may have nothing to do."""
        for measurement in range(skipped + 1):
            said = self.process.stdout.readline()
            if said == "":
                self.output()
                return False
            if said != READY:
                raise Failure(f"{shlex.join(self.line)} said {said.strip()!r}, expected {READY.strip()!r}")
            if measurement < skipped:
                self.process.stdin.write("\n")
                self.process.stdin.flush()
        self.process.send_signal(signal.SIGSTOP)
        return True

    def is_done(self):
        return self.process.poll() is not None

    def turn(self):
        if not self.is_done():
            self.process.send_signal(signal.SIGCONT)
            self.process.stdin.close()  # not before its first turn: it would begin, and measure how long it was stopped
            time.sleep(TURN_SECONDS)
            self.process.send_signal(signal.SIGSTOP)

    def output(self):
        """What it printed, but for being ready: at the end of its input it goes on without waiting."""
        printed = [line for line in self.process.stdout if line != READY]
        if self.process.wait() != 0:
            self.errors.seek(0)
            raise Failure(f"{shlex.join(self.line)} ended with {self.process.returncode}: {self.errors.read().strip()}")
        return "".join(printed)

    def close(self):
        """Waits for its end, and closes what led to it."""
        with self.process, self.errors:
            pass


def take_turns(lines, backwards, skipped=0):
    """Runs command lines to their end, measuring in turns but for those measurements of the first that are skipped.

    Returns a round: what each printed, and of the calibrations their quartiles.
    """
    players = []
    try:
        for line in lines:
            players.append(Player(line))
        playing = [player for player in players if player.warm_up(skipped if player is players[0] else 0)]
        calibrations = play(playing[::-1] if backwards else playing)
        printed = [player.output() if player in playing else "" for player in players]
    finally:
        for player in players:
            player.process.kill()
        for player in players:
            player.close()
    if len(calibrations) < FEWEST_CALIBRATIONS:
        raise Failure(f"{shlex.join(lines[0])}: too short to take turns with its peers")
    low, _, high = quartiles(calibrations)
    return Round(backwards, printed, [low, high])


def play(players):
    """Gives them turns until all are done; returns the calibrations taken while none was."""
    calibrations = []
    while not all(player.is_done() for player in players):
        for player in players:
            player.turn()
        if not any(player.is_done() for player in players):
            calibrations.append(calibrate())
    return calibrations
