import pytest
from django.test import Client

from .cast import make_cast


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def client_as():
    """A function that returns a client signed in as the person given."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in
