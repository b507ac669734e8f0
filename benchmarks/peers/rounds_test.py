"""Tests of rounds.py. Run by `make check`."""

import unittest
from unittest import mock

import rounds
from rounds import Round, Rounds


class Figure:
    """Its rounds take what they are told to."""

    def __init__(self, *calibrations):
        self.calibrations = iter(calibrations)

    def name(self):
        return "figure"

    def take(self, backwards):
        return Round(backwards, [], next(self.calibrations))


def machine(*nanos):
    return mock.patch.object(rounds, "calibrate", mock.Mock(side_effect=nanos))


@mock.patch.object(rounds, "PAUSE_SECONDS", 0)
class RoundsTest(unittest.TestCase):
    def test_a_round_counts_if_the_machine_kept_its_speed_whichever_that_was(self):
        figure = Figure([1.0, 1.05], [1.0, 1.2], [2.0, 2.1])
        taken = Rounds([figure])
        with machine():
            taken.interleave(2, 5)
        self.assertEqual([[1.0, 1.05], [2.0, 2.1]], [one.calibrations for one in taken.kept(figure)])
        self.assertEqual(1, taken.dropped(figure))

    def test_rounds_take_turns_at_who_begins(self):
        figure = Figure([1.0, 1.0], [1.0, 1.0])
        taken = Rounds([figure])
        taken.interleave(2, 5)
        self.assertEqual([False, True], [one.backwards for one in taken.kept(figure)])

    def test_a_figure_is_given_up_after_its_repeats(self):
        figure = Figure([1.0, 2.0], [1.0, 2.0], [1.0, 2.0])
        taken = Rounds([figure])
        taken.interleave(1, 1)
        self.assertEqual(2, taken.dropped(figure))

    def test_quiet_rounds_begin_when_the_machine_is_as_fast_as_it_was(self):
        figure = Figure([1.0, 1.05], [1.1, 1.15])
        taken = Rounds([figure], quiet=True)
        with machine(1.0, 1.6, 1.5, 1.1) as calibrate:
            taken.interleave(2, 5)
            self.assertEqual(4, calibrate.call_count)
        self.assertEqual(2, len(taken.kept(figure)))

    def test_a_slow_round_is_not_quiet_and_an_early_one_is_judged_again(self):
        figure = Figure([1.5, 1.55], [1.3, 1.35], [1.0, 1.05], [1.1, 1.15])
        taken = Rounds([figure], quiet=True)
        with machine(1.5, 1.0, 1.0, 1.0):
            taken.interleave(2, 5)
        self.assertEqual([[1.0, 1.05], [1.1, 1.15]], [one.calibrations for one in taken.kept(figure)])


if __name__ == "__main__":
    unittest.main()
