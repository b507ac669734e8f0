"""Tests of turns.py, with programs of a few lines of Python. Run by `make check`."""

import os
import sys
import tempfile
import unittest
from unittest import mock

import turns
from rounds import Failure

# Measures how much of the processor it has in half a second, as often as it is told, and prints that at the end.
WORKS = """
import sys, time
shares = []
for measurement in range(int(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.readline()
    began, end = time.process_time(), time.monotonic() + 0.5
    while time.monotonic() < end:
        pass
    shares.append(time.process_time() - began)
print(*shares)
"""


def program(text, *arguments):
    return [sys.executable, "-c", text, *arguments]


def works(measurements=1):
    return program(WORKS, str(measurements))


class TurnsTest(unittest.TestCase):
    def setUp(self):
        self.calibrate = mock.patch.object(turns, "calibrate", lambda: 1.0)
        self.calibrate.start()
        self.addCleanup(self.calibrate.stop)

    def test_two_programs_share_the_time(self):
        taken = turns.take_turns([works(), works()], False)
        first, second = map(float, taken.results)
        self.assertLess(first + second, 0.6)
        self.assertGreater(min(first, second), 0.1)
        self.assertEqual([1.0, 1.0], taken.calibrations)

    def test_results_keep_their_places_whichever_begins(self):
        say = 'import sys, time\nprint("ready", flush=True); sys.stdin.readline(); time.sleep(0.5); print(sys.argv[1])'
        taken = turns.take_turns([program(say, "a"), program(say, "b")], True)
        self.assertEqual(["a\n", "b\n"], taken.results)

    def test_a_measurement_that_is_skipped_is_no_part_of_the_turns(self):
        taken = turns.take_turns([works(2), works()], False, skipped=1)
        alone, shared = map(float, taken.results[0].split())
        self.assertGreater(alone, shared)
        self.assertLess(shared + float(taken.results[1]), 0.6)

    def test_a_program_with_nothing_to_do_is_left_out(self):
        taken = turns.take_turns([works(), program("")], False)
        self.assertGreater(float(taken.results[0]), 0.1)
        self.assertEqual("", taken.results[1])

    def test_a_program_that_fails_is_named_with_its_reason(self):
        with self.assertRaisesRegex(Failure, "ended with 3: .*too hot"):
            turns.take_turns([program("import sys; sys.stderr.write('x' * 200000 + 'too hot'); sys.exit(3)")], False)

    def test_other_words_than_ready_are_refused(self):
        with self.assertRaisesRegex(Failure, "said 'hello', expected 'ready'"):
            turns.take_turns([program("import sys; print('hello', flush=True); sys.stdin.readline()")], False)

    def test_too_short_a_measurement_is_refused(self):
        with self.assertRaisesRegex(Failure, "too short"):
            turns.take_turns([program("import sys; print('ready', flush=True); sys.stdin.readline()")], False)

    def test_no_process_stays_behind(self):
        with tempfile.TemporaryDirectory() as directory:
            file = os.path.join(directory, "pid")
            stays = f"import os\nopen({file!r}, 'w').write(str(os.getpid()))\n" + WORKS
            with self.assertRaises(Failure):
                turns.take_turns([program(stays, "1"), program("import sys; sys.exit(1)")], False)
            with open(file, encoding="ascii") as pid, self.assertRaises(ProcessLookupError):
                os.kill(int(pid.read()), 0)


if __name__ == "__main__":
    unittest.main()
