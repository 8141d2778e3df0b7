from django.urls import path

from mentoring_ext.groups import views

app_name = "mentoring_groups"

urlpatterns = [
    path("", views.group_list, name="group_list"),
    path("<int:pk>/", views.space, name="space"),
    path("<int:pk>/documents/new/", views.document_add, name="document_add"),
    path("<int:pk>/close/", views.close, name="close"),
    path("documents/<int:pk>/", views.document_download, name="document_download"),
]
