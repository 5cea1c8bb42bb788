"""Who speaks: what holds for any news prose, beyond single verbs."""

from __future__ import annotations

import pytest

from tests.finding.test_statements import read, said

DAM = "that the dam would hold."


@pytest.mark.parametrize(("text", "speaker"), [
    # whose view, opinion or account it is
    ("Ada Lane came. In her opinion, the dam would hold.", "Ada Lane"),
    ("In the view of Ada Lane, the dam would hold.", "Ada Lane"),
    ("In the words of the harbour board, the dam was “a joke”.", "harbour board"),
    ("By all accounts the dam held.", "all accounts"),
    ("By early reports, ten houses fell.", "early reports"),
    # at the end, without “that”
    ("Ada Lane and Ben Moor had left the town, police revealed on Saturday.", "police"),
    ("The stones, they reasoned, would hold.", ""),
    # in a message
    ("Judge Ada Lane issued a ruling finding that the dam was unlawful.", "Ada Lane"),
    ("Ada Lane wrote to the board asking to close the dam.", "Ada Lane"),
    ("Ada Lane posted a message on Friday announcing the dam was closed.", "Ada Lane"),
    # verbs of saying, with and without “that”
    (f"Ada Lane reasserted {DAM}", "Ada Lane"),
    (f"Ada Lane intimated {DAM}", "Ada Lane"),
    ("Ada Lane informed police she had a key.", "Ada Lane"),
    ("Ada Lane has repeatedly maintained the dam is what they need.", "Ada Lane"),
    ("Ada Lane posted findings estimating the number of houses may exceed ten.", "Ada Lane"),
    # whose words, or whose findings
    ("A boat, reported by local papers as belonging to the army, sank.", "local papers"),
    ("The man, who was described as “tidy” by police, left.", "police"),
    ("Ada Lane came. According to Lane officials have not found a key.", "Ada Lane"),
    ("The court ruled on May 3 the dam was unlawful.", "court"),
    ("The court ruled on the appeal.", ""),
    # many say it, in the present tense
    ("Others urge caution.", "Others"),
    (f"The paper’s authors concede {DAM}", "paper’s authors"),
    (f"Ada Lane came. Lane and her colleagues report {DAM}", "Ada Lane"),
    ("Two people would confirm that it fell.", ""),
    # what they like to say, or say to all
    (f"Ada Lane liked to say {DAM}", "Ada Lane"),
    ("Ada Lane took to Facebook to voice her anger.", "Ada Lane"),
    # whoever was spoken of, by his nation
    (f"Ada Lane came. The Pole said {DAM}", "Ada Lane"),
    # studies and papers behind what they found, or report
    ("The stones moved, a study published in May by the board has found.", "study published in May "
     "by the board"),
    ("The men have ruled out a link, the Harbour News reported, citing a clerk.", "Harbour News"),
    ("A clerk said that it was late, the Harbour News reported.", "clerk"),
    ("The court struck down the law, ruling 7-2 that it was old.", "court"),
    # a verb within a clause about the speaker
    ("The union that represents the crew has called for a strike.", "union"),
    ("Ada Lane, who leads a group that studies dams, said that it would hold.", "Ada Lane"),
    # whose lawyer it is
    ("Moor’s lawyer, Ada Lane, came. The town’s lawyer conceded that it was old.", "town’s lawyer"),
    ("Moor’s lawyer, Ada Lane, came. Moor’s lawyer conceded that it was old.", "Ada Lane"),
    ("Ada Lane, a spokeswoman for the bank, came. The town’s spokeswoman said it held.",
     "town’s spokeswoman"),
    (f"The head of the Harbour bloc said {DAM}", "head of the Harbour bloc"),
    ("Several speakers questioned why it was late.", "several speakers"),
    # what is taken up and held yesterday
    ("A survey taken at the end showed that it held.", "survey"),
    ("According to a paper published yesterday, it held.", "paper"),
    ("The operator wrote trains would run on Friday.", "operator"),
    ("Ada Lane was accused by colleagues of theft, a charge she denied.", "colleagues"),
    # all of them, not the one who is told as an example
    ("Some clerks, such as the former mayor of Port Ellen, Ada Lane, proposed that it close.",
     "some clerks"),
    ("Others, including the clerk Ada Lane, confirmed it.", "Others"),
    ("Critics such as Ada Lane described the speech as “flat”.", "Critics"),
    # of the presidents who are named none is that one
    ("President Ada Lane came. President Ben Moor came. The president of Turkey vowed support.",
     "president of Turkey"),
    ("Ada Lane implied she would consider it.", "Ada Lane"),
    ("The Herald regarded the debate as “rather dull”.", "Herald"),
    # when it was said
    ("Last year Google predicted that it would fall.", "Google"),
    ("He left, because earlier this month the ministry announced that it would close.", "ministry"),
    # things that speak are no role
    (f"The court decision said {DAM}", "court decision"),
    (f"Former prime minister John Major said {DAM}", "John Major"),
    (f"The prosecutor Kara Quell QC said {DAM}", "Kara Quell"),
    # others, papers, and those whom they cite
    ("According to the Harbour News, a clerk said that it was old.", "clerk"),
    ("According to data from the Harbour Board, the dam held.", "data from the Harbour Board"),
    ("Per the decree signed by the mayor, the dam is closed.", "decree signed by the mayor"),
    ("By reports, the dam held.", "reports"),
    ("Two people who saw it said that it fell.", "Two people"),
    ("People familiar with the matter said that it fell.", "People"),
    ("Others ran. Another said they fell.", "Another"),
    ("One is Ada Lane, a student at the school. He said that it was cold.", "Ada Lane"),
    ("It was old, reported officials, with ten houses.", "officials"),
    ("The man was identified as Ben Moor by a police spokesman.", "police spokesman"),
    ("Experts attribute this to the river.", "Experts"),
    ("An assembly of several ministers denounced the treaty.", "assembly of several ministers"),
    ("The statement spoke of elections.", "statement"),
    ("For one day Ur was what its diplomats have long said it might be.", "diplomats"),
    ("Of those who came, half were in favour and on Friday the government announced that the dam "
     "would close.", "government"),
    ("Zarnel dela Vega of the army’s Western Command said it was there.", "Zarnel dela Vega"),
    ("Ada Lane voiced readiness to work on it.", "Ada Lane"),
    ("Ada Lane underlined the need for calm.", "Ada Lane"),
    # offices told with another word, and own words
    ("Foreign Secretary Ada Lane came. Ben Moor left. The foreign minister said that it held.",
     "Ada Lane"),
    ("Judge Ada Lane came. Ben Moor left. The judge’s statement said that it was old.", "Ada Lane"),
    ("Ada Lane came. Her letter said that it was old.", "Ada Lane"),
    ("The men refused and insisted on coming, the Harbour Board said on Tuesday.", "Harbour Board"),
    ("During the talks on Monday, al-Kadhimi stressed the need for calm.", "al-Kadhimi"),
    # the present tense
    ("Ada Lane confides that it is old.", "Ada Lane"),
    ("Ada Lane reminds us that it is old.", "Ada Lane"),
    # bodies and trades, and what they do with words
    (f"The militia leadership said {DAM}", "militia leadership"),
    (f"State television broke the news. It said {DAM}", "State television"),
    ("The ministry put the death toll at 40.", "ministry"),
    ("The ministry ruled out any talks with the group.", "ministry"),
    ("Saudi Arabia welcomed the agreement.", "Saudi Arabia"),
    (f"IRNA quoted Zarn-Amadi as saying {DAM}", "Zarn-Amadi"),
    (f"For his part, Zarnel said {DAM}", "Zarnel"),
    (f"The head of the Harbour Council Ada Lane came. Lane said {DAM}", "Ada Lane"),
    (f"Zarnel Veshi, a former minister of trade, came. The former minister said {DAM}",
     "Zarnel Veshi"),
    (f"Oil Minister Zarnel Ada Lane said {DAM}", "Zarnel Ada Lane"),
    ("Ada Lane came. According to her, the dam would hold.", "Ada Lane"),
    ("Ada Lane believes a dam could hold.", "Ada Lane"),
    ("Ada Lane voiced Iraq’s full support for the plan.", "Ada Lane"),
    ("Ada Lane believes that it holds, the ministry said, calling on all to wait.", "ministry"),
    (f"Trade envoy Zarnel Haji Omar came. Haji Omar said {DAM}", "Zarnel Haji Omar"),
    # no reports
    ("The board neither confirmed nor denied it.", ""),
    ("The river was welcomed by the ministry.", ""),
    ("The jury found Ada Lane guilty.", ""),
    ("Ada Lane, who hails from Ur, left.", ""),
    ("The board must answer the following questions:", ""),
    ("Keep frequently asked questions for Ada Lane.", ""),
    ("The rooms are sorted according to their interest in Ada Lane.", ""),
    ("The rooms are sorted, and named according to group.", ""),
    ("How should managers report their findings to Ada Lane?", ""),
    ("The board will find, list and recommend books.", ""),
    # the minister is whoever was named last
    ("Energy minister Ines Moreau went home. Works minister Ada Lane came, but the minister said "
     "no more.", "Ada Lane"),
])
def test_whose_words_are_reported(text: str, speaker: str) -> None:
    found = [name for kind, name, _ in said(text) if kind == "reported"]
    assert found == ([speaker] if speaker else [])


