"""The words that sheets offer to choose from. A code is stored and never changes; its label is translated.

The matching compares codes, so both sheets use the same lists. The topics follow the Digital Push programme.
"""

from typing import TYPE_CHECKING

from django.db.models import IntegerChoices, TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Language(TextChoices):
    """Languages that people can talk in; those of the interface first, then those newcomers often bring."""

    ENGLISH = "en", _("English")
    GREEK = "el", _("Greek")
    CZECH = "cs", _("Czech")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    ITALIAN = "it", _("Italian")
    TURKISH = "tr", _("Turkish")
    SWEDISH = "sv", _("Swedish")
    FRENCH = "fr", _("French")
    ALBANIAN = "sq", _("Albanian")
    ARABIC = "ar", _("Arabic")
    BULGARIAN = "bg", _("Bulgarian")
    FARSI = "fa", _("Farsi")
    GEORGIAN = "ka", _("Georgian")
    POLISH = "pl", _("Polish")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")


class Interest(TextChoices):
    """What people like to spend time on."""

    MUSIC = "music", _("Music")
    PAINTING = "painting", _("Painting and drawing")
    PHOTOGRAPHY = "photography", _("Photography")
    FILM = "film", _("Film and video")
    THEATRE = "theatre", _("Theatre and dance")
    BOOKS = "books", _("Books and writing")
    CRAFTS = "crafts", _("Crafts")
    FASHION = "fashion", _("Clothes and design")
    COOKING = "cooking", _("Cooking")
    GARDEN = "garden", _("Garden and nature")
    SPORT = "sport", _("Sport")
    TRAVEL = "travel", _("Travel and languages")
    HISTORY = "history", _("History and museums")
    TECHNOLOGY = "technology", _("Technology")
    GAMES = "games", _("Games")
    VOLUNTEERING = "volunteering", _("Helping in the neighbourhood")


class Area(TextChoices):
    """Areas of activity as ``family.area``: areas of one family are related."""

    MUSIC = "arts.music", _("Music, theatre, dance")
    VISUAL = "arts.visual", _("Visual arts and crafts")
    MEDIA = "arts.media", _("Film, photography, media")
    HERITAGE = "culture.heritage", _("Museums, heritage, libraries")
    EVENTS = "culture.events", _("Festivals and cultural events")
    TEACHING = "people.teaching", _("Teaching and training")
    SOCIAL = "people.social", _("Social work and community")
    HEALTH = "people.health", _("Health and care")
    ADMINISTRATION = "office.administration", _("Administration")
    COMMERCE = "office.commerce", _("Shops, trade, marketing")
    TOURISM = "service.tourism", _("Tourism, hotels, restaurants")
    TRADES = "service.trades", _("Trades, building, transport")
    SOFTWARE = "technology.software", _("Computers and software")
    DESIGN = "technology.design", _("Design and web")


class Topic(TextChoices):
    """The five digital topics of the programme."""

    INFORMATION = "information", _("Finding and judging information")
    CONTENT = "content", _("Making texts, pictures and videos")
    COLLABORATION = "collaboration", _("Communicating and working together online")
    MARKETING = "marketing", _("Promotion and selling online")
    PROBLEMS = "problems", _("Solving technical problems")


class Level(IntegerChoices):
    """How well a person knows a topic."""

    NOTHING = 0, _("New to me")
    WITH_HELP = 1, _("With help")
    SIMPLE = 2, _("Simple things alone")
    WELL = 3, _("Well")
    TEACH = 4, _("I can teach it")


class Objective(TextChoices):
    """What a mentee can reach in the programme, one for each of the sessions 2 to 11."""

    SEARCH = "search", _("Find what I need on the internet, and see what is true")
    STORE = "store", _("Keep my files and data in order and safe")
    CREATE = "create", _("Make my own texts and pictures")
    EDIT = "edit", _("Edit videos and sound, and know what I may copy")
    TALK = "talk", _("Use mail, chat and video calls")
    BEHAVE = "behave", _("Work politely and safely with others online")
    IDENTITY = "identity", _("Show myself and my work well online")
    PROMOTE = "promote", _("Promote an event or a product")
    SHOP = "shop", _("Set up a small online shop")
    SOLVE = "solve", _("Solve problems with devices and learn on by myself")


