"""What the publishing core lets others react to, without knowing them."""

from django.dispatch import Signal

# Sent inside the transaction that approves a version: version=, by=. The version may be
# scheduled: its `live_from` says when readers see it.
version_approved = Signal()
