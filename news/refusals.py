"""Why a verb of the publishing core may say no: each reason has its class and its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal


class NotEditable(Refusal):
    """The version is no longer, or not, a draft of an article that is kept."""

    message = _("This text can no longer be changed here: it has been submitted or is in the trash.")


class StaleDraft(Refusal):
    """Somebody saved the draft in the meantime; `current` is the version as it is now."""

    message = _("Somebody else has saved this draft since you opened it. Nothing has been overwritten.")

    def __init__(self, *, current):
        super().__init__()
        self.current = current


class OwnText(Refusal):
    """Four eyes: nobody approves a text with their own words in it."""

    message = _("You have written in this text, so someone else must review it.")


class WriterIsSignatory(OwnText):
    """The other way round: whoever is to sign the text off does not write it."""

    message = _("You are to sign this text off, so someone else must write it.")


class AlreadyAnswered(Refusal):
    """The review step has its answer; `step` says which and by whom."""

    message = _("This has already been answered. Nothing was changed by your answer.")

    def __init__(self, *, step):
        super().__init__()
        self.step = step

    def __str__(self):
        if not self.step.decided_by:
            return str(self.message)
        return _("%(name)s has already answered this. Nothing was changed by your answer.") % {
            "name": self.step.decided_by
        }


class NotInTurn(Refusal):
    """An earlier stage of the review has not been answered by everyone."""

    message = _("Others are to answer before you. You will get a mail when it is your turn.")


class EndsBeforeItBegins(Refusal):
    """The time to stop being published does not come after the time to be published."""

    message = _("The text would stop being published before it is published.")


class NotPublished(Refusal):
    """Nothing is published, and nothing is about to be."""

    message = _("This article is not published, so there is nothing to withdraw.")


class NotInTrash(Refusal):
    """Only what is in the trash can be restored."""

    message = _("This article is not in the trash.")
