"""Every address of the portal. Paths are Swedish and fixed: others link to them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.pages")),
    path("", include("accounts.urls")),
    path("", include("news.urls")),
    path("", include("forums.urls")),
    path("konto/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
