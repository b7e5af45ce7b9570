from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums")

    def ready(self):
        from forums import (  # noqa: F401, PLC0415 - the models are there only now
            linking,
            listening,
            outdating,
            retracting,
            vouching,
        )
