"""Whose a name is: the father's or the son's, somebody else's of that surname, a thing's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from site_builder.finding.countries import Atlas
from site_builder.finding.mentions import Finder
from site_builder.finding.names import sort_name, surname_keys
from site_builder.finding.people import AmbiguousName, PeopleResolver
from site_builder.model import Passage, Person

ATLAS = Atlas("en")


def people(*names: str) -> list[Person]:
    """Records whose ids are their names; aliases follow behind "|"."""
    parts = [name.split("|") for name in names]
    return [Person(id=name, name=name, aliases=tuple(aliases)) for name, *aliases in parts]


def found(
    records: Sequence[str], *texts: str, front: Sequence[str] = (), lang: str = "",
) -> list[str]:
    """The forms of people found in passages; a text with # is a heading."""
    finder = Finder(people(*records), ATLAS, "en")
    passages = [Passage("", text.removeprefix("# "), "h" if text.startswith("# ") else "p")
                for text in texts]
    return [m.form for m in finder.find(passages, front, (), lang) if m.kind == "person"]


@pytest.mark.parametrize(("record", "text", "expected"), [
    ("Oscar Brandt Jr.", "Oscar Brandt Jr. came. Brandt left; Mr Brandt slept.",
     ["Oscar Brandt Jr.", "Brandt", "Brandt"]),
    ("Oscar Brandt Jr.", "Oscar Brandt came. Brandt left.", ["Oscar Brandt", "Brandt"]),
    ("Oscar Brandt Jr.", "Oscar Brandt, Jr., came, and so did Oscar Brandt Jr",
     ["Oscar Brandt, Jr.", "Oscar Brandt Jr"]),
    ("Oscar Brandt, Sr.", "Oscar Brandt Sr. came. Brandt left.", ["Oscar Brandt Sr", "Brandt"]),
    ("Martin Luther King Jr.", "Martin Luther King spoke. King said so.",
     ["Martin Luther King", "King"]),
    ("William Gates III", "William Gates III gave. Gates said no.", ["William Gates III", "Gates"]),
    ("Juan de la Cruz Jr.", "Juan de la Cruz Jr. came. De la Cruz left.",
     ["Juan de la Cruz Jr.", "De la Cruz"]),
    ("Tülay Özer II", "Tulay Ozer came. Ozer left.", ["Tulay Ozer", "Ozer"]),
    # it is the father
    ("Oscar Brandt Jr.", "Oscar Brandt Sr. came. Brandt left.", []),
    ("Oscar Brandt Jr.", "Oscar Brandt, Sr., came.", []),
    ("William Gates III", "William Gates II was a lawyer.", []),
    # a pope's number says nothing of his surname
    ("John Paul II", "John Paul II prayed. Paul wept.", ["John Paul II"]),
    ("Pope John Paul II|John Paul II", "John Paul II prayed. Paul wept.", ["John Paul II"]),
    ("Charles III", "Charles III came. Charles left.", ["Charles III"]),
])
def test_a_name_with_a_generation(record: str, text: str, expected: list[str]) -> None:
    assert found([record], text) == expected


def test_father_and_son_with_records() -> None:
    both = ["Oscar Brandt Jr.", "Oscar Brandt Sr."]
    assert found(both, "Oscar Brandt Jr. came. Brandt left.") == ["Oscar Brandt Jr.", "Brandt"]
    assert found(both, "Oscar Brandt Jr. met Oscar Brandt Sr. there. Brandt left.") == [
        "Oscar Brandt Jr.", "Oscar Brandt Sr."]
    assert found(both, "Oscar Brandt came.") == []
    assert found(both, "Oscar Brandt came.", front=["Oscar Brandt Sr."]) == ["Oscar Brandt"]
    # whose very name it is has it
    finder = Finder(people("Oscar Brandt", "Oscar Brandt Jr."), ATLAS, "en")
    (mention,) = finder.find([Passage("", "Oscar Brandt came.")])
    assert mention.id == "Oscar Brandt"


