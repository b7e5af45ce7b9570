"""Somebody at a keyboard, without a browser: visits pages, follows links, fills in and sends the
forms that the pages really hold (their hidden fields and tokens included)."""

from django_webtest import DjangoTestApp

from .cast import PASSWORD


class Visitor:
    """One person's own session. `page` is what they have in front of them."""

    def __init__(self, person):
        self.person = person
        self.app = DjangoTestApp()
        self.page = None

    @classmethod
    def signed_in(cls, person):
        """Sign in by the form, as people do."""
        visitor = cls(person)
        visitor.go("/")
        visitor.send(login=person.email, password=PASSWORD)
        return visitor

    def go(self, url):
        self.page = self.app.get(url, auto_follow=True)
        return self

    def follow(self, text):
        """Follow the link whose text holds `text`."""
        self.page = self.page.click(text, index=0).maybe_follow()
        return self

    def form(self, *names):
        """The form of the page that holds all these fields or buttons."""
        for form in self.page.forms.values():
            if all(name in form.fields for name in names):
                return form
        raise AssertionError(f"no form with {names} at {self.page.request.path}:\n{self.text[:2000]}")

    def send(self, press=None, *, status=None, **fields):
        """Fill in `fields` and send the form that holds them, by the button `press` ("name" or
        "name=value")."""
        button, _, value = (press or "").partition("=")
        form = self.form(*fields, *([button] if button else []))
        for name, content in fields.items():
            form.set(name, content)
        answer = form.submit(button or None, value=value or None, status=status, expect_errors=bool(status))
        self.page = answer if status else answer.maybe_follow()
        return self

    def press(self, text):
        """Send the form whose button says `text`, as it stands."""
        for form in self.page.forms.values():
            for button in form.html.find_all("button"):
                if text in button.text:
                    answer = form.submit(button.get("name"), value=button.get("value"))
                    self.page = answer.maybe_follow()
                    return self
        raise AssertionError(f"no button “{text}” at {self.page.request.path}:\n{self.text[:2000]}")

    @property
    def text(self):
        """What the page says, without its markup, spaces folded."""
        return " ".join(self.page.html.get_text(" ").split())

    def sees(self, *texts):
        for text in texts:
            assert text in self.text, f"“{text}” is not on {self.page.request.path}:\n{self.text[:3000]}"
        return self

    def does_not_see(self, *texts):
        for text in texts:
            assert text not in self.text, f"“{text}” is on {self.page.request.path}"
        return self

    def cannot_go(self, url):
        """The address answers as one that doesn't exist."""
        self.app.get(url, status=404)
        return self
