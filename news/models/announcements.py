"""What readers have been told of."""

from django.db import models


class Announcement(models.Model):
    """That those whom an article is meant for have been told of it as it was at one "last updated":
    a small correction is none, and so is told of to nobody."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="announcements")
    of = models.DateTimeField()
    # Whether they were told that they are to confirm it.
    asks = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "of"], name="an_update_is_announced_once")]

    def __str__(self):
        return f"announcement {self.pk}"
