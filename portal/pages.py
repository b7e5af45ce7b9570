"""Addresses of the pages that belong to no single app."""

from django.urls import path

from portal.views import components, health, language, my_page, search, start

app_name = "portal"

urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.search, name="search"),
    path("min-sida/", my_page.my_page, name="my_page"),
    path("sprak/", language.choose, name="language"),
    path("komponenter/", components.components, name="components"),
    path("halsa/", health.health, name="health"),
]
