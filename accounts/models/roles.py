"""Who may do what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COMMUNICATOR = "communicator", _("communicator")
    APPROVER = "approver", _("approver")
    ORGANISER = "organiser", _("forum organiser")
    ADMINISTRATOR = "administrator", _("administrator")


class RoleGrant(models.Model):
    """A role carried by an assignment: it opens with the post and closes with it.

    `unit` empty means for the whole municipality; otherwise for that unit and what is below it.
    """

    assignment = models.ForeignKey(
        "accounts.Assignment", models.CASCADE, related_name="role_grants", verbose_name=_("assignment")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for unit")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "role", "unit"], name="a_role_is_granted_once_per_unit"
            ),
            # Apart, since SQLite takes every empty unit for another one.
            models.UniqueConstraint(
                fields=["assignment", "role"],
                condition=models.Q(unit=None),
                name="a_role_is_granted_once_for_all_units",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} – {self.unit or _('everywhere')}"
