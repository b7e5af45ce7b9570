"""What forums do when something happens in the apps below."""

from django.dispatch import receiver

from forums.committing import must_be_answered
from forums.spreading import tell_participants
from news.signals import version_approving, word_goes_out


@receiver(version_approving)
def summary_is_about_to_come_out(sender, version, **kwargs):
    """The summary of a forum waits until what was promised at the forum before has an answer."""
    must_be_answered(version)


@receiver(word_goes_out)
def summary_is_out(sender, version, key, **kwargs):
    """Readers are about to be told of a text: of a forum's summary, those who took part hear first."""
    tell_participants(version, key=key)
