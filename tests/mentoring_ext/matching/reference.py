"""The factors as plain comparisons of two people, to hold the tables against."""

from statistics import mean


def value_of(name, mentee, mentor, further=()):
    """Return the value of one factor, 0–1, or None where it is not known."""
    for asked in further:
        if asked.name == name:
            return extra(asked, mentee.extra.get(name), mentor.extra.get(name))
    known = [value for value in PARTS[name](mentee, mentor) if value is not None]
    return mean(known) if known else None


def score_of(mentee, mentor, weights, further=()):
    values = {name: value_of(name, mentee, mentor, further) for name in weights}
    known = {name: weight for name, weight in weights.items() if weight and values[name] is not None}
    if not known:
        return 0.5
    return sum(weight * values[name] for name, weight in known.items()) / sum(known.values())


def extra(asked, ours, theirs):
    if ours in (None, "", frozenset()) or theirs in (None, "", frozenset()):
        return None
    if asked.rule == "near":
        return max(0, 1 - abs(ours - theirs) / asked.far)
    if asked.rule == "same":
        return float(ours.casefold() == theirs.casefold())
    return dice(ours, theirs) if asked.rule == "shared" else share(ours, theirs)


def share(ours, theirs):
    return len(ours & theirs) / len(ours) if ours and theirs else None


def dice(ours, theirs):
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else None


def word(ours, theirs):
    ours, theirs = ours.strip().casefold(), theirs.strip().casefold()
    return float(ours == theirs) if ours and theirs else None


def steps(ours, theirs):
    return None if ours is None or theirs is None else 1 - abs(ours - theirs) / 4


def skills(a, b):
    missing = {name: 4 - level for name, level in a.levels.items() if level < 4}
    if not missing or not b.levels:
        return [None]
    return [sum(need * b.levels.get(name, 0) for name, need in missing.items()) / (4 * sum(missing.values()))]


def area(a, b):
    if not a.areas or not b.areas:
        return [None]
    families = [{code.split(".")[0] for code in person.areas} for person in (a, b)]
    return [1 if a.areas & b.areas else 0.5 if families[0] & families[1] else 0]


def language(a, b):
    if not a.languages or not b.languages:
        return None
    return 1 if a.first_language and a.first_language == b.first_language else 0.5 if a.languages & b.languages else 0


def age(a, b):
    if a.birth_year is None or b.birth_year is None:
        return [None]
    return [min(1, max(0, 0.5 + (a.birth_year - b.birth_year) / 20))]


def gender(a, b):
    same = word(a.gender, b.gender)
    return [0.5 if same == 0 and a.mixed_gender == "yes" else same]


def meeting(a, b):
    if a.online is None or b.online is None:
        return None
    if a.online and b.online:
        return 1
    if not (a.in_person and b.in_person):
        return 0
    same = word(a.town, b.town)
    return 0.5 if same is None else same


PARTS = {
    "style": lambda a, b: [steps(*scale) for scale in zip(a.styles, b.styles, strict=True)],
    "interests": lambda a, b: [dice(a.interests, b.interests)],
    "skills": skills,
    "area": area,
    "needs": lambda a, b: [share(a.support, b.support), steps(a.guidance, b.guidance)],
    "experience": lambda a, b: [
        None if b.experience is None else min(1, b.experience / 2),
        share(a.motives, b.motives),
    ],
    "culture": lambda a, b: [
        language(a, b),
        share(a.contexts, b.contexts),
        *(word(getattr(a, name), getattr(b, name)) for name in ("culture", "ethnicity", "religion")),
    ],
    "age": age,
    "gender": gender,
    "place": lambda a, b: [
        min(1, len(a.hours & b.hours) / 4) if a.hours and b.hours else None,
        meeting(a, b),
        share(a.access, b.access),
    ],
    "objectives": lambda a, b: [share(a.objectives, b.objectives)],
}
