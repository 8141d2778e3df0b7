from django.urls import path

from mentoring_ext.agreements import views

app_name = "mentoring_agreements"

urlpatterns = [
    path("groups/<int:group_pk>/", views.agreement_edit, name="agreement_edit"),
    path("<int:pk>/", views.agreement_detail, name="agreement_detail"),
    path("<int:pk>/print/", views.agreement_print, name="agreement_print"),
]
