"""Building pages out of the shipped content; loading again leaves alone what did not change or was edited here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.db import transaction
from wagtail.models import Page, Site

from lms.courses.models import ActivityPage
from lms.quizzes.models import Choice, QuizPage, QuizQuestion
from oer.lessons.models import LessonPage, Shipped, TrainingModulePage
from oer.lessons.shipped import CONTENT, Source, WrongContent, blocks_of, read_module
from oer.library.models import CataloguePage, Competence, Framework, Level, Licence

LANGUAGE = "en"
AUTHORS = "Kyklos"
LICENCE = "cc-by-4-0"
AnyPage = TypeVar("AnyPage", bound=Page)


@transaction.atomic
def load_content(folder: Path = CONTENT) -> Iterator[str]:
    """Load licences, frameworks, the catalogue and every module; return one line for each page made or changed."""
    load_licences(folder / "licences.yaml")
    for path in sorted((folder / "frameworks").glob("*.yaml")):
        load_framework(path)
    lines: list[str] = []
    catalogue = _catalogue(yaml.safe_load((folder / "catalogue.en.yaml").read_text()), lines)
    for module_folder in sorted(path.parent for path in folder.glob(f"*/module.{LANGUAGE}.md")):
        _load_module(catalogue, module_folder, lines)
    return iter(lines)


def load_licences(path: Path) -> None:
    """Write the licences of the file into their table."""
    for code, facts in yaml.safe_load(path.read_text()).items():
        Licence.objects.update_or_create(code=code, defaults=facts)


def load_framework(path: Path) -> None:
    """Write one framework with its areas and competences into their tables."""
    facts = yaml.safe_load(path.read_text())
    areas = facts.pop("areas")
    framework, _created = Framework.objects.update_or_create(slug=path.stem.replace(".", "-"), defaults=facts)
    for area_code, area_facts in areas.items():
        area, _created = Competence.objects.update_or_create(
            framework=framework, code=str(area_code), defaults={"title": area_facts["title"], "area": None}
        )
        for code, title in area_facts["competences"].items():
            Competence.objects.update_or_create(
                framework=framework, code=str(code), defaults={"title": title, "area": area}
            )


def _catalogue(facts: dict[str, Any], lines: list[str]) -> CataloguePage:
    root = Site.objects.get(is_default_site=True).root_page
    catalogue: CataloguePage | None = CataloguePage.objects.child_of(root).first()
    if catalogue is None:
        catalogue = CataloguePage(**facts, show_in_menus=True)
        root.add_child(instance=catalogue)
        catalogue.save_revision().publish()
        lines.append(f"made {catalogue.url_path}")
    return catalogue


def _load_module(catalogue: CataloguePage, folder: Path, lines: list[str]) -> None:
    module_source, sources = read_module(folder, LANGUAGE)
    module = _put(catalogue, TrainingModulePage(slug=folder.name), module_source, lines)
    for source in sources:
        page: ActivityPage = QuizPage(slug=source.slug) if source.is_quiz else LessonPage(slug=source.slug)
        _put(module, page, source, lines)


def _put(parent: Page, blank: AnyPage, source: Source, lines: list[str]) -> AnyPage:
    """Make the page, or change it when its file changed and no editor did."""
    shipped = Shipped.objects.filter(file=source.name).select_related("page").first()
    page: AnyPage = shipped.page.specific if shipped else blank
    if shipped and shipped.fingerprint == source.fingerprint:
        return page
    if shipped and _edited_by_somebody(page):
        lines.append(f"left {page.url_path}: it was edited here")
        return page
    _fill(page, source)
    if not shipped:
        parent.add_child(instance=page)
    page.save_revision().publish()
    Shipped.objects.update_or_create(page_id=page.pk, defaults={"file": source.name, "fingerprint": source.fingerprint})
    lines.append(f"{'changed' if shipped else 'made'} {page.url_path}")
    return page


def _edited_by_somebody(page: Page) -> bool:
    # Loading leaves revisions without a user; every editor's revision has one.
    return bool(page.revisions.filter(user__isnull=False).exists())


def _fill(page: Page, source: Source) -> None:
    facts = source.facts
    page.title = facts["title"]
    if isinstance(page, TrainingModulePage):
        page.summary, page.minutes = facts["summary"], facts["minutes"]
        _fill_resource(page, facts)
    elif isinstance(page, ActivityPage):
        page.section, page.minutes = facts.get("section", ""), facts["minutes"]
    if isinstance(page, LessonPage):
        page.body = json.dumps(blocks_of(source))
        _fill_resource(page, facts)
    elif isinstance(page, QuizPage):
        _fill_quiz(page, source)


def _fill_resource(page: TrainingModulePage | LessonPage, facts: dict[str, Any]) -> None:
    page.authors, page.language = facts.get("authors", AUTHORS), LANGUAGE
    page.licence = Licence.objects.get(code=facts.get("licence", LICENCE))
    page.level = Level(facts.get("level", "foundation"))
    page.source_title, page.source_url = facts.get("source_title", ""), facts.get("source_url", "")
    page.competences.set([_competence(name) for name in facts.get("competences", [])])


def _competence(name: str) -> Competence:
    """Find a competence by its framework and code, written ``digcomp-2-2/1.1``."""
    slug, _slash, code = name.partition("/")
    return Competence.objects.get(framework__slug=slug, code=code)


def _fill_quiz(quiz: QuizPage, source: Source) -> None:
    facts = source.facts
    quiz.introduction, quiz.pass_mark = facts.get("introduction", ""), facts.get("pass_mark", 70)
    quiz.feedback_passed, quiz.feedback_failed = facts.get("passed", ""), facts.get("failed", "")
    quiz.questions.set([_question(source, number, one) for number, one in enumerate(facts["questions"])])


def _question(source: Source, number: int, facts: dict[str, Any]) -> QuizQuestion:
    if facts["kind"] not in QuizQuestion.Kind.values:
        raise WrongContent(f"{source.path}: there is no kind of question called {facts['kind']!r}")
    question = QuizQuestion(
        sort_order=number, kind=facts["kind"], text=facts["text"], explanation=facts.get("explanation", "")
    )
    question.choices.set([Choice(sort_order=place, **choice) for place, choice in enumerate(facts["choices"])])
    return question
