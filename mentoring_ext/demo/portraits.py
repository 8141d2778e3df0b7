"""Pictures and papers of people who do not exist, drawn for the demo."""

from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIDE = 640
GROUNDS = ("#d7e3dc", "#ead9c4", "#d5dbea", "#e8d3d3", "#dfe6c9")
SKINS = ("#f0c9a4", "#d9a47a", "#a86f4a", "#7a4b30", "#e6b48c")
HAIRS = ("#2b2320", "#5a3b27", "#8c5a2b", "#b9b3aa", "#c58a3d")
CLOTHES = ("#1f6f6b", "#8a3b2e", "#39507a", "#6b5a8a", "#4f6b2f")


def portrait(random: Random, name: str) -> SimpleUploadedFile:
    """Return a drawn portrait as an upload."""
    picture = Image.new("RGB", (SIDE, SIDE), random.choice(GROUNDS))
    draw = ImageDraw.Draw(picture)
    skin, hair, cloth = random.choice(SKINS), random.choice(HAIRS), random.choice(CLOTHES)
    draw.ellipse((90, 430, 550, 890), fill=cloth)
    draw.rounded_rectangle((265, 370, 375, 490), 40, fill=skin)
    draw.ellipse((185, 110, 455, 400), fill=hair)
    draw.ellipse((205, 150, 435, 430), fill=skin)
    draw.pieslice((195, 105, 445, 330), 180, 360, fill=hair)
    for x in (270, 350):
        draw.ellipse((x, 275, x + 22, 297), fill="#2b2320")
    draw.arc((275, 300, 365, 375), 20, 160, fill="#7a2f28", width=7)
    content = BytesIO()
    picture.save(content, "JPEG", quality=85)
    return SimpleUploadedFile(f"{name}.jpg", content.getvalue())


def paper(name: str, lines: list[str]) -> SimpleUploadedFile:
    """Return a page with these lines as a PDF, as an upload."""
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    draw.text((120, 120), lines[0], fill="black", font_size=54)
    for place, line in enumerate(lines[1:]):
        draw.text((120, 240 + 60 * place), line, fill="#333333", font_size=34)
    content = BytesIO()
    page.save(content, "PDF", resolution=150)
    return SimpleUploadedFile(f"{name}.pdf", content.getvalue())
