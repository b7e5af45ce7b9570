"""What this machine is worth beside the one on which the targets were set, measured in the same run."""

from dataclasses import dataclass

from bench.load import Loader

PATH = "/golv/16/"
AS_SET = 1000  # signed-in answers a second that do nothing: two cores gave 1,000-1,300 for the targets
CONNECTIONS = 40
SECONDS = 5


@dataclass(frozen=True)
class Machine:
    """`rate`: signed-in answers a second that do nothing, all its cores serving and asking."""

    rate: float

    @property
    def share(self):
        """Its part of the speed for which the targets were set; a quicker machine's is 1."""
        return min(1, self.rate / AS_SET)

    def __str__(self):
        return (
            f"This machine: {self.rate:.0f} signed-in answers a second that do nothing. The targets were set "
            f"on one with {AS_SET} and are judged by {self.share:.2f} of them here."
        )


def machine_of(server, readers):
    """Measure the machine by what `server` answers to `readers`, who have a `cookie` each."""
    return Machine(Loader(server, readers, CONNECTIONS, SECONDS).load([PATH]).rate)
