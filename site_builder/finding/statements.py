"""Who says what: quotations with their speaker, and sentences that report what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

import msgspec

from site_builder.finding.new_names import Name, given_names
from site_builder.finding.spelling import words
from site_builder.finding.territories import DATA
from site_builder.model import Mention, Passage, Statement

LEAST_WORDS: Final = 4
"""A quotation of fewer words is a term, a title or a nickname."""

_QUOTE: Final = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)(?P<ax>”|$)"
    r"|«(?P<b>[^«»]*)(?P<bx>»|$)"
    r"|„(?P<c>[^„“”]*)(?P<cx>[“”]|$)"
    r"|(?<![\w\"])\"(?P<d>[^\"]*)(?P<dx>\"|$)"
    r"|(?<![\w‘’'])[‘'](?P<e>(?:[^‘’']|(?<=\w)[’'](?=\w)|(?<=s)[’'](?= ))*)(?P<ex>[’'](?!\w))"
)
_GROUPS: Final = "abcde"
_SENTENCE: Final = re.compile(r"[.!?…][”\"’»)]*\s+(?=[“\"‘«(]*[^\W_a-z])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Prof|Rev|St|Jr|Sr|No|vs|Inc|Corp|Ltd|Co"
    r"|Sept|Oct|Nov|Dec|Jan|Feb|Aug|U\.S|D\.C|a\.m|p\.m|[A-Z])\.)\s+$")
_PRONOUN: Final = words("he she they He She They who")
_ROLES: Final = words(
    "spokesman spokeswoman spokesperson spokespeople official officials analyst analysts expert "
    "experts researcher researchers scientist scientists witness witnesses resident residents "
    "source sources minister ministers president leader leaders lawyer lawyers attorney prosecutor "
    "prosecutors judge judges doctor doctors critics critic activists activist protesters officer "
    "officers director manager professor author authors co-author engineer captain mayor governor "
    "senator senators chairman chairwoman chair secretary ambassador commissioner sheriff chief "
    "coach owner founder editor writer journalist journalists reporter player team-mate family "
    "parents mother father wife husband brother sister son daughter people employees workers "
    "students teacher teachers users customers users others some many observers relatives "
    "neighbours "
    "neighbors fans investigators firefighters soldiers commander general lawmakers legislators "
    "candidate candidates princess prince king queen pope dispatcher speaker man woman")
_PHRASE_BEFORE: Final = re.compile(
    r"(?:^|(?<=[\s,“\"(]))(?:[Tt]he |[Aa]n? |[Oo]ne |[Hh]is |[Hh]er |[Tt]heir |[Ii]ts |[Ss]ome )?"
    r"((?:[\w’'&.-]+ ){0,6}?[\w’'&.-]+)"
    r"(?:,? (?:also|has|had|have|later|however|then|now|recently|previously|both|further|again"
    r"|repeatedly|today|yesterday|will|would|still|reportedly|therefore),?)*,?\s*$")
_PHRASE_AFTER: Final = re.compile(
    r"\s*(?:the |an? |one |his |her |their |its )?((?:[\w’'&-]+ ){0,5}[\w’'&-]+)")
_EMPTY: Final = words(
    "In On At The But And It This That I We You When Because Commenting As For From With By After "
    "Before Since While If There Here He She They What Who Which Not Then So Also However Although")
_ORGANISATION: Final = words(
    "police authorities ministry government army military court department agency company "
    "committee council office party union group organization organisation newspaper channel "
    "network "
    "association institute commission embassy report study survey statement letter reports media "
    "agencies body team")
_WORD: Final = re.compile(r"\w+")
_CLAUSE: Final = re.compile(r"; |, but |, and (?=\w+ )")


class Speech(NamedTuple):
    """The verbs of one language."""

    verbs: frozenset[str]
    cue: str
    needs_that: frozenset[str]
    according: re.Pattern[str]

    def found(self, text: str) -> list[re.Match[str]]:
        """Where the verbs stand; a pattern of a hundred words is several times slower."""
        return [word for word in _WORD.finditer(text) if word[0] in self.verbs]


class _Entry(msgspec.Struct):
    verbs: str
    that: str = ""
    according: str = ""


@cache
def speech(lang: str) -> Speech | None:
    """The verbs of speech of a language, from data/speech.json; None for one that it lacks."""
    raw = msgspec.json.decode((DATA / "speech.json").read_bytes(), type=dict[str, msgspec.Raw])
    entry = raw.get(lang.partition("-")[0])
    if entry is None:
        return None
    found = msgspec.json.decode(entry, type=_Entry)
    return Speech(
        frozenset(words(found.verbs)),
        found.according[1:],  # its first letter may be a capital
        frozenset(words(found.that)),
        re.compile(rf"\b{found.according}\s+", re.IGNORECASE),
    )


class _Speaker(NamedTuple):
    id: str
    name: str
    kind: str
    confidence: float


_NOBODY: Final = _Speaker("", "", "none", 0.0)
_Span = tuple[int, int, str, str]  # start, end, id, name


def statements(
    passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name] = (),
    lang: str = "en",
) -> tuple[Statement, ...]:
    """Every statement in the passages, in their order.

    Direct quotations are found in any language, speakers and reported speech
    where data/speech.json has its verbs.
    """
    return tuple(_Reading(passages, mentions, names, speech(lang)).statements())


class _Reading:
    def __init__(
        self, passages: Sequence[Passage], mentions: Iterable[Mention], names: Iterable[Name],
        speech: Speech | None,
    ) -> None:
        self._passages, self._speech = passages, speech
        self._people: dict[int, list[_Span]] = {}
        for mention in mentions:
            if mention.kind == "person":
                self._people.setdefault(mention.passage, []).append(
                    (mention.start, mention.end, mention.id, mention.form))
        for name in names:
            for number, start, end in name.spans:
                self._people.setdefault(number, []).append((start, end, "", name.form))
        self._titles: dict[str, _Span] = {}  # "president" → who was called so last
        for number, spans in sorted(self._people.items()):
            spans.sort()
            for span in spans:
                before = passages[number].text[max(0, span[0] - 25) : span[0]].split()
                if before and before[-1].lower() in _ROLES:
                    self._titles.setdefault(before[-1].lower(), span)
        self._last = _NOBODY  # the last person who spoke or was the subject

    def statements(self) -> Iterator[Statement]:
        before: _Speaker = _NOBODY  # of a quotation that goes on in the next paragraph
        open_parts: list[tuple[int, int, int]] = []
        for number, passage in enumerate(self._passages):
            if passage.kind == "h":
                before, open_parts = _NOBODY, []
                continue
            text = passage.text
            quotes = list(self._quotes(text))
            found: list[Statement] = []
            speakers: list[_Speaker] = []
            for index, (start, end, closed) in enumerate(quotes):
                if len(text[start:end].split()) < LEAST_WORDS:
                    continue
                speaker = self._speaker_of(number, text, quotes, index)
                if speaker.kind == "none" and speakers:
                    speaker = speakers[-1]._replace(confidence=speakers[-1].confidence * 0.9)
                part = (number, start, end)
                if index == 0 and open_parts and not text[:start].strip(" “\"«„"):
                    if speaker.kind == "none":
                        speaker = before
                    part_list = (*open_parts, part)
                    open_parts = []
                else:
                    part_list = (part,)
                if speaker.kind == "none" and len(text[:start].strip("“\"«„ ")) == 0 \
                        and not text[end:].strip("”\"»“ .") and self._last.kind != "none":
                    speaker = self._last._replace(confidence=0.45)
                if not closed:
                    open_parts, before = list(part_list), speaker
                    if number + 1 < len(self._passages) and re.match(
                            r"[“\"«„]", self._passages[number + 1].text):
                        speakers.append(speaker)
                        continue
                speakers.append(speaker)
                found.append(_statement("direct", part_list, speaker))
                if speaker.kind == "person":
                    self._last = speaker
            if quotes and quotes[-1][2]:
                open_parts = []
            found += self._reported(number, text, quotes, found)
            yield from sorted(found, key=lambda s: s.parts[-1])
            people = self._people.get(number)
            if people:
                first = people[0]
                if not any(s.kind == "person" for s in speakers):
                    self._last = _Speaker(first[2], first[3], "person", 0.6)
        if open_parts:
            yield _statement("direct", tuple(open_parts), before)

    def _quotes(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Spans between quotation marks, and whether they are closed."""
        if not re.search("[“\"«„‘']", text):
            return
        for match in _QUOTE.finditer(text):
            for group in _GROUPS:
                if match[group] is not None:
                    start, end = match.span(group)
                    yield start, end, bool(match[f"{group}x"])

    def _speaker_of(
        self, number: int, text: str, quotes: list[tuple[int, int, bool]], index: int
    ) -> _Speaker:
        """Who says the quotation: by the words after it, before it, else nobody."""
        if self._speech is None:
            return _NOBODY
        start, end, _ = quotes[index]
        until = quotes[index + 1][0] - 1 if index + 1 < len(quotes) else len(text)
        since = quotes[index - 1][1] + 1 if index else 0
        after = text[end + 1 : until]
        stop = _end_of_sentence(after)
        after_end = end + 1 + stop
        if not text[start:end].endswith((".", "…")) and not (
                text[start:end].endswith(("?", "!")) and after[:3].strip()[:1].isupper()
                and not self._starts_with_subject(number, text, end + 1)):
            found = self._attribution(number, text, end + 1, after_end, after=True)
            if found.kind != "none":
                return found
        begin = since + _begin_of_sentence(text[since:start])
        stop = max(begin, start - 1)
        found = self._attribution(number, text, begin, stop, after=False)
        if found.kind == "none" and text[begin:stop].rstrip().endswith(":"):
            people = [p for p in self._people.get(number, ()) if begin <= p[0] and p[1] <= stop]
            if people:
                return _Speaker(people[0][2], people[0][3], "person", 0.6)
            return self._unnamed(" ".join(text[begin:stop].split()[:4]), 0.6, True)
        return found

    def _starts_with_subject(self, number: int, text: str, at: int) -> bool:
        """Whether a person and a verb of speech follow at once: “Why?” Haddad asked."""
        assert self._speech is not None
        for start, end, _, _ in self._people.get(number, ()):
            if 0 <= start - at <= 3:
                return any(verb.start() < 3 for verb in self._speech.found(text[end : end + 20]))
        return False

    def _attribution(
        self, number: int, text: str, start: int, end: int, *, after: bool
    ) -> _Speaker:
        """The speaker in the words from `start` to `end`, which stand beside a quotation."""
        assert self._speech is not None
        frame = text[start:end]
        according = self._speech.according.search(frame)
        if according:
            return self._subject(number, text, start + according.end(), end, 0.9, forward=True)
        verbs = self._speech.found(frame)
        if not verbs:
            return _NOBODY
        verb = verbs[0] if after else verbs[-1]
        if after and len(frame[: verb.start()].split()) > 14:
            return _NOBODY
        lead = self._subject(number, text, start, start + verb.start(), 0.95)
        if lead.kind == "none" or (after and not frame[: verb.start()].strip(" ,”\"")):
            tail = self._subject(number, text, start + verb.end(), end, 0.9, forward=True)
            if tail.kind != "none":
                return tail
        return lead

    def _subject(
        self, number: int, text: str, start: int, end: int, sure: float, *, forward: bool = False
    ) -> _Speaker:
        """Who is the subject between `start` and `end`: a person, a pronoun, a body, a role.

        The verb stands at `end`, or at `start` with `forward`.
        """
        frame = text[start:end]
        people = [p for p in self._people.get(number, ()) if p[0] >= start and p[1] <= end]
        if forward:
            closer = self._unnamed(frame[: people[0][0] - start] if people else frame, sure, True)
            if people and (closer.kind == "none" or people[0][0] - start < 90):
                return _Speaker(people[0][2], people[0][3], "person", sure)
            if not people and closer.kind == "none":
                return self._pronoun(number, text, start, frame.split()[:2], sure)
            return closer
        bare = frame.rstrip()
        clause = start + (0 if bare.endswith(",") else bare.rfind(",") + 1)
        near = [p for p in people if p[0] >= clause]
        if near:
            return _Speaker(near[0][2], near[0][3], "person", sure)
        found = self._pronoun(number, text, start, frame.split()[-3:], sure)
        if found.kind == "none" and text[clause:end].strip():
            found = self._unnamed(text[clause:end], sure, False)
        if found.kind == "none" and people:
            found = _Speaker(people[0][2], people[0][3], "person", sure)
        if found.kind == "none":
            found = self._unnamed(bare.rstrip(","), sure, False)
        return found

    def _pronoun(
        self, number: int, text: str, start: int, near: list[str], sure: float
    ) -> _Speaker:
        if not any(token.strip(",;:") in _PRONOUN for token in near):
            return _NOBODY
        earlier = self._subject_before(number, text, start)
        if earlier is not None:
            return _Speaker(earlier[2], earlier[3], "person", sure * 0.8)
        if self._last.kind == "person":
            return self._last._replace(confidence=sure * 0.8)
        return _NOBODY

    def _subject_before(self, number: int, text: str, start: int) -> _Span | None:
        """The first person of the nearest sentence before `start` that names one."""
        earlier = [p for p in self._people.get(number, ()) if p[1] <= start]
        if not earlier:
            return None
        begin = next((a for a, b in _sentences(text) if a <= earlier[-1][0] < b), 0)
        return next(p for p in earlier if p[0] >= begin)

    def _unnamed(self, words_: str, sure: float, forward: bool) -> _Speaker:
        """A role or body in the words that stand right beside the verb."""
        phrase = (_PHRASE_AFTER.match(words_) if forward else _PHRASE_BEFORE.search(words_))
        if phrase is None:
            return _NOBODY
        name = phrase[1].strip()
        last = name.split()[-1].lower()
        known = self._titles.get(last)
        if known is not None and phrase[0].strip().lower().startswith(("the ", "president")):
            return _Speaker(known[2], known[3], "person", sure * 0.75)
        if last in _ORGANISATION:
            return _Speaker("", name, "organisation", sure * 0.8)
        if name[0].isupper() and name.split()[0] in _EMPTY:
            return _NOBODY
        if last in _ROLES:
            return _Speaker("", name, "role", sure * 0.8)
        if last[0] != name.split()[-1][0]:
            person = self._person_named(name)
            if person:
                return _Speaker("", person, "person", sure * 0.75)
            return _Speaker("", name.removesuffix("’s").removesuffix("'s"), "organisation",
                            sure * 0.7)
        return _NOBODY

    def _person_named(self, name: str) -> str:
        """The person that capitalised words without a known name may be; else empty."""
        parts = name.removesuffix("’s").removesuffix("'s").split()
        if len(parts) > 1 and parts[0].lower() in _ROLES and parts[-1][0].isupper():
            return " ".join(parts[1:])  # Princess Adela
        if len(parts) > 1 or parts[0].isupper():
            return ""
        for passage in self._passages:
            if parts[0] in passage.text:
                for found in re.finditer(
                        rf"\b([A-Z][a-zà-ÿ]+) (?:[A-Z]\. )?{re.escape(parts[0])}\b", passage.text):
                    if found[1].lower() in given_names():
                        return found[0]
        return ""

    def _reported(
        self, number: int, text: str, quotes: list[tuple[int, int, bool]],
        direct: Sequence[Statement],
    ) -> list[Statement]:
        """Sentences with a speaker and a verb of speech that hold no quotation of the same."""
        if self._speech is None or self._silent(text):
            return []
        found = []
        for start, end in _sentences(text):
            if self._silent(text[start:end]):
                continue
            long_quotes = [q for q in quotes if q[0] < end and start < q[1]
                           and len(text[q[0] : q[1]].split()) >= LEAST_WORDS]
            speaker = self._reporter(number, text, start, end, long_quotes)
            if speaker.kind == "none":
                continue
            inside = [s for s in direct if any(
                n == number and a < end and start < b for n, a, b in s.parts)]
            if any((s.speaker, s.name) == (speaker.id, speaker.name) or s.speaker_kind == "none"
                   or (not speaker.id and not s.speaker) for s in inside):
                continue
            found.append(_statement("reported", ((number, start, end),), speaker._replace(
                confidence=speaker.confidence * 0.9)))
            if speaker.kind == "person" and not inside:
                self._last = speaker
        return found

    def _silent(self, text: str) -> bool:
        assert self._speech is not None
        return self._speech.cue not in text and self._speech.verbs.isdisjoint(_WORD.findall(text))

    def _reporter(
        self, number: int, text: str, start: int, end: int, quotes: list[tuple[int, int, bool]]
    ) -> _Speaker:
        assert self._speech is not None
        sentence = text[start:end]
        according = self._speech.cue in sentence and self._speech.according.search(sentence)
        if according:
            return self._subject(number, text, start + according.end(), end, 0.85, forward=True)
        for verb in self._speech.found(sentence):
            at = start + verb.start()
            if any(a <= at < b for a, b, _ in quotes):
                continue
            rest = sentence[verb.end() :]
            if verb[0] in self._speech.needs_that and not re.match(r",? that\b", rest):
                continue
            if not rest.strip(" .,") and "," not in sentence[: verb.start()]:
                continue
            if re.search(r"\b(?:is|was|are|were|be|been|being|not) (?:\w+ly )?$",
                         sentence[: verb.start()]):
                continue  # it is said
            lead = sentence[: verb.start()]
            begin = start + max((m.end() for m in _CLAUSE.finditer(lead)), default=0)
            if not text[begin:at].strip():
                begin = start  # X accused Y, and argued that
            speaker = self._subject(number, text, begin, at, 0.85)
            if speaker.kind != "none":
                return speaker
            if at - start and sentence[: verb.start()].rstrip().endswith(","):
                return self._subject(number, text, start + verb.end(), end, 0.8, forward=True)
        return _NOBODY


