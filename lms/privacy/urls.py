from django.urls import path

from lms.privacy import views

app_name = "lms_privacy"

urlpatterns = [
    path("", views.privacy_home, name="privacy_home"),
    path("consents/", views.consent_list, name="consent_list"),
    path("consents/<int:pk>/", views.consent_version, name="consent_version"),
    path("consents/<slug:name>/give/", views.consent_give, name="consent_give"),
    path("consents/<slug:name>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("data/", views.own_data, name="own_data"),
    path("readings/", views.reading_list, name="reading_list"),
    path("erase/", views.erasure_ask, name="erasure_ask"),
    path("erase/stop/", views.erasure_stop_own, name="erasure_stop_own"),
    path("erase/keep/<str:token>/", views.erasure_stop, name="erasure_stop"),
    path("texts/", views.text_list, name="text_list"),
    path("texts/<slug:name>/", views.text_publish, name="text_publish"),
    path("periods/", views.period_list, name="period_list"),
    path("periods/<slug:name>/", views.period_edit, name="period_edit"),
    path("erasures/", views.erasure_list, name="erasure_list"),
    path("erasures/people/<int:pk>/", views.erase_other, name="erase_other"),
    path("erasures/<int:pk>/stop/", views.erasure_stop_other, name="erasure_stop_other"),
]
