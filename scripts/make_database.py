"""Make a PostgreSQL database where it is not there yet. Usage: make_database.py DATABASE_URL"""

import sys

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

wanted = conninfo_to_dict(sys.argv[1])
name = wanted.pop("dbname")
try:
    with psycopg.connect(**wanted, dbname="postgres", connect_timeout=5, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
except psycopg.OperationalError as error:
    sys.exit(f"PostgreSQL does not answer (set BENCH_DATABASE_URL): {' '.join(str(error).split())}")
