"""Words and their stems, in Swedish. å, ä and ö are letters of their own here."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
# A word longer than this is no word: it is cut, so that nothing sent can make matching slow.
LONGEST_WORD = 40

STEMMER = snowballstemmer.stemmer("swedish")

# Snowball's list of Swedish words too common to say anything; PostgreSQL's `swedish` drops the same.
STOP_WORDS = frozenset(
    """alla allt att av blev bli blir blivit de dem den denna deras dess dessa det detta dig din dina
    ditt du där då efter ej eller en er era ert ett från för ha hade han hans har henne hennes hon
    honom hur här i icke ingen inom inte jag ju kan kunde man med mellan men mig min mina mitt mot
    mycket ni nu när någon något några och om oss på samma sedan sig sin sina sitta själv skulle som
    så sådan sådana sådant till under upp ut utan vad var vara varför varit varje vars vart vem vi vid
    vilka vilkas vilken vilket vår våra vårt än är åt över""".split()  # noqa: SIM905 - a list of its own line each would hide the words
)


# Where a word may be broken, or not be: soft hyphens, zero-width characters. Pasted in with the words.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def as_seen(text):
    """Return `text` as a reader sees it: composed (NFC), without what stands unseen within its words."""
    return unicodedata.normalize("NFC", text.translate(UNSEEN))


def words_of(text):
    """Return the words of `text` in lower case, as they are seen, each cut to LONGEST_WORD characters."""
    return [word[:LONGEST_WORD] for word in WORD.findall(as_seen(text).lower())]


@lru_cache(maxsize=100_000)
def stem(word):
    """Return the stem of a word in lower case: "tilliten" -> "tillit". For matching, never for showing."""
    return STEMMER.stemWord(word)
