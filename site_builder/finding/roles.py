"""Words before a name that are no part of it: titles, offices, trades, kin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from site_builder.finding.spelling import words

CAPITALISED: Final = words(
    "President Prime Minister Premier Chancellor Secretary General Ambassador Senator Governor "
    "Mayor Colonel Captain Lieutenant Sergeant Major Admiral Commander Sheriff Director Chairman "
    "Chairwoman Chairperson Chair Chief Professor Doctor Judge Justice Attorney Spokesman "
    "Spokeswoman Spokesperson Coach King Queen Prince Princess Pope Archbishop Bishop Sheikh "
    "Sheikha Ayatollah Mr Mrs Ms Miss Mx Dr Sir Lord Lady Dame Sen Rep Gov Gov-elect Gen Col Capt "
    "Sgt Lt Maj Brig Cpl Prof Rev Deputy Vice Former Acting Executive Officer CEO CFO COO CTO CIO "
    "Saint Emperor Empress Imam Rabbi Cardinal Hon Congressman Congresswoman Representative "
    "Speaker Whip Minority Majority Leader Manager Editor Founder Detective Inspector Constable "
    "Superintendent Commissioner Count Countess Baron Baroness Duke Duchess Earl Viscount Marquess "
    "Marquis Archduke Sultan Emir Shah Tsar Czar Kaiser Mullah Maulana Hojatoleslam Caliph Pasha "
    "Father Fr Brother Sister Reverend Pastor Deacon Canon Abbot Vicar Monsignor Coroner "
    "Magistrate Prosecutor Solicitor Barrister Lawyer Counsel Marshal Brigadier Private Corporal "
    "Commodore Ensign Airman Engineer Author Actor Actress Singer Rapper Musician Composer "
    "Conductor Director Producer Writer Reporter Photographer Correspondent Columnist Presenter "
    "Anchor Teacher Lecturer Principal Headmaster Dean Provost Rector Fellow Researcher Historian "
    "Analyst Strategist Adviser Advisor Aide Assistant Candidate Nominee Incumbent Opposition "
    "Councillor Councilor Councilman Councilwoman Alderman Assemblyman Assemblywoman Delegate "
    "Treasurer Comptroller Auditor Ombudsman Envoy Consul Attaché Taoiseach Tánaiste Midfielder "
    "Striker Goalkeeper Defender Winger Quarterback Pitcher Madame Monsieur Señor Herr Frau "
    "Mme Mlle Sra Srta Dra Dña "
    "Victim Suspect Defendant Officer Agent Trooper Firefighter Paramedic Nurse Pilot Skipper "
    "Seyyed Seyed Sayyid Hajiya Alhaji Cllr Supt Insp Cdr Cmdr Adm Eng Engr Msgr Monsenor Monseñor "
    "Hajj "
    "Secretary-General Under-Secretary MP MEP MSP MPP Democrat Republican"
)
"""As they stand before a name in a headline's or a newspaper's style, without a point."""

_SMALL: Final = words(
    "president premier minister chancellor secretary ambassador senator governor mayor general "
    "colonel captain lieutenant sergeant major admiral commander sheriff director chair chief "
    "professor doctor judge justice attorney lawyer coach manager editor founder co-founder "
    "cofounder owner co-owner author co-author writer actor actress singer designer engineer "
    "analyst researcher scientist artist journalist reporter archbishop bishop pope imam sheikh "
    "ayatollah rabbi candidate leader officer prince princess king queen commissioner councillor "
    "councilor deputy wife husband son daughter brother sister father mother driver goalkeeper "
    "striker midfielder defender winger predecessor successor colleague friend boyfriend "
    "girlfriend fiancé fiancée partner spouse widow widower grandson granddaughter grandfather "
    "grandmother nephew niece uncle aunt cousin stepson stepdaughter half-brother half-sister "
    "brother-in-law sister-in-law father-in-law mother-in-law son-in-law daughter-in-law teacher "
    "player trumpeter drummer rapper painter photographer producer filmmaker composer dancer boxer "
    "wrestler swimmer skier footballer cricketer golfer runner rider programmer preacher adviser "
    "advisor inventor sculptor mentor rector dean provost fellow undergraduate student graduate "
    "expert activist poet novelist critic chef architect surgeon nurse pilot priest monk nun "
    "envoy consul aide teammate skipper pitcher catcher quarterback linebacker guard forward "
    "campaigner organizer organiser volunteer farmer banker broker trader developer blogger "
    "member worker resident lawmaker legislator homeowner forecaster survivor witness tenant "
    "neighbour neighbor customer passenger shopkeeper dealer trainer speaker negotiator "
    "presenter broadcaster columnist correspondent warlord soldier sailor explorer"
)
_TRADE: Final = re.compile(
    r"\w{3,}(?:ists?|icians?|orians?|edians?|arians?|ographers?|onomers?|ophers?|smen|sm[ae]n)"
    r"|(?:chair|spokes|congress|business|sports|front|fire|police|crafts|states|clergy)"
    r"(?:man|woman|person|men|women)")
_TRADE_CAPITALISED: Final = re.compile(r"[A-Z]\w{3,}(?:ist|ician|ographer|onomer|elect)")


@lru_cache(maxsize=4096)
def is_title(word: str) -> bool:
    """Whether a capitalised word before a name is no part of it: "Scientist", "Gen."."""
    bare = word.rstrip(".")
    if bare in CAPITALISED:
        return True
    if "-" in bare:  # Vice-President, President-elect
        return any(part in CAPITALISED for part in bare.split("-"))
    return _TRADE_CAPITALISED.fullmatch(bare) is not None


@lru_cache(maxsize=4096)
def is_role(word: str) -> bool:
    """Whether a small word before a name says what somebody does or is: "astronomer", "wife"."""
    return word in _SMALL or _TRADE.fullmatch(word) is not None or (
        "-" in word and any(part in _SMALL for part in word.split("-")))  # co-author

