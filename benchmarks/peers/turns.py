"""Programs that take turns: one of them runs for some milliseconds while all others are stopped.

How fast the machine is just now, and what its other users take from it, falls on all of them alike; where one whole
program follows another it does not. The fixed piece of work has its turn after all of them.
"""

import shlex
import signal
import subprocess
import time

from rounds import Failure, Round, calibrate, quartiles

TURN_SECONDS = 0.02


class Player:
    """A program with the option --wait, which is started, gets warm and says so, and is stopped but for its turns."""

    def __init__(self, line):
        self.line = line
        try:
            self.process = subprocess.Popen([*line, "--wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                            text=True, errors="replace")
        except OSError as error:
            raise Failure(f"{line[0]} does not run: {error.strerror}") from error

    def warm_up(self):
        if self.process.stdout.readline() != "ready\n":
            self.output()
            raise Failure(f"{shlex.join(self.line)} does not say when it is ready")
        self.stop()

    def stop(self):
        self.process.send_signal(signal.SIGSTOP)

    def is_done(self):
        return self.process.poll() is not None

    def turn(self):
        if not self.is_done():
            self.process.send_signal(signal.SIGCONT)
            self.process.stdin.close()  # not before its first turn: it would begin, and measure how long it was stopped
            time.sleep(TURN_SECONDS)
            self.stop()

    def output(self):
        """What it printed, but for being ready."""
        printed = [line for line in self.process.stdout if line != "ready\n"]
        errors = self.process.stderr.read()
        if self.process.wait() != 0:
            raise Failure(f"{shlex.join(self.line)} ended with {self.process.returncode}: {errors.strip()}")
        return "".join(printed)

    def end(self):
        self.process.kill()
        self.process.wait()


def take_turns(lines, backwards):
    """Runs command lines to their end. Returns a round: what each printed; of the calibrations their quartiles."""
    players = []
    calibrations = []
    try:
        for line in lines:
            players.append(Player(line))
            players[-1].warm_up()
        order = players[::-1] if backwards else players
        while not all(player.is_done() for player in players):
            for player in order:
                player.turn()
            if not any(player.is_done() for player in players):
                calibrations.append(calibrate())
        printed = [player.output() for player in players]
    finally:
        for player in players:
            player.end()
    if not calibrations:
        raise Failure(f"{shlex.join(lines[0])}: too short to take turns with its peers")
    low, _, high = quartiles(calibrations)
    return Round(backwards, printed, [low, high])
