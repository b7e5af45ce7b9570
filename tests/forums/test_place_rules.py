"""What holds after every sequence of answers, deputies, quotas, overruling and passing hours.

`test_queue_rules` tries one queue and its order; here are all the ways in which a place is had or given up.
"""

from operator import itemgetter

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from accounts.models import Side, Unit
from forums import catering, deputising, excusing, overruling, planning, registering
from forums.apportioning import set_quotas
from forums.models import Forum, Needs, Registration
from forums.planning import CannotPlan
from tests.forums.steps import Mode, Steps, hold_after_every_sequence, people

E, O = Side.ELECTED, Side.OFFICIAL  # noqa: E741
# Who of the people below belongs to which unit, some by a unit below it.
WITHIN = {"socialforvaltningen": {0, 2}, "utbildningsforvaltningen": {1, 5}, "kommunfullmaktige": {3, 4}}
# What a quota may be kept for: a side, a unit or both.
KINDS = [(E, None), (O, None), ("", "socialforvaltningen"), (O, "socialforvaltningen")]
KINDS += [("", "utbildningsforvaltningen"), (E, "kommunfullmaktige"), ("", "kommunfullmaktige")]


class Places(Steps):
    """A forum in a room and online, and people of both sides, one of whom is not invited."""

    @rule(who=people, online=st.booleans(), at_once=st.booleans())
    def register(self, who, online, at_once):
        person, mode = self.people[who], Mode.ONLINE if online else Mode.ON_SITE
        self.try_to(
            registering.register, self.forum, person=person, by=person, mode=mode, takes_free_seat=at_once
        )

    @rule(who=people, deputy=people)
    def send_deputy(self, who, deputy):
        person = self.people[who]
        self.try_to(deputising.send_deputy, self.forum, person=person, deputy=self.people[deputy], by=person)

    @rule(who=people)
    def tell_needs(self, who):
        for answer in self.answers().filter(person=self.people[who]):
            self.try_to(catering.tell_needs, answer, by=answer.person, diet=["vegan"])

    @rule(who=people, adds_seat=st.booleans())
    def overrule(self, who, adds_seat):
        self.try_to(
            overruling.give_seat,
            self.forum,
            person=self.people[who],
            note="Talar",
            by=self.forum.organiser,
            adds_seat=adds_seat,
        )

    @rule(who=people)
    def excuse(self, who):
        self.try_to(
            excusing.excuse, self.forum, person=self.people[who], note="Ringde", by=self.forum.organiser
        )

    @rule(
        kept=st.lists(
            st.tuples(st.sampled_from(KINDS), st.integers(0, 3)), unique_by=itemgetter(0), max_size=3
        )
    )
    def change_quotas(self, kept):
        units = Unit.objects.in_bulk(WITHIN, field_name="slug")
        quotas = [(side, units.get(slug), seats) for (side, slug), seats in kept]
        self.try_to(set_quotas, self.forum, quotas=quotas, by=self.forum.organiser)

    @rule()
    def drop_quotas(self):
        self.try_to(set_quotas, self.forum, quotas=[], by=self.forum.organiser)

    @rule(seats=st.integers(1, 6))
    def change_seats(self, seats):
        forum = Forum.objects.get(pk=self.forum.pk)
        try:
            planning.change_forum(forum, seats=seats, by=forum.organiser)
        except CannotPlan:
            assert seats < forum.seats

    @invariant()
    def nothing_is_sold_twice_nor_mixed_up(self):
        forum = Forum.objects.get(pk=self.forum.pk)
        answers = list(self.answers().select_related("quota", "person"))
        holding = [answer for answer in answers if answer.holds_a_seat]
        assert forum.seats_taken == len(holding) <= forum.seats
        quotas = list(forum.quotas.select_related("unit"))
        assert forum.has_quotas == bool(quotas)
        for quota in quotas:
            mine = [answer for answer in holding if answer.quota == quota]
            assert quota.seats_taken == len(mine) <= quota.seats
            assert all(self.fits(quota, answer) for answer in mine)
        kept = sum(quota.seats for quota in quotas)
        others = sum(answer.quota is None for answer in holding)
        assert others <= forum.seats - kept
        for answer in answers:
            assert answer.quota is None or (answer.is_live and answer.mode == Mode.ON_SITE)
            fits = [quota for quota in quotas if self.fits(quota, answer)]
            if answer.is_live and answer.mode == Mode.ON_SITE:
                assert answer.quota == (fits[0] if fits else None)

    def fits(self, quota, answer):
        """Whether somebody counts against a quota, by a list of who works where."""
        person = self.people.index(answer.person)
        within = quota.unit is None or person in WITHIN[quota.unit.slug]
        return within and quota.side in ("", answer.side)

    @invariant()
    def nobody_waits_beside_an_empty_seat(self):
        forum = Forum.objects.get(pk=self.forum.pk)
        if not forum.passes_seats_on:
            return
        quotas = list(forum.quotas.all())
        unkept = forum.seats_left - sum(quota.seats_left for quota in quotas)
        for quota, left in [*((quota, quota.seats_left) for quota in quotas), (None, unkept)]:
            assert not (left > 0 and self.answers().waiting().filter(quota=quota).exists())

    @invariant()
    def deputies_and_senders_belong_together(self):
        answers = list(self.answers())
        assert len({answer.person_id for answer in answers}) == len(answers)
        senders = {answer.person_id for answer in answers if answer.sends_deputy}
        sent = [answer.deputy_for_id for answer in answers if answer.deputy_for_id]
        assert all(answer.is_live for answer in answers if answer.deputy_for_id)
        assert len(sent) == len(set(sent))
        assert set(sent) == senders

    @invariant()
    def needs_are_kept_of_nobody_who_has_no_place(self):
        told = Needs.objects.filter(registration__forum=self.forum)
        in_the_room = {"registration__state__in": Registration.LIVE, "registration__mode": "on_site"}
        assert not told.exclude(**in_the_room).exists()


@pytest.mark.django_db
def test_places_are_had_once_whatever_people_do(cast, make_forum):
    people = [cast.maja, cast.ulla, cast.olof, cast.elsa, cast.folke, cast.per]
    forum = make_forum(
        seats=3, join_url="https://mote.example/x", allows_deputies=True, asks_diet=True, asks_access=True
    )
    hold_after_every_sequence(Places, forum, people, examples=20, length=25)
