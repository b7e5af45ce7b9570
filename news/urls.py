"""Addresses of this app."""

app_name = "news"

urlpatterns = []
