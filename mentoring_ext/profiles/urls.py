from django.urls import path

from mentoring_ext.profiles import views

app_name = "mentoring_profiles"

urlpatterns = [
    path("profile/mentor/", views.mentor_sheet, name="mentor_sheet"),
    path("profile/mentor/<int:step>/", views.mentor_sheet, name="mentor_sheet_step"),
    path("profile/mentee/", views.mentee_sheet, name="mentee_sheet"),
    path("profile/mentee/<int:step>/", views.mentee_sheet, name="mentee_sheet_step"),
    path("profile/become-a-mentor/", views.graduate_invitation, name="graduate_invitation"),
    path("mentors/", views.mentor_list, name="mentor_list"),
    path("mentors/<int:pk>/", views.mentor_detail, name="mentor_detail"),
    path("mentors/graduates/", views.graduate_list, name="graduate_list"),
]
