"""Addresses of group work, results and commitments; `forums.urls` takes them in."""

from django.urls import path

from forums.views import committing, leading, showing, writing

urlpatterns = [
    path("forum/<slug:slug>/grupparbete/", writing.group_work, name="group_work"),
    path("forum/<slug:slug>/grupparbete/innehall/", writing.group_work_data, name="group_work_data"),
    path("forum/<slug:slug>/grupparbete/leda/", leading.lead, name="lead"),
    path("forum/<slug:slug>/grupparbete/leda/turen/", leading.lead_turn, name="lead_turn"),
    path("forum/<slug:slug>/grupparbete/leda/anteckningar/", leading.lead_notes, name="lead_notes"),
    path("forum/<slug:slug>/grupparbete/leda/oppna/", leading.open_work, name="open_work"),
    path("forum/<slug:slug>/grupparbete/leda/runda/<int:order>/", leading.move_round, name="move_round"),
    path("forum/<slug:slug>/grupparbete/leda/stang/", leading.close_work, name="close_work"),
    path("forum/<slug:slug>/grupparbete/leda/dolj/<slug:handle>/", leading.hide, name="hide_note"),
    path("forum/<slug:slug>/skarm/", showing.wall, name="wall"),
    path("forum/<slug:slug>/skarm/innehall/", showing.wall_data, name="wall_data"),
    path("forum/<slug:slug>/resultat/", showing.result, name="result"),
    path("forum/<slug:slug>/resultat.json", showing.result_json, name="result_json"),
    path("forum/<slug:slug>/sammanfattning/", showing.draft, name="draft_summary"),
    path("forum/<slug:slug>/ataganden/nytt/", committing.new, name="new_commitment"),
    path("ataganden/<int:pk>/", committing.commitment, name="commitment"),
]
