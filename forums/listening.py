"""What forums do when something happens in the apps below."""

from django.dispatch import receiver

from forums.spreading import tell_when_live
from news.signals import version_approved


@receiver(version_approved)
def summary_approved(sender, version, **kwargs):
    """A summary was approved: those who took part hear of it when it comes out."""
    tell_when_live(version)
