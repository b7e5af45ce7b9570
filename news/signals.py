"""What the publishing core lets others react to, without knowing them."""

from django.dispatch import Signal

# Sent inside the transaction that is about to approve a version: version=, by=. A receiver that raises a
# Refusal keeps it from coming out.
version_approving = Signal()

# Sent inside the transaction that approves a version: version=, by=. The version may be
# scheduled: its `live_from` says when readers see it.
version_approved = Signal()

# Sent inside the transaction that lets an approved version come out at another time: version=, by=.
version_rescheduled = Signal()

# Sent when those whom a live version is meant for are about to be told of it: version=, key=. Whoever
# is told by a receiver, under the same key, is not told again.
word_goes_out = Signal()
