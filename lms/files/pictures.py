"""Pictures are drawn anew: what stood in the file beside the picture (place, camera, hidden content) is gone."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

MAX_SIDE = 2400


def draw_anew(stream: BinaryIO) -> BytesIO:
    """Return the picture in its own format, upright, at most ``MAX_SIDE`` pixels a side, without anything else.

    Raises ``ValueError`` when the picture is broken.
    """
    try:
        with Image.open(stream, formats=["PNG", "JPEG", "WEBP"]) as opened:
            format_name = opened.format
            picture = ImageOps.exif_transpose(opened)
            mode = "RGB" if format_name == "JPEG" or not picture.has_transparency_data else "RGBA"
            picture = picture.convert(mode)
    except (OSError, SyntaxError) as error:
        raise ValueError("broken picture") from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    clean = Image.new(mode, picture.size)
    clean.paste(picture)
    drawn = BytesIO()
    clean.save(drawn, format_name, quality=88)
    drawn.seek(0)
    return drawn
