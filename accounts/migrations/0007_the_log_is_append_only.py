"""The database itself refuses to change or remove an entry of the log (decisions/0301)."""

from django.db import migrations

# A migration that alters accounts_logentry makes SQLite build the table anew and lose its triggers: call
# `guard` again after it. Emptying the whole database passes by: TRUNCATE here, `portal.sqlite` there.
SQLITE = [
    f"""
    CREATE TRIGGER accounts_logentry_refuses_{act.lower()} BEFORE {act} ON accounts_logentry BEGIN
        SELECT RAISE(ABORT, 'The log is append-only.');
    END
    """
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """
    CREATE FUNCTION accounts_logentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'The log is append-only.' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER accounts_logentry_refuses BEFORE UPDATE OR DELETE ON accounts_logentry
    FOR EACH ROW EXECUTE FUNCTION accounts_logentry_refuse()
    """,
]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def open_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION accounts_logentry_refuse() CASCADE")
    else:
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER accounts_logentry_refuses_{act}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_mail_pictures")]

    operations = [migrations.RunPython(guard, open_up)]
