"""Addresses of people, units and what somebody has been told."""

from django.urls import path

from accounts.views import notifications, organisation, people

app_name = "accounts"

urlpatterns = [
    path("personer/", people.people, name="people"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("min-sida/notiser/", notifications.notifications, name="notifications"),
]
