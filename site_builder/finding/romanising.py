"""Other scripts in Latin letters, well enough to suspect that two names are one person.

Arabic script leaves out short vowels, so frequent names are listed and the
rest is a guess. Cyrillic follows BGN/PCGN for Russian and Ukrainian, nearly.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from site_builder.finding.spelling import words

_PERSIAN: Final[dict[str, str]] = {
    name: latin
    for pair in words(
        "محمد:mohammad علی:ali ابراهیم:ebrahim حسین:hossein حسن:hassan احمد:ahmad محمود:mahmud "
        "رضا:reza مهدی:mehdi عباس:abbas سید:sayyid مصطفی:mostafa محسن:mohsen جواد:javad "
        "قاسم:qasem کاظم:kazem یوسف:yusuf عمر:omar اسامه:osama سعید:said خالد:khaled "
        "اکبر:akbar اصغر:asghar امیر:amir حمید:hamid مجید:majid رشید:rashid ناصر:naser "
        "صالح:saleh صدام:saddam بشار:bashar حافظ:hafez موسی:musa عیسی:isa اسماعیل:esmail "
        "سلیمان:soleiman داود:davud یعقوب:yaqub یحیی:yahya عبدالله:abdullah فاطمه:fatemeh "
        "فاطمة:fatemeh زهرا:zahra مریم:maryam زینب:zeinab نرگس:narges شیرین:shirin لیلا:leila "
        "روحانی:ruhani رئیسی:raisi خامنهای:khamenei خمینی:khomeini رفسنجانی:rafsanjani "
        "هاشمی:hashemi احمدینژاد:ahmadinejad ظریف:zarif روحالله:ruhollah سلیمانی:soleimani "
        "لاریجانی:larijani قالیباف:qalibaf موسوی:mousavi کروبی:karroubi خاتمی:khatami "
        "حسینی:hosseini محمدی:mohammadi رضایی:rezaei کریمی:karimi احمدی:ahmadi جعفری:jafari "
        "اسد:assad سیسی:sisi سودانی:sudani صدر:sadr نصرالله:nasrallah "
        "پزشکیان:pezeshkian مسعود:masoud عراقچی:araghchi "
        "امیرعبداللهیان:amirabdollahian"
    )
    for name, latin in [pair.split(":")]
}
"""Frequent names in Arabic script, which leaves out short vowels (own compilation)."""

_CONSONANTS: Final = str.maketrans(
    {
        "ا": "a", "آ": "a", "أ": "a", "إ": "e", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j",
        "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s",
        "ش": "sh", "ص": "s", "ض": "z", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q",
        "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "u", "ه": "h", "ة": "e", "ی": "i",
        "ئ": "i", "ء": "", "ؤ": "u", "ۀ": "e",
    }
)
_CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d",
        "џ": "dz",
    }
)
_GREEK: Final = str.maketrans(
    {
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
        "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
        "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)
_LATIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ß": "ss", "ı": "i",
     "ə": "a", "ħ": "h", "ŧ": "t"}
)



def romanise(word: str) -> str:
    """One word of a `name_key` in Latin letters without marks; other scripts stay as they are."""
    if word.isascii():
        return word
    if "\u0600" <= word[0] <= "\u06ff":
        bare = word.removeprefix("ال") if len(word) > 4 else word  # the article
        word = _PERSIAN.get(word) or _PERSIAN.get(bare) or bare.translate(_CONSONANTS)
    else:
        word = word.translate(_CYRILLIC)
    marks = unicodedata.combining
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not marks(c))
    return word.translate(_GREEK).translate(_LATIN)
