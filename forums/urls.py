"""Addresses of this app."""

from django.urls import path

from forums import group_work_urls
from forums.views import answering, concepts, planning, reading, running

app_name = "forums"

urlpatterns = [
    path("forum/", reading.forum_list, name="list"),
    path("forum/nytt/", planning.new, name="new"),
    path("forum/begrepp/", concepts.concepts, name="concepts"),
    path("forum/begrepp/<int:pk>/sla-ihop/", concepts.merge, name="merge_concept"),
    path("forum/begrepp/<int:pk>/aterstall/", concepts.unmerge, name="unmerge_concept"),
    path("forum/begrepp/<int:pk>/namn/", concepts.rename, name="rename_concept"),
    path("forum/<slug:slug>/", reading.forum_page, name="forum"),
    path("forum/<slug:slug>/kalender.ics", reading.calendar, name="calendar"),
    path("forum/<slug:slug>/anmalan/", answering.registration, name="registration"),
    path("forum/<slug:slug>/redigera/", planning.edit, name="edit"),
    path("forum/<slug:slug>/redigera/program/", planning.programme, name="edit_programme"),
    path("forum/<slug:slug>/redigera/grupparbete/", planning.group_work, name="edit_group_work"),
    path("forum/<slug:slug>/redigera/bord/", planning.tables, name="edit_tables"),
    path("forum/<slug:slug>/utlys/", running.announce, name="announce"),
    path("forum/<slug:slug>/bjud-in/", running.invite_newcomers, name="invite_newcomers"),
    path("forum/<slug:slug>/stall-in/", running.call_off, name="call_off"),
    path("forum/<slug:slug>/deltagare/", running.participants, name="participants"),
    path("forum/<slug:slug>/deltagare/placera/", running.seat, name="seat"),
    path("forum/<slug:slug>/deltagare/<int:pk>/bord/", running.move, name="move"),
    *group_work_urls.urlpatterns,
]
