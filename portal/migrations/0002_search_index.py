"""What search is done on: an FTS5 table on SQLite, a generated column on PostgreSQL."""

from django.db import migrations

# An external content table (SQLite, FTS5, 4.4.3), kept true by triggers. A migration that alters
# portal_searchentry makes SQLite build that table anew and lose them: call `make_index` again after it.
# Nothing is folded: å is not a.
SQLITE = [
    """
    CREATE VIRTUAL TABLE portal_searchindex USING fts5(
        title_stems, text_stems, content = 'portal_searchentry', content_rowid = 'id',
        tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
    )
    """,
    """
    CREATE TRIGGER portal_searchentry_added AFTER INSERT ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END
    """,
    """
    CREATE TRIGGER portal_searchentry_removed AFTER DELETE ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(portal_searchindex, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
    END
    """,
    """
    CREATE TRIGGER portal_searchentry_changed AFTER UPDATE ON portal_searchentry BEGIN
        INSERT INTO portal_searchindex(portal_searchindex, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
        INSERT INTO portal_searchindex(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END
    """,
]
POSTGRESQL = [
    """
    ALTER TABLE portal_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', text_stems), 'D')
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
        for event in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER portal_searchentry_{event}")
        schema_editor.execute("DROP TABLE portal_searchindex")


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
