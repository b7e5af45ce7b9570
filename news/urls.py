"""Addresses of this app."""

from django.urls import include, path

from news import desk_urls
from news.views import around, documents, feeds, pictures, reading, readings, talking

app_name = "news"

urlpatterns = [
    path("nyheter/", reading.news_list, name="list"),
    path("nyheter/<slug:slug>/", reading.article, name="article"),
    path("blogg/", reading.blog, name="blog"),
    path("blogg/<slug:slug>/", reading.blog_post, name="blog_post"),
    path("bloggar/ny/", around.new_blog, name="new_blog"),
    path("bloggar/<slug:slug>/", around.one_blog, name="one_blog"),
    path("bloggar/<slug:slug>/andra/", around.edit_blog, name="edit_blog"),
    path("artikel/<int:pk>/kommentera/", talking.comment, name="comment"),
    path("artikel/<int:pk>/samtal/", talking.talk, name="talk"),
    path("artikel/<int:pk>/omdome/", talking.judge, name="judge"),
    path("min-sida/kommentarer/", talking.my_comments, name="my_comments"),
    path("kommentar/<int:pk>/svara/", talking.answer, name="answer"),
    path("kommentar/<int:pk>/ta-tillbaka/", talking.take_back, name="take_back_comment"),
    path("kommentar/<int:pk>/dolj/", talking.hide, name="hide_comment"),
    path("sidor/<slug:slug>/", reading.page, name="page"),
    path("lank/artikel/<int:pk>/", reading.by_number, name="by_number"),
    path("lank/artikel/<int:pk>/last/", readings.confirm_reading, name="confirm_reading"),
    path("bilder/<uuid:pk>/<int:width>.webp", pictures.picture, name="picture"),
    path("bilder/<uuid:pk>/<int:width>.avif", pictures.picture, {"form": "avif"}, name="picture_avif"),
    path("dokument/<uuid:pk>/", documents.document, name="document"),
    path("dokument/<uuid:pk>/<str:name>", documents.document, name="document_named"),
    path("flode/<str:token>/<slug:kind>.atom", feeds.feed, name="feed"),
    path("flode/<str:token>/amne/<slug:slug>.atom", feeds.topic_feed, name="topic_feed"),
    path("bilder/<uuid:pk>/teckning.svg", pictures.drawing, name="drawing"),
    path("redaktion/", include(desk_urls.urlpatterns)),
]
