"""Things that have a title, looked for by its words."""

from django.db import models


class TitledQuerySet(models.QuerySet):
    def titled(self, words):
        """Rows in whose title every one of `words` (a string) stands. SQLite knows nothing of Å and å being
        the same letter, so a word is looked for as it may begin."""
        found = self
        for word in words.split():
            ways = {word, word.lower(), word.upper(), word.capitalize()}
            found = found.filter(models.Q(*[("title__icontains", way) for way in ways], _connector="OR"))
        return found
