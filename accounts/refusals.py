"""What a verb answers where something is not possible: one kind of exception for all apps."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - a no, not an error
    """What was asked is not possible now. `str()` is a sentence for the person who asked.

    Each reason is a class with its own `message`, or is given one when it is raised. `field` names the
    form field that the sentence belongs beside; None where it belongs to none.
    """

    message = _("That is not possible now.")
    field = None

    def __init__(self, message=None, field=None):
        super().__init__()
        self.message = message or self.message
        self.field = field or self.field

    def __str__(self):
        return str(self.message)
