"""Every address of the portal. Paths are Swedish and fixed: others link to them."""

from django.urls import include, path

from portal import back_office

urlpatterns = [
    # First what a whole room asks for at once; no address stands in two of these.
    path("", include("forums.urls")),
    path("", include("portal.pages")),
    path("", include("accounts.urls")),
    path("", include("news.urls")),
    path("konto/", include("allauth.urls")),
    path("admin/", back_office.urls),
]
