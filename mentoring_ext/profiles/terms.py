"""Under which words and codes a mentor is found; plain functions over a sheet."""

import re
import unicodedata
from typing import Any

HOURS_OF_DAY = 24
LONGEST = 40
SHORTEST = 2
WORD = re.compile(r"\w+")
PARTS_OF_DAY = {"early": range(8), "morning": range(8, 12), "afternoon": range(12, 18), "evening": range(18, 24)}
"""The hours of each part of a day, by its code."""
TEXTS = ("headline", "experience", "motivation", "place")


def words_in(text: str) -> list[str]:
    """Return the words of a text without accents and capitals, each once, in their order; single letters are left out.

    "Προσφορές für Ältere" gives "προσφορεσ", "fur", "altere".
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    found = (word[:LONGEST] for word in WORD.findall(plain.casefold()))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST))


def free_codes(hours: list[int]) -> set[str]:
    """Return the codes of when somebody is free, out of hours of the week from 0 (Monday, midnight) to 167.

    "2" is Wednesday, "2-evening" its evening, and "any-evening" the evening of some day.
    """
    found: set[str] = set()
    for hour in hours:
        day, of_day = divmod(hour, HOURS_OF_DAY)
        part = next(name for name, held in PARTS_OF_DAY.items() if of_day in held)
        found |= {f"{day}", f"{day}-{part}", f"any-{part}"}
    return found


def terms_of(sheet: Any) -> set[tuple[str, str]]:
    """Return every kind and code under which this mentor's sheet, with its user, is found."""
    user = sheet.user
    text = " ".join([user.first_name, user.last_name, *(getattr(sheet, name) for name in TEXTS)])
    coded = {
        "word": words_in(text),
        "competence": sheet.competences,
        "language": {*sheet.languages, sheet.first_language},
        "country": [sheet.country],
        "origin": [sheet.origin],
        "area": [sheet.area],
        "free": free_codes(sheet.availability),
        "meeting": [name for name in ("online", "in_person") if getattr(sheet, name)],
    }
    return {(kind, code) for kind, codes in coded.items() for code in codes if code}


def shown_terms_of(sheet: Any, shown: list[str]) -> set[tuple[str, str]]:
    """Return the kind "shown" with every code under which others find what the mentor shows of the sheet.

    ``shown`` are codes of ``choices.PublicField``.
    """
    texts = [name for name in ("experience", "motivation") if name in shown]
    place = sheet.place if "country" in shown else ""
    user = sheet.user
    text = " ".join([user.first_name, user.last_name, sheet.headline, place, *(getattr(sheet, name) for name in texts)])
    codes = [f"word:{word}" for word in words_in(text)]
    codes += [f"competence:{code}" for code in sheet.competences if "competences" in shown]
    codes += [f"language:{code}" for code in {*sheet.languages, sheet.first_language} if "languages" in shown]
    codes += [f"area:{sheet.area}"] if "area" in shown else []
    return {("shown", code) for code in codes}
