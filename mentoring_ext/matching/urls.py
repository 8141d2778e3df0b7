from django.urls import path

from mentoring_ext.matching.importing import views as importing
from mentoring_ext.matching.views import (
    answering,
    asking,
    changing,
    defaults,
    further,
    helping,
    naming,
    proving,
    publishing,
    ruling,
    runs,
    wishing,
)
from mentoring_ext.matching.views.hiding import without_names

app_name = "mentoring_matching"

urlpatterns = [
    path("programme/<slug:slug>/pairing/", defaults.defaults_edit, name="defaults_edit"),
    path("match/<int:group_pk>/", asking.match_say, name="match_say"),
    path("match/<int:group_pk>/confirm/", asking.match_confirm, name="match_confirm"),
    path("match/<int:group_pk>/ask/", asking.match_ask, name="match_ask"),
    path("match/requests/<int:pk>/withdraw/", asking.request_withdraw, name="request_withdraw"),
    path("sheet-questions/<int:pk>/", helping.question_detail, name="question_detail"),
    path("sheet-questions/<int:pk>/answer/", helping.question_answer, name="question_answer"),
    path("<int:cohort_pk>/pairing/<int:pk>/without/", helping.run_without, name="run_without"),
    path("<int:cohort_pk>/pairing/<int:pk>/changes/", helping.changes_seek, name="changes_seek"),
    path("<int:cohort_pk>/pairing/<int:pk>/ask/", helping.sheet_ask, name="sheet_ask"),
    path(
        "<int:cohort_pk>/pairing/<int:pk>/ask/<int:question_pk>/back/", helping.sheet_take_back, name="sheet_take_back"
    ),
    path("<int:cohort_pk>/pairing/<int:pk>/protocol/", proving.run_protocol, name="run_protocol"),
    path("<int:cohort_pk>/pairing/<int:pk>/protocol.json", proving.protocol_file, name="protocol_file"),
    path("<int:cohort_pk>/pairing/<int:pk>/repeat/", proving.run_repeat, name="run_repeat"),
    path("<int:cohort_pk>/pairing/<int:pk>/equality/", proving.run_equality, name="run_equality"),
    path("<int:cohort_pk>/pairing/<int:pk>/equality.xlsx", proving.equality_file, name="equality_file"),
    path("<int:cohort_pk>/wishes/", wishing.wish_edit, name="wish_edit"),
    path("<int:cohort_pk>/wishes/<int:pk>/withdraw/", wishing.veto_withdraw, name="veto_withdraw"),
    path("<int:cohort_pk>/pairing/wishes/", wishing.wish_round, name="wish_round"),
    path("<int:cohort_pk>/pairing/requests/", answering.request_list, name="request_list"),
    path("<int:cohort_pk>/pairing/requests/remind/", answering.match_remind, name="match_remind"),
    path("<int:cohort_pk>/pairing/requests/<int:pk>/", answering.request_detail, name="request_detail"),
    path("<int:cohort_pk>/pairing/requests/<int:pk>/accept/", answering.request_accept, name="request_accept"),
    path("<int:cohort_pk>/pairing/requests/<int:pk>/decline/", answering.request_decline, name="request_decline"),
    path("<int:cohort_pk>/pairing/", runs.run_list, name="run_list"),
    path("<int:cohort_pk>/pairing/effect/", runs.run_effect, name="run_effect"),
    path("<int:cohort_pk>/pairing/history/", runs.run_history, name="run_history"),
    path("<int:cohort_pk>/pairing/compare/", runs.run_compare, name="run_compare"),
    path("<int:cohort_pk>/pairing/import/", importing.sheet_import, name="sheet_import"),
    path("<int:cohort_pk>/pairing/import/checks/<int:pk>/", importing.sheet_check, name="sheet_check"),
    path("<int:cohort_pk>/pairing/import/<slug:side>.csv", importing.sheet_example, name="sheet_example"),
    path("<int:cohort_pk>/pairing/factors/", further.factor_list, name="factor_list"),
    path("<int:cohort_pk>/pairing/factors/<int:pk>/remove/", further.factor_remove, name="factor_remove"),
    path("<int:cohort_pk>/pairing/names/hide/", naming.names_hide, name="names_hide"),
    path("<int:cohort_pk>/pairing/names/show/", naming.names_show, name="names_show"),
    path("<int:cohort_pk>/pairing/names/look/<slug:page>/", naming.names_look, name="names_look"),
    path("<int:cohort_pk>/pairing/names/reopen/", naming.decision_reopen, name="decision_reopen"),
    path("<int:cohort_pk>/pairing/<int:pk>/close/", naming.run_close, name="run_close"),
    path("<int:cohort_pk>/pairing/rules/", ruling.rule_list, name="rule_list"),
    path("<int:cohort_pk>/pairing/rules/conflict/", ruling.conflict_new, name="conflict_new"),
    path("<int:cohort_pk>/pairing/rules/offline/", ruling.offline_new, name="offline_new"),
    path("<int:cohort_pk>/pairing/rules/<int:pk>/lift/", ruling.rule_lift, name="rule_lift"),
    path("<int:cohort_pk>/pairing/<int:pk>/", runs.run_detail, name="run_detail"),
    path("<int:cohort_pk>/pairing/<int:pk>/again/", runs.run_again, name="run_again"),
    path("<int:cohort_pk>/pairing/<int:pk>/stop/", runs.run_cancel, name="run_cancel"),
    path("<int:cohort_pk>/pairing/<int:pk>/undo/", changing.run_undo, name="run_undo"),
    path("<int:cohort_pk>/pairing/<int:pk>/publish/", publishing.run_publish, name="run_publish"),
    path("<int:cohort_pk>/pairing/<int:pk>/letters/", publishing.letter_list, name="letter_list"),
    path("<int:cohort_pk>/pairing/<int:pk>/letters/again/", publishing.letters_again, name="letters_again"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/", changing.proposal_detail, name="proposal_detail"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/places/", changing.proposal_places, name="proposal_places"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/move/", changing.proposal_move, name="proposal_move"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/lock/", changing.proposal_lock, name="proposal_lock"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/unlock/", changing.proposal_unlock, name="proposal_unlock"),
    path("<int:cohort_pk>/pairing/<int:run_pk>/<int:pk>/forbid/", changing.proposal_forbid, name="proposal_forbid"),
]

PAIRING = "<int:cohort_pk>/pairing/"
for address in urlpatterns:
    # Whatever is added above: no page on which pairs are decided can forget to keep names out.
    if str(address.pattern).startswith(PAIRING):
        address.callback = without_names(address.callback)