def test_front_matter_may_leave_the_generation_out() -> None:
    resolver = PeopleResolver(people("Martin Luther King Jr.", "Oscar Brandt Jr.", "Oscar Brandt II"))
    king = resolver.resolve("Martin Luther King")
    assert king is not None and king.id == "Martin Luther King Jr."
    with pytest.raises(AmbiguousName):
        resolver.resolve("Oscar Brandt")


@pytest.mark.parametrize(("name", "filed", "surname"), [
    ("Oscar Brandt, Jr.", "Brandt, Oscar, Jr.", ("brandt",)),
    ("John Paul II", "John Paul II", ()), ("Nguyen Van Vi", "Nguyen Van Vi", ("nguyen",)),
    ("Paul Hubert Vi", "Vi, Paul Hubert", ("vi",)),
    ("Lee Kuan Yew", "Lee Kuan Yew", ("lee",)), ("Kim Dae Jung", "Kim Dae Jung", ("kim",)),
    ("Wong Kar Wai", "Wong Kar Wai", ("wong",)), ("Goh Chok Tong", "Goh Chok Tong", ("goh",)),
    ("Park Chan Wook", "Park Chan Wook", ("park",)),
    # the other way round
    ("Lee Ann Womack", "Womack, Lee Ann", ("womack",)), ("Kim Ng", "Ng, Kim", ("ng",)),
    ("Lee Harvey Oswald", "Oswald, Lee Harvey", ("oswald",)),
    ("Park Overall", "Overall, Park", ("overall",)), ("Bruce Lee", "Lee, Bruce", ("lee",)),
    ("María de los Ángeles Pérez", "Pérez, María de los Ángeles", ("pérez",)),
])
def test_how_names_are_filed(name: str, filed: str, surname: tuple[str, ...]) -> None:
    assert sort_name(name) == filed
    assert surname_keys(name) == surname


@pytest.mark.parametrize(("record", "text", "expected"), [
    # named in full, the family's name first
    ("Robert E. Lee", "Lee Kuan Yew ruled. Lee said no. Mr Lee died.", []),
    ("Robert E. Lee", "Mr Lee died. Lee Kuan Yew was 91.", []),
    ("Grace Kim", "Kim Dae Jung won. President Kim spoke.", []),
    ("Nina Park", "Park Geun-hye fell. President Park wept.", []),
    ("Ada Ho", "Mr Ho wrote. Ho Chi Minh died in 1969.", []),
    # named in full, later than his title
    ("Ada Brandt", "Professor Brandt taught. Lukas Brandt was 60.", []),
    ("Ada James", "Dr. James A. Brandt spoke.", []),
    # it is a man, or a woman
    ("Nadia Murad", "Nadia Murad spoke. Murad, her uncle, wept.", ["Nadia Murad"]),
    ("Nadia Murad|Nadia Murad Basee Taha", "Nadia Murad spoke. Mr Murad wept.", ["Nadia Murad"]),
    ("Nadia Murad", "Nadia Murad spoke. Her uncle Murad wept.", ["Nadia Murad"]),
    ("Quill Brandt", "Quill Brandt’s wife came. Mrs Brandt left.", ["Quill Brandt"]),
    ("Quill Brandt", "Quill Brandt’s late husband came. Mr Brandt left.", ["Quill Brandt"]),
    # the record's own
    ("Robert E. Lee", "Robert E. Lee came. Lee said no. General Lee left.",
     ["Robert E. Lee", "Lee", "Lee"]),
    ("Robert E. Lee", "General Lee died.", ["Lee"]),
    ("Lee Kuan Yew", "Lee Kuan Yew ruled. Lee said no. Mr Lee died.", ["Lee Kuan Yew", "Lee", "Lee"]),
    ("Nadia Murad", "Nadia Murad spoke. Murad, her voice low, wept.", ["Nadia Murad", "Murad"]),
    ("Nadia Murad", "Nadia Murad spoke. Murad, her father’s favourite, wept.",
     ["Nadia Murad", "Murad"]),
    ("Quill Brandt", "Quill Brandt’s wife came. Mr Brandt left.", ["Quill Brandt", "Brandt"]),
    ("Samir Haddad", "Samir Haddad came. Haddad, her uncle, wept.", ["Samir Haddad", "Haddad"]),
])
def test_a_surname_of_somebody_else(record: str, text: str, expected: list[str]) -> None:
    assert found([record], text) == expected


