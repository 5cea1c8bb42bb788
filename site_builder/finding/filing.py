"""Where a name stands in an index: "Raisi, Ebrahim" under R, as newspapers file it.

These are guesses for people without a record; a record's `sort_name` wins.
The practice, for want of one that all newspapers share:

* the last word is the surname, with the particles before it: "van der Bellen,
  Alexander" and "de la Cruz, Juan" under V and D;
* "bin", "ibn" and "bint" begin the surname and get a capital: "Bin Salman,
  Mohammed"; so do "Ben", "Abu", "Abdel" and "Abdul" inside a name;
* the Arabic article does not count: "Sudani, Mohammed Shia al-" under S;
* generational suffixes come last: "King, Martin Luther, Jr.", also from
  "Martin Luther King, Jr.";
* monarchs and popes are filed by their own name: "Charles III, King";
* single names and names in Chinese, Japanese and Korean script stay as they
  are, and so do Chinese, Korean and Vietnamese names in Latin script, as far
  as they can be told ("Xi Jinping", "Kim Jong-un", "Lee Kuan Yew", "Nguyen
  Phu Trong").

Nobody can tell from its spelling that a name has two surnames ("López
Obrador") or none ("Abiy Ahmed"): that takes a record.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from site_builder.finding.spelling import HONORIFICS, name_key, plain_key, tidy
from site_builder.finding.spelling import words as _words

_PARTICLES: Final = _words(
    # Dutch, German, Romance languages, Irish, English
    "van von der den vander vanden ter ten te zu zum zur vom de del dela della delle degli di da "
    "das do dos du des la las le los lo d' st st. saint ó ní nic mac mc ap ab "
    # Arabic and Hebrew names of descent, and servants of God
    "bin ibn ben bint bar abu abou umm abd abdel abdul abdal"
)
_KUNYA: Final = frozenset({"abu", "abou", "umm", "abd", "abdel", "abdul"})
_OF_DESCENT: Final = frozenset({"bin", "ibn", "bint"})
_ARTICLE: Final = re.compile(r"(?:al|el)-|(?:as|ash|at|ad|an|ar|az)-", re.IGNORECASE)
_ARTICLE_WORDS: Final = frozenset({"al", "el"})
_SUFFIX: Final = re.compile(r"(?:jr|sr)\.?|ii|iii|iv|vi{0,3}|ix", re.IGNORECASE)
_SUFFIXED: Final = re.compile(rf"(.+ .+?),? ({_SUFFIX.pattern})", re.IGNORECASE)
# Popes and kings of two names: what stands before their number is no surname.
_OWN_NAMES: Final = frozenset({
    "john paul", "jean-paul", "juan pablo", "giovanni paolo", "johannes paul", "juan carlos",
    "victor emmanuel", "vittorio emanuele", "carl gustaf"})
_NUMBER: Final = re.compile(r"[IVX]{2,6}|[IVX]")
_OWN_NAME: Final = _words(
    "pope king queen emperor empress prince princess tsar czar tsarina shah sultan saint"
)
_EAST_ASIAN: Final = (  # seldom needed, and long to compile
    "[\u2e80-\u2fdf\u3005-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_KOREAN_GIVEN: Final = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}")
_SYLLABLE: Final = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsrwy])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un"
    "|uo|a|e|i|o|u|ü)"
)
_CHINESE_GIVEN: Final = re.compile(f"{_SYLLABLE}(?:-?{_SYLLABLE})?", re.IGNORECASE)
_CHINESE_FAMILIES: Final = _words(
    "bai bo cai cao chai chen cheng cui dai deng ding dong du fan fang feng fu gao geng gong "
    "gu guo han he hou hu huang jia jiang jin kong lai li liang liao lin liu lu luo ma mao "
    "meng pan peng qi qian qiao qin qiu ren shao shen shi song su sun tan tang tao tian wan "
    "wang wei wen wu xi xia xiang xiao xie xiong xu xue yan yang yao ye yin yu yuan zeng zhai "
    "zhang zhao zheng zhong zhou zhu zou "
)
# As Singapore, Hong Kong, Taiwan and Korea spell them; with two given names only, as "Kim Lee" and
# "Lee Smith" are names the other way round.
_OVERSEAS_FAMILIES: Final = _words(
    "lee kim park choi jung chung kang yoon shin hwang ahn tan lim ng ong goh chua teo koh wong "
    "chan cheung leung lam lau kwok tsang yip mak ho chow chiu chiang tsai hsu hsieh chou chang "
    "yeo toh sim low loh foo chia ting tong tung tam kwan fung moon han seo bae nam roh noh ban "
    "suh ryu")
_OVERSEAS_GIVEN: Final = re.compile(
    r"(?:[bdghjkmnprstwyl]|ch|sh|hs|ts|kw|hw|my|ky|hy|ph|th|kh|gw)?(?:[aeiou]|ae|eo|eu|oo|ee|ou|ui|ai"
    r"|ei|oe|ia|ie|io|iu|ua|ue|uo|ye|ya|yo|yu|wa|wo|ey|ay|oy|iao)(?:ng|n|m|k|p|t|h|ck|w|l|r)?",
    re.IGNORECASE)
_VIETNAMESE_FAMILIES: Final = _words(
    "nguyen nguyễn tran trần pham phạm hoang hoàng huynh huỳnh phan vu vũ vo võ dang đặng bui bùi "
    "ho hồ ngo ngô duong dương dinh đinh truong trương"
)


def sort_name(name: str) -> str:
    """The name as it is filed, a guess from its spelling alone: "Raisi, Ebrahim".

    A name that is written with a comma is taken to be filed already. Names in
    Arabic script get the Arabic comma.
    """
    name = tidy(name)
    if "," in name and (found := _SUFFIXED.fullmatch(name)) and _is_suffix(found[2]) \
            and "," not in found[1]:
        name = f"{found[1]} {found[2]}"
    if "," in name or "،" in name or (
            not name.isascii() and re.search(_EAST_ASIAN, name)):
        return name
    words = name.split(" ")
    while len(words) > 2 and plain_key(words[0]).rstrip(".") in HONORIFICS:
        words = words[1:]
    if len(words) > 1 and plain_key(words[0]) in _OWN_NAME and _has_own_name(words[1:]):
        return f"{' '.join(words[1:])}, {words[0]}"
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]) and not _is_numbered(words):
        suffix = f", {words.pop()}"
    if len(words) == 2 and plain_key(words[0]) in _KUNYA:
        return " ".join(words)  # Abu Mazen is one name
    if len(words) == 1 or family_comes_first(words) or _is_numbered(words):
        return " ".join(words) + suffix.replace(",", "")
    start = _surname_start(words)
    if start == 0:
        return " ".join(words) + suffix
    given, family = words[:start], words[start:]
    article = ""
    if plain_key(family[0]) in _ARTICLE_WORDS and len(family) > 1:
        article = f" {family.pop(0)}"
    elif (found := _ARTICLE.match(family[0])) and _is_article(found[0]):
        article, family[0] = f" {found[0]}", family[0][found.end() :]
    if family[0] in _OF_DESCENT:
        family[0] = family[0].capitalize()
    comma = "،" if _is_arabic(family[0]) else ","
    return f"{' '.join(family)}{comma} {' '.join(given)}{article}{suffix}"


def generation(name: str) -> tuple[str, str]:
    """A name without its generational suffix, and that: "Oscar Brandt" and "Jr."; else ""."""
    found = _SUFFIXED.fullmatch(name)
    if found is None or not _is_suffix(found[2]):
        return name, ""
    words = name.split()
    if _is_numbered(words) or plain_key(words[0]) in _OWN_NAME:
        return name, ""
    return found[1], found[2]


def letter(sort_name: str) -> str:
    """The letter of an A–Z index under which a filed name stands; '#' when it has none.

    Accents are folded ("É" stands under E), the Arabic article is skipped, and
    other scripts have letters of their own: Hangul its initial consonant,
    kana their unvoiced form.
    """
    found = _ARTICLE.match(sort_name)
    if found and _is_article(found[0]):
        sort_name = sort_name[found.end() :]
    for char in sort_name:
        if char.isalpha():
            return _base(char)
        if char.isdigit():
            return "#"
    return "#"


def surname_keys(name: str) -> tuple[str, ...]:
    """The keys (`name_key`) under which a person may be meant by surname alone.

    `name` is either as spoken or as filed. "Alexander van der Bellen" is meant
    by "van der Bellen" and by "Bellen", "Mohammed Shia al-Sudani" by "Sudani",
    "al-Sudani" and "al Sudani". A single name is no surname and has no keys.
    """
    filed = sort_name(name)
    family, comma, given = filed.replace("،", ",").partition(",")
    if not comma:
        words = filed.split(" ")
        if len(words) == 1 or not family_comes_first(words):
            return ()
        # "Xi Jinping" is filed as it is spoken; Chinese script has no space to divide at.
        return (name_key(words[0]),)
    keys = [name_key(family)]
    words = keys[0].split(" ")
    while len(words) > 1 and words[0] in _PARTICLES and words[0] not in _OF_DESCENT:
        words = words[1:]
    keys.append(" ".join(words))
    last = plain_key(given.split(",")[0].split(" ")[-1])
    article, bare = last.removesuffix("-"), keys[0]
    if not (_ARTICLE.fullmatch(last) or last in _ARTICLE_WORDS):
        found = _ARTICLE.match(family)
        if found is None or not _is_article(found[0]):
            return tuple(dict.fromkeys(key for key in keys if key))
        article, bare = keys[0][: found.end() - 1], keys[0][found.end() :]
    keys = [bare, f"{article}-{bare}", f"{article} {bare}"]
    return tuple(dict.fromkeys(key for key in keys if key))


def _surname_start(words: list[str]) -> int:
    """The index of the word that the surname begins with."""
    start = len(words) - 1
    if start >= 3 and plain_key(words[start - 1]) in ("y", "i") and words[start - 1].islower():
        start -= 2  # José Ortega y Gasset has another surname before the "y"
    if plain_key(words[start - 1]) in _ARTICLE_WORDS and start > 1:
        before = plain_key(words[start - 2])
        # Abd al Rahman and Zine el Abidine are compounds, Shia al Sudani is not.
        return start - 2 if before in ("abd", "abu", "ibn", "bin") and start > 2 else start - 1
    if words[start][0].isupper() and _ARTICLE.match(words[start]):
        return start
    while start > 1 and plain_key(words[start - 1]) in _PARTICLES:
        start -= 1
    return start


def _is_article(text: str) -> bool:
    """Sun letters only in lower case: "ash-Sharif" has an article, "An-Na" and "Ar-Men" do not."""
    return text[:2].lower() in _ARTICLE_WORDS or text.islower()


def _has_own_name(words: list[str]) -> bool:
    """Whether what follows a title is a monarch's name: one word, or several and a number."""
    return len(words) == 1 or bool(_NUMBER.fullmatch(words[-1]))


