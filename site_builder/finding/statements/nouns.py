"""Words for those who speak and have no name: roles, bodies; and words that are neither."""

from __future__ import annotations

import re
from typing import Final

from site_builder.finding.signs import DATES
from site_builder.finding.spelling import words

ROLES: Final = words(
    "spokesman spokeswoman spokesperson spokespeople spokespersons official officials analyst "
    "analysts expert experts researcher researchers scientist scientists witness witnesses "
    "eyewitness eyewitnesses resident residents source sources minister ministers president "
    "presidents premier chancellor leader leaders lawyer lawyers attorney prosecutor prosecutors "
    "judge judges doctor doctors nurse nurses critic critics activist activists protester "
    "protesters protestors officer officers director manager professor author authors co-author "
    "engineer captain mayor governor senator senators chairman chairwoman chair secretary "
    "ambassador commissioner sheriff chief coach owner founder editor writer journalist "
    "journalists reporter reporters player team-mate family parents mother father "
    "wife husband brother sister son daughter people employees workers students student teacher "
    "teachers users customers "
    "others some many observers relatives neighbours neighbors fans investigators firefighters "
    "soldiers commander general lawmakers legislators candidate candidates princess prince king "
    "queen pope dispatcher speaker man woman boy girl clerk inspector publisher translator "
    "goalkeeper attaché envoy envoys representative representatives diplomat diplomats member "
    "members interviewee citizens citizen authorities organisers organizers campaigners opponents "
    "supporters rebels troops staff prisoners men women several acquaintance acquaintances friend "
    "friends colleague colleagues scholar scholars historian historians economist economists pilot "
    "driver passengers passenger survivor survivors victim victims ayatollah emir sultan monarch "
    "head heads deputy delegates adviser advisor advisers farmers traders villagers locals "
    "astronomers astronomer biologist ecologist ecologists physicist republicans democrats "
    "administrator congressman congresswoman justice detective superintendent constable sergeant "
    "bishop archbishop cardinal reverend rabbi imam sheikh lieutenant colonel major admiral "
    "trustee councillor councilor taoiseach guitarist singer actor actress artist musician "
    "broadcaster presenter host comedian filmmaker producer entrepreneur billionaire developer "
    "designer programmer technician consultant strategist pollster campaigner organiser organizer "
    "blogger columnist correspondent anchor commentator footballer striker rapper whistleblower "
    "refugee refugees migrant migrants nun priest pastor vicar monk shopkeeper neighbour neighbor "
    "interviewees respondents participants attendees volunteers advocates advocate scholar "
    "investigator regulator regulators auditor auditors coroner medic medics paramedic paramedics "
    "biologists physicists chemist chemists geologist seismologist meteorologist meteorologists "
    "epidemiologist epidemiologists psychologist sociologist anthropologist archaeologist "
    "archaeologists mathematician statistician surgeon dentist vet veterinarian pharmacist "
    "supervisor superintendent headteacher principal dean provost rector lecturer fellow "
    "negotiator negotiators peacekeepers commanders captains coaches directors managers editors "
    "partner partners client clients supplier suppliers insurer insurers lender lenders creditor "
    "creditors shareholder shareholders investor investors buyer seller landlord landlords "
    "counterpart counterparts lawmaker legislator legislator parliamentarian mp politician "
    "politicians cleric clerics preacher patriarch pontiff majesty highness holiness excellency "
    "plaintiff plaintiffs insurgents fighters militants gunmen undersecretary worshippers "
    "pilgrims trader businessmen drivers vendor vendors merchant merchants fisherman fishermen "
    "sheikhs elder elders mourner mourners demonstrator demonstrators militant fighter insurgent "
    "rescuer rescuers firefighter policeman policemen soldier veteran veterans detainee "
    "detainees inmate inmates prisoner hostage hostages relative aide aides confidant ally allies "
    "rival rivals opponent statesman delegate chairperson ombudsman consul consuls mediator "
    "mediators inspectors observer specialist specialists academic academics professors tourist "
    "tourists pensioner worker employee executive executives banker bankers broker mufti "
    "republican democrat couple testers tenants pensioners "
    "another both sibling siblings cousin cousins uncle aunt nephew niece "
    "grandfather grandmother widow widower girlfriend boyfriend fiancé fiancée teenager "
    "teenagers child children toddler youth youths "
    "businessman businesswoman voter voters defendant defendants nominee "
    "proverb guide trainer farmer ceo cto cfo mp mps mep pm "
    "librarian archivist curator electrician plumber carpenter hairdresser bartender waiter "
    "waitress caretaker cleaner janitor miner trucker chauffeur steward stewardess lifeguard "
    "ranger bodyguard brigadier palaeontologist paleontologist neuroscientist oceanographer "
    "climatologist volcanologist virologist immunologist oncologist cardiologist psychiatrist "
    "neurologist paediatrician pediatrician therapist counsellor counselor midwife carer caregiver "
    "naturalist zoologist botanist entomologist ornithologist geneticist microbiologist "
    "geographer criminologist linguist philosopher theologian tutor instructor headmaster "
    "headmistress pupil classmate roommate housemate flatmate undergraduate graduate novelist poet "
    "playwright essayist biographer screenwriter songwriter lyricist composer violinist cellist "
    "pianist drummer bassist vocalist soprano choreographer sculptor painter illustrator "
    "cartoonist photographer cameraman cinematographer architect midfielder winger batsman bowler "
    "cricketer golfer sprinter swimmer cyclist boxer wrestler skier jockey umpire referee pundit "
    "manager financier accountant barrister solicitor magistrate juror complainant claimant "
    "appellant petitioner informant suspect assailant attacker bystander passer-by passers-by "
    "onlooker motorist pedestrian commuter shopper homeowner tenant renter islander tribesman "
    "tribesmen shepherd herder grower smallholder restaurateur hotelier landlady jeweller tycoon "
    "magnate philanthropist donor lobbyist speechwriter insider loyalist hardliner separatist "
    "nationalist islamist unionist socialist backbencher dignitary ringleader warlord smuggler "
    "trafficker hacker jihadist kidnapper captor burglar robber defector dissident evacuee "
    "returnee orphan patient caller viewer listener reader subscriber spectator parishioner "
    "chaplain missionary councilman councilwoman assemblyman assemblywoman alderman comptroller "
    "treasurer registrar panellist panelist moderator marcher rioter looter settler creator "
    "inventor coder gamer youtuber influencer podcaster socialite grandparent grandson "
    "granddaughter stepfather stepmother mum mom dad twin spouse teammate")
