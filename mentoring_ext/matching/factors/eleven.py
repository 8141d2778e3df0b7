"""The eleven factors: how well a mentee and a mentor fit, each from 0 to 1.

A factor about which one side said nothing is not known of that pair: it neither helps nor harms, its weight is shared
out among the others. Where a factor has several parts, it is the mean of those that are known.

*Source:* the factors follow the Digital Push mentoring programme, phase 3. The default weights give most to likeness
of interests and style and to how far the mentor covers the mentee's needs, little to likeness of age and gender, after
Eby et al., "An interdisciplinary meta-analysis of the potential antecedents, correlates, and consequences of protégé
perceptions of mentoring", Psychological Bulletin 139 (2013), 441–476: deep similarity goes with good mentoring much
more than surface similarity such as gender.
"""

from collections.abc import Callable, Sequence

import numpy as np

from mentoring_ext.matching.encoding import Bools, Integers, Reals, membership, products
from mentoring_ext.matching.factors.comparing import (
    Comparison,
    Factor,
    above,
    at_most,
    closeness,
    covered,
    flags,
    same,
    share,
)
from mentoring_ext.matching.factors.comparing import shared as in_common
from mentoring_ext.matching.facts import STYLE_SCALES, Facts, Sides

TOP_LEVEL = 4
ENOUGH_HOURS = 4
YEARS_OF_DIFFERENCE = 10
MUCH_EXPERIENCE = 2


def style(sides: Sides) -> Factor:
    """Compare personality and communication: 0 opposite on every scale, ½ two steps apart on average, 1 the same.

    Only the scales that both answered count. Likeness of temper is deep similarity, which weighs most in research.
    """
    mentees, mentors = ([person.styles for person in side] for side in (sides.mentees, sides.mentors))
    return Factor(closeness(mentees, mentors, STYLE_SCALES))


def interests(sides: Sides) -> Factor:
    """Compare interests: 0 nothing in common, ½ half of what both named (two of four), 1 the same interests.

    What both like gives them something to talk about from the first hour; naming many interests wins nothing.
    """
    return Factor(in_common(*sides.sets("interests")))


def skills(sides: Sides) -> Factor:
    """Weigh what the mentor knows by what the mentee has yet to learn.

    0 the mentor knows nothing of it, ½ the mentor stands half-way up the levels in it, 1 the mentor can teach all.
    Unknown when the mentee has nothing to learn or either side gave no level. Nobody needs to be alike here: the
    mentor's strength counts where the mentee's need is.
    """
    names = sorted(set().union(*(person.levels for person in (*sides.mentees, *sides.mentors))))
    missing = [[TOP_LEVEL - person.levels.get(name, TOP_LEVEL) for name in names] for person in sides.mentees]
    levels = [[person.levels.get(name, 0) for name in names] for person in sides.mentors]
    wanted, known = _table(missing, len(names)), _table(levels, len(names))
    told = np.array([bool(person.levels) for person in sides.mentors], dtype=bool)
    return Factor(share(wanted, known, wanted.sum(1) * TOP_LEVEL, flags(told)))


def area(sides: Sides) -> Factor:
    """Compare areas of activity: 0 unrelated, ½ related areas (one family), 1 an area in common.

    A mentor of the same trade knows its tools and people; one of a neighbouring trade knows some of them.
    """
    mentees, mentors = sides.sets("areas")
    families = [_families(side) for side in (sides.mentees, sides.mentors)]
    wide_mentees, wide_mentors = membership(families[0], families[1])

    def compare(rows: slice, columns: slice) -> Reals:
        tile = at_most(products(mentees[rows], mentors[columns]), 1)
        tile += at_most(products(wide_mentees[rows], wide_mentors[columns]), 1)
        tile /= 2
        return tile

    return Factor(Comparison(compare, flags(mentees.any(1)), flags(mentors.any(1))))


def needs(sides: Sides) -> Factor:
    """Compare the help that is needed and offered, and how closely the mentor works with how closely the mentee wishes.

    Help: 0 none of it offered, ½ half, 1 all. Closeness: 0 opposite, ½ two steps apart, 1 the same. Mean of the known.
    Help that meets the need weighs most in research, beside deep similarity.
    """
    wanted, given = ([(person.guidance,) for person in side] for side in (sides.mentees, sides.mentors))
    return Factor(covered(*sides.sets("support")), closeness(wanted, given, 1))


def experience(sides: Sides) -> Factor:
    """Weigh the mentor's experience and the shared motives.

    Experience: 0 first time, ½ one group before, 1 two or more. Motives: the share of the changes the mentee wants
    that the mentor wants to help with (0 none, ½ half, 1 all). Mean of the known. The second group is easier than the
    first; after that, more groups change little.
    """
    _, groups = sides.figures("experience")
    told, level = ~np.isnan(groups), np.clip(np.nan_to_num(groups) / MUCH_EXPERIENCE, 0, 1).astype(np.float32)
    everybody = np.ones((len(sides.mentees), 1), dtype=np.float32)
    practice = Comparison(lambda _rows, columns: level[columns], everybody, flags(told))
    return Factor(covered(*sides.sets("motives")), practice)


def culture(sides: Sides) -> Factor:
    """Compare language and life: the mean of what both sides told.

    Language: 0 none in common, ½ one in common, 1 the same first language. Life situations: the share of the mentee's
    that the mentor knows from their own life. Culture, ethnicity, religion: 1 the same word, 0 another; they are only
    known where both sides gave them with consent. Light by default: it eases the start, and decides little.
    """
    words = [same(*sides.words(name)) for name in ("culture", "ethnicity", "religion")]
    return Factor(_language(sides), covered(*sides.sets("contexts")), *words)