def _is_suffix(word: str) -> bool:
    """Whether a last word is "Jr." or a number: "III", but not the name of Nguyen Van Vi."""
    return _SUFFIX.fullmatch(word) is not None and (word[0] in "JjSs" or word.isupper())


def _is_numbered(words: list[str]) -> bool:
    if len(words) == 3 and plain_key(" ".join(words[:2])) in _OWN_NAMES:
        return bool(_NUMBER.fullmatch(words[2]))
    return len(words) == 2 and len(words[1]) > 1 and bool(_NUMBER.fullmatch(words[1]))


def family_comes_first(words: list[str]) -> bool:
    """Whether a name begins with the family's, as Chinese, Korean and Vietnamese ones do."""
    first = words[0].casefold()
    if len(words) == 2 and _KOREAN_GIVEN.fullmatch(words[1]):
        return True
    if first in _VIETNAMESE_FAMILIES and len(words) > 2:
        return True
    if len(words) == 3 and first in _OVERSEAS_FAMILIES:
        return all(_OVERSEAS_GIVEN.fullmatch(word) for word in words[1:])
    if first not in _CHINESE_FAMILIES or len(words) > 3:
        return False
    return all(_CHINESE_GIVEN.fullmatch(_bare(word)) for word in words[1:])


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _is_arabic(text: str) -> bool:
    return "\u0600" <= text[0] <= "\u06ff"


# Letters that Unicode does not decompose, by the letter under which English indexes file them.
_LETTERS: Final = str.maketrans("ØŁĐĐÆŒÞÐƏŊĦŦİIĿƒßآأإٱكيىۀة", "OLDDAOTDENHTIILFSااااکییهت")
_INITIALS: Final = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"


def _base(char: str) -> str:
    if "가" <= char <= "힣":
        # 588 syllables share an initial consonant (Unicode, 3.12); doubled ones count as single.
        return _INITIALS[(ord(char) - 0xAC00) // 588]
    char = unicodedata.normalize("NFKC", char)[0].upper()[0].translate(_LETTERS)
    if "\u0400" <= char <= "\u04ff" and char != "Ё":
        return char  # Й is a letter of its own
    base = unicodedata.normalize("NFD", char)[0].translate(_LETTERS)
    return base if base.isalpha() else "#"
