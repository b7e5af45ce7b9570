"""What search is done on: an FTS5 table on SQLite, a generated column on PostgreSQL."""

from django.db import migrations

SQLITE = [
    # The stems are written by `portal.indexing`. Nothing is folded: å is not a.
    """
    CREATE VIRTUAL TABLE portal_searchindex
    USING fts5(title, text, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')
    """,
    """
    CREATE TRIGGER portal_searchentry_gone AFTER DELETE ON portal_searchentry
    BEGIN DELETE FROM portal_searchindex WHERE rowid = old.id; END
    """,
]
# What PostgreSQL's parser would take for addresses, files and compounds is made into plain words
# first. `simple` keeps the words of a title as they are, for matching by their beginnings.
POSTGRESQL = [
    """
    ALTER TABLE portal_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('swedish', translate(title, './@:_-–—', '        ')), 'A')
        || setweight(to_tsvector('simple', translate(title, './@:_-–—', '        ')), 'A')
        || setweight(to_tsvector('swedish', translate(text, './@:_-–—', '        ')), 'D')
    ) STORED
    """,
    "CREATE INDEX portal_searchentry_document ON portal_searchentry USING gin (document)",
]


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE portal_searchentry DROP COLUMN document")
    else:
        schema_editor.execute("DROP TRIGGER portal_searchentry_gone")
        schema_editor.execute("DROP TABLE portal_searchindex")


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
