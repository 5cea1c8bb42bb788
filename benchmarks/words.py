"""The words of invented news: names, places and sentences. Nobody and nothing here is real."""

from __future__ import annotations

from typing import Final

GIVEN: Final = tuple("""
Adela Adrian Agnes Aidan Alba Alma Amara Amir Anders Anika Anton Arlo Asha Astrid Beatriz Bela Benno
Berta Bruno Camila Carlo Celia Chiara Clara Dalia Damian Daria Dario Davor Delia Dmitri Dora Edgar
Elena Elias Elsa Emil Enzo Erik Esra Esther Ewa Fadi Farah Felipe Fiona Flora Franz Gaspar Gemma
Goran Greta Hana Hanif Harald Hedda Hector Ida Idris Ilse Imani Ines Ingrid Irma Isak Ivana Jada
Jakob Jamila Janek Jorge Judit Julia Kamal Karin Kasper Katya Keiko Khalid Lars Laszlo Leila Lena
Leon Lidia Linus Lorna Lucia Lukas Mads Magda Malik Marek Marta Mateo Mehmet Mila Mina Mirko Nadia
Naima Nico Nils Noor Olga Omar Otto Pablo Paula Petra Pia Rafael Raisa Ramon Rana Rita Roman Rosa
Ruben Sabine Salma Samir Sara Selma Sergei Signe Silas Simone Soraya Stefan Sven Tamara Tarek Teresa
Tomas Ulla Vera Viktor Wanda Yara Yusuf Zelda Zora
""".split())
FAMILY: Final = tuple("""
Abara Achterberg Adeyemi Aldous Almeida Anderssen Arkady Asante Babic Bakker Balogh Barrasa Bekele
Belmonte Berglund Bonnard Borisov Brandt Brekke Cardoso Castellan Chaudry Corbett Costa Cravens
Dahlgren Danjuma Delacroix Demirci Dobrev Doyle Drummond Eklund Engels Escobedo Fairweather Farkas
Ferreira Fontaine Forsberg Gallo Garrido Gebre Grabowski Greenwell Gustafson Haddad Halloran Hanssen
Harrow Hidalgo Holub Horvat Ibarra Ilves Ivanek Jansen Jarvela Jovic Kallas Karam Kasprzak Keller
Kerimov Kirchner Kobayashi Kovalenko Krasner Kuusik Laszko Lindqvist Lobos Lombardi Lovric Machado
Maddox Makarov Malouf Mancini Marchetti Mbeki Mendoza Merrick Mikkelsen Molnar Morozov Mwangi
Nakamura Naumann Nekrasov Nilsen Nordin Novak Nyberg Obradovic Odell Okafor Olsson Onwudiwe Orlov
Ostrander Ozturk Palacios Pavlik Pedrosa Petrosyan Pilar Popescu Quintero Radev Ramirez Rasmussen
Reinholt Ribeiro Rossi Rousseau Sabri Salazar Samaras Santoro Schaefer Serrano Shevchenko Silvestri
Skoglund Sobol Sorensen Stankovic Strand Takala Tamm Tavares Thorne Tolstik Urbina Valdez Varga
Vasquez Velho Vidal Vogel Wahlberg Wexford Winther Yildiz Zamora Zelenko Ziegler
""".split())
# The members of the United Nations, in the short English forms that newspapers use.
COUNTRIES: Final = tuple(name.strip() for name in """
United States; China; Russia; United Kingdom; France; Germany; India; Iran; Israel; Ukraine; Japan;
Turkey; Iraq; Syria; Saudi Arabia; Brazil; Italy; Spain; Canada; Australia; Pakistan; Afghanistan;
Egypt; South Korea; North Korea; Mexico; Poland; South Africa; Nigeria; Indonesia; Netherlands;
Belgium; Sweden; Greece; Switzerland; Lebanon; Jordan; Yemen; Libya; Argentina; Colombia; Venezuela;
Cuba; Chile; Peru; Ethiopia; Kenya; Sudan; Somalia; Qatar; United Arab Emirates; Kuwait; Oman;
Bahrain; Austria; Hungary; Romania; Bulgaria; Serbia; Croatia; Bosnia and Herzegovina; Albania;
Norway; Denmark; Finland; Iceland; Ireland; Portugal; Belarus; Moldova; Georgia; Armenia;
Azerbaijan; Kazakhstan; Uzbekistan; Turkmenistan; Kyrgyzstan; Tajikistan; Mongolia; Vietnam;
Thailand; Malaysia; Singapore; Philippines; Myanmar; Cambodia; Laos; Bangladesh; Sri Lanka; Nepal;
Bhutan; Maldives; New Zealand; Fiji; Papua New Guinea; Solomon Islands; Vanuatu; Samoa; Tonga;
Kiribati; Tuvalu; Nauru; Palau; Micronesia; Marshall Islands; Morocco; Algeria; Tunisia; Mauritania;
Mali; Niger; Chad; Senegal; Gambia; Guinea; Guinea-Bissau; Sierra Leone; Liberia; Ivory Coast;
Ghana; Togo; Benin; Burkina Faso; Cameroon; Gabon; Equatorial Guinea; Central African Republic;
Uganda; Rwanda; Burundi; Tanzania; Mozambique; Malawi; Zambia; Zimbabwe; Angola; Namibia; Botswana;
Lesotho; Eswatini; Madagascar; Mauritius; Seychelles; Comoros; Djibouti; Eritrea; South Sudan;
Cape Verde; Czech Republic; Slovakia; Slovenia; Montenegro; North Macedonia; Estonia; Latvia;
Lithuania; Luxembourg; Malta; Cyprus; Monaco; Andorra; San Marino; Liechtenstein; Ecuador; Bolivia;
Paraguay; Uruguay; Guyana; Suriname; Panama; Costa Rica; Nicaragua; Honduras; El Salvador;
Guatemala; Belize; Jamaica; Haiti; Dominican Republic; Bahamas; Barbados; Trinidad and Tobago;
Grenada; Dominica; Saint Lucia; Antigua and Barbuda; Brunei
""".split(";"))
SECTIONS: Final = (
    "World", "Politics", "Economy", "Security", "Diplomacy", "Environment", "Culture", "Science",
    "Sport",
)
ROLES: Final = (
    "Minister of Finance", "Minister of Foreign Affairs", "Member of Parliament", "Ambassador",
    "Governor of the Central Bank", "Chief of Staff", "Leader of the Opposition", "Prime Minister",
    "President of the Football Association", "Secretary-General", "Mayor", "Chief Negotiator",
    "Director of the Water Authority", "Historian", "Judge of the Constitutional Court",
)
FILLERS: Final[dict[str, tuple[str, ...]]] = {
    "place": tuple("""
Aldermouth Barrowfield Castelmar Dunhaven Eastmarch Ferrisport Granholm Harrowgate Iverness-on-Sea
Jessamine Kestrelby Larkhaven Marrowdale Northmere Oldbridge Pellworth Queensferry Ravensholt
Saltmarsh Thornbury Upperton Valdemar Westerlund Yarrowfield
""".split()),
    "body": (
        "parliament", "the cabinet", "the central bank", "the foreign ministry", "the high court",
        "the port authority", "the trade union federation", "the election commission",
        "the regional council", "the water board", "the statistics office", "the employers’ federation",
        "the army’s general staff", "the football association", "the academy of sciences",
        "the national museum", "the public prosecutor", "the audit office",
    ),
    "matter": (
        "a new gas contract", "the price of bread", "the border agreement", "fishing rights",
        "the railway to the coast", "the budget for next year", "the release of prisoners",
        "a loan of two billion", "the water of the upper river", "the reform of pensions",
        "visas for students", "the extradition treaty", "customs duties on steel",
        "the return of refugees", "the electricity grid", "the ceasefire", "the dam at the frontier",
        "the licence of the mobile network", "the repair of the pipeline", "grain exports",
        "the date of the election", "the sale of the airline", "the drought in the south",
    ),
    "group": (
        "farmers", "teachers", "dock workers", "engineers", "pensioners", "border guards", "students",
        "hospital doctors", "lorry drivers", "fishermen", "small traders", "railwaymen",
        "miners", "journalists", "supporters", "shopkeepers",
    ),
    "verb": (
        "postponed", "approved", "rejected", "discussed", "reopened", "welcomed", "criticised",
        "put off a decision on", "agreed on", "quarrelled over", "withdrew from talks about",
        "promised to look again at", "signed a paper about", "ordered an inquiry into",
    ),
    "adverb": (
        "reluctantly", "without debate", "after a night of talks", "by a narrow majority",
        "to nobody’s surprise", "at short notice", "behind closed doors", "in the end", "once more",
        "with two abstentions", "in spite of protests",
    ),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "season": ("spring", "summer", "autumn", "winter", "the new year", "the end of the month"),
    "said": ("said", "told reporters", "said on the radio", "wrote", "said later", "told parliament"),
    "thing": (
        "the road", "the harbour", "the refinery", "the bridge", "the power station", "the stadium",
        "the old market", "the airport", "the archive", "the hospital", "the reservoir", "the mill",
    ),
    "quality": (
        "expensive", "necessary", "late", "popular", "unfinished", "disputed", "forgotten", "modest",
        "overdue", "fragile", "unwelcome", "long expected",
    ),
}
SENTENCES: Final = tuple(line for line in """
{body!c} {verb} {matter} on {weekday}, {adverb}.
The decision concerns {matter} and, in the view of most observers in {place}, will cost more than has been admitted.
{person} arrived in {place} on {weekday} with a delegation of {number} and left before noon.
Officials in {country} confirmed that {matter} had been on the agenda, but gave no figures.
About {number} {group} gathered in front of {thing} in {place}, where they stayed until the evening.
{surname} did not answer questions about {matter}.
It was the {ordinal} meeting of its kind since {season}, and the first at which {country} was represented.
According to {body}, {percent} per cent of the money has been spent; the rest is held back until {season}.
The {group} want {matter} to be settled before {season}, and have threatened to close {thing} if it is not.
{country} and {country2} have argued about {matter} for {number} years.
Nobody in {place} expects {thing} to be ready in time.
{thing!c} was {quality} even before the flood, and the repairs have been {quality} ever since.
The {group} of {place}, who have heard such promises before, went back to work on {weekday}.
In a statement of {number} lines {body} called the plan {quality} and asked for more time.
{person} and {person2} met for the first time since {season}; they spoke for less than an hour.
What {surname} wants is {matter}, and a date.
Prices rose by {percent} per cent in {country}, more than in any month since records began.
A spokesman for {body} said that {matter} remained open and that a date would be named in {season}.
The first lorries crossed the frontier at {place} shortly after dawn, {number} of them, with flour and medicine.
Since {season} the talks have been held in {place}, half way between the two capitals.
{surname}, who has held the office for {number} years, is thought to favour {matter}.
The report, which runs to {number} pages, finds that {thing} was {quality} and that nobody was told.
Two members of {body} voted against it, and one left the room.
The opposition called the result {quality}; the government called it a beginning.
It rained in {place} for {number} days, and then it did not rain until {season}.
For {country}, which imports most of what it burns, {matter} is a question of the coming winter.
The match ended {digit}–{digit2}; the {group} in the stand behind the goal had left by then.
Historians of {country} disagree about what happened next, and the papers are still closed.
There are {number} villages on this side of the river and, since the bridge fell, no way across.
The minister’s office said that {person} had been informed and had raised no objection.
A similar plan was {quality} in {country2}, where it was given up after {number} months.
Whether {body} can pay for it is another matter.
The talks on {matter} will go on in {place} on {weekday}.
Of the {number} people who had signed, {digit} came.
""".strip().splitlines() if line)
QUOTES: Final = tuple(line for line in """
“We have waited {number} years for {matter}, and we can wait until {season},” {speaker} {said}.
“Nobody asked the {group},” {speaker} {said}. “They would have told us that {thing} is {quality}.”
“This is not about {matter}; it is about who decides,” {speaker} {said} in {place}.
“I have read all {number} pages,” {speaker} {said}, “and I still do not know who pays.”
“{country} will keep its word,” {speaker} {said}. “We ask no more of {country2}.”
{speaker} {said}: “If it is {quality}, let them say so, and let them say it before {season}.”
“It is a small step,” {speaker} {said}, “but it is a step.”
“Without {thing} there is no work here,” {speaker} {said}. “Everybody in {place} knows that.”
""".strip().splitlines() if line)
CROSSHEADS: Final = (
    "What was agreed", "The {group} of {place}", "A question of money", "After the flood",
    "Who pays for {thing}", "The view from {country}", "Old quarrels", "{surname} and the {group}",
    "What comes next", "Behind closed doors", "The figures", "A long {season2}", "Waiting for {body}",
    "The road to {place}", "Two answers", "Nothing in writing", "The other side", "Why now",
)
TITLES: Final = (
    "{surname} and {surname2} meet in {place}", "{country} and {country2} argue about {matter}",
    "{body!c} {verb} {matter}", "{place} waits for {thing}", "{surname} asks {country} for patience",
    "{number} {group} march in {place}", "In {country}, {matter} becomes a question of state",
    "{surname} leaves {place} without an answer", "What {country} owes {country2}",
    "{thing!c} of {place} is {quality}", "{surname} in {country2}: a visit of {number} hours",
)
ITEMS: Final = (
    "{matter!c}, to be settled before {season}", "{percent} per cent for {place}, the rest for {body}",
    "a commission of {number} members, led by {surname}", "free passage for {group} on {weekday}s",
    "the repair of {thing}, at the expense of {country}", "no new talks until {season}",
)
