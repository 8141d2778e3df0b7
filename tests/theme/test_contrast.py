"""The arithmetic of colours, with WCAG's own examples."""

import pytest

from theme.brand.contrast import NIGHT, PAPER, READABLE, correct, luminance, ratio


def test_black_on_white_has_the_highest_ratio():
    assert round(ratio("#000000", "#ffffff"), 6) == 21


def test_ratio_does_not_depend_on_the_order():
    assert ratio("#777777", "#ffffff") == ratio("#ffffff", "#777777")


def test_ratio_of_a_known_grey_is_as_published():
    # WebAIM's checker and the understanding document of 1.4.3 name #767676 as the palest grey with 4.5 on white.
    assert round(ratio("#767676", "#ffffff"), 2) == 4.54


def test_luminance_runs_from_nought_to_one():
    assert (luminance("#000000"), round(luminance("#ffffff"), 6)) == (0, 1)


@pytest.mark.parametrize("colour", ["teal", "#fff", "123456", "#12345g"])
def test_a_colour_that_is_written_otherwise_is_refused(colour: str):
    with pytest.raises(ValueError):
        luminance(colour)


def test_a_readable_colour_stays_as_it_is():
    corrected = correct("#005354", PAPER)

    assert (corrected.shown, corrected.changed) == ("#005354", False)


@pytest.mark.parametrize("background", [PAPER, NIGHT])
@pytest.mark.parametrize("colour", ["#ffcc00", "#ff0000", "#00ff00", "#8080ff", "#ffffff", "#000000", "#777777"])
def test_whatever_was_asked_for_can_be_read(colour: str, background: str):
    assert ratio(correct(colour, background).shown, background) >= READABLE


def test_a_corrected_colour_keeps_its_hue():
    shown = correct("#ff0000", PAPER).shown
    red, green, blue = (int(shown[start : start + 2], 16) for start in (1, 3, 5))

    assert red > 8 * max(green, blue)
