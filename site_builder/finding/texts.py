"""An article's text, read once: who is named in it, and who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from site_builder.finding.countries import AmbiguousCountry, Atlas
from site_builder.finding.folding import BETWEEN, Folded, fold
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import given_names, new_names
from site_builder.finding.offices import Offices, offices_on
from site_builder.finding.passages import passages
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.finding.spelling import name_key
from site_builder.finding.statements import Ruling, Unfit, correct, statements
from site_builder.model import (
    Article,
    Findings,
    Mention,
    Passage,
    Statement,
    StatementNote,
    Trace,
    Unclear,
)

IN_ONE_PASSAGE: Final = 4
"""A passage that names more countries (or people) than this is a list; it joins no two."""


class Reader:
    """Reads texts with the people and countries of the records in mind."""

    def __init__(self, people: PeopleResolver, atlas: Atlas, language: str) -> None:
        self._people, self._atlas, self._language = people, atlas, language
        self._withheld = {person.id for person in people.records if person.withhold}
        self._finder = Finder(people.records, atlas, language)

    def read(self, article: Article, html: str) -> Findings:
        """What the finished body `html` of an article names and quotes."""
        return self.read_all([(article, html)])[0]

    def read_all(self, articles: Sequence[tuple[Article, str]]) -> list[Findings]:
        """As `read` for each of some articles with their bodies.

        Each step is taken for all of them before the next: a processor that does not go through
        all the program for each text needs a tenth less time.
        """
        langs = [article.lang or self._language for article, _ in articles]
        found = [passages(html) for _, html in articles]
        wholes = [Folded(BETWEEN.join([passage.text for passage in text])) for text in found]
        mentioned = [
            self._finder.find_all(
                text, tuple(self._ids(article)), tuple(self._codes(article)), lang, whole)
            for (article, _), text, lang, whole in zip(articles, found, langs, wholes, strict=True)]
        names = [new_names(text, mentions, lang, whole) for text, (mentions, _), lang, whole in zip(
            found, mentioned, langs, wholes, strict=True)]
        said = [
            statements(text, mentions, new, lang, self._offices(mentions, article.date.day))
            for (article, _), text, (mentions, _), new, lang in zip(
                articles, found, mentioned, names, langs, strict=True)]
        return [
            self._put_right(article, text, mentions, unclear, told)
            for (article, _), text, (mentions, unclear), told in zip(
                articles, found, mentioned, said, strict=True)]

    def _put_right(
        self, article: Article, found: tuple[Passage, ...], mentions: tuple[Mention, ...],
        unclear: Unclear, said: tuple[Statement, ...],
    ) -> Findings:
        """What was found, as the article's editor and the records want it."""
        unfit: tuple[Unfit, ...] = ()
        if article.statements:
            said, unfit = correct(said, [self._ruling(note) for note in article.statements], found)
        hidden: Counter[str] = Counter()
        if self._withheld:
            hidden.update(m.id for m in mentions if m.id in self._withheld and m.kind == "person")
            mentions = tuple(m for m in mentions if m.id not in hidden or m.kind != "person")
            said = tuple(s for s in said if s.speaker not in self._withheld)
        return _gathered(found, mentions, said, tuple(sorted(hidden.items())), unfit, unclear)

    def _offices(self, mentions: Iterable[Mention], day: str) -> Offices:
        ids = {mention.id for mention in mentions if mention.kind == "person" and mention.id}
        return offices_on(
            (self._people.get(id) for id in ids), day, self._country) if ids else {}

    def _country(self, name: str) -> str:
        """The id of the country that a name in a person's record means."""
        try:
            country = self._atlas.resolve(name)
        except AmbiguousCountry:
            return ""
        return country.id if country is not None else ""

    def _ids(self, article: Article) -> Iterator[str]:
        for name in article.people:
            try:
                person = self._people.resolve(name)
            except AmbiguousName:  # said by the index
                continue
            if person is not None:
                yield person.id

    def _ruling(self, note: StatementNote) -> Ruling:
        if note.ignore or note.speaker.casefold() == "none":
            return Ruling(note.quote, ignore=note.ignore)
        try:
            person = self._people.resolve(note.speaker)
        except AmbiguousName:  # said by the index
            person = None
        if person is not None:
            return Ruling(note.quote, person.id, person.name, "person")
        first, _, rest = note.speaker.partition(" ")
        kind = "person" if rest and name_key(first) in given_names() else "organisation"
        return Ruling(note.quote, "", note.speaker, kind)

    def _codes(self, article: Article) -> Iterator[str]:
        for name in article.countries:
            try:
                country = self._atlas.resolve(name, article.lang or None)
            except AmbiguousCountry:  # said by the index
                continue
            if country is not None:
                yield country.id