def correct(
    found: Iterable[Statement], corrections: Mapping[str, tuple[str, str]],
    passages: Sequence[Passage],
) -> tuple[Statement, ...]:
    """Statements as the editor has put them right.

    `corrections` map the first words of a statement to (id, name) of who said
    it; an empty name means nobody. Of several that fit the longest decides.
    """
    result = []
    for statement in found:
        number, start, end = statement.parts[0]
        text = passages[number].text[start:end]
        fits = [quote for quote in corrections if text.startswith(quote.rstrip("…. "))]
        if fits:
            id, name = corrections[max(fits, key=len)]
            statement = msgspec.structs.replace(
                statement, speaker=id, name=name, confidence=1.0,
                speaker_kind="person" if id else "role" if name else "none")
        result.append(statement)
    return tuple(result)


def _statement(
    kind: str, parts: Sequence[tuple[int, int, int]], speaker: _Speaker
) -> Statement:
    return Statement(kind, tuple(parts), speaker.id, speaker.name, speaker.kind,
                     round(speaker.confidence, 2))


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a paragraph; a full stop after an abbreviation ends none."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        if _ABBREVIATED.search(text[max(0, match.start() - 8) : match.end()]):
            continue
        yield start, len(text[: match.end()].rstrip())
        start = match.end()
    if start < len(text):
        yield start, len(text.rstrip())


def _end_of_sentence(text: str) -> int:
    for start, end in _sentences(text):
        if text[start:end].strip(" .,”\""):
            return end
    return len(text)


def _begin_of_sentence(text: str) -> int:
    spans = _sentences(text)
    return spans[-1][0] if spans else 0