BODIES: Final = words(
    "police ministry government army military court department agency company committee council "
    "office party union group organization organisation newspaper channel network association "
    "institute commission embassy report study survey statement letter media agencies body team "
    "parliament senate house congress assembly administration authority board bank bureau centre "
    "center charity church club college coalition corporation daily delegation federation firm "
    "force forces foundation fund guards hospital journal magazine mission movement museum "
    "organisations organizations paper press programme regime school secretariat service society "
    "station studies task-force tribunal university watchdog website site newspapers outlets "
    "governments ministries companies groups parties unions banner sign brochure poster document "
    "memo post tweet page magazine headline account figures data results statistics reports "
    "city county nation nations country countries town state palace kingdom republic "
    "campaign autopsy inquest jury proclamation summary ruling lawsuit transcript "
    "investigation investigations inquiry probe description caption notice label slogan "
    "inscription plaque message text email announcement declaration resolution motion manifesto "
    "petition book article editorial column essay research "
    "decree edict ordinance directorate directive news "
    "polling imaging analysis coalition cabinet wing opposition court legislature municipality "
    "province warning warnings guidelines guidance bulletin bulletins notices alert alerts suit "
    "documents comment comments remark remarks "
    "projections projection forecasts calculations numbers constitution treaty leaflet leaflets "
    "letters messages "
    "television tv bloc blocs side sides outlet channels faction factions alliance militia "
    "militias resistance consulate command brigade brigades navy tribe tribes presidency junta "
    "syndicate chamber bourse consortium headquarters observatory leadership corps intelligence "
    "judiciary airline carrier operator manufacturer league branch newswire portal stations "
    "offices councils committees communique firms banks refinery retailer "
    "indictment complaint verdict filing communiqué release advisory poll polls estimates "
    "brief readout judgment judgement affidavit dossier memorandum circular subcommittee panel "
    "inspectorate squad regiment battalion coastguard constabulary gendarmerie subsidiary "
    "conglomerate startup carmaker automaker drugmaker chipmaker nonprofit ngo ngos think-tank "
    "caucus diocese archdiocese guild cartel cooperative weekly tabloid blog podcast platform "
    "biography memoir obituary preprint census log logs textbook supermarket academy gallery "
    "library zoo theatre theater operators manufacturers carriers airlines retailers hospitals "
    "schools courts universities newspapers broadcasters clubs churches charities")
