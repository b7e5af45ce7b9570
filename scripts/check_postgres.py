"""Say in one line when PostgreSQL does not answer. Usage: check_postgres.py DATABASE_URL"""

import sys

import psycopg

try:
    psycopg.connect(sys.argv[1], connect_timeout=5).close()
except psycopg.OperationalError as error:
    reason = " ".join(str(error).split())
    sys.exit(f"The suite must also pass on PostgreSQL, and none answers (set DATABASE_URL): {reason}")
