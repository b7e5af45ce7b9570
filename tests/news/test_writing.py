"""Starting, opening and saving drafts."""

import pytest

from news import reviewing, writing
from news.models import Article, Version
from news.refusals import NotEditable, StaleDraft, WriterIsSignatory


def save(version, *, by, revision=None, **words):
    words = {"title": version.title, "lead": version.lead, "body": version.body, **words}
    return writing.save_draft(
        version, revision=version.revision if revision is None else revision, by=by, **words
    )


def test_an_article_starts_with_an_owner_and_a_draft(cast, start):
    article = start("Åk och bada på Öland i sommar")
    assert article.owner == cast.karin
    draft = article.versions.get()
    assert (draft.number, draft.state, draft.title) == (1, "draft", "Åk och bada på Öland i sommar")
    assert list(draft.writers.all()) == [cast.karin]
    assert article.live_version() is None


def test_its_address_is_made_of_the_title_that_is_approved_first(cast, start, publish):
    article = start("Hemligt arbetsnamn")
    assert "hemligt" not in article.slug
    draft = article.versions.get()
    save(draft, title="Åk och bada på Öland i sommar", by=cast.karin)
    assert "bada" not in Article.objects.get().slug
    publish(article)
    assert article.slug == "ak-och-bada-pa-oland-i-sommar"
    save(writing.open_draft(article, by=cast.karin), title="Bada!", by=cast.karin)
    publish(article)
    assert article.slug == "ak-och-bada-pa-oland-i-sommar", "others link to it"


def test_the_same_title_gets_an_address_of_its_own(published):
    assert [published("Budget").slug for _ in range(3)] == ["budget", "budget-2", "budget-3"]


def test_a_title_without_letters_still_gets_an_address(published):
    assert published("!!!").slug == "namnlos"


def test_the_same_source_never_makes_a_second_article(start):
    first = start("Från gamla webben", source_key="page:1")
    second = start("Från gamla webben, igen", source_key="page:1")
    assert first == second
    assert Article.objects.count() == 1


def test_the_body_is_sanitised_however_it_comes(cast, start):
    nasty = "<p>Hej<script>alert(1)</script> <a href='javascript:alert(2)' onclick='x()'>du</a></p>"
    draft = start(body=nasty).newest_version
    assert "script" not in draft.body
    draft = save(draft, by=cast.karin, body=nasty + "<h2>Mer</h2><img src=x onerror=alert(3)>")
    assert "<h2>Mer</h2>" in draft.body
    for trace in ("script", "onclick", "onerror"):
        assert trace not in draft.body


def test_saving_counts_revisions_and_adds_the_writer(cast, start):
    draft = start().newest_version
    draft = save(draft, by=cast.gunnar, title="Nya lekplatser")
    assert (draft.revision, draft.title) == (1, "Nya lekplatser")
    assert set(draft.writers.all()) == {cast.karin, cast.gunnar}


def test_saving_on_top_of_somebody_elses_save_overwrites_nothing(cast, start):
    draft = start().newest_version
    save(draft, by=cast.gunnar, title="Gunnars rubrik")
    with pytest.raises(StaleDraft) as refusal:
        save(draft, by=cast.karin, revision=0, title="Karins rubrik")
    assert refusal.value.current.title == "Gunnars rubrik"
    assert Version.objects.get().title == "Gunnars rubrik"


def test_saving_twice_by_a_double_click_changes_nothing(cast, start):
    draft = start().newest_version
    save(draft, by=cast.karin, revision=0, title="Ny rubrik")
    again = save(draft, by=cast.karin, revision=0, title="Ny rubrik")
    assert again.revision == 1


def test_what_is_submitted_can_no_longer_be_saved(cast, start):
    draft = start().newest_version
    reviewing.submit(draft, by=cast.karin)
    with pytest.raises(NotEditable):
        save(draft, by=cast.karin, title="Smyga in något")


def test_opening_twice_gives_the_same_draft(cast, published):
    article = published()
    draft = writing.open_draft(article, by=cast.karin)
    assert (draft.number, draft.state) == (2, "draft")
    assert writing.open_draft(article, by=cast.gunnar) == draft


def test_who_signs_off_does_not_write(cast, start):
    with pytest.raises(WriterIsSignatory):
        start(signatories=[cast.karin, cast.elsa])
    article = start(signatories=[cast.elsa, cast.olof])
    with pytest.raises(WriterIsSignatory):
        save(article.newest_version, by=cast.elsa, title="Elsas egen")


def test_the_writers_of_a_returned_text_stay_its_writers(cast, start):
    draft = start(by=cast.ada).newest_version
    step = reviewing.submit(draft, by=cast.ada).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Vem är kontaktperson?")
    again = writing.open_draft(draft.article, by=cast.karin)
    assert (again.number, again.title) == (2, draft.title)
    assert set(again.writers.all()) == {cast.ada, cast.karin}