def age(sides: Sides) -> Factor:
    """Compare ages: 0 the mentor is ten or more years younger, ½ the same age, 1 ten or more years older.

    The programme asks for an older mentor where nothing else speaks against it; a coordinator who wants the opposite,
    or nothing of it, gives the factor the weight 0.
    """
    return Factor(above(*sides.figures("birth_year"), YEARS_OF_DIFFERENCE))


def gender(sides: Sides) -> Factor:
    """Compare genders: 0 another where the mentee would rather not, ½ another and the mentee agreed, 1 the same.

    Light by default, for likeness of gender matters little in research. A mentee's "no" is a rule and no factor.
    """
    mentees, mentors = sides.words("gender")
    agreed = np.array([person.mixed_gender == "yes" for person in sides.mentees], dtype=np.float32)[:, None]
    likeness = same(mentees, mentors)
    # ½ for everybody whom the mentee agreed to, and the other ½ or the whole 1 where it is the same.
    half = agreed * likeness.mentees / 2

    def compare(rows: slice, columns: slice) -> Reals:
        tile = likeness.compare(rows, columns)
        tile *= 1 - half[rows]
        tile += half[rows] * likeness.mentors[columns].T
        return tile

    return Factor(Comparison(compare, likeness.mentees, likeness.mentors))


def place(sides: Sides) -> Factor:
    """Compare free hours, way of meeting, and accessibility: the mean of what both sides told.

    Hours in common: 0 none, ½ two hours a week, 1 four or more. Meeting: 0 no way in common or only in person in
    different towns, ½ only in person with a town not known, 1 online or in the same town. Accessibility: the share
    of the mentee's needs that the mentor can meet; a mentee without such needs is not compared. More common hours
    than a session needs leave room when a week goes wrong.
    """
    return Factor(_common_hours(sides), _meeting(sides), covered(*sides.sets("access")))


def objectives(sides: Sides) -> Factor:
    """Compare goals of the programme: the share of the mentee's that the mentor can work on (0 none, ½ half, 1 all).

    The sessions follow the mentee's goals, so that a mentor who cannot work on them spends them on something else.
    """
    return Factor(covered(*sides.sets("objectives")))


FACTORS: dict[str, Callable[[Sides], Factor]] = {
    "style": style,
    "interests": interests,
    "skills": skills,
    "area": area,
    "needs": needs,
    "experience": experience,
    "culture": culture,
    "age": age,
    "gender": gender,
    "place": place,
    "objectives": objectives,
}

DEFAULT_WEIGHTS: dict[str, int] = {
    "style": 5,
    "interests": 4,
    "skills": 4,
    "area": 2,
    "needs": 5,
    "experience": 3,
    "culture": 2,
    "age": 1,
    "gender": 1,
    "place": 3,
    "objectives": 4,
}


def _table(rows: list[list[int]], width: int) -> Reals:
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


def _families(people: Sequence[Facts]) -> list[set[str]]:
    """Keep of each area only its family."""
    return [{code.partition(".")[0] for code in person.areas} for person in people]


def _language(sides: Sides) -> Comparison:
    mentees, mentors = sides.sets("languages")
    ours, theirs = mentees.any(1), mentors.any(1)
    first_ours, first_theirs = sides.words("first_language")
    first = same(np.where(ours, first_ours, -1), np.where(theirs, first_theirs, -1))

    def compare(rows: slice, columns: slice) -> Reals:
        tile = at_most(products(mentees[rows], mentors[columns]), 1)
        tile /= 2
        return np.maximum(tile, first.compare(rows, columns), out=tile)

    return Comparison(compare, flags(ours), flags(theirs))


def _common_hours(sides: Sides) -> Comparison:
    mentees, mentors = (hours.astype(np.float32) for hours in sides.starts(1))
    used = mentees.any(0) & mentors.any(0)
    ours, theirs = mentees[:, used], mentors[:, used]

    def compare(rows: slice, columns: slice) -> Reals:
        tile = at_most(products(ours[rows], theirs[columns]), ENOUGH_HOURS)
        tile /= ENOUGH_HOURS
        return tile

    return Comparison(compare, flags(mentees.any(1)), flags(mentors.any(1)))


def _meeting(sides: Sides) -> Comparison:
    """Compare ways of meeting; known where both told whether they can meet online."""
    (online, mentor_online), (here, mentor_here) = sides.figures("online"), sides.figures("in_person")
    told, mentor_told = ~np.isnan(online), ~np.isnan(mentor_online)
    towns, mentor_towns = sides.words("town")
    left, left_towns = _ways(online == 1, (here == 1) & told, towns)
    right, right_towns = _ways(mentor_online == 1, (mentor_here == 1) & mentor_told, mentor_towns)
    # Online both ways is worth 1; in person ½ where one town is not known, and 1 in the same one.
    left *= np.array([1, 0.5, -0.5], dtype=np.float32)
    in_town = same(left_towns, right_towns)

    def compare(rows: slice, columns: slice) -> Reals:
        tile = products(left[rows], right[columns])
        tile += in_town.compare(rows, columns)
        return at_most(tile, 1)

    return Comparison(compare, flags(told), flags(mentor_told))


def _ways(online: Bools, here: Bools, towns: Integers) -> tuple[Reals, Integers]:
    """Return who meets online, in person, in person in a known town; and the towns of the last."""
    in_known = here & (towns >= 0)
    return np.column_stack([online, here, in_known]).astype(np.float32), np.where(in_known, towns, -1)
