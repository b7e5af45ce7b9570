"""Addresses of this app."""

from django.urls import include, path

from forums import group_work_urls
from forums.views import (
    afterwards,
    answering,
    arriving,
    committing,
    concepts,
    feeds,
    guests,
    insults,
    inviting,
    keeping,
    kinds,
    materials,
    planning,
    reading,
    running,
    seating,
    seats,
    topics,
    trends,
)

app_name = "forums"

KINDS = [
    path("", kinds.kinds, name="kinds"),
    path("ny/", kinds.new_kind, name="new_kind"),
    path("<slug:pk>/", kinds.edit_kind, name="edit_kind"),
]

CONCEPTS = [
    path("", concepts.concepts, name="concepts"),
    path("<int:pk>/sla-ihop/", concepts.merge, name="merge_concept"),
    path("<int:pk>/aterstall/", concepts.unmerge, name="unmerge_concept"),
    path("<int:pk>/namn/", concepts.rename, name="rename_concept"),
    path("<int:pk>/ord/", concepts.add_word, name="add_word"),
    path("ord/<int:pk>/", concepts.split, name="split_word"),
    path("andring/<int:pk>/angra/", concepts.undo, name="undo_concept"),
]

GUEST = [
    path("", guests.guest, name="guest"),
    path("tyck-till/", guests.guest_evaluate, name="guest_evaluate"),
    path("behov/", guests.guest_needs, name="guest_needs"),
    path("material/<uuid:pk>/", materials.guest_material, name="guest_material"),
    path("kalender.ics", guests.guest_calendar, name="guest_calendar"),
]

EDITING = [
    path("", planning.edit, name="edit"),
    path("program/", planning.programme, name="edit_programme"),
    path("grupparbete/", planning.group_work, name="edit_group_work"),
    path("bord/", planning.tables, name="edit_tables"),
    path("paminnelser/", planning.reminders, name="edit_reminders"),
    path("material/", materials.materials, name="materials"),
    path("material/<uuid:pk>/ta-bort/", materials.take_away, name="take_away"),
    path("kvoter/", seats.quotas, name="edit_quotas"),
    path("amnen/", topics.about_forum, name="about"),
]

ONE_FORUM = [
    *group_work_urls.urlpatterns,  # first: a full room asks most
    path("redigera/", include(EDITING)),
    path("", reading.forum_page, name="forum"),
    path("kalender.ics", reading.calendar, name="calendar"),
    path("anmalan/", answering.registration, name="registration"),
    path("anmalan/behov/", answering.tell_needs, name="tell_needs"),
    path("anmalan/ersattare/", answering.send_deputy, name="send_deputy"),
    path("inbjudna/", inviting.invited, name="invited"),
    path("inbjudna/inte-langre/", inviting.withdraw, name="withdraw_invitations"),
    path("inbjudna/gast/", inviting.add_guest, name="add_guest"),
    path("inbjudna/gaster/", inviting.add_guests, name="add_guests"),
    path("inbjudna/<int:pk>/ta-tillbaka/", inviting.take_back, name="take_back"),
    path("inbjudna/<int:pk>/ny-lank/", inviting.change_link, name="change_link"),
    path("utlys/", running.announce, name="announce"),
    path("bjud-in/", running.invite_newcomers, name="invite_newcomers"),
    path("stall-in/", running.call_off, name="call_off"),
    path("deltagare/", running.participants, name="participants"),
    path("incheckning/", arriving.door, name="door"),
    path("incheckning/vantade.json", arriving.expected, name="expected"),
    path("incheckning/namnskyltar/", arriving.badges, name="badges"),
    path("efterat/", afterwards.afterwards, name="afterwards"),
    path("efterat/<slug:what>.<slug:form>", afterwards.export, name="export"),
    path("efterat/utvardering/", afterwards.close_evaluation, name="close_evaluation"),
    path("tyck-till/", afterwards.evaluate, name="evaluate"),
    path("min-kod/", arriving.my_code, name="my_code"),
    path("bordsplacering/", seating.seat_plan, name="seat_plan"),
    path("deltagare/ge-plats/", seats.give_seat, name="give_seat"),
    path("deltagare/aterbud/", seats.excuse, name="excuse"),
    path("deltagare/behov/", seats.needs, name="needs"),
    path("deltagare/placera/", seating.seat, name="seat"),
    path("deltagare/<int:pk>/bord/", seating.move, name="move"),
]

urlpatterns = [
    path("lank/forum/<int:pk>/", reading.by_number, name="by_number"),
    path("forum/", reading.forum_list, name="list"),
    path("forum/nytt/", planning.new, name="new"),
    path("forum/material/<uuid:pk>/", materials.material, name="material"),
    path("forum/trender/", trends.trends, name="trends"),
    path("forum/trender/begrepp.csv", trends.trends_csv, name="trends_csv"),
    path("forum/trender/deltagande.csv", trends.turnout_csv, name="turnout_csv"),
    path("forum/utan-kontakt.js", keeping.worker, name="keep_pages"),
    path("forum/ordlista/", insults.insults, name="insults"),
    path("forum/ordlista/<int:pk>/ta-bort/", insults.remove_insult, name="remove_insult"),
    path("ataganden/<int:pk>/", committing.commitment, name="commitment"),
    path("ataganden/<int:pk>/andra/", committing.edit, name="edit_commitment"),
    path("ataganden/<int:pk>/amnen/", topics.about_commitment, name="about_commitment"),
    path("kalender/<str:token>.ics", feeds.feed, name="feed"),
    path("forum/slag/", include(KINDS)),
    path("forum/begrepp/", include(CONCEPTS)),
    path("gast/<str:token>/", include(GUEST)),
    path("forum/<slug:slug>/", include(ONE_FORUM)),
]
