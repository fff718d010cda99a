"""Learning together, as people do it: a project looks back, an editor makes a lesson, a meeting agrees, a neighbourhood
scores itself, a worker is helped to a kinder word."""

import re

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
    # Each building block of the project has a question of its own.
    assert page.get_by_label("Wonen: wat staat er al").is_visible() and page.get_by_label("Inclusie in de wijk: wat").is_visible()
    page.locator("textarea[name=lessons]").fill("Geef elke nieuwe buur een naam en een nummer.")
    submit(leader)
    assert "Nog nodig om in te leveren" in page.inner_text("main")
    # Half is kept and not handed in; each missing answer is named, and what was typed is still there.
    leader.press("Inleveren")
    faults = page.locator(".faults a")
    assert faults.count() == 6 and "Wonen: wat staat er al" in page.locator(".faults").inner_text()
    for name in ("aim", "people", "approach", "results", "course.wonen", "course.inclusie-in-de-wijk"):
        page.locator(f"textarea[name='{name}']").fill("Zoals bedoeld.")
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
    for party, score in [("resident", 2)] * 5 + [("professional", 4)] * 5 + [("official", 5)] * 4:
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
    # Four people of the council are too few to show anything of.
    assert "Gemeente: minder dan 5" in page.inner_text("main") and "5,0" not in page.inner_text("main")


def test_a_statement_is_a_row_of_five(house, browser, people):
    """As on paper, also on a small phone: five in a row, large enough to touch, with arrow keys, and what the ends mean."""
    editor = people[EDITOR]
    code = editor.go("/knowledge/self-scans").get_by_role("link", name="Voorbeeldwijk, Houten").first
    code.click()
    code = editor.page.locator("main .code").inner_text()
    context = browser.new_context(locale="nl-NL", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(house.address + "/self-scan")
    page.locator("input[name=code]").fill(code)
    page.locator("main form button").click()
    assert page.locator(".scale").count() == 9
    for scale in page.locator(".scale").all():
        boxes = [step.bounding_box() for step in scale.locator(".step").all()]
        assert len(boxes) == 5 and len({round(box["y"]) for box in boxes}) == 1
        assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
        assert boxes[-1]["x"] + boxes[-1]["width"] <= 360
        assert scale.locator(".ends").inner_text().split() == ["helemaal", "niet", "helemaal"]
    first = page.get_by_role("group", name="Staan mensen hier open voor elkaar?")
    assert [radio.get_attribute("value") for radio in first.get_by_role("radio").all()] == ["1", "2", "3", "4", "5"]
    first.get_by_role("radio", name=re.compile("^1 *helemaal niet$")).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.locator("input[name=openAttitude]:checked").get_attribute("value") == "2"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_basic_set_prints_whole(people):
    """Every column on a sheet of A4."""
    page = people[EDITOR].go("/knowledge/basic-set")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    table = page.locator("table.matrix").bounding_box()
    assert table["x"] >= 0 and table["x"] + table["width"] <= 688
    for cell in page.locator("table.matrix thead th").all():
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= 688 and cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_kinder_word_is_offered_and_never_forced(people):
    worker = people[WORKER]
    link = worker.go("/people").get_by_role("link", name="Daan Visser", exact=True).first.get_attribute("href")
    page = worker.go(link + "/contacts/new")
    words = page.locator("textarea[data-words]")
    words.fill("Een terugval, volgens een verslaafde.")
    page.locator(".words-hints p").nth(1).wait_for()
    assert page.locator(".words-under mark").all_inner_texts() == ["terugval", "verslaafde"]
    # Of a terugval one is told why; for a person there is another word.
    hints = page.locator(".words-hints p")
    assert "Schrijf wat er gebeurde" in hints.nth(0).inner_text()
    assert hints.nth(0).get_by_role("button").all_inner_texts() == ["Laat staan"]
    hints.nth(1).get_by_role("button", name="Vervang door “buurtbewoner”").click()
    assert words.input_value() == "Een terugval, volgens een buurtbewoner."
    words.press("Control+z")
    assert words.input_value() == "Een terugval, volgens een verslaafde."
    for _ in range(2):
        page.locator(".words-hints").get_by_role("button", name="Laat staan").first.click()
    assert page.locator(".words-hints p").count() == 0
    worker.keep_contact()
    worker.go(link + "/contacts")
    assert page.get_by_text("Een terugval, volgens een verslaafde.").first.is_visible()
