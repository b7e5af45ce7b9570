"""Addresses of group work and results, below /forum/<slug>/; `forums.urls` takes them in."""

from django.urls import include, path

from forums.views import (
    committing,
    dotting,
    joining,
    leading,
    moderating,
    packing,
    proposals,
    showing,
    writing,
)

IN_THE_ROOM = [
    path("", writing.group_work, name="group_work"),
    path("innehall/", writing.group_work_data, name="group_work_data"),
    path("bord/", joining.choose_table, name="choose_table"),
    path("bord/<int:number>/", joining.join_table, name="join_table"),
    path("leda/bordskort/", joining.table_codes, name="table_codes"),
    path("prickar/", dotting.dots, name="dots"),
    path("prickar/<slug:handle>/", dotting.move_dot, name="move_dot"),
    path("leda/", leading.lead, name="lead"),
    path("leda/turen/", leading.lead_turn, name="lead_turn"),
    path("leda/anteckningar/", moderating.lead_notes, name="lead_notes"),
    path("leda/forslag/", proposals.proposals, name="proposals"),
    path("leda/forslag/<int:pk>/angra/", proposals.undo, name="undo_proposal"),
    path("leda/oppna/", leading.open_work, name="open_work"),
    path("leda/runda/<int:order>/", leading.move_round, name="move_round"),
    path("leda/runda/<int:order>/forlang/", leading.extend_round, name="extend_round"),
    path("leda/prickar/", leading.move_dots, name="move_dots"),
    path("leda/stang/", leading.close_work, name="close_work"),
    path("leda/dolj/<slug:handle>/", moderating.hide, name="hide_note"),
    path("leda/visa-igen/<slug:handle>/", moderating.show_again, name="show_note_again"),
    path("leda/slapp-fram/<slug:handle>/", moderating.let_through, name="let_through_note"),
    path("leda/markera/<slug:handle>/", moderating.mark, name="mark_note"),
]

urlpatterns = [
    path("grupparbete/", include(IN_THE_ROOM)),
    path("redigera/grupper/", joining.edit_groups, name="edit_groups"),
    path("skarm/", showing.wall, name="wall"),
    path("skarm/innehall/", showing.wall_data, name="wall_data"),
    path("resultat/", showing.result, name="result"),
    path("resultat.json", showing.result_json, name="result_json"),
    path("grupparbete.json", packing.group_work, {"form": "json"}, name="work_json"),
    path("grupparbete.xlsx", packing.group_work, {"form": "xlsx"}, name="work_xlsx"),
    path("sammanfattning.docx", packing.summary, {"form": "docx"}, name="summary_docx"),
    path("sammanfattning.pdf", packing.summary, {"form": "pdf"}, name="summary_pdf"),
    path("sammanfattning/", showing.draft, name="draft_summary"),
    path("ataganden/nytt/", committing.new, name="new_commitment"),
]
