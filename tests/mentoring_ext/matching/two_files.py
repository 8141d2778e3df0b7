"""Two files of people to pair, and the command that pairs them."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
from django.core.management import call_command

MENTORS = [
    {"id": "anna", "capacity": "2", "interests": "music; film", "gender": "woman"},
    {"id": "boris", "capacity": "2", "interests": "Sport", "hours": "Tue 9-12"},
    {"id": "carla", "capacity": "1", "interests": "crafts"},
]
MENTEES = [
    {"id": "m1", "interests": "music, film"},
    {"id": "m2", "interests": "sport"},
    {"id": "m3", "interests": "crafts", "hours": "Tue 10-12"},
    {"id": "m4", "interests": "music", "gender": "woman", "mixed_gender": "no"},
    {"id": "m5", "languages": "de", "interests": "music"},
]
USUAL = {"languages": "en", "hours": "Mon 9-12; Tue 9-12"}


def filled(rows):
    return [{**USUAL, **row} for row in rows]


def as_csv(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    book = openpyxl.Workbook()
    book.active.append(names)
    for row in rows:
        book.active.append([row.get(name) for name in names])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def match(folder, *arguments, mentors="mentors.csv", mentees="mentees.csv"):
    paths = ["--mentors", str(folder / mentors), "--mentees", str(folder / mentees)]
    call_command("match", *paths, "--out", str(folder / "result.json"), *arguments)
    return json.loads((folder / "result.json").read_text())


def pairs(result):
    return {pair["mentee"]: pair["mentor"] for pair in result["pairs"]}
