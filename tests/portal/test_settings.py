"""Production is strict without being told to be, and does not start half-told."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import quote

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection

NEEDS_KEY = Fernet.generate_key().decode()
SHOWN = [
    "DEBUG",
    "DEMO",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_REFERRER_POLICY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "X_FRAME_OPTIONS",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
]
SHOW = f"""
import json
from portal import settings
from django.conf import global_settings
shown = {{name: getattr(settings, name, getattr(global_settings, name, None)) for name in {SHOWN}}}
print(json.dumps(shown, default=str))
"""


def run_python(*arguments, tmp_path, **environment):
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SAMSPEL_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def production(tmp_path):
    return json.loads(
        run_python(
            "-c",
            SHOW,
            tmp_path=tmp_path,
            SECRET_KEY="k" * 60,
            NEEDS_KEYS=NEEDS_KEY,
            DEBUG="0",
            SAMSPEL_DEMO="0",
        ).stdout
    )


@pytest.mark.parametrize("own", ["", "-c statement_timeout=9000"])
def test_postgresql_compiles_no_question_and_keeps_what_the_url_asks_for(tmp_path, own):
    show = "from portal.settings import DATABASES; print(DATABASES['default']['OPTIONS'])"
    url = f"postgres://someone@127.0.0.1/samspel?sslmode=require&options={quote(own)}"
    answer = run_python("-c", show, tmp_path=tmp_path, SAMSPEL_DEMO="1", DATABASE_URL=url)
    assert "-c jit=off" in answer.stdout, answer.stderr
    assert own in answer.stdout
    assert "'sslmode': 'require'" in answer.stdout


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_the_connection_is_told_so(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize(("keys", "says"), [("", "NEEDS_KEYS is not set"), ("abc", "NEEDS_KEYS holds")])
def test_production_does_not_start_without_a_key_for_needs(tmp_path, keys, says):
    own = {"SECRET_KEY": "k" * 60, "SAMSPEL_DEMO": "0", "NEEDS_KEYS": keys}
    answer = run_python("-c", SHOW, tmp_path=tmp_path, **own)
    assert answer.returncode != 0
    assert says in answer.stderr


def test_production_does_not_start_without_a_secret_key(tmp_path):
    answer = run_python("-c", SHOW, tmp_path=tmp_path, SECRET_KEY="", SAMSPEL_DEMO="0")
    assert answer.returncode != 0
    assert "SECRET_KEY is not set" in answer.stderr


def test_the_command_line_says_so_in_one_line(tmp_path):
    answer = run_python("manage.py", "check", tmp_path=tmp_path, SECRET_KEY="", SAMSPEL_DEMO="0")
    assert answer.returncode != 0
    assert len(answer.stderr.splitlines()) == 1


def test_the_demo_makes_itself_a_key_that_stays(tmp_path):
    code = "from portal import settings; print(settings.SECRET_KEY)"
    first = run_python("-c", code, tmp_path=tmp_path, SAMSPEL_DEMO="1").stdout
    assert len(first) > 40
    assert run_python("-c", code, tmp_path=tmp_path, SAMSPEL_DEMO="1").stdout == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_production_speaks_https_only(production):
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 60 * 60 * 24 * 365
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert production["SECURE_HSTS_PRELOAD"] is True
    for cookie in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"):
        assert production[cookie] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True


def test_production_gives_nothing_away(production):
    assert production["DEBUG"] is False
    assert production["DEMO"] is False
    assert production["ALLOWED_HOSTS"] == []
    assert production["SECURE_REFERRER_POLICY"] == "same-origin"
    assert production["SECURE_CONTENT_TYPE_NOSNIFF"] is True
    assert production["X_FRAME_OPTIONS"] == "DENY"


def test_no_inline_script_or_style_is_allowed(production):
    for directive, sources in production["CONTENT_SECURITY_POLICY"]["DIRECTIVES"].items():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(sources), directive


def test_every_answer_carries_the_headers(client, db):
    headers = client.get("/konto/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_example_names_everything_that_the_settings_read():
    read = re.findall(
        r'env\.\w+\(\s*"([A-Z_]+)"', (settings.BASE_DIR / "portal/settings.py").read_text(encoding="utf-8")
    )
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^(?:# )?([A-Z_]+)=", example, flags=re.M)
    assert sorted(named) == sorted(set(read))
