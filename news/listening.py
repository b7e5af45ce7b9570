"""What the app does when something happens in it, beside what the verb itself does."""

from django.dispatch import receiver

from news.signals import version_approved, version_rescheduled
from news.spreading import spread_when_live


@receiver([version_approved, version_rescheduled])
def text_comes_out(sender, version, **kwargs):
    """A text was approved, or its time changed: those whom it is meant for hear of it when it comes out."""
    spread_when_live(version)
