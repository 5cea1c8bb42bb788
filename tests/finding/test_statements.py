"""Who says what."""

from __future__ import annotations

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.new_names import new_names
from site_builder.finding.statements import Ruling, correct, statements
from site_builder.finding.statements.verbs import speech
from site_builder.model import Passage, Person, Statement
from tests.conftest import ROOT

FINDER = Finder([
    Person(id="raisi", name="Ebrahim Raisi"), Person(id="sudani", name="Mohammed Shia al-Sudani"),
], Atlas("en"), "en")


def read(*texts: str) -> tuple[list[Passage], tuple[Statement, ...]]:
    passages = [Passage("", text) for text in texts]
    mentions = FINDER.find(passages)
    return passages, statements(passages, mentions, new_names(passages, mentions))


def said(*texts: str) -> list[tuple[str, str, str]]:
    """(kind, speaker, words) of each statement."""
    passages, found = read(*texts)
    return [
        (s.kind, s.speaker or s.name,
         " | ".join(passages[n].text[start:end] for n, start, end in s.parts))
        for s in found
    ]


@pytest.mark.parametrize(("text", "speaker", "words"), [
    ("“The water will come in May,” Ebrahim Raisi said.", "raisi", "The water will come in May,"),
    ("“The water will come in May,” said Ebrahim Raisi.", "raisi", "The water will come in May,"),
    ("Ebrahim Raisi said: “The water will come in May.”", "raisi", "The water will come in May."),
    ('"The water will come in May," said Ebrahim Raisi.', "raisi", "The water will come in May,"),
    ("‘The water won’t come in May,’ said Ebrahim Raisi.", "raisi", "The water won’t come in May,"),
    ("«The water will come in May», said Ebrahim Raisi.", "raisi", "The water will come in May"),
    ("“The water will come in May,” said Laura Stone, a clerk.", "Laura Stone",
     "The water will come in May,"),
    ("“Will the water come in May?” Laura Stone asked.", "Laura Stone",
     "Will the water come in May?"),
    ("“The water will come in May,” the ministry said.", "ministry",
     "The water will come in May,"),
    ("“The water will come in May,” said a spokesman.", "spokesman",
     "The water will come in May,"),
    ("“The water will come in May.”", "", "The water will come in May."),
])
def test_direct(text: str, speaker: str, words: str) -> None:
    assert said(text) == [("direct", speaker, words)]


def test_a_pronoun_is_the_last_speaker_who_fits() -> None:
    assert said(
        "Ebrahim Raisi came to Baghdad on Monday with two ministers.",
        "“We have signed fourteen papers today,” he said.",
    ) == [("direct", "raisi", "We have signed fourteen papers today,")]


def test_a_quotation_that_is_interrupted_has_one_speaker() -> None:
    assert said("“It was not on my desk,” said Laura Stone, “and nobody told me of it.”") == [
        ("direct", "Laura Stone", "It was not on my desk,"),
        ("direct", "Laura Stone", "and nobody told me of it."),
    ]


def test_a_quotation_that_runs_over_paragraphs_is_one() -> None:
    assert said(
        "Laura Stone, a clerk, spoke on Monday.",
        "“This is the first part of it", "“and this is the last part,” Stone said.",
    ) == [("direct", "Laura Stone", "This is the first part of it | and this is the last part,")]


@pytest.mark.parametrize(("text", "speaker"), [
    ("Ebrahim Raisi said that the dam would hold.", "raisi"),
    ("The dam, Ebrahim Raisi said, would hold.", "raisi"),
    ("According to the ministry, the dam will hold.", "ministry"),
    ("The party of Ebrahim Raisi, the ministry said on Monday, lost two seats.", "ministry"),
])
def test_reported(text: str, speaker: str) -> None:
    assert said(text) == [("reported", speaker, text)]


@pytest.mark.parametrize("text", [
    "It was a “so-called deal” of two firms.",
    "Ebrahim Raisi walked to the river and back.",
    "It is said that the dam will hold.",
    "He wrote “The Long Way” in 1999.",
])
def test_no_statement(text: str) -> None:
    assert said(text) == []


