"""Sealing: what is kept so that only whoever holds the key can read it.

Fernet (github.com/fernet/spec): AES-128-CBC with an HMAC, a random start each time, so that two people
with the same needs have rows that differ. The first of `settings.NEEDS_KEYS` seals and all of them
open, so that a key can be exchanged while the old one is still believed (docs/operating.md).
"""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(content):
    """Return `content`, of JSON's kinds, as a token: letters, digits, "-", "_" and "="."""
    return _ring(tuple(settings.NEEDS_KEYS)).encrypt(json.dumps(content).encode()).decode()


def unseal(token):
    """Return what `seal` was given, or None where no key of ours opens the token."""
    try:
        return json.loads(_ring(tuple(settings.NEEDS_KEYS)).decrypt(token.encode()))
    except InvalidToken:
        return None


def seal_anew(token):
    """Return the same content sealed with the first key, or None where no key of ours opens the token."""
    try:
        return _ring(tuple(settings.NEEDS_KEYS)).rotate(token.encode()).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _ring(keys):
    return MultiFernet([Fernet(key) for key in keys])
