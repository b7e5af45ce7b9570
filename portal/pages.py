"""Addresses of the pages that belong to no single app."""

from django.urls import path

from portal.views import components, health, language, log, my_addresses, my_page, search, start, topics

app_name = "portal"

urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.search, name="search"),
    path("amnen/", topics.topics, name="topics"),
    path("amnen/<slug:slug>/", topics.topic, name="topic"),
    path("logg/", log.log, name="log"),
    path("min-sida/", my_page.my_page, name="my_page"),
    path("min-sida/kalender/", my_addresses.my_calendar, name="my_calendar"),
    path("min-sida/floden/", my_addresses.my_feeds, name="my_feeds"),
    path("sprak/", language.choose, name="language"),
    path("komponenter/", components.components, name="components"),
    path("halsa/", health.health, name="health"),
]
