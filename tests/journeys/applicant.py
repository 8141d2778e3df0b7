"""What an applicant answers in the form for externals that ships, and files to send along."""

from io import BytesIO
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def applicant_answers(first_name: str, email: str) -> dict[str, Any]:
    """Return answers to everything that must be answered, by the names of the fields."""
    answers = {
        "first-name": first_name,
        "last-name": "Example",
        "email": email,
        "country": "PT",
        "headline": "Trainer for digital archives",
        "employment": "self-employed",
        "experience": "Ten years in a library.",
        "digital-background": ["own"],
        "competences": ["information", "teaching"],
        "digital-sure": "4",
        "cultural-sector": "no",
        "mentored-before": "no",
        "languages": ["en", "pt"],
        "motivation": "I like to pass on what I know.",
        "hours-a-week": "3",
        "times": ["weekday-evenings"],
        "meeting": "both",
        "preparation": True,
    }
    return {f"q-{code}": answer for code, answer in answers.items()}


def portrait() -> dict[str, Any]:
    """Return a picture as a browser's file field takes it."""
    content = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(content, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def paper(name: str = "cv.pdf") -> dict[str, Any]:
    """Return a document as a browser's file field takes it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}