class Competence(TextChoices):
    """What mentors bring along; used by applications, the sheet and the mentors' database."""

    INFORMATION = "information", _("Finding and judging information")
    CONTENT = "content", _("Making texts, pictures and videos")
    COLLABORATION = "collaboration", _("Communicating and working together online")
    MARKETING = "marketing", _("Promotion and selling online")
    PROBLEMS = "problems", _("Solving technical problems")
    TEACHING = "teaching", _("Teaching adults")
    INTERCULTURAL = "intercultural", _("Working between cultures")
    COUNSELLING = "counselling", _("Listening and advising")
    PROJECTS = "projects", _("Running projects")
    ARTS = "arts", _("Working in arts and culture")


class Support(TextChoices):
    """Kinds of help that a mentee wishes for and a mentor gives."""

    STEPS = "steps", _("Explaining step by step")
    PRACTICE = "practice", _("Practising together")
    COURAGE = "courage", _("Encouragement")
    FEEDBACK = "feedback", _("Honest feedback on work")
    PLANNING = "planning", _("Making a plan and keeping to it")
    CONTACTS = "contacts", _("Contacts in the field of work")
    JOB = "job", _("Looking for work")
    LANGUAGE = "language", _("Help with the language")


class Motive(TextChoices):
    """Changes that a mentee wants, and that a mentor wants to help bring about."""

    WORK = "work", _("Find work or a better job")
    BUSINESS = "business", _("Build up my own business")
    ART = "art", _("Show my art or craft to more people")
    CONFIDENCE = "confidence", _("Feel sure with computers and telephones")
    BELONG = "belong", _("Meet people and belong")
    TASKS = "tasks", _("Do everyday tasks online")
    GIVE = "give", _("Be able to help others")


class Guidance(IntegerChoices):
    """How closely two people work."""

    FREELY = 1, _("On my own; I ask when I am stuck")
    NOW_AND_THEN = 3, _("With help now and then")
    CLOSELY = 5, _("Guided at each step")


class Access(TextChoices):
    """What somebody needs to take part, and what a mentor can offer."""

    STEP_FREE = "step_free", _("A place without steps")
    LARGE_PRINT = "large_print", _("Large print")
    SCREEN_READER = "screen_reader", _("Material for a screen reader")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    CAPTIONS = "captions", _("Captions in calls and videos")
    QUIET = "quiet", _("A quiet place and breaks")
    CHILDREN = "children", _("Children may come along")


class Context(TextChoices):
    """Life situations that people may know from their own life."""

    MOVED = "moved", _("Moved to another country")
    CHILDREN = "children", _("Bringing up children")
    ALONE_WITH_CHILDREN = "alone_with_children", _("Alone with children")
    CARE = "care", _("Caring for a relative")
    OUT_OF_WORK = "out_of_work", _("A long time without work")
    SMALL_PLACE = "small_place", _("Living in a small place")
    ILLNESS = "illness", _("Living with an illness or disability")
    NEW_START = "new_start", _("Starting again in a new profession")


class Gender(TextChoices):
    """Gender as a person gives it."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class MixedGender(TextChoices):
    """A mentee's answer about a mentor of another gender."""

    YES = "yes", _("Yes, that is fine")
    RATHER_NOT = "rather_not", _("It is possible, but I would rather not")
    NO = "no", _("No, only a mentor of my own gender")


STYLES = {
    "style_words": (_("How you say things"), _("Straight to the point"), _("Gently and with time")),
    "style_plan": (_("How you work"), _("With a clear plan"), _("Trying things out")),
    "style_group": (_("How you are with others"), _("Lively and talkative"), _("Quiet and thoughtful")),
    "style_pace": (_("Your speed"), _("Quick, several things at once"), _("Calm, one thing at a time")),
}
"""The four scales of personality and communication: question and both ends of the steps 1 to 5."""


def a_little_more(end: "_StrOrPromise") -> "_StrOrPromise":
    """Return the words of the step before an end of a scale."""
    return format_lazy(_("More this: {end}"), end=end)


class PublicField(TextChoices):
    """What a mentor can choose to show in a public profile; the name and the line about the work always stand there."""

    PICTURE = "picture", _("My picture")
    EXPERIENCE = "experience", _("My experience and know-how")
    MOTIVATION = "motivation", _("Why I take part")
    COMPETENCES = "competences", _("My skills and competences")
    LANGUAGES = "languages", _("The languages I talk in")
    AREA = "area", _("My area of activity")
    INTERESTS = "interests", _("My interests")
    COUNTRY = "country", _("My country and town")
    SUPPORT = "support", _("How I like to help")
    MEETING = "meeting", _("Whether I meet online or in person")
