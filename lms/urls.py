"""Every address of the site. Here, in the settings and in asgi.py the plugins are named; nowhere else in ``lms``."""

from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.people.views import address, admin_sign_in

urlpatterns = [
    # Both admins have a sign-in of their own, without a limit of tries and without a second step: one door for all.
    path("administration/login/", admin_sign_in),
    path("cms/login/", admin_sign_in),
    path("", include("lms.serving.urls")),
    path("", include("theme.urls")),
    path("accounts/email/", address, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("people/", include("lms.people.urls")),
    path("privacy/", include("lms.privacy.urls")),
    path("jobs/", include("lms.jobs.urls")),
    path("forms/", include("lms.questionnaires.urls")),
    path("home/", include("lms.agenda.urls")),
    path("notices/", include("lms.notices.urls")),
    path("courses/", include("lms.courses.urls")),
    path("quizzes/", include("lms.quizzes.urls")),
    path("certificates/", include("lms.recognition.urls")),
    path("lessons/", include("oer.lessons.urls")),
    path("forum/", include("forum.boards.urls")),
    path("chat/", include("forum.chat.urls")),
    path("cohorts/", include("mentoring_ext.programmes.urls")),
    path("cohorts/", include("mentoring_ext.matching.urls")),
    path("invitations/", include("mentoring_ext.invitations.urls")),
    path("", include("mentoring_ext.profiles.urls")),
    path("applications/", include("mentoring_ext.applications.urls")),
    path("registrations/", include("mentoring_ext.registrations.urls")),
    path("workshops/", include("mentoring_ext.workshops.urls")),
    path("groups/", include("mentoring_ext.groups.urls")),
    path("agreements/", include("mentoring_ext.agreements.urls")),
    path("sessions/", include("mentoring_ext.sessions.urls")),
    path("evaluation/", include("mentoring_ext.evaluation.urls")),
    path("practices/", include("mentoring_ext.practices.urls")),
    path("circle/", include("mentoring_ext.cycle.urls")),
    path("administration/", admin.site.urls),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
handler500 = "lms.serving.views.server_error"