def test_the_next_sentence_does_not_speak_for_the_last() -> None:
    found = said(
        "Laura Stone said “we are keeping the border safe today.” Ebrahim Raisi said on Friday "
        "“we asked for the papers once again.”")
    assert [speaker for _, speaker, _ in found] == ["Laura Stone", "raisi"]


def test_an_editor_corrects_the_speaker() -> None:
    passages, found = read("“The water will come in May,” Ebrahim Raisi said.")
    rulings = [Ruling("The water will come…", "sudani", "Al-Sudani", "person"), Ruling("Another")]
    (mended,), unfit = correct(found, rulings, passages)
    assert (mended.speaker, mended.speaker_kind, mended.confidence) == ("sudani", "person", 1.0)
    assert unfit == ((1, ()),)
    assert correct(found, [Ruling("the WATER", ignore=True)], passages) == ((), ())


@pytest.mark.parametrize(("text", "speaker"), [
    # a body, and the person beside it
    ("Ebrahim Raisi’s office said that the dam would hold.", "Ebrahim Raisi’s office"),
    ("A spokesman for Ebrahim Raisi said that the dam would hold.", "spokesman"),
    ("The Harbour Board engineer Paula Weiss said that the dam would hold.", "Paula Weiss"),
    ("The Harbour Board (HB) said that the dam would hold.", "Harbour Board"),
    ("In a speech to the Harbour Board, Ebrahim Raisi said that the dam would hold.", "raisi"),
    ("On Monday the ministry said that the dam would hold.", "ministry"),
    ("Iraq says that the dam will hold.", "Iraq"),
    # appositions and clauses
    ("Ebrahim Raisi, the president, said that the dam would hold.", "raisi"),
    ("The president, Ebrahim Raisi, said that the dam would hold.", "raisi"),
    ("Ebrahim Raisi, who came by car, said that the dam would hold.", "raisi"),
    ("Mohammed Shia al-Sudani met Ebrahim Raisi, who said that the dam would hold.", "raisi"),
    ("According to his sister, Leila, the dam would hold.", "Leila"),
    ("President of the town of Ur Ebrahim Raisi said that the dam would hold.", "raisi"),
    # turned round
    ("The dam, said Ebrahim Raisi, would hold.", "raisi"),
    ("The charge was denied by Ebrahim Raisi.", "raisi"),
    ("It slipped: in March Iran announced that it would not come.", "Iran"),
    ("An unnamed clerk told Ebrahim Raisi that the dam would hold.", "unnamed clerk"),
    ("Several witnesses say that the dam held.", "several witnesses"),
    ("Ebrahim Raisi asked for papers and said that the dam would hold.", "raisi"),
])
def test_whose_words_a_sentence_reports(text: str, speaker: str) -> None:
    (found,) = said(text)
    assert found[0] == "reported"
    assert found[1].startswith(speaker)


@pytest.mark.parametrize("text", [
    "Ebrahim Raisi was asked for papers on Monday.",
    "The reports of Ebrahim Raisi lay on the table.",
    "Pakistan recalled its ambassador on Monday.",
    "Ebrahim Raisi could say nothing of it.",
    "Two rooms were added by an architect in 1992.",
    "And Ebrahim Raisi said unto them that it was so.",
    "The custom was continued by her daughters.",
    "The ship, called “Star”, left on Monday with Ebrahim Raisi.",
    "The stated aim of Ebrahim Raisi was peace.",
    "Ebrahim Raisi called a meeting of the council together.",
])
def test_verbs_that_report_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(("texts", "speakers"), [
    (("Ingrid Solberg and Karim Benali came.", "“I draw all of the lines,” she said.",
      "“She draws them through lakes,” he said."), ["Ingrid Solberg", "Karim Benali"]),
    (("Ingrid Solberg met Karim Benali. “I draw all of the lines,” she said.",), ["Ingrid Solberg"]),
    (("The Harbour Board met on Monday. It said that the dam would hold.",), ["Harbour Board"]),
    (("The engineers met on Monday. They said that the dam would hold.",), ["engineers"]),
    (("Stefan Brandt, the coach, came. The coach said that they would win.",), ["Stefan Brandt"]),
    (("Leila Haddad owns it. Samir Haddad came. “We bake what she likes,” he said.",),
     ["Samir Haddad"]),
])
def test_he_and_she_it_and_they(texts: tuple[str, ...], speakers: list[str]) -> None:
    assert [speaker for _, speaker, _ in said(*texts)] == speakers


