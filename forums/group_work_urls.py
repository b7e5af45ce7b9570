"""Addresses of group work, results and commitments; `forums.urls` takes them in."""

urlpatterns = []