PRONOUNS: Final = words("he she they it who which that He She They It")
PREPOSITIONS: Final = words(
    "of for from with by to in on at against about under between among near behind during after "
    "before since until over within without across into onto through via despite than like as "
    "On In At For Per From With By During After Before Since Under Within Across Through Via "
    "Despite "
    "Unlike Like Among As Of To Following following upon Upon amid Amid "
    "amongst Amongst throughout Throughout including regarding concerning per "
    "toward towards beyond beside besides except alongside")
WHEN: Final = words("in on by since until from")
"""Before a date: in March."""

ADVERBS: Final = words(
    "also there here alike alone nearby elsewhere has had have having later however then now "
    "recently previously both further again "
    "repeatedly today yesterday will would still reportedly therefore once only always never often "
    "just even afterwards himself herself themselves itself did not does do long earlier meanwhile "
    "nonetheless nevertheless instead too already since soon thus first last this next early late "
    "week month year morning evening night afternoon on ago may might must could should can ever"
) | DATES
OPENERS: Final = words(
    "And But Or Yet So Still Meanwhile However Then Also Both Later Earlier Yesterday Today Now "
    "Recently Previously Reportedly Afterwards Nevertheless Nonetheless Instead Indeed and but or "
    "yet so both though while when as where that whether if because although what how why after "
    "than While When As Though Although Because If Whether What How Why Once This That Here There "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
DETERMINERS: Final = words(
    "the The a A an An one One his His her Her their Their its Its some Some many Many several "
    "Several this This these These those Those both two three four another Another other Other "
    "all All most Most few my My our Our no No")
PARTICLES: Final = words("al bin ibn de la du van von der den del di da el y of the")
AGENT: Final = re.compile(
    r".{3,}(?:ers?|ors?|ists?|ians?|men|women|ents|ants|ees?|icists?|people)$")
THING: Final = re.compile(
    r".{3,}(?:tions?|sions?|ments?|ships?|ity|ities|isms?|ances?|ences?|age|ages|sheets?|cards?|"
    r"works?|ings?|casts?|books?|lines?|sites?|logs?|files?|ware|graph|graphs|films?|tapes?)$")
"""No list has these words, but they are nobody: a decision, the footage."""

DOCUMENTS: Final = words(
    "report reports study studies survey surveys statement statements estimate estimates analysis "
    "investigation announcement article research poll polls figures data review numbers decree "
    "projections projection forecast forecasts estimates calculations")
"""Who wrote them may be told behind “by”."""
TOKEN: Final = re.compile(r"[^\s,;:()—–\x01“”„«»\"]+|[,;:()—–“”„«»\"]")
"""A word, or a mark; what is hidden is neither."""


_RANKS: Final = ("-general", "-elect", "-chief", "-designate", "-president", "-at-large")
_KINDS: Final = dict.fromkeys(ROLES, "role") | dict.fromkeys(BODIES, "organisation")


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital, as names do: Lane, al-Sudani."""
    return word[0].isupper() or (word[2:3] == "-" and word[3:4].isupper())


def kind_of(head: str) -> str:
    """`role`, `organisation` or empty: what the last word of a phrase, in lower case, means."""
    kind = _KINDS.get(head)
    if kind is None and head[-1:] == "s" and head[:-1] in ROLES:
        return "role"  # several of them
    if kind is None:
        kind = _KINDS.get(head[3:], "") if head.startswith(("co-", "ex-")) else (
            _KINDS.get(head.partition("-")[0], "") if head.endswith(_RANKS) else "")
    return kind
