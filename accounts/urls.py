"""Addresses of people, units and what somebody has been told."""

from django.urls import path

from accounts.views import absences, notifications, organisation, people, wishes

app_name = "accounts"

urlpatterns = [
    path("personer/", people.people, name="people"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("personer/<int:pk>/franvaro/", absences.absences_of, name="absences_of"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("min-sida/franvaro/", absences.absences, name="absences"),
    path("min-sida/notiser/", notifications.notifications, name="notifications"),
    path("min-sida/notiser/val/", wishes.wishes, name="wishes"),
    path("sluta/<str:token>/", wishes.stop, name="stop"),
]
