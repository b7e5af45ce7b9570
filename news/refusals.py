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


class SavedMeanwhile(Refusal):
    """Whoever submits has not seen the words as somebody else has saved them."""

    message = _(
        "Somebody else has saved the text since you opened this page. It is not sent: read it through once "
        "more, and send it then."
    )


class PenHeld(Refusal):
    """Somebody else is writing in the draft; `pen` says who and since when."""

    def __init__(self, *, pen):
        super().__init__()
        self.pen = pen

    def __str__(self):
        return _("%(name)s is writing in this text just now.") % {"name": self.pen.person}


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


class HasAnswered(Refusal):
    """Steps side by side are asked of different people: nobody says yes for two of them."""

    message = _(
        "You have already answered for somebody else in this review. Another person must answer here."
    )


class NotInReview(Refusal):
    """Only what is in review can be taken back from it, and commented on."""

    message = _("This text is not in review any more.")


class StillInReview(Refusal):
    """What is in review is first answered, or taken back."""

    message = _("The text is in review. Take it back first.")


class EndsBeforeItBegins(Refusal):
    """The time to stop being published does not come after the time to be published."""

    message = _("The text would stop being published before it is published.")


class NotPublished(Refusal):
    """Nothing is published, and nothing is about to be."""

    message = _("This article is not published, so there is nothing to withdraw.")


class NotInTrash(Refusal):
    """Only what is in the trash can be restored."""

    message = _("This article is not in the trash.")


class StillInUse(Refusal):
    """A picture or a document that some version refers to is not removed."""

    message = _("It is used in a text, so it can’t be removed. Versions no longer read count too.")


class BadDocument(Refusal):
    """The file can't be taken in as a document; `str()` says why, in the reader's language."""


class HasMacros(BadDocument):
    """An office file with programs in it."""

    message = _("The file has macros in it. Save it without them, as docx, xlsx or pptx.")


class TextTooLong(Refusal):
    """A text of so many characters that no page can show it, nor anybody read it."""

    message = _("The text is longer than a million characters, markup counted. Divide it into several.")
    field = "body"


class TextTooNested(Refusal):
    """Boxes within boxes, deeper than any page has them: to read it takes the square of its depth."""

    message = _(
        "The text has boxes, lists or quotations within each other more than a hundred deep. Paste it "
        "without its formatting (Ctrl+Shift+V)."
    )
    field = "body"


class NoAlternativeText(Refusal):
    """A picture is shown of which nobody has said what it shows, nor that it is only decoration."""

    message = _(
        "A picture has no alternative text. Say what it shows, or mark it as decoration, and send it then."
    )
