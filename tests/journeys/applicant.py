"""What an applicant answers in the form for externals that ships."""

from typing import Any


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
        "preparation": "on",
    }
    return {f"q-{code}": answer for code, answer in answers.items()}