@pytest.mark.parametrize(("text", "kind"), [
    (f"The court decision said {DAM}", "organisation"),
    (f"The old woman said {DAM}", "role"),
    (f"Former prime minister John Major said {DAM}", "person"),
])
def test_kinds_of_speakers(text: str, kind: str) -> None:
    (found,) = read(text)[1]
    assert found.speaker_kind == kind


@pytest.mark.parametrize("text", [
    "If the court found that the dam was old, it would close.",
    "It is an agreement according to which Ada Lane leaves the house.",
    "The news is based on early reports.",
    "The White House refers to the office of a president.",
    "Ada Lane won in ten states.",
    "Ada Lane was elected to the board and admitted to the academy.",
    "Ada Lane will go and say Mass in the church.",
    "The pages add order to the guide.",
    "The Senate confirmed Ada Lane to the Supreme Court.",
    "A land claimed by the board lies there.",
    "Three odd claims about Ada Lane surfaced.",
    "Ada Lane won with some delegates pledged to Ben Moor.",
    "Ada Lane published a book on rivers finding readers in ten countries.",
    # nobody's words: things, what somebody is helped to say, nouns that look like verbs
    "The new design emphasizes large letters.",
    "The key tells the lock who it is.",
    "Our writers help people clarify their tone.",
    "Release notes give an easy way to look back.",
    "Some people face ever increasing demands for their time.",
    "The pages teach stress-reducing skills.",
    "The changes tell an interesting story.",
    "The board gives citizens what they need to make informed decisions about it.",
    "Don’t ask the clerks to come.",
    "The post office added the ability to order stamps.",
])
def test_what_reports_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(("texts", "found"), [
    # whatever the verb, whoever does something right behind a quotation says it
    (("Ada Lane came. “It was a cold winter for us,” she laughed.",), ["Ada Lane"]),
    (("“We had to go there again,” chuckled Ada Lane.",), ["Ada Lane"]),
    (("“It was all we ever had,” the minister smiled.",), ["minister"]),
    # any verb right before a quotation
    (("“The dam will hold for years,” Ada Lane said, and Ben Moor agreed: “It will hold well.”",),
     ["Ada Lane", "Ben Moor"]),
    (("Ada Lane thanked “the police and all of the services for their work”.",), ["Ada Lane"]),
    (("The pattern, described by Marine News as “rather hectic and kind of mad”, went on.",),
     ["Marine News"]),
    # speech by itself, inside a sentence that says nothing of it
    (("Ada Lane left the board when she “lost my love for all rivers.”",), ["Ada Lane"]),
    # nobody whom the text knows: kept all the same
    (("“This was a mistake from the beginning”, he told the paper.",), [""]),
    # no statements: terms, titles, nicknames
    (("Ada Lane, nicknamed the “Queen of All the Rivers,” said no.",), []),
    (("Ada Lane left the “one country, two systems” model.",), []),
    (("Ada Lane left in a “rather slow and orderly manner” that year.",), []),
    (("Ada Lane has read “The Long Way Home to the River”.",), []),
])
def test_whose_quotations_they_are(texts: tuple[str, ...], found: list[str]) -> None:
    assert [name for kind, name, _ in said(*texts) if kind == "direct"] == found


