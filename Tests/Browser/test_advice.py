"""Lessons beside the work: each moment that exists shows its lessons on its screen, and they go away when one has had
one's say."""

import re

import pytest
from house import Person

WORKER, COORDINATOR = "Sanne Bakker", "Zeno Prins"
PAGES = ["", "/journey", "/plan", "/warning", "/handovers/new"]

# On which page of a file each moment belongs, and the lesson that a worker, or a coordinator, should find there first.
BELONGS = {
    "planning-journey": ("/journey", {"herstelgericht-bewoner-bepaalt", "terugvalf-snel-een-huis"}),
    "planning-move": ("/journey", {"wonen-uitkering-op-tijd"}),
    "handing-over": ("/handovers/new", {"aanpak-overdracht"}),
    "first-week-home": ("/journey", {"herstelgericht-signalen-verhuizing"}),
    "silence": ("", {"buurtvi-in-beeld"}), "plan-and-steps": ("/plan", {"schuldenvrij-beloon-stappen"}),
    "early-warning": ("/warning", {"ambulant-spreek-signalen-af"}), "landed": ("/journey", {"terugvalf-geland-als-doel"}),
    "setback": ("", {"ambulant-meer-en-minder"}),
}


@pytest.fixture(scope="module")
def people(house, browser):
    people = {name: Person(house, browser, name) for name in (WORKER, COORDINATOR)}
    yield people
    for person in people.values():
        person.close()


def files(person):
    """The files somebody can open."""
    found = set()
    for path in ("/people", "/board"):
        person.go(path)
        links = person.page.locator('main a[href^="/residents/"]').evaluate_all("all => all.map(a => a.getAttribute('href'))")
        found |= {re.match(r"/residents/[0-9a-f-]{36}", link)[0] for link in links if re.match(r"/residents/[0-9a-f-]{36}", link)}
    return sorted(found)


def shown(person, path):
    """The first lesson beside the work, with its moment."""
    first = person.go(path).locator(".advice details").first
    if not first.count():
        return None
    return tuple(first.locator(f"input[name={name}]").first.get_attribute("value") for name in ("moment", "lesson"))


def test_every_moment_has_its_screen(people):
    worker = people[WORKER]
    first = files(worker)[0]
    worker.go(first + "/journey").locator("summary", has_text="Er ging iets mis").first.click()
    form = worker.page.locator(f'form[action="{first}/setback"]')
    form.locator("textarea").fill("De huur bleef liggen.")
    form.locator("button").click()
    seen = {}
    for person in people.values():
        for file in files(person):
            for page in PAGES:
                if found := shown(person, file + page):
                    seen.setdefault(found[0], set()).add((page, found[1]))
    for moment, (page, lessons) in BELONGS.items():
        assert any((page, lesson) in seen.get(moment, set()) for lesson in lessons), (moment, seen.get(moment))


def test_a_lesson_says_what_it_rests_on_and_leads_to_its_source(people):
    worker = people[WORKER]
    worker.go(files(worker)[0] + "/plan")
    lesson = worker.page.locator(".advice details").first
    title = lesson.locator("summary").inner_text()
    lesson.locator("summary").click()
    assert re.search("Uit onderzoek|Uit ervaring|Een verwachting", lesson.inner_text())
    lesson.get_by_role("link", name="Lees verder").click()
    assert worker.path().startswith("/knowledge/")
    assert title in worker.text()


def test_it_goes_away_when_one_has_had_ones_say(people):
    worker = people[WORKER]
    path = files(worker)[0] + "/plan"
    worker.go(path)
    lesson = worker.page.locator(".advice details").first
    title = lesson.locator("summary").inner_text()
    lesson.locator("summary").click()
    lesson.get_by_role("button", name="Niets voor mij").click()
    assert worker.path().startswith(path)
    assert title not in worker.page.locator(".advice summary").all_inner_texts()
    coordinator = people[COORDINATOR]
    assert title in coordinator.go("/knowledge/verdicts").inner_text("main")
    assert "Sanne" not in coordinator.page.inner_text("main")


def test_what_helps_is_three_clicks_away(people):
    """For who knows the publication: a late benefit, a mixed building, keeping in view, what management decides."""
    worker = people[WORKER]
    for words, wanted in [
        ("uitkering te laat", "uitkering"), ("gemengd wonen", "Gemengd wonen"), ("uit beeld", "beeld"),
        ("management hulp op afstand", "DigiContact"),
    ]:
        worker.go("/today")
        worker.follow("Wat werkt")
        worker.page.get_by_role("searchbox").fill(words)
        worker.press("Zoeken", worker.page.locator("main"))
        assert wanted.lower() in worker.page.locator(".hits").inner_text().lower(), words
        worker.page.locator(".hits a").first.click()
        assert worker.path().startswith("/knowledge/")