def _gathered(
    found: tuple[Passage, ...], mentions: Iterable[Mention], said: Iterable[Statement],
    withheld: tuple[tuple[str, int], ...], unfit: tuple[Unfit, ...], unclear: Unclear,
) -> Findings:
    """Only the passages that hold something, with mentions and statements counted in them."""
    mentions, said = tuple(mentions), tuple(said)
    used = sorted({m.passage for m in mentions} | {part[0] for s in said for part in s.parts})
    place = {number: index for index, number in enumerate(used)}
    anchors: list[tuple[str, int]] = []  # and how far behind it each passage is
    last, behind = "", 0
    for passage in found:
        if passage.anchor:
            last, behind = passage.anchor, 0
        anchors.append((last, behind))
        behind += len(passage.text) + 1
    return Findings(
        tuple(Passage(anchors[number][0], found[number].text, found[number].kind,
                      offset=anchors[number][1]) for number in used),
        tuple(Mention(m.kind, m.id, place[m.passage], m.start, m.end, m.form) for m in mentions),
        tuple(Statement(s.kind, tuple((place[n], a, b) for n, a, b in s.parts), s.speaker,
                        s.name, s.speaker_kind, s.confidence) for s in said),
        withheld, unfit, unclear,
    )


def trace(findings: Findings, digest: str) -> Trace:
    """The summary of findings; `digest` stands for them."""
    people: dict[str, dict[str, list[int]]] = {}  # id → form → how often, and the first passage
    countries: dict[str, dict[str, list[int]]] = {}
    met: dict[int, set[str]] = {}  # passage → ids
    shared: dict[int, set[str]] = {}
    for mention in findings.mentions:
        ids, together = (people, met) if mention.kind == "person" else (countries, shared)
        id, form, passage = mention.id, mention.form, mention.passage
        forms = ids.get(id)
        if forms is None:
            ids[id] = {form: [1, passage]}
        elif form in forms:
            forms[form][0] += 1
        else:
            forms[form] = [1, passage]
        if passage in together:
            together[passage].add(id)
        else:
            together[passage] = {id}
    passages = findings.passages
    lines, places = [], []
    for ids in (people, countries):
        for forms in ids.values():
            said = anchors = ""
            for form, (count, first) in forms.items():
                said += f"{count} {form}\n"
                anchors += f"{passages[first].anchor}\n"
            lines.append(said)
            places.append(anchors)
    speakers = dict.fromkeys(s.speaker for s in findings.statements if s.speaker)
    return Trace(
        digest, tuple(people), tuple(countries), _joined(shared), tuple(speakers),
        len(findings.statements), findings.withheld, findings.unfit, _joined(met),
        tuple(lines), tuple(places), findings.unclear,
    )


def _joined(together: dict[int, set[str]]) -> tuple[tuple[str, str], ...]:
    pairs: set[tuple[str, str]] = set()
    for ids in together.values():
        if len(ids) == 2:
            a, b = ids
            pairs.add((a, b) if a < b else (b, a))
        elif 2 < len(ids) <= IN_ONE_PASSAGE:
            pairs.update(combinations(sorted(ids), 2))
    return tuple(sorted(pairs))


def touched(
    forms: Collection[str], article: Article, html: str
) -> bool:
    """Whether a text, or its front matter, may mean a person who goes by one of the forms.

    The forms are those of `forms.forms_of`. Too many answers are right:
    the text is then read again, and says the same.
    """
    text = "\n".join(fold(passage.text) for passage in passages(html))
    if any(form in text for form in forms):
        return True
    names = (*article.people, *(note.speaker for note in article.statements))
    if not names:
        return False
    named = {word for name in names for word in name_key(name).replace("-", " ").split()}
    return any(
        not named.isdisjoint(name_key(form).replace("-", " ").split()) for form in forms)
