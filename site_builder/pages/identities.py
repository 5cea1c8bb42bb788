"""One person, one page: people of one name told apart, old addresses, merges and splits."""

from __future__ import annotations

from site_builder.finding.spelling import name_key
from site_builder.indexing.namesakes import CHANGES
from site_builder.model import Person
from site_builder.pages import contexts as c
from site_builder.pages.sheets import Sheet
from site_builder.pages.site import Site


def note(person: Person) -> str:
    """What tells a person from another in a few words: the qualifier, or the last office."""
    return person.qualifier or (person.roles[-1].title if person.roles else "")


def namesakes_of(site: Site, key: str) -> tuple[c.Counted, ...]:
    """Links to the people who share a name with one."""
    archive = site.archive
    return tuple(
        c.Counted(_plain(site, other), 0, note(archive.person_records[other]))
        for other in archive.namesakes.others.get(key, ())
    )


def _plain(site: Site, key: str) -> c.Link:
    """A person without the qualifier, where that stands beside the name."""
    return c.Link(site.archive.person_records[key].name, site.person_link(key).url)


def mark(site: Site, key: str) -> str:
    """All that a person's page takes from namesakes, for the fingerprint of its group."""
    return "\0".join(
        f"{one.link.name}\0{one.link.url}\0{one.note}" for one in namesakes_of(site, key))


def tell_apart(site: Site, sheet: Sheet, base: str) -> None:
    """The page at the address of a name that fits several people."""
    archive = site.archive
    name, ids = archive.namesakes.pages[base]
    people = []
    for key in ids:
        record, subject = archive.person_records[key], archive.people[key]
        people.append(c.Namesake(
            _plain(site, key), record.qualifier, record.roles, record.born, record.died,
            len(subject.articles), subject.articles[-1].date, subject.articles[0].date,
        ))
    people.sort(key=lambda one: (-one.count, one.link.url))
    url = f"/people/{base}/"
    title = site.words("several_people", name=name)
    sheet.add(url, "namesakes.html", c.NamesakesContext(
        c.Head(title, url, title, breadcrumbs=(c.Link(site.words("people"), "/people/"),)),
        name, tuple(people),
    ), f"the people called {name}")


def entries(site: Site) -> tuple[c.IdentityEntry, ...]:
    """The ledger as readers may see it, newest first.

    Nothing is said of people without a page, and no hidden name is shown.
    """
    archive = site.archive
    hidden = {name_key(name) for person in archive.hidden for name in person.hidden}
    found = []
    for one in archive.changes:
        person = _link(site, one.into)
        other = _link(site, one.source) if one.kind == "split" else None
        if person is None or (one.kind == "split" and other is None):
            continue
        names = tuple(name for name in one.names if name_key(name) not in hidden)
        if one.kind == "merge" and not names:
            continue
        reason = "" if site.hidden.text(one.reason) else one.reason
        found.append(c.IdentityEntry(one.date, one.kind, person, other, names, reason))
    return tuple(sorted(found, key=lambda entry: entry.date, reverse=True))


def _link(site: Site, id: str) -> c.Link | None:
    """The person with this id, or who has it now after later merges."""
    seen: set[str] = set()
    while id not in site.archive.people and id not in seen:
        seen.add(id)
        id = next((one.into for one in reversed(site.archive.changes)
                   if one.kind == "merge" and one.source == id), id)
    if id not in site.archive.people:
        return None
    link, qualifier = _plain(site, id), site.archive.person_records[id].qualifier
    return c.Link(f"{link.name} ({qualifier})", link.url) if qualifier else link


def changes_link(site: Site) -> c.Link | None:
    """The page of merges and splits, where there were any."""
    if not entries(site):
        return None
    return c.Link(site.words("identity_changes"), f"/people/{CHANGES}/")


def changes(site: Site, sheet: Sheet) -> None:
    """The page of merges and splits."""
    url, title = f"/people/{CHANGES}/", site.words("identity_changes")
    sheet.add(url, "changes.html", c.ChangesContext(
        c.Head(title, url, site.words("identity_changes_intro"),
               breadcrumbs=(c.Link(site.words("people"), "/people/"),)),
        entries(site),
    ), "the changes to people")
