"""What the sides share and where they differ, in Swedish sentences made of the figures of a result."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.models import Side
from forums.phrasing import AT_TABLES, IN_GROUPS, THEMES, capital, listed, tied

THEMES_NAMED = 8
THE_ELECTED, THE_OFFICIALS = "de förtroendevalda", "tjänstepersonerna"


class Contrast:
    """Writes what a room said. Each part is HTML, or "" where there is nothing to say.

    Args:
        result: the frozen Result.
        themes: its concepts with their `side`, the largest first (`showing.counts_of`).
    """

    def __init__(self, result, themes):
        self.work, self.figures = result.group_work, result.figures
        self.places = IN_GROUPS if self.work.has_unit_groups else AT_TABLES
        self.address = reverse("forums:result", args=[self.work.forum.slug])
        self.by_side = {
            side: [theme for theme in themes if theme["side"] == side]
            for side in ("shared", "elected", "official", "room")
        }

    def shared(self):
        """What both sides wrote about."""
        themes = self.by_side["shared"]
        if not themes:
            return ""
        first = themes[0]
        if len(themes) == 1:
            begins = format_html(
                '<data value="themes.shared">Ett</data> tema togs upp av båda sidor: {}.', self.link(first)
            )
            sentences = format_html("{} {}.", begins, capital(self._split(first)))
        else:
            place = "Störst är" if first["tables"] > themes[1]["tables"] else "Bland de största är"
            begins = format_html("Båda sidor skrev om {}.", self._named(themes))
            sentences = format_html("{} {} {}: {}.", begins, place, self.link(first), self._split(first))
        return _section("Det lyfter båda sidor", [sentences])

    def differences(self):
        """What one side alone wrote about, and what they wrote about unlike each other."""
        sentences = [self._nothing_shared(), self._widest_gap()]
        for side, who in ((Side.ELECTED, THE_ELECTED), (Side.OFFICIAL, THE_OFFICIALS)):
            if themes := self.by_side[side]:
                sentences.append(format_html("Bara {} skrev om {}.", who, self._named(themes, counts=True)))
        return _section("Här skiljer sig sidorna åt", sentences)

    def undivided(self):
        """What is told without sides."""
        themes = self.by_side["room"]
        if not themes:
            return ""
        they = self.places.called(self.figures["tables"])
        named = self._named(themes, counts=self.figures["tables"] > 1)
        told_before = any(self.by_side[side] for side in ("shared", "elected", "official"))
        begins = "{} skrev också om {}." if told_before else "{} skrev om {}."
        sentences = [format_html(begins, capital(they), named)]
        if self.figures["sides_shown"]:
            which = "det temat" if len(themes) == 1 else "de temana"
            sentences.append(
                f"Hur {which} fördelar sig mellan sidorna redovisas inte, så att ingen liten grupp kan "
                "pekas ut."
            )
        heading = f"Mer från {they}" if told_before else f"Det lyfter {they}"
        return _section(heading, [format_html_join(" ", "{}", ((sentence,) for sentence in sentences))])

    def link(self, theme, *, begins=False):
        """The theme's name as a link to the notes behind it."""
        label = capital(theme["label"]) if begins else theme["label"]
        return format_html('<a href="{}#begrepp-{}">{}</a>', self.address, theme["id"], label)

    def _named(self, themes, *, counts=False):
        """A list of themes, each with the number of tables if wished; of many the smallest by number only."""
        named = themes if len(themes) <= THEMES_NAMED + 1 else themes[:THEMES_NAMED]
        alike = len(named) > 1 and len({theme["tables"] for theme in themes}) == 1
        each = counts and not alike
        names = [
            format_html("{} ({})", self.link(theme), self._tables(theme)) if each else self.link(theme)
            for theme in named
        ]
        if left := len(themes) - len(named):
            key = f"themes.{themes[0]['side']}.more"
            names.append(format_html("ytterligare {}", tied(key, left, THEMES)))
        if counts and alike:
            return format_html("{} ({} vardera)", listed(names), self._tables(named[0]))
        return listed(names)

    def _split(self, theme):
        """At how many tables either side wrote about a theme."""
        where, elected, official = self.places.at, theme["elected"], theme["official"]
        at_elected = tied(f"concept.{theme['id']}.elected", elected, self.places.noun)
        if elected == official:
            return format_html("båda skrev om det {} {} var", where, at_elected)
        return format_html(
            "de förtroendevalda skrev om det {} {} och tjänstepersonerna {} {}",
            where,
            at_elected,
            where,
            self._alone(theme, "official"),
        )

    def _tables(self, theme):
        return tied(f"concept.{theme['id']}.tables", theme["tables"], self.places.noun)

    def _alone(self, theme, side):
        """A side's number of tables without the word: "ett", "två"."""
        return tied(f"concept.{theme['id']}.{side}", theme[side], neuter=self.places.noun[2])

    def _nothing_shared(self):
        by_side = self.by_side
        if by_side["shared"] or not (by_side["elected"] and by_side["official"]):
            return ""
        if by_side["room"]:
            return "Av de teman som kan redovisas sida för sida togs inget upp av båda."
        return "Inget tema togs upp av båda sidor."

    def _widest_gap(self):
        """The shared theme on which the sides differ most, where they differ by two tables at least."""
        gaps = self.by_side["shared"]
        widest = max(gaps, key=lambda theme: abs(theme["elected"] - theme["official"]), default=None)
        if widest is None or abs(widest["elected"] - widest["official"]) < 2 or len(gaps) < 2:
            return ""
        first, second = (Side.ELECTED, THE_ELECTED), (Side.OFFICIAL, THE_OFFICIALS)
        if widest["official"] > widest["elected"]:
            first, second = second, first
        if widest is gaps[0]:  # whose figures have just been told
            return format_html(
                "Av det som båda tog upp skiljer det mest i {}, som {} skrev om {} fler {}.",
                self.link(widest),
                first[1],
                self.places.at,
                self.places.noun[1],
            )
        return format_html(
            "Av det som båda tog upp skiljer det mest i {}: {} skrev om det {} {}, {} {} {}.",
            self.link(widest),
            first[1],
            self.places.at,
            tied(f"concept.{widest['id']}.{first[0]}", widest[first[0]], self.places.noun),
            second[1],
            self.places.at,
            self._alone(widest, second[0]),
        )


def _section(heading, sentences):
    told = [(sentence,) for sentence in sentences if sentence]
    if not told:
        return ""
    return format_html("<h2>{}</h2>{}", heading, format_html_join("", "<p>{}</p>", told))
