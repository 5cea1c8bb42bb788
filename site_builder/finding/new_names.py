"""People whom a text names and no record has: proposals, with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import msgspec

from site_builder.finding.folding import BETWEEN, Folded, beginnings
from site_builder.finding.proposals import demonyms
from site_builder.finding.spelling import words
from site_builder.finding.territories import DATA
from site_builder.model import Mention, Passage

_UPPER: Final = "[A-ZÀ-ÖØ-ÞŁŚŠŽČĐŞİ]"
_REST: Final = r"[\w’'ʿ]*\w(?:-[\w’'ʿ]+)*"
_CAP: Final = _UPPER + _REST
_INITIAL: Final = r"[A-Z]\.(?:[A-Z]\.)*"
_PARTICLE: Final = (
    r"(?:al|el|bin|ibn|bint|van|von|de|del|della|der|den|la|da|dos|das|di|du|ten|ter|le|y|e|zu|af)"
)
_NAME: Final = re.compile(
    # what must not stand before it is looked at afterwards: a pattern that begins with a set is
    # searched for several times faster
    rf"{_UPPER}(?:{_REST}|(?<=[A-Z])\.(?:[A-Z]\.)*)(?:[ \u00a0](?:{_INITIAL}|[“\"‘]{_CAP}[”\"’]"
    rf"|(?:{_PARTICLE}[ \u00a0]){{1,3}}{_CAP}|(?:al|el|as|ash|an|ad)-{_CAP}|{_CAP})){{1,7}}"
)
_FARTHEST: Final = len(" della della della ad-") + 1
_OPENS: Final = frozenset("“\"‘")
_GOES_ON: Final = frozenset("\u00a0.’'-ʿ")
_PARTICLES_BEGIN: Final = frozenset("abdefiltvyz")
_PARTICLE_NEXT: Final = re.compile(rf"{_PARTICLE}[ \u00a0]|(?:al|el|as|ash|an|ad)-")
_TITLE: Final = re.compile(
    r"(?:\b(?:[Pp]resident|[Pp]rime [Mm]inister|[Pp]remier|[Cc]hancellor|[Mm]inister|[Ss]ecretary"
    r"|[Ss]ecretary[- ][Gg]eneral|[Aa]mbassador|[Ss]enator|[Gg]overnor|[Mm]ayor|[Gg]eneral"
    r"|[Cc]olonel|[Cc]aptain|[Ll]ieutenant|[Ss]ergeant|[Mm]ajor|[Aa]dmiral|[Cc]ommander|[Ss]heriff"
    r"|[Dd]irector|[Cc]hairman|[Cc]hairwoman|[Cc]hair|[Cc]hief|[Pp]rofessor|[Dd]octor|[Jj]udge"
    r"|[Jj]ustice|[Aa]ttorney|[Ll]awyer|[Ss]pokes(?:man|woman|person)|[Cc]oach|[Mm]anager|[Ee]ditor"
    r"|[Ff]ounder|[Oo]wner|[Aa]uthor|[Ww]riter|[Aa]ctor|[Aa]ctress|[Ss]inger|[Dd]esigner"
    r"|[Ee]ngineer|[Aa]nalyst|[Rr]esearcher|[Ss]cientist|[Aa]rtist|[Jj]ournalist|[Rr]eporter"
    r"|[Aa]rchbishop|[Bb]ishop|[Pp]ope|[Ii]mam|[Ss]heikh|[Aa]yatollah|[Rr]abbi|[Cc]ongress(?:man|"
    r"woman)|[Cc]andidate|[Ll]eader|[Oo]fficer|CEO|CTO|CIO|MP|[Pp]rince(?:ss)?|[Kk]ing|[Qq]ueen"
    r"|[Cc]ommissioner|[Cc]ouncill?or|[Dd]eputy|wife|husband|son|daughter|brother|sister|father"
    r"|mother|driver|goalkeeper|striker|midfielder|captain)"
    r"|\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Dame|Sen|Rep|Gov|Gen|Col|Capt|Sgt|Lt|Prof|Rev|St|Hon)\.?)"
    r",?[ \u00a0]$"
)
_SPOKE_AFTER: Final = re.compile(
    r",?[ \u00a0](?:also |has |had |later |then )?(?:said|says|told|tells|added|adds|explained"
    r"|explains|wrote|writes|noted|stated|commented|argued|claimed|announced|asked|thinks|believes"
    r"|tweeted|warned|recalled|joked|who|whose)\b")
_SPOKE_BEFORE: Final = re.compile(
    r"(?:said|says|added|explained|wrote|noted|stated|commented|argued|according to|asked|by)"
    r"[ \u00a0]$", re.IGNORECASE)
_AGE: Final = re.compile(
    r",? (?:\(|aged )?\d{2}\b[,)]|, (?:the|a|an|who|whose|his|her|chief|head) ")
_NO_PERSON: Final = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December The A An This That These Those It He She "
    "They We I You In On At For From With By To Of And But Or If When While After Before Since "
    "Assembly Council Committee Commission Ministry Office Party House Palace Congress Senate "
    "Parliament Court Department Agency Bureau Authority Administration Service Services Institute "
    "University College School Academy Center Centre Hospital Church Cathedral Museum Library "
    "Airport Station Street Road Avenue Square Park Bridge River Lake Sea Ocean Bay Island Islands "
    "Mountain Mountains Mount Valley County City Town State States Province Region District "
    "Republic Kingdom Union Nations Federation League Association Organization Organisation "
    "Foundation Fund Bank Group Company Corporation Inc Ltd Corp Airlines Airways Press News Times "
    "Post Daily Journal Magazine Review Radio Television TV Network Army Navy Force Forces Police "
    "Guard War Battle Treaty Agreement Act Law Amendment Day Week Month Year Cup Games Open "
    "Championship Prize Award Awards Festival Olympic Olympics World International National "
    "Federal "
    "Supreme United New North South East West Northern Southern Eastern Western Central Islamic "
    "Democratic Republican Labour Labor Conservative Liberal Green Christian Catholic Muslim "
    "Jewish Facebook Twitter Google Microsoft Apple Wikipedia Internet Web Project Program "
    "Programme Team Series Season Home Security Human Rights Health Education Defense Defence "
    "Foreign Affairs Interior Finance Energy Justice Labour Street Hall Hotel Club Stadium Arena "
    "Tower Building Room Act Code Data Digital Open Source Software Design Lab Labs Board Summit "
    "Conference Convention Election Elections Campaign Movement Front Alliance Coalition Society "
    "Earth Moon Mars Space Hurricane Storm Tropical Typhoon Cyclone Flight Route Highway Line "
    "Grand Prix Derby Final Finals Round Stage Super Bowl Premier Division Conference All Our "
    "Their His Her Its My Your There Here What Which Who Why How Not No Yes More Most Some Many "
    "First Second Third Last Next Also However Although Because During Through Under Over Between "
)
_TITLES: Final = words(
    "President Prime Minister Premier Chancellor Secretary General Ambassador Senator Governor "
    "Mayor Colonel Captain Lieutenant Sergeant Major Admiral Commander Sheriff Director Chairman "
    "Chairwoman Chief Professor Doctor Judge Justice Attorney Spokesman Spokeswoman Coach King "
    "Queen Prince Princess Pope Archbishop Bishop Sheikh Ayatollah Mr Mrs Ms Dr Sir Lord Lady Dame "
    "Sen Rep Gov Gen Col Capt Sgt Lt Prof Rev Deputy Vice Former Acting Executive Officer CEO "
    "Saint St Emperor Imam Rabbi Cardinal Hon Congressman Congresswoman Representative Speaker "
    "Whip Minority Majority Representative Leader Manager Editor Founder Detective Inspector "
    "Constable Superintendent Commissioner "
    "British American French German Russian Chinese"
)


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A person without a record: the fullest form, where it and the surname stand.

    `spans` are (passage, start, end), in order; `confidence` runs from 0 to 1,
    `evidence` says in a few words where it comes from.
    """

    form: str
    spans: tuple[tuple[int, int, int], ...]
    confidence: float
    evidence: str


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages, in lower case ASCII; data/README.md says from where."""
    data = msgspec.json.decode((DATA / "given_names.json").read_bytes(), type=dict[str, object])
    return frozenset(name for kind in ("female", "male", "either")
                     for name in str(data[kind]).split())


def new_names(
    passages: Sequence[Passage], mentions: Iterable[Mention], lang: str = "en",
    whole: Folded | None = None,
) -> tuple[Name, ...]:
    """The people whom the passages name and `mentions` does not know, in order of appearance.

    For texts in Latin letters; others give none. `whole` are the passages in one text, if that
    is there already.
    """
    known: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        known.setdefault(mention.passage, []).append((mention.start, mention.end))
    found: dict[str, list[tuple[int, int, int]]] = {}
    signs: dict[str, dict[str, float]] = {}
    whole = whole or Folded(BETWEEN.join([passage.text for passage in passages]))
    for number, begin, stop in _names(passages, whole):
        passage = passages[number]
        if passage.kind == "h":
            continue
        taken = known.get(number, [])
        if any(a <= begin and stop <= b for a, b in taken):
            continue
        for start, end in _trimmed(passage.text, begin, stop):
            if any(a < end and start < b for a, b in (*taken, *passage.skips)):
                continue
            form = passage.text[start:end]
            seen = _signs(passage.text, start, end, form)
            if seen is None:
                continue
            found.setdefault(form, []).append((number, start, end))
            signs.setdefault(form, {}).update(seen)
    names = []
    for form in found:
        surname = form.split()[-1]
        bare = _bare(passages, surname, found, known) if _alone(surname, found) else []
        evidence = dict(signs[form])
        if bare:
            evidence["the surname comes back alone"] = 0.5
        if len(found[form]) > 1:
            evidence["the name comes back"] = 0.2
        doubt = 1.0
        for weight in evidence.values():
            doubt *= 1 - weight
        if doubt <= 0.6:
            names.append(Name(form, tuple(sorted({*found[form], *bare})), round(1 - doubt, 2),
                              ", ".join(sorted(evidence, key=lambda e: -evidence[e]))))
    return tuple(sorted(names, key=lambda name: name.spans[0]))


def _names(
    passages: Sequence[Passage], whole: Folded
) -> Iterator[tuple[int, int, int]]:
    """What may be a name: the passage's number, and where it begins and ends there."""
    text = whole.raw
    words = whole.words if whole.places is None else beginnings(text)
    number, begin, last, done = -1, 0, -1, 0
    # the pattern is slow to fail: look for the next word and at the signs between the two first
    for (start, word), (following, _) in pairwise(words):
        end = start + len(word)
        if following - end > _FARTHEST or start < done:
            continue
        while start > last:
            number += 1
            begin = last + 1
            last = begin + len(passages[number].text)
        if _may_begin(text, start, end):
            match = _NAME.match(text, start)
            if match:
                done = match.end()
                yield number, start - begin, done - begin


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a word may be a name's first: the pattern is slow to find out for most."""
    after = text[end : end + 1]
    if after == " ":
        follows = text[end + 1 : end + 2]
        if end - start == 1 or not (
            follows.isupper() or follows in _OPENS or (
                follows in _PARTICLES_BEGIN and _PARTICLE_NEXT.match(text, end + 1))
        ):
            return False
    elif after not in _GOES_ON:
        return False
    return not start or not (text[start - 1].isalnum() or text[start - 1] in "_’'.-")


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without titles before the name and a possessive ending after it."""
    form = text[start:end]
    for ending in ("’s", "'s", "’", "'"):
        form = form.removesuffix(ending)
    parts = form.split(" ")
    # "Santa Barbara County Sheriff Bill Brown": the name follows the last title
    cut = 0
    for place, part in enumerate(parts[:-1]):
        if part.rstrip(".") in _TITLES or part in _OPENERS or part in _NO_PERSON:
            cut = place + 1
    start += sum(len(part) + 1 for part in parts[:cut])
    parts = parts[cut:]
    if not 2 <= len(parts) <= 5 or parts[0].rstrip(".") in _TITLES:
        return []
    return [(start, start + len(" ".join(parts)))]


_OPENERS: Final = words("The A An In On At As And But When While After Before Since For From With "
                        "By To Of If Both Then Also Yesterday Today Meanwhile However Like")


def _signs(text: str, start: int, end: int, form: str) -> dict[str, float] | None:
    """What speaks for a person; None when the words cannot be one."""
    parts = form.replace("-", " ").split()
    if any(part in _NO_PERSON for part in parts) or any(
            part.isupper() and len(part) > 3 for part in parts):
        return None
    lands = _lands()
    if parts[0] in lands or form in lands or (parts[-1] in lands and parts[-1] not in _SURNAMES):
        return None
    found: dict[str, float] = {}
    given = parts[0].lower().rstrip(".")
    if given in given_names():
        found["a given name"] = 0.6
    elif len(parts[0]) <= 4 and "." in parts[0]:
        found["initials"] = 0.3
    before = text[max(0, start - 40) : start]
    if _TITLE.search(before):
        found["a title before it"] = 0.6
    if _SPOKE_AFTER.match(text, end) or _SPOKE_BEFORE.search(before):
        found["a verb of speech beside it"] = 0.35
    if _AGE.match(text, end):
        found["an age or a description after it"] = 0.25
    return found


_SURNAMES: Final = words(
    "Jordan Chad Holland Israel Ireland London Paris Wales Washington Salvador")


@cache
def _lands() -> frozenset[str]:
    from site_builder.finding.territories import shipped

    names = {name for country in shipped().countries.values() for name in (country.name,)}
    adjectives = {d for place in demonyms().countries.values() for d in place.demonyms}
    return frozenset(names | adjectives)


def _alone(surname: str, found: dict[str, list[tuple[int, int, int]]]) -> bool:
    return len(surname) > 2 and sum(form.split()[-1] == surname for form in found) == 1


def _bare(
    passages: Sequence[Passage], surname: str, found: dict[str, list[tuple[int, int, int]]],
    known: dict[int, list[tuple[int, int]]],
) -> list[tuple[int, int, int]]:
    """Where the surname stands alone."""
    spans = []
    for number, passage in enumerate(passages):
        if surname not in passage.text:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", passage.text):
            a, b = match.span()
            inside = any(n == number and s <= a and b <= e for spans_ in found.values()
                         for n, s, e in spans_)
            if not inside and not any(s < b and a < e for s, e in known.get(number, ())):
                spans.append((number, a, b))
    return spans
