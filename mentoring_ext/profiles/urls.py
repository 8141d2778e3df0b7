from django.urls import path

from mentoring_ext.profiles.views import contact, extra, graduates, mentors, picture, public, sheets

app_name = "mentoring_profiles"

urlpatterns = [
    path("profile/mentor/", sheets.mentor_sheet, name="mentor_sheet"),
    path("profile/mentor/picture/", picture.own_picture, name="own_picture"),
    path("profile/mentor/more/", extra.mentor_extra, name="mentor_extra"),
    path("profile/mentor/<int:step>/", sheets.mentor_sheet, name="mentor_sheet_step"),
    path("profile/mentor/<int:step>/draft/", sheets.mentor_draft, name="mentor_draft"),
    path("profile/mentee/", sheets.mentee_sheet, name="mentee_sheet"),
    path("profile/mentee/more/", extra.mentee_extra, name="mentee_extra"),
    path("profile/mentee/<int:step>/", sheets.mentee_sheet, name="mentee_sheet_step"),
    path("profile/mentee/<int:step>/draft/", sheets.mentee_draft, name="mentee_draft"),
    path("profile/become-a-mentor/", graduates.graduate_invitation, name="graduate_invitation"),
    path("profile/mentor/public/", public.own_public_profile, name="own_public_profile"),
    path("profile/contacts/", contact.contact_list, name="contact_list"),
    path("profile/contacts/<int:pk>/", contact.contact_detail, name="contact_detail"),
    path("profile/contacts/<int:pk>/answer/", contact.contact_answer, name="contact_answer"),
    path("profile/contacts/<int:pk>/report/", contact.contact_report, name="contact_report"),
    path("mentees/<int:pk>/answers/", extra.mentee_answers, name="mentee_answers"),
    path("mentees/<int:pk>/answers/<int:answer_pk>/", extra.mentee_file, name="mentee_file"),
    path("mentors/", mentors.mentor_list, name="mentor_list"),
    path("mentors/views/", mentors.view_create, name="view_create"),
    path("mentors/views/<int:pk>/delete/", mentors.view_delete, name="view_delete"),
    path("mentors/export/", mentors.mentor_export, name="mentor_export"),
    path("mentors/growth/", mentors.mentor_growth, name="mentor_growth"),
    path("mentors/graduates/", graduates.graduate_list, name="graduate_list"),
    path("mentors/public/", public.public_list, name="public_list"),
    path("mentors/public/<int:pk>/", public.public_detail, name="public_detail"),
    path("mentors/public/<int:pk>/contact/", contact.contact_create, name="contact_create"),
    path("mentors/reports/", contact.contact_report_list, name="contact_report_list"),
    path("mentors/reports/<int:pk>/settle/", contact.contact_settle, name="contact_settle"),
    path("mentors/notes/<int:pk>/delete/", mentors.note_delete, name="note_delete"),
    path("mentors/<int:pk>/", mentors.mentor_detail, name="mentor_detail"),
    path("mentors/<int:pk>/picture/", picture.mentor_picture, name="mentor_picture"),
    path("mentors/<int:pk>/answers/<int:answer_pk>/", extra.mentor_file, name="mentor_file"),
    path("mentors/<int:pk>/notes/", mentors.note_create, name="note_create"),
]
