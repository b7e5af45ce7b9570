"""Guests from outside, pasted from a mail or a spreadsheet: one line for each."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person

# Two in one line, as a mail program copies its recipients: "Nils Ek <nils@x.se>; Siv Ro <siv@x.se>".
BETWEEN = re.compile(r"(?<=>)[ \t]*[;,]")
ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]*")
# "Norén, Nils <>" and "Norén, Nils;": a comma that does not divide name and address.
TURNED = re.compile(r"(?P<family>[^,;\t<>]+),(?P<given>[^,;\t<>]*\w[^,;\t<>]*)(<>|[;\t])[;,\s]*")
# What stands before a family name and belongs to it. With a capital letter most are given names, too.
PARTICLE = re.compile(
    "[Aa]f|[Vv]on|[Dd]e|zu|zur|vom|la|le|du|des|della|del|di|da|dos|das|do|van|der|den|ter|ten|el|al|bin|ibn"
)
LONGEST_NAME = 80
MOST_LETTERS = 30_000


class GuestsField(forms.CharField):
    """Guests, one a line: a name and an address, with <>, a comma, a semicolon or a tab between them.

    Cleans to a list of {"given_name", "family_name", "email"}. Every bad line has a message of its own,
    with its number, counted as they stand in the box.
    """

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST_LETTERS, strip=False, **kwargs)

    def clean(self, value):
        guests, first_line, wrong = [], {}, []
        lines = super().clean(value).splitlines()
        for number, text in _entries(lines):
            try:
                guest = _read(text)
                _must_be_first(guest["email"], number, first_line)
            except ValidationError as bad:
                wrong.append(_about(number, bad.message))
            else:
                guests.append(guest)
        wrong += _who_work_here(first_line)
        if wrong:
            raise ValidationError([message for _number, message in sorted(wrong)])
        if not guests:
            raise ValidationError(self.error_messages["required"], code="required")
        return guests


class GuestsForm(forms.Form):
    """Many guests at once."""

    guests = GuestsField(
        label=gettext_lazy("Guests, one on each line"),
        help_text=gettext_lazy(
            "For example: Nils Norén &lt;nils@granne.example&gt;. Rows copied from a spreadsheet or a mail"
            " will do, with a comma, a semicolon or a tab between name and address."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"), choices=settings.LANGUAGES, initial="sv"
    )

    @property
    def facts(self):
        """What `naming.invite_guests` takes."""
        language = self.cleaned_data["language"]
        return [{**guest, "language": language} for guest in self.cleaned_data["guests"]]


def _entries(lines):
    """Pairs of a line's number and the text of one guest in it."""
    for number, line in enumerate(lines, start=1):
        for text in BETWEEN.split(line):
            if text.strip(" \t;,"):
                yield number, text


def _about(number, words):
    return number, _("Line %(number)s: %(words)s") % {"number": number, "words": words}


def _read(text):
    addresses = ADDRESS.findall(text)
    if not addresses:
        raise ValidationError(_("there is no e-mail address in “%(text)s”.") % {"text": text.strip()})
    if len(addresses) > 1:
        raise ValidationError(_("there are several addresses. Write one guest on each line."))
    email = addresses[0].removeprefix("mailto:").lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(_("“%(text)s” is no e-mail address.") % {"text": addresses[0]}) from None
    given, family = _names_in(text.replace(addresses[0], "", 1))
    if not given or not family:
        raise ValidationError(_("write both given name and family name before %(email)s.") % {"email": email})
    if max(len(given), len(family)) > LONGEST_NAME:
        raise ValidationError(_("the name is longer than %(most)s letters.") % {"most": LONGEST_NAME})
    return {"given_name": given, "family_name": family, "email": email}


def _names_in(text):
    """Given name and family name. Two columns are the two names. In one, the last word is the family name,
    with the particles before it, as in "Carl von Linné"; or what stands before a comma beside another
    divider, as in "Norén, Nils <nils@x.se>"."""
    text = text.replace('"', "")
    if turned := TURNED.fullmatch(text.strip()):
        return _tidy(turned["given"]), _tidy(turned["family"])
    columns = [column for column in map(_tidy, re.split(r"[,;\t]", text.replace("<>", ""))) if column]
    if len(columns) > 2:
        raise ValidationError(_("there is more than a name and an address."))
    if len(columns) == 2:
        return columns
    words = (columns or [""])[0].split(" ")
    start = len(words) - 1
    while start > 1 and PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _tidy(name):
    return " ".join(name.split())


def _must_be_first(email, number, first_line):
    if email in first_line:
        raise ValidationError(
            _("%(email)s stands on line %(first)s already.") % {"email": email, "first": first_line[email]}
        )
    first_line[email] = number


def _who_work_here(line_of):
    """Messages about those who are to be invited by name instead. One query."""
    for person in Person.objects.in_service().filter(email__in=line_of):
        words = _("%(name)s works here. Name the person under “Name people from here” instead.")
        yield _about(line_of[person.email], words % {"name": person})
