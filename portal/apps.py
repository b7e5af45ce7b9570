from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Samspel"

    def ready(self):
        from portal import indexing  # noqa: PLC0415 - the models are there only now

        indexing.connect()