ONE_WORD = ["Ali Hosseini|Ali", "Pelé", "Harry Brandt|Prince", "Will Smith|Will", "Madonna",
            "Muhammad Ali", "Martin Luther", "Angeles Perez", "Ada Grace|Grace", "Björk"]


@pytest.mark.parametrize(("text", "expected"), [
    # a part of other people's names
    ("Haider Ali came.", []), ("M. Ali left.", []), ("He met Ali Hassan there.", []),
    ("Ali al-Hassan and Ali bin Hassan came.", []), ("Zine El Abidine bin Ali fled.", []),
    ("The prince is Prince Harry of Wales.", []), ("Grace Kelly acted.", []),
    ("They met Maria de los Angeles Perez.", []),
    ("In the end Martin Luther King spoke.", []), ("They honoured Muhammad Ali Jinnah there.", []),
    ("Haider Ali came late. Ali said so.", []),
    # a word
    ("Will you come? Hope is cheap.", []), ("The Will of the people is law.", []),
    ("Grace under pressure is rare; grace is rare.", []),
    # the record's own
    ("Ali came.", ["Ali"]), ("President Ali and Ali, 34, came.", ["Ali", "Ali"]),
    ("Ali Hosseini came. Ali said so to Haider Ali. Ali left.", ["Ali Hosseini", "Ali", "Ali"]),
    ("Ali and Hassan came. Ali’s Basra is old.", ["Ali", "Ali"]),
    ("Brazil’s Pelé scored, the legend Pelé, Coach Pelé, and Pelé’s Santos.", ["Pelé"] * 4),
    ("Prince died. They mourned Prince in Minneapolis.", ["Prince", "Prince"]),
    ("Will said no. They asked Will why.", ["Will", "Will"]),
    ("They met Madonna Monday. Björk Airport is none.", ["Madonna"]),
    ("Muhammad Ali said so. Then Muhammad Ali Wednesday left.", ["Muhammad Ali"] * 2),
    ("Martin Luther nailed it. Angeles Perez, too.", ["Martin Luther", "Angeles Perez"]),
    ("El gobierno de Angeles Perez cayó.", ["Angeles Perez"]),
    ("Grace said so.", ["Grace"]),
])
def test_a_name_of_one_word(text: str, expected: list[str]) -> None:
    assert found(ONE_WORD, text) == expected


def test_a_name_of_one_word_in_headlines() -> None:
    for text in ("# Fans Mourn Pelé", "# Pelé Dies Aged 82", "# Ali Wins Again", "# Ali gewinnt"):
        assert len(found(ONE_WORD, text)) == 1, text
    assert found(ONE_WORD, "# Muhammad Ali Dies") == ["Muhammad Ali"]
    assert found(ONE_WORD, "# Prince Harry Leaves") == []


def test_a_name_of_one_word_is_the_surname_of_whom_the_article_names_in_full() -> None:
    records = ["Ali Hosseini|Ali", "Haider Ali"]
    finder = Finder(people(*records), ATLAS, "en")
    for text, ids in {
        "Haider Ali came. Ali left.": ["Haider Ali"] * 2,
        "Ali Hosseini came. Ali left.": ["Ali Hosseini"] * 2,
        "Ali left.": ["Ali Hosseini"],
    }.items():
        assert [m.id for m in finder.find([Passage("", text)])] == ids, text
