"""Finding who is quoted: "..., säger Anna Ek." """

import re
from dataclasses import dataclass

VERBS = (
    "sa|sade|säger|berättar|berättade|menar|menade|förklarar|förklarade|konstaterar|konstaterade|tycker|tyckte"
    "|tror|trodde|anser|ansåg|framhåller|framhöll|betonar|betonade|understryker|underströk|tillägger|tillade"
    "|fortsätter|fortsatte|avslutar|avslutade|sammanfattar|sammanfattade|summerar|summerade|svarar|svarade"
    "|undrar|undrade|frågar|frågade|skriver|skrev|hälsar|hälsade|påpekar|påpekade|poängterar|poängterade"
    "|uppger|uppgav|kommenterar|kommenterade|inleder|inledde|minns|lovar|lovade|hoppas|hoppades|beskriver|beskrev"
)
CAPITAL = "A-ZÅÄÖÉÈÜØÆÇÁÍÓÚŠŽŁ"
NAME_WORD = rf"[{CAPITAL}][\w’'-]*"
PARTICLE = r"(?:(?:von|van|af|de|di|la|el|al|der|den|da|dos)\s+)*"
NAME = rf"{NAME_WORD}(?:\s+{PARTICLE}{NAME_WORD}){{0,3}}(?:\s+\([{CAPITAL}]{{1,4}}\))?"
# "sa Anna", "säger kommunens nya säkerhetschef Anna Ek (X)".
TAG = re.compile(rf"\b(?:{VERBS})\s+(?:[a-zåäöé][\w-]*\s+){{0,7}}?(?P<name>{NAME})")
PRONOUN_TAG = re.compile(rf"[,?!.”\"]\s+(?:{VERBS})\s+(?:hon|han|hen)\b")
# "Anna Ek, rektor, säger:" before the quotation that it introduces.
INTRODUCED = re.compile(rf"^(?P<name>{NAME})(?:,[^,]*,)?\s+(?:{VERBS})\b[^.!?]{{0,60}}:$")
FULL_NAME = re.compile(rf"\b{NAME_WORD}\s+{PARTICLE}{NAME_WORD}")
QUOTE_MARKS = '”“„»«"″'
OPENING = re.compile(rf"[{QUOTE_MARKS}]\s?(?=\S)")
ANY_MARK = re.compile(rf"[{QUOTE_MARKS}]")
# Characters that may follow a name to the end: ", kommunstyrelsens ordförande."
LONGEST_ROLE = 200


@dataclass(frozen=True)
class Speaker:
    """Who is quoted. `span` is where the name stands in the text; None where it stands elsewhere on
    the page, so that a person had better look."""

    name: str
    span: tuple[int, int] | None = None

    @property
    def given_name(self):
        return self.name.split()[0]


def speaker_in(text):
    """Return the Speaker whom a quotation names itself, or None.

    The name follows a comma, an end of sentence or a closing mark and the verb; where none of these
    stands before the verb, only at the very end of the text.
    """
    found = None
    for tag in TAG.finditer(text):
        before = text[max(0, tag.start() - 3) : tag.start()].rstrip()
        after = text[tag.end() : tag.end() + LONGEST_ROLE]
        ends_here = tag.end() + len(after) == len(text) and re.fullmatch(r"(?:,[^.!?]*)?[.!]?", after.strip())
        if before and (before[-1] in f",.!?…–{QUOTE_MARKS}" or ends_here):
            found = Speaker(tag["name"], tag.span("name"))
    return found


def is_tagged(text):
    """Whether the text says that somebody says it, by name or as "säger hon"."""
    return bool(speaker_in(text) or PRONOUN_TAG.search(text))


def opens_quote(text):
    """Whether the text begins as a quotation within marks does: not only its first words are within."""
    opening = OPENING.match(text)
    if not opening:
        return False
    closing = ANY_MARK.search(text, opening.end())
    if not closing:
        return True
    after = text[closing.end() :].strip(" .,")
    return not after or is_tagged(text)


def is_unfinished(text):
    """Whether a quotation within marks is still open at the end of `text`, with nobody named yet."""
    return bool(OPENING.match(text)) and len(ANY_MARK.findall(text)) % 2 == 1 and not speaker_in(text)


def closes_quote(text):
    """Whether `text` brings an open quotation to its end."""
    return len(ANY_MARK.findall(text)) % 2 == 1 or bool(speaker_in(text))


def implied_speaker(text, *, between, known, speakers):
    """Return who is quoted where the quotation `text` names nobody: only where the page leaves no doubt.

    Args:
        between: the texts since the last quotation that has a speaker, in their order.
        known: the Speakers of the quotations before this one, in their order.
        speakers: the Speakers that all quotations of the page name themselves.
    """
    before = between[-1] if between else ""
    if introduced := INTRODUCED.match(before):
        return Speaker(introduced["name"])
    starting = {one.name for one in speakers if before.startswith((f"{one.name} ", f"{one.given_name} "))}
    if len(starting) == 1:
        return Speaker(starting.pop())
    # "säger hon" is whoever spoke last, unless somebody else has come up since.
    says_pronoun = PRONOUN_TAG.search(text)
    if known and says_pronoun and not any(_names_others(words, known[-1], speakers) for words in between):
        return Speaker(known[-1].name)
    return None


def full_names(text):
    """Return given name -> the full names in `text` that begin with it."""
    found = {}
    for name in FULL_NAME.findall(text):
        found.setdefault(name.split()[0], set()).add(name)
    return found


def _names_others(text, speaker, speakers):
    others = {one.given_name for one in speakers} - {speaker.given_name}
    names = FULL_NAME.findall(text)
    return bool(others & set(re.findall(r"\w+", text))) or any(name not in speaker.name for name in names)
