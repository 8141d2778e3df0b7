"""Make the front page the site's root, in place of Wagtail's welcome page."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create_front_page(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    page_model = apps.get_model("wagtailcore", "Page")
    page_model.objects.filter(pk=2, depth=2).delete()
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="lms_front", model="frontpage"
    )
    front = apps.get_model("lms_front", "FrontPage").objects.create(
        title="Kyklos",
        draft_title="Kyklos",
        slug="front",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/front/",
        locale_id=apps.get_model("wagtailcore", "Locale").objects.values_list("pk", flat=True).first(),
        heading="Learn together. Pass it on.",
        lead="Open training, mentors who fit you, and twelve sessions with a small group.",
        circle_text=(
            "Every group learns something that nobody had written down. Here it is not lost: "
            "what mentors and mentees find out becomes a good practice, and good practices become "
            "training for those who come next. So the circle closes, and starts again a little better."
        ),
    )
    apps.get_model("wagtailcore", "Site").objects.create(
        hostname="localhost", site_name="Kyklos", root_page_id=front.pk, is_default_site=True
    )


def remove_front_page(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("wagtailcore", "Site").objects.filter(root_page__slug="front").delete()
    apps.get_model("wagtailcore", "Page").objects.filter(slug="front", depth=2).delete()


class Migration(migrations.Migration):
    dependencies = [("lms_front", "0001_initial")]
    operations = [migrations.RunPython(create_front_page, remove_front_page)]
