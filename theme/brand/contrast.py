"""Contrast of colours and its correction, in plain arithmetic.

*Source:* WCAG 2.2, "relative luminance" and "contrast ratio"; Björn Ottosson, "A perceptual color space" (OKLab, 2020).
"""

import math
from dataclasses import dataclass

PAPER = "#fbf8f3"
NIGHT = "#1c1a17"
READABLE = 7.8
"""Ratio that words in the accent colour need: 7 as all body text, and some to spare for tinted ground."""

Channels = tuple[float, float, float]


def parse(colour: str) -> Channels:
    """Return a colour as linear red, green and blue from 0 to 1; raises ``ValueError`` unless it is ``#rrggbb``."""
    digits = colour.removeprefix("#")
    if len(digits) != 6 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not written as #rrggbb")
    red, green, blue = (_to_linear(int(digits[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = parse(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True)
class Corrected:
    """A colour as it can be shown: the one that was asked for, or the nearest that can be read."""

    asked: str
    shown: str

    @property
    def changed(self) -> bool:
        """Whether the colour that was asked for had to be changed."""
        return self.asked.lower() != self.shown


def correct(colour: str, background: str, wanted: float = READABLE) -> Corrected:
    """Return the colour, made darker or lighter with its hue kept until it stands out from the background."""
    if ratio(colour, background) >= wanted:
        return Corrected(colour, colour.lower())
    lightness, chroma, hue = _to_oklch(parse(colour))
    step = -0.005 if luminance(background) > 0.18 else 0.005
    shown = colour
    while ratio(shown, background) < wanted and 0 <= lightness + step <= 1:
        lightness += step
        shown = _write(_in_gamut(lightness, chroma, hue))
    return Corrected(colour, shown)


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _from_linear(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def _write(channels: Channels) -> str:
    return "#" + "".join(f"{round(_from_linear(channel) * 255):02x}" for channel in channels)


def _to_oklch(channels: Channels) -> Channels:
    red, green, blue = channels
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Channels:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _in_gamut(lightness: float, chroma: float, hue: float) -> Channels:
    channels = _from_oklch(lightness, chroma, hue)
    while chroma > 0.001 and not all(-0.0005 <= channel <= 1.0005 for channel in channels):
        chroma *= 0.96
        channels = _from_oklch(lightness, chroma, hue)
    return channels
