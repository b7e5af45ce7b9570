"""One page beside its floor."""

from dataclasses import dataclass

from bench.load import Load
from bench.pages import Page

HEADINGS = ("page", "req/s", "p50 ms", "p99 ms", "CPU ms", "queries", "kB", "floor req/s", "ratio", "target")
MOST_MEMORY = 150  # megabytes, resident, of one web worker


@dataclass(frozen=True)
class Row:
    """What was measured of one page, and of a constant page of the same size right after it."""

    page: Page
    load: Load
    floor: Load
    queries: int

    @property
    def ratio(self):
        return self.load.rate / self.floor.rate

    @property
    def failures(self):
        return self.load.failures + self.floor.failures

    @property
    def missed(self):
        return bool(self.failures) or self.ratio < (self.page.target or 0)

    @property
    def cells(self):
        """The texts of its line in the table, in the order of `HEADINGS`."""
        target = f">= {self.page.target}" if self.page.target else ""
        failed = f"{self.failures} answers were not 200" if self.failures else ""
        return (
            self.page.name,
            f"{self.load.rate:.0f}",
            f"{1000 * self.load.percentile(50):.1f}",
            f"{1000 * self.load.percentile(99):.1f}",
            f"{1000 * self.load.cpu:.1f}",
            self.queries,
            f"{self.load.size / 1000:.1f}",
            f"{self.floor.rate:.0f}",
            f"{self.ratio:.2f}",
            " ".join(filter(None, [target, failed, "MISSED" if self.missed else ""])),
        )


def measure(page, loader, *, queries):
    """Load a page and then its floor; returns the Row."""
    load = loader.load(page.paths)
    floor = loader.load([f"/golv/{load.size}/"])
    return Row(page=page, load=load, floor=floor, queries=queries)
