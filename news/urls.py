"""Addresses of this app."""

from django.urls import path

from news.views import desk, drafts, outcomes, pictures, reading, reviews

app_name = "news"

urlpatterns = [
    path("nyheter/", reading.news_list, name="list"),
    path("nyheter/<slug:slug>/", reading.article, name="article"),
    path("blogg/", reading.blog, name="blog"),
    path("blogg/<slug:slug>/", reading.blog_post, name="blog_post"),
    path("sidor/<slug:slug>/", reading.page, name="page"),
    path("bilder/<uuid:pk>/<int:width>.webp", pictures.picture, name="picture"),
    path("redaktion/", desk.desk, name="desk"),
    path("redaktion/ny/", drafts.new, name="new"),
    path("redaktion/<int:pk>/", drafts.edit, name="edit"),
    path("redaktion/<int:pk>/ny-version/", drafts.open_version, name="open_version"),
    path("redaktion/<int:pk>/version/<int:number>/", drafts.preview, name="preview"),
    path("redaktion/<int:pk>/skicka/", reviews.submit, name="submit"),
    path("redaktion/granskning/<int:pk>/", reviews.review, name="review"),
    path("redaktion/<int:pk>/dra-tillbaka/", outcomes.withdraw, name="withdraw"),
    path("redaktion/<int:pk>/papperskorg/", outcomes.trash, name="trash"),
    path("redaktion/<int:pk>/aterstall/", outcomes.restore, name="restore"),
]
