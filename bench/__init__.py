"""How fast the pages are, beside a floor: `make bench`. Nothing here is part of the portal."""
