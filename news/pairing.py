"""Finding which paragraph became which, and which words in it, without trying all against all.

difflib alone compares every word with every other: minutes, for a paragraph as long as a report. So
paragraphs are paired by the rare words that they share, and long ones are compared sentence by sentence.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher

# The address of a picture is as one word: another picture is not the same one with other letters.
PICTURE = r"\[/bilder/[^\]\s]+\]"
WORD = re.compile(rf"{PICTURE}|\w+|[^\w\s]")
SPACED = re.compile(rf"({PICTURE}|\w+|[^\w\s])(\s*)")
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
# A word that stands in more paragraphs than this says little about which of them became which.
COMMON = 8
# Less alike than this, two texts are two texts: word by word they would be a patchwork nobody can read.
ALIKE = 0.35
# Words in a paragraph beyond which it is compared by sentences, and in a sentence beyond which as a whole.
LONG, TOO_LONG = 300, 1000


def pair(before, after):
    """Return pairs of places (in `before`, in `after`, both lists of texts) of what is the same paragraph
    with other words, both rising."""
    holders = defaultdict(set)
    for place, text in enumerate(before):
        for word in set(WORD.findall(text)):
            holders[word].add(place)
    found = []
    for place, text in enumerate(after):
        shared = Counter()
        for word in set(WORD.findall(text)):
            if len(holders.get(word, ())) <= COMMON:
                shared.update(holders.get(word, ()))
        for earlier, _count in sorted(shared.most_common(3), key=lambda one: (-one[1], one[0])):
            if are_alike(before[earlier], text):
                found.append((earlier, place))
                break
    return _longest_rising(found)


def are_alike(one, other):
    """Whether two texts share enough of their words to be one text that was changed."""
    ours, theirs = Counter(WORD.findall(one)), Counter(WORD.findall(other))
    return 2 * (ours & theirs).total() >= ALIKE * (ours.total() + theirs.total())


def runs(before, after):
    """Yield (state, text) for what leads from one text to another: "same", "added" or "removed"."""
    if not are_alike(before, after):
        yield from (("removed", before), ("added", after))
        return
    longest = max(len(WORD.findall(text)) for text in (before, after))
    ours, theirs = SENTENCE_END.split(before), SENTENCE_END.split(after)
    if longest > LONG and max(len(ours), len(theirs)) > 1:
        yield from _by_sentences(ours, theirs)
    elif longest > TOO_LONG:
        yield from (("removed", before), ("added", after))
    else:
        yield from _by_words(before, after)


def walk(before, after):
    """Yield (place in `before` or None, place in `after` or None) of two lists of texts, so that each is
    named once, in an order to read them in, and what became what stands together."""
    ends = [(len(before), len(after))]
    i = j = 0
    for k, m in pair(before, after) + ends:
        beside = min(k - i, m - j)
        yield from ((i + step, j + step) for step in range(beside))
        yield from ((place, None) for place in range(i + beside, k))
        yield from ((None, place) for place in range(j + beside, m))
        if (k, m) not in ends:
            yield k, m
        i, j = k + 1, m + 1


def _by_sentences(ours, theirs):
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs).get_opcodes():
        if operation == "equal":
            yield "same", " ".join(theirs[j1:j2]) + " "
            continue
        for old, new in walk(ours[i1:i2], theirs[j1:j2]):
            if new is None:
                yield "removed", ours[i1 + old]
            elif old is None:
                yield "added", theirs[j1 + new]
            else:
                yield from runs(ours[i1 + old], theirs[j1 + new])
            yield "same", " "


def _by_words(before, after):
    ours, theirs = SPACED.findall(before), SPACED.findall(after)
    old, new = [word for word, _space in ours], [word for word, _space in theirs]
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = ("".join(w + s for w, s in part) for part in (ours[i1:i2], theirs[j1:j2]))
        if operation == "equal":
            yield "same", added
            continue
        yield "removed", removed.rstrip()
        yield "added", added.rstrip()
        yield "same", " " * (added or removed).endswith(" ")


def _longest_rising(pairs):
    """The most pairs of which both places rise (the later place does already)."""
    ends, before, at_end = [], {}, []
    for number, (place, _later) in enumerate(pairs):
        where = bisect_left(ends, place)
        before[number] = at_end[where - 1] if where else None
        ends[where : where + 1] = [place]
        at_end[where : where + 1] = [number]
    chain, number = [], at_end[-1] if at_end else None
    while number is not None:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