@pytest.mark.parametrize(("texts", "expected"), [
    (("Said Laura Stone: “I saw it in the net.”",), [("Laura Stone", "I saw it in the net.")]),
    (("In a statement, the board said: “A crane does not sign.”",),
     [("board", "A crane does not sign.")]),
    (("Laura Stone came, adding, “It must not happen again.”",),
     [("Laura Stone", "It must not happen again.")]),
    (("Laura Stone did not agree:", "“They have found other things in them.”"),
     [("Laura Stone", "They have found other things in them.")]),
    (("“He rang and said ‘You are not to leave’ to me,” Laura Stone said.",),
     [("Laura Stone", "He rang and said ‘You are not to leave’ to me,")]),
    (("“They will need two people,” she said. Laura Stone laughed.",),
     [("Laura Stone", "They will need two people,")]),
    (("Laura Stone spoke. “This is the first part. This is the second.”",),
     [("Laura Stone", "This is the first part. This is the second.")]),
    (("“We are not one of them,” the board said. “We are not the other.”",),
     [("board", "We are not one of them,"), ("board", "We are not the other.")]),
    (("It is known as “friend to all and enemy to none” here.",), []),
    (("She wrote “The Long Way Home From Here” then.",), []),
])
def test_quotations_and_whose_they_are(
    texts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert [(speaker, words) for kind, speaker, words in said(*texts)
            if kind == "direct"] == expected


def test_two_speakers_in_one_sentence_are_two_statements() -> None:
    text = "Ebrahim Raisi said that it held, and the ministry said that it did not."
    assert [(kind, speaker) for kind, speaker, _ in said(text)] == [
        ("reported", "raisi"), ("reported", "ministry")]


@pytest.mark.timeout(60)  # a pattern that went back over all of them took minutes
def test_words_without_end_behind_a_verb_cost_no_time() -> None:
    passages = [Passage("", f"The dam, said {' '.join(['w' * 60] * 6)}; it held.")]
    assert len(statements(passages, ())) == 1


@pytest.mark.timeout(15)  # each verb looked at all that stands before it: half a minute
@pytest.mark.parametrize("text", ['the board said "a "b ' * 7000, '"a b c d." He said, ' * 14_000])
def test_a_sentence_without_end_costs_no_time(text: str) -> None:
    assert statements([Passage("", text)], ())


@pytest.mark.parametrize("letter", ["é", "č", "ß", "ы", "_", "7"])
def test_a_word_that_goes_on_is_no_verb(letter: str) -> None:
    assert said("The ministry said that it held.") != []
    assert said(f"The ministry said{letter} that it held.") == []
    assert said(f"The ministry {letter}said that it held.") == []


@pytest.mark.parametrize("mark", ["—", "…", "\u200b", "/", "*", "”", "\xa0"])
def test_any_mark_ends_a_verb(mark: str) -> None:
    assert [speaker for _, speaker, _ in said(f"The ministry said{mark} that it held.")] == [
        "ministry"]


def test_verbs_are_written_in_ascii() -> None:
    speech_of_english = speech("en")
    assert speech_of_english is not None
    assert all(verb.isascii() for verb in speech_of_english.kinds)  # Speech.places relies on it


def test_texts_of_a_language_without_verbs_have_quotations_only() -> None:
    passages = [Passage("", "„Het water komt in mei”, zei Laura Stone.")]
    (found,) = statements(passages, FINDER.find(passages), (), "nl")
    assert (found.kind, found.speaker_kind) == ("direct", "none")


@pytest.mark.parametrize(("text", "names"), [
    ("Foreign Minister Anna Kovač came.", ["Anna Kovač"]),
    ("Santa Clara County Sheriff Bill Brown said no.", ["Bill Brown"]),
    ("Ebrahim Raisi met Laura Stone in the Grand Hotel.", ["Laura Stone"]),
    ("The United Nations met the Labour Party in New York on Monday.", []),
    ("They walked over Golden Gate Bridge.", []),
    # bodies, places and things, whatever comes back of them
    ("The Perth Glory won. Glory to them. Glory lost. Perth Glory said so.", []),
    ("The Center for Food Safety said no. Food Safety said it again; safety first.", []),
    ("They met the Scripps Oceanography people and the Anna Kovač Foundation.", []),
    ("St. Louis Cardinals won in Los Angeles, at Deir al-Zor and with Jaish al-Adl.", []),
    ("Ontario MPP and CBS Cable came back. MPP and Cable, said CBS.", []),
    ("The Soviet Union’s Voskhod flew. Voskhod landed.", []),
    # titles, roles and nations are no part of a name
    ("Scientist Laura Stone and Taoiseach Leo Varga came.", ["Laura Stone", "Leo Varga"]),
    ("Ukraine’s president met Brigadier General Anna Kovač and French Count Emil Moreau.",
     ["Anna Kovač", "Emil Moreau"]),
    ("The astronomer Tsvia Okonkwo-Reyes and her predecessor, Chad Zbarić, left.",
     ["Tsvia Okonkwo-Reyes", "Chad Zbarić"]),
    ("Dean Stone came.", ["Dean Stone"]),
    # what speaks for a name that no list has
    ("Laura Stone, Zbyrk Quandle and Emil Moreau came.",
     ["Laura Stone", "Zbyrk Quandle", "Emil Moreau"]),
    ("Zbyrk Quandle (born 12 May 1961) sings.", ["Zbyrk Quandle"]),
    ("It was Zbyrk al-Quandi.", ["Zbyrk al-Quandi"]),
    ("Liu Heita led them. Theresa May came with Laura North.",
     ["Liu Heita", "Theresa May", "Laura North"]),
])
def test_new_names(text: str, names: list[str]) -> None:
    passages = [Passage("", text)]
    assert [n.form for n in new_names(passages, FINDER.find(passages))] == names


def test_a_surname_alone_is_no_strangers_where_somebody_of_the_records_has_it() -> None:
    passages = [Passage("", "Ebrahim Raisi met Laura Raisi. Raisi left.")]
    (name,) = new_names(passages, FINDER.find(passages))
    assert (name.form, len(name.spans)) == ("Laura Raisi", 1)



@pytest.mark.parametrize(("text", "speaker"), [
    # verbs
    ("Laura Stone expressed hope that the dam would hold.", "Laura Stone"),
    ("The board issued a statement saying that the dam would hold.", "board"),
    ("The ministry revealed that the dam had cracks.", "ministry"),
    ("The Harbour Board characterised the plan as too dear.", "Harbour Board"),
    ("Ebrahim Raisi called the plan a “so-called gift”.", "raisi"),
    ("The researchers found the fish swam faster.", "researchers"),
    ("The court ruled the dam must be opened.", "court"),
    # who is the subject
    ("The US has further indicated that the dam will hold.", "US"),
    ("More than two million people said that the dam would hold.", "people"),
    ("One of the engineers said that the dam would hold.", "One of the engineers"),
    ("On Friday, the engineer, 61, said that the dam would hold.", "engineer"),
    ("A year later, Ebrahim Raisi came, saying that the dam would hold.", "raisi"),
    ("As Laura Stone, a clerk, put it: the dam will hold.", "Laura Stone"),
    ("The expert on dams, Oda Lindqvist, said that the dam would hold.", "Oda Lindqvist"),
    ("A union, the Association of Dockers, said that the dam would hold.",
     "Association of Dockers"),
    ("Laura Stone, a lawyer representing Ebrahim Raisi, said that the dam would hold.",
     "Laura Stone"),
    ("It rained all day and the ministry said that the dam would hold.", "ministry"),
    ("According to agreed facts heard in court, the dam held.", "agreed facts"),
    ("According to a survey published in May, the dam will hold.", "survey"),
    ("According to a May 14, 2019 report, the dam will hold.", "May 14, 2019 report"),
    ("The paper quoted Laura Stone as saying that the dam would hold.", "Laura Stone"),
    ("Laura Stone was quoted as saying that the dam would hold.", "Laura Stone"),
    ("Laura Stone met Ebrahim Raisi, a president of the old kind, who said that it held.",
     "raisi"),
])
def test_reported_by_all_kinds_of_speakers(text: str, speaker: str) -> None:
    found = said(text)
    assert [name for _, name, _ in found] == [speaker]


@pytest.mark.parametrize("text", [
    "We said that the dam would hold.",
    "Last year I told the board of it.",
    "As you say, the dam will hold.",
    "No ministry claimed the dam on Monday.",
    "Laura Stone wrote the code of the machine.",
    "Laura Stone added a section to the guide.",
    "Laura Stone told a story of the river.",
    "The rooms are sorted according to size.",
    "The party fights for states’ rights.",
    "The 41 pledged votes went to Laura Stone.",
    "Some estimated costs were too low.",
    "The weekly team reports, and the lists, were long.",
    "Votes are collected and reported by machine.",
    "Faced with the flood, the farmers finally agreed to a plan.",
    "Laura Stone explains how to mend a net.",
    "The government declared victory on Monday.",
    "Some six billion dollars were sent, and credited on Monday to a bank.",
    "The machine was praised, and the pope will come and say Mass.",
])
def test_words_that_report_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(("texts", "speakers"), [
    # he is the subject of the sentence before, not whom somebody speaks to
    (("Karim Benali came. Speaking to Stefan Brandt of the paper, he said that it held.",),
     ["Karim Benali"]),
    (("A woman in the town told Stefan Brandt that it held. She said that it was old.",),
     ["woman", "woman"]),
    (("The office of Karim Benali was shut. The website quoted him as saying that it held.",),
     ["Karim Benali"]),
    (("They met Karim Benali. The leader told his guests that it held.",), ["Karim Benali"]),
])
def test_whom_pronouns_mean(texts: tuple[str, ...], speakers: list[str]) -> None:
    assert [speaker for _, speaker, _ in said(*texts)] == speakers


@pytest.mark.parametrize(("texts", "expected"), [
    # whoever has no record and no given name that is known
    (("“We start with a small thing,” said Sheng Hau, of the Office of Ports.",),
     [("Sheng Hau", "We start with a small thing,")]),
    (("“It is what it always was.” — Laura Stone",),
     [("Laura Stone", "It is what it always was.")]),
    (("“The water will come in May,” Laura Stone continued in the letter.",),
     [("Laura Stone", "The water will come in May,")]),
    (("Laura Stone exclaimed, “The water has come at last!”",),
     [("Laura Stone", "The water has come at last!")]),
    (("“It holds all of us,” Laura Stone said. She has “a dam that nobody can open” now.",),
     [("Laura Stone", "It holds all of us,"), ("Laura Stone", "a dam that nobody can open")]),
    (("“It holds, it holds, it holds now,\" Laura Stone said. “It will hold for long.”",),
     [("Laura Stone", "It holds, it holds, it holds now,"),
      ("Laura Stone", "It will hold for long.")]),
    (("“It was a gift.” Laura Stone explained, “We had asked for it.”",),
     [("", "It was a gift."), ("Laura Stone", "We had asked for it.")]),
    (("He went on to add: “The water comes from the hills.” Laura Stone laughed.",),
     [("", "The water comes from the hills.")]),
    (("Laura Stone says the fair, “Come and See the River and the Dam”, was a joke.",), []),
    (("The dam, called “The Long and the Short”, holds.",), []),
    (("The sign, which Laura Stone — whom the paper praised — wrote, says “no fish in the pond”.",),
     [("sign", "no fish in the pond")]),
])
def test_quotations_of_all_kinds(
    texts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert [(speaker, words) for kind, speaker, words in said(*texts)
            if kind == "direct"] == expected


@pytest.mark.parametrize("first", [
    ("Security said that it held.", "They came for Security on Monday."),
    ("The minister said that it held.", "The minister, Anna Kovač, came."),
    ("The singer said that it held.", "Laura Stone sang. The singer said that it held."),
    ("Jordan said that it held.", "Jordan Keller came. Jordan said that it held."),
    ("De Blanco said that it held.", "Anna de Blanco came. De Blanco said that it held."),
    ("Esker’s governor said that it held.", "Governor Tom Hale came."),
    ("The deputy governor said that it held.", "The deputy governor, Anna Kovač, came."),
    ("The health minister said that it held.", "Health Minister Tom Hale came."),
])
def test_what_one_text_says_changes_nothing_in_the_next(first: tuple[str, str]) -> None:
    lone, other = first
    before = said(lone), said(lone, other), said(other, lone)
    assert (said(lone), said(lone, other), said(other, lone)) == before
    assert (said(other, lone), said(lone, other), said(lone)) == before[::-1]


def test_the_order_of_texts_does_not_matter() -> None:
    texts = [path.read_text(encoding="utf-8").split("\n\n")
             for path in sorted((ROOT / "content" / "articles").rglob("*.md"))[:40]]
    forward = [said(*text) for text in texts]
    assert forward == [said(*text) for text in reversed(texts)][::-1]


@pytest.mark.parametrize(("texts", "speaker"), [
    (("The Leader of the Revolution, Ayatollah Karim Rostami, came.", "It rained.", "The Leader said that it held."),
     "Karim Rostami"),
    (("Minister of Health Ines Moreau came.", "It rained.", "The minister said that it held."), "Ines Moreau"),
    (("The Secretary for Roads, Tom Hale, came.", "It rained.", "The secretary said that it held."), "Tom Hale"),
    # an office of somebody else
    (("The Minister of Health met Ines Moreau.", "It rained.", "The minister said that it held."), "minister"),
    (("The Leader of the Revolution received Karim Rostami.", "It rained.", "The Leader said that it held."), "Leader"),
])
def test_an_office_that_is_told_whole_has_a_bearer(texts: tuple[str, ...], speaker: str) -> None:
    assert said(*texts)[-1][1] == speaker


@pytest.mark.parametrize(("texts", "speakers"), [
    # words that only look like an adverb, an adjective or a day
    (("The singer died after a fall, her family said.",), ["family"]),
    (("Some said that it held.",), ["Some"]),
    (("USA Today noted that it held.",), ["USA Today"]),
    (("The Associated Press reports that it held.",), ["Associated Press"]),
    # a name before a role is not who speaks
    (("New Esker and Laura Haven officials have said that it held.",),
     ["New Esker and Laura Haven officials"]),
    (("Karim Benali came.", "Ebrahim Raisi supporters left in the rain.", "He said that it held."),
     ["Karim Benali"]),
    # who wrote a report
    (("According to a survey published in May by the Harbour Board, it held.",),
     ["survey published in May by the Harbour Board"]),
    (("The paper confirmed with the Harbour Board that it held.",), ["Harbour Board"]),
    (("Laura Stone’s statement read: “We have seen that it held.”",), ["Laura Stone"]),
    (("The board released a statement which read, in part, “We have seen that it held.”",),
     ["board"]),
    (("The paper quoted Laura Stone, a clerk of the board, as saying that it held.",),
     ["Laura Stone"]),
    (("The paper cited Laura Stone, a clerk, as saying that it held.",), ["Laura Stone"]),
    # appositions
    (("Laura Stone, the mayor of Esker, Sultan Haven, announced that it held.",), ["Laura Stone"]),
    (("One of these groups, the Harbour Board, came by car and said that it held.",),
     ["Harbour Board"]),
    (("A student named Wong said that it held.",), ["Wong"]),
    (("The board’s director-general Tedra Odenkirk said that it held.",), ["Tedra Odenkirk"]),
    (("Laura Stone, a clerk, told the board, neighbours came.",), ["Laura Stone"]),
    # several
    (("A number of senators said that it held.",), ["senators"]),
    (("Iran and Iraq had poor relations over the water, but the leaders of the two countries met "
      "on Friday, and publicly expressed hope.",), ["leaders"]),
    (("They made a rule which analysts say will hold.",), ["analysts"]),
    # names
    (("Anna de Blanco came.", "De Blanco said that it held."), ["Anna de Blanco"]),
    (("Robert Keller Jr. came.", "Keller said that it held."), ["Robert Keller Jr."]),
    (("Dr Meerja Laura Stone came.", "According to Dr Meerja, it held."), ["Meerja Laura Stone"]),
    # an office, and the one below it
    (("Deputy Governor Tom Hale came. Governor Anna Kovač came.", "The governor said that it held.",
      "The deputy governor said that it held."), ["Anna Kovač", "Tom Hale"]),
    (("The harbour minister, Tom Hale, came.", "The health minister said that it held."),
     ["health minister"]),
    (("Health Minister Tom Hale came. Harbour Minister Anna Kovač came, too.",
      "The health minister said that it held."), ["Tom Hale"]),
    (("Transport Minister Tom Hale came.", "The minister said that it held."), ["Tom Hale"]),
    (("Minister of Health Tom Hale came.", "The health minister said that it held."), ["Tom Hale"]),
    (("Anna Kovač, the vice president, came.", "The president said that it held."), ["president"]),
    (("They met Laura Stone’s lawyers, who argued that it held.",), ["Laura Stone’s lawyers"]),
    (("While it rained, according to Laura Stone engineers have found no leak.",),
     ["Laura Stone"]),
    (("The mayor speaking to the think tank called the plan “null and void” at last.",),
     ["mayor"]),
    (("The board came again, with officials of the town claiming that it held.",), ["officials"]),
    (("Port Ellen Governor Tom Hale came.", "Port Ellen’s governor said that it held."),
     ["Tom Hale"]),
    # verbs
    (("He went on to say it held. Laura Stone came.", "She went on to say that it held."),
     ["Laura Stone"]),
    (("Laura Stone tried to help by saying they forgave him.",), ["Laura Stone"]),
    (("Laura Stone wept when he had been convicted and said that it held.",), ["Laura Stone"]),
    (("Judge Laura Stone ruled the old law was invalid.",), ["Laura Stone"]),
    (("In a new study, scientists report frogs grew spikes.",), ["scientists"]),
    (("Laura Stone theorised that it held.",), ["Laura Stone"]),
    (("Laura Stone has expressed a preference for the dam.",), ["Laura Stone"]),
])
def test_who_it_is_that_speaks(texts: tuple[str, ...], speakers: list[str]) -> None:
    assert [speaker for _, speaker, _ in said(*texts)] == speakers


@pytest.mark.parametrize("text", [
    "Laura Stone has found a pattern called a “glider” in a game.",
    "Laura Stone requested an exemption.",
    "Laura Stone, a self-described recluse, left.",
    "The governor of Esker declared a state of emergency.",
    "It flooded Esker, estimated to have done great damage, and claimed about 300 lives.",
    "The board proposed an amendment to the law.",
    "The attack was claimed by the Red Hand.",
    "The bill was dismissed by the senate.",
    "Police in Esker responded to multiple reports of a fire.",
    "The press asked Laura Stone about it.",
    "Laura Stone reported extensively on the war.",
    "Among the papers, Laura Stone’s was the only one disclosed.",
    "The board looked into alleged crimes.",
    "A judge dismissed the lawsuit of Laura Stone.",
    "Though it was asked, the board refused to provide the network with said licence.",
    "The clerk shot a film with topics like “What we did then,” and “Who we are now.”",
])
def test_words_that_look_like_speech(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(("texts", "expected"), [
    (("Laura Stone spoke on the radio, “This is going to be a dry year.”",),
     [("Laura Stone", "This is going to be a dry year.")]),
    (('Laura Stone said: "The "old" dam is not what we need." She left.',),
     [("Laura Stone", 'The "old" dam is not what we need.')]),
    (("The general Tom Hale was killed.", "According to the paper, the prosecutor general of "
      "Esker, Karim Benali, said they must face “charges in court at last”, adding it held."),
     [("Karim Benali", "charges in court at last")]),
])
def test_quotations_in_their_sentences(
    texts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert [(speaker, words) for kind, speaker, words in said(*texts)
            if kind == "direct"] == expected


def test_an_abbreviation_may_end_a_sentence() -> None:
    found = said("The board met in Esker, D.C. They said that it held.")
    assert [words for _, _, words in found] == ["They said that it held."]


def test_a_short_quotation_ends_its_sentence() -> None:
    assert [kind for kind, _, _ in said(
        "According to Karim Benali, it is “safe.” He said, on Monday, “We will not build on it.”",
    )] == ["reported", "direct"]


@pytest.mark.parametrize(("text", "kind"), [
    ("According to Laura Bulletin, it held.", "organisation"),
    ("His daughter, and head of the board, Sharma Odenkirk wrote that it held.", "person"),
])
def test_papers_and_people(text: str, kind: str) -> None:
    (found,) = read(text)[1]
    assert found.speaker_kind == kind