def test_a_paper_and_its_words_are_whoever_spoke() -> None:
    assert [name for _, name, _ in said(
        "The Harbour Herald reported it was late. The newspaper said that it was cold.",
        "The Dock Board denied it. Their statement also read “we never left the dam alone.”",
    )] == ["Harbour Herald", "Harbour Herald", "Dock Board", "Dock Board"]


@pytest.mark.parametrize(("texts", "found"), [
    (("Ada Lane told the board it was too late to close the dam now: “Nobody will come to us.”",),
     [("reported", "Ada Lane"), ("direct", "Ada Lane")]),
    (("Ada Lane told the board it was late: “Nobody will come to us again.”",),
     [("direct", "Ada Lane")]),
    # he whose contract it is, whoever spoke before
    (("Ben Moor said that it was cold.", "John Lane’s lease runs out in May. Asked about it he "
      "replied: “It is not the end of the world.”"),
     [("reported", "Ben Moor"), ("direct", "John Lane")]),
    # whose answer it is
    (("Ada Lane came.", "Lane’s answer was simple: “We will all go there again.”"),
     [("direct", "Ada Lane")]),
])
def test_reports_and_answers_before_a_colon(
    texts: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert [(kind, name) for kind, name, _ in said(*texts)] == found


@pytest.mark.parametrize(("text", "words"), [
    ("“No,” Ada Lane said, “we will not go there.”", "No, | we will not go there."),
    ("“We will not go there,” said Ada Lane, “not now.”", "We will not go there, | not now."),
])
def test_a_short_half_belongs_to_the_other(text: str, words: str) -> None:
    assert [(name, found) for kind, name, found in said(text) if kind == "direct"] == [
        ("Ada Lane", words)]


def test_one_of_many_may_be_she() -> None:
    assert [name for _, name, _ in said(
        "One of the victims wrote to Kama Stone. She said that it hurt.")] == ["One of the victims"]


@pytest.mark.parametrize(("texts", "found"), [
    # nobody was named before: whoever is named next
    (("“The water will come in May,” she said.", "Ada Lane, a clerk, left."),
     [("direct", "Ada Lane")]),
    (("“The water will come in May,” he said.", "Laura Stone, a clerk, left."), [("direct", "")]),
    # whoever says nothing but what follows reports nothing
    (("Ada Lane left. She added:", "“The water will come in May.”"), [("direct", "Ada Lane")]),
    (("Ada Lane left. She said that it was late:", "“The water will come in May.”"),
     [("reported", "Ada Lane"), ("direct", "Ada Lane")]),
    (("The statement read, adding: “The water will come in May.”",), [("direct", "statement")]),
])
def test_he_said_and_what_follows(texts: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert [(kind, name) for kind, name, _ in said(*texts)] == found


@pytest.mark.parametrize(("text", "speaker"), [
    # without the number others would speak
    (f"The two leaders said {DAM}", "the two leaders"),
    ("“The dam will hold for years,” the two leaders said.", "the two leaders"),
    (f"Two leaders said {DAM}", "Two leaders"),
    (f"Both leaders said {DAM}", "both leaders"),
    (f"On Friday their three ministers said {DAM}", "three ministers"),
    (f"Most doctors say {DAM}", "most doctors"),
    ("According to several witnesses, the dam would hold.", "several witnesses"),
    (f"Some local officials said {DAM}", "some local officials"),
    # an article alone tells nothing
    (f"The minister said {DAM}", "minister"),
    (f"The leaders said {DAM}", "leaders"),
    (f"A spokesman said {DAM}", "spokesman"),
    (f"Both the ministry and the police said {DAM}", "ministry and the police"),
    (f"The most senior officials said {DAM}", "senior officials"),
])
def test_how_many_speak_is_part_of_who_they_are(text: str, speaker: str) -> None:
    assert [name for _, name, _ in said(text)] == [speaker]
