"""The colours of pictures: enough contrast on their ground, and told apart by those who do not see all colours."""

from __future__ import annotations

from itertools import combinations

import pytest

from bots.charts.looks import DARK, LIGHT, Look

DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
TRITANOPIA = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB: https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation"""
TOLD_APART = 15.0
"""Of CIE 1976: some six times what can just be seen side by side, 2.3."""

Colour = tuple[float, float, float]
looks = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@looks
def test_lines_and_words_stand_out_from_their_ground(look: Look) -> None:
    for colour in (look.ink, look.faint, *(voice.colour for voice in look.voices)):
        assert contrast(colour, look.paper) >= 4.5
    assert contrast(look.edge, look.paper) >= 3.0
    assert contrast(look.edge, look.band) >= 3.0, "the hatching is seen on its own ground"
    assert all(contrast(voice.colour, look.band) >= 3.0 for voice in look.voices), "a line is seen over the range"


@looks
@pytest.mark.parametrize("sight", [None, DEUTERANOPIA, PROTANOPIA, TRITANOPIA], ids=["all", "deutan", "protan", "tritan"])
def test_the_first_three_series_are_told_apart_by_colour_alone(look: Look, sight: tuple[Colour, ...] | None) -> None:
    seen = [lab(simulated(linear(voice.colour), sight)) for voice in look.voices[:3]]
    for one, other in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > TOLD_APART


@looks
def test_all_series_are_told_apart_without_colours(look: Look) -> None:
    assert len({voice.mark for voice in look.voices}) == len(look.voices)
    assert len({voice.hatch for voice in look.voices}) == len(look.voices)
    for one, other in zip(look.voices, look.voices[1:], strict=False):
        assert one.line != other.line


def linear(colour: str) -> Colour:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def simulated(colour: Colour, sight: tuple[Colour, ...] | None) -> Colour:
    if sight is None:
        return colour
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in sight)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light, dark = sorted((_luminance(linear(each)) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Colour) -> Colour:
    """CIE Lab of linear RGB, white D65."""
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
