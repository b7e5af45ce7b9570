"""How dates and times are written, where that is not Django's own way."""
