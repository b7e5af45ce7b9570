"""Noticing that what was promised before has had another answer since the summary was drafted.

A summary waits until there is an answer (`committing`), and would then come out saying that there is none. It
is marked for those who write, sign and approve, as a hidden note is (`retracting`); they mend it.
"""

from forums.models import Commitment, Forum
from forums.retracting import plain
from forums.summarising import how_it_goes, told_since
from forums.vouching import BLOCK
from news.models import Article
from news.tying import ChangedFigure, register


def check_answers(version):
    """Return the lines of a forum's summary that tell what an owner has told otherwise since, as
    ChangedFigures; nothing of any other text, nor once it is out: that was so on that day.

    Only a line that stands as it was drafted is known; what somebody has rewritten is theirs.
    """
    if version.article.kind != Article.Kind.SUMMARY or version.article.live_version():
        return []
    forum = Forum.objects.filter(summary=version.article_id).first()
    return list(_overtaken(version, forum)) if forum else []


def _overtaken(version, forum):
    lines = {plain(words): words for _tag, words in BLOCK.findall(version.body)}
    for one in Commitment.objects.to_answer_at(forum).with_latest_update():
        drafted = {plain(told_since(one, *then)) for then in _answers_of(one)}
        now = how_it_goes(one.state, one.latest_answer)
        for line in drafted - {plain(told_since(one, one.state, one.latest_answer))}:
            if line in lines:
                yield ChangedFigure(lines[line], now, around=line, is_overtaken=True)


def _answers_of(commitment):
    """(state, update) of what its owner has told, and of nothing before."""
    told = [(update.state, update) for update in commitment.updates.all() if update.state]
    return [*told, (Commitment.State.PROMISED, None)]


register(check_answers)
