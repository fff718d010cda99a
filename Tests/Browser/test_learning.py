"""Learning together, as people do it: a project looks back, an editor makes a lesson, a meeting agrees, a neighbourhood
scores itself, a worker is helped to a kinder word."""

import pytest
from house import House, Person

EDITOR, LEADER, WORKER = "Jonna Wind", "Roos Brouwer", "Sanne Bakker"


@pytest.fixture(scope="module")
def people(house, browser):
    everyone = {name: Person(house, browser, name) for name in (EDITOR, LEADER, WORKER)}
    yield everyone
    for person in everyone.values():
        assert person.faults == [], person.name
        person.close()


def submit(person):
    person.page.locator("main form .actions button").first.click()
    person.page.wait_for_load_state()


def test_a_project_looks_back_and_hands_in(people):
    leader = people[LEADER]
    leader.go("/knowledge/projects").get_by_role("link", name="Wonen aan de Vaart").click()
    leader.press("Begin ronde 2")
    page = leader.page
    # What was said a year ago can be read beside it.
    page.locator("summary", has_text="Wat er op").click()
    assert "boormachine" in page.locator("details.card").inner_text()
    page.locator("textarea[name=lessons]").fill("Geef elke nieuwe buur een naam en een nummer.")
    submit(leader)
    assert page.get_by_text("8 vragen hebben nog geen antwoord").is_visible()
    leader.press("Inleveren")
    assert page.get_by_text("Geef elke nieuwe buur een naam en een nummer.").is_visible()
    leader.go("/knowledge/projects").get_by_role("link", name="Wonen aan de Vaart").click()
    page.get_by_role("link", name="Leg de rondes naast elkaar").click()
    both = page.locator(".two", has_text="Geef elke nieuwe buur").inner_text()
    assert "Vertel buren vooraf wie ze kunnen bellen" in both


def test_an_editor_makes_a_lesson_that_colleagues_find(people):
    editor, worker = people[EDITOR], people[WORKER]
    editor.go("/knowledge/projects").get_by_role("link", name="Wonen aan de Vaart").click()
    editor.page.get_by_role("link", name="Ronde 2", exact=True).click()
    card = editor.page.locator("section.card", has_text="Geef elke nieuwe buur")
    card.get_by_role("link", name="Maak hier een les van").click()
    page = editor.page
    assert "Quickscan Wonen aan de Vaart, ronde 2" in page.locator("input[name=source]").input_value()
    page.locator("input[name=title]").fill("Geef nieuwe buren een naam en een nummer")
    page.locator("textarea[name=words]").fill("Dan bellen ze jou, en niet de politie.")
    page.locator("input[name=audiences][value=professional]").check()
    page.locator("input[name=moments][value=handing-over]").check()
    submit(editor)
    assert page.get_by_text("Hieruit kwam de les:").is_visible()
    worker.go("/knowledge?q=nieuwe+buren+nummer")
    assert worker.page.locator(".hits").get_by_text("Geef nieuwe buren een naam").first.is_visible()
    worker.go("/knowledge/wonen")
    assert worker.page.locator(".fresh").get_by_role("link", name="Geef nieuwe buren een naam en een nummer").is_visible()


def test_a_meeting_agrees_who_does_what(people):
    editor, leader = people[EDITOR], people[LEADER]
    page = editor.go("/knowledge/meetings/new")
    page.locator("input[name=title]").fill("Buren en namen")
    page.locator("input[name=heldOn]").fill("2030-01-10")
    page.locator("textarea[name=agenda]").fill("Welkom\nWie belt wie?")
    submit(editor)
    page.locator("summary", has_text="Spreek iets af").click()
    page.locator("input[name=words]").fill("Maak een kaartje")
    page.locator("select[name=owner]").select_option(label="Roos Brouwer, Thuishaven")
    page.locator("input[name=dueOn]").fill("2030-02-10")
    editor.press("Spreek af")
    mine = leader.go("/knowledge").locator("section.card", has_text="Wat jij hebt afgesproken")
    mine.get_by_role("link", name="Maak een kaartje").click()
    leader.press("Gedaan")
    assert leader.page.get_by_text("gedaan op").is_visible()


def test_another_region_reads_in_what_was_learned(people, browser):
    """Through the real server, with everything that is known in the file; and a file too large is told to be so."""
    editor, elsewhere = people[EDITOR], House()
    with editor.page.expect_download() as download:
        editor.go("/knowledge/exchange").get_by_role("link", name="Als bestand voor een andere regio").click()
    file = download.value.path()
    other = Person(elsewhere, browser, EDITOR)
    page = other.go("/knowledge/exchange")
    page.locator("input[name=regionName]").fill("Ander gebied")
    other.press("Opslaan")
    page.locator("input[type=file]").set_input_files(file)
    other.press("Lees in")
    assert page.get_by_text("nieuwe lessen zijn overgenomen").or_(page.get_by_text("nieuwe les is overgenomen")).is_visible()
    assert page.get_by_text("uit Voorbeeldregio").is_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "groot.json", "mimeType": "application/json", "buffer": b"{" + b" " * 5_000_000 + b"}"})
    other.press("Lees in")
    assert page.get_by_role("heading", name="Dit is te groot").is_visible()
    assert other.faults == []
    other.close()
    elsewhere.remove()


def test_neighbours_score_without_an_account(people, house, browser):
    editor = people[EDITOR]
    page = editor.go("/knowledge/self-scans/new")
    page.locator("select[name=municipality]").select_option(label="Zeist")
    page.locator("input[name=neighbourhood]").fill("Vollenhove")
    submit(editor)
    code, address = page.locator("main .code").inner_text(), page.url
    neighbour = browser.new_context(locale="nl-NL").new_page()
    for party, score in [("resident", 2)] * 3 + [("professional", 4)] * 3:
        neighbour.goto(house.address + "/self-scan")
        neighbour.locator("input[name=code]").fill(code)
        neighbour.locator("main form button").click()
        neighbour.locator(f"input[name=party][value={party}]").check()
        for question in neighbour.locator(f"input[type=radio][value='{score}']").all():
            question.check()
        neighbour.locator("main form button").click()
        assert neighbour.get_by_text("Je formulier telt mee").is_visible()
    neighbour.context.close()
    page.goto(address)
    editor.press("Sluit en toon de uitslag")
    assert page.get_by_text("Professionals: 4,0. Maar bewoners: 2,0.").first.is_visible()


def test_a_kinder_word_is_offered_and_never_forced(people):
    worker = people[WORKER]
    link = worker.go("/people").get_by_role("link", name="Daan Visser", exact=True).first.get_attribute("href")
    page = worker.go(link + "/contacts/new")
    words = page.locator("textarea[data-words]")
    words.fill("Een terugval, volgens een verslaafde.")
    page.locator(".words-hints p").nth(1).wait_for()
    assert page.locator(".words-under mark").all_inner_texts() == ["terugval", "verslaafde"]
    page.locator(".words-hints p").nth(0).get_by_role("button", name="Vervang").click()
    assert words.input_value() == "Een leerervaring, volgens een verslaafde."
    words.press("Control+z")
    assert words.input_value() == "Een terugval, volgens een verslaafde."
    for _ in range(2):
        page.locator(".words-hints").get_by_role("button", name="Laat staan").first.click()
    assert page.locator(".words-hints p").count() == 0
    worker.press("Bewaar")
    worker.go(link + "/contacts")
    assert page.get_by_text("Een terugval, volgens een verslaafde.").first.is_visible()
