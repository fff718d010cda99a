"""One life, walked through by everybody concerned: from a list that is read in to the pilot light.

The demo region's clock is moved by its own buttons; what falls due on the way is done by the server's scheduler.
"""

import re

import pytest
from house import Person

WORKER, STAND_IN, SHELTER, COORDINATOR = "Sanne Bakker", "Ravi Sharma", "Marit Demir", "Zeno Prins"

LIST = """Cliëntnummer;Voornaam;Achternaam;Geboortedatum;Gemeente;Organisatie;Begeleider;Fase;Fase sinds
501;Vera;Verhaal;4-5-1988;Nieuwegein;Opvang De Brug;opvangdebrug.1@demo.geland.example;aangemeld;1-10-2026
"""


@pytest.fixture(scope="module")
def people(house, browser):
    everyone = {name: Person(house, browser, name) for name in (WORKER, STAND_IN, SHELTER, COORDINATOR)}
    yield everyone
    for person in everyone.values():
        assert person.faults == [], person.name
        person.close()


class Story:
    """What the steps of the story hand on to each other."""

    file = ""


def pass_time(person: Person, weeks: int = 0, days: int = 0) -> None:
    for _ in range(weeks):
        person.press("Een week verder")
    for _ in range(days):
        person.press("Een dag verder")


def facts(person: Person, *names: str, date: str | None = None) -> None:
    """Writes down what is arranged, each as "ja"."""
    for name in names:
        page = person.go(f"{Story.file}/facts")
        row = page.locator("ul.facts > li").filter(has=page.locator(f"b:text-is('{name}')"))
        row.locator("summary").click()
        row.get_by_label("ja", exact=True).check()
        if date:
            row.get_by_label("Datum").fill(date)
        row.get_by_role("button", name="Opslaan").click()
        assert "Opgeslagen" in person.text()


def advance(person: Person, phase: str) -> None:
    person.go(f"{Story.file}/journey")
    person.press(f"Naar ‘{phase}’")
    assert person.page.locator(".notice.good[role=status]").count() == 1, person.text()


def log_contact(person: Person, reached: bool = True) -> None:
    person.go(f"{Story.file}/contacts/new")
    person.keep_contact("15 minuten" if reached else "geprobeerd, geen antwoord")


def settle_everything(person: Person) -> None:
    for _ in range(30):
        page = person.go(Story.file)
        fields = page.get_by_label("Wat heb je gedaan?")
        if fields.count() == 0:
            return
        fields.first.fill("Gebeld en langsgegaan.")
        page.get_by_role("button", name="Afhandelen").first.click()
    raise AssertionError("signals keep coming back")


def test_a_list_is_read_in(people):
    coordinator = people[COORDINATOR]
    page = coordinator.go("/import")
    bad = LIST.replace("4-5-1988", "31-2-1988")
    page.set_input_files("#field-file", {"name": "lijst.csv", "mimeType": "text/csv", "buffer": bad.encode("cp1252")})
    coordinator.press("Kijk het na")
    assert "31-2-1988" in coordinator.text() and "Er is niets ingelezen" in coordinator.text()
    page.set_input_files("#field-file", {"name": "lijst.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")})
    coordinator.press("Kijk het na")
    assert "1 nieuwe bewoner." in coordinator.text()
    coordinator.press("Lees 1 bewoner in")
    assert "De bewoner is ingelezen" in coordinator.text()
    link = people[SHELTER].go("/people").get_by_role("link", name="Vera Verhaal").first
    Story.file = link.get_attribute("href")


def test_plan_and_circle_are_made_together(people):
    worker = people[SHELTER]
    worker.go(f"{Story.file}/journey")
    assert "de bewoner heeft nog niet gekeken wie wat ziet" in worker.text()
    worker.press("Samen bekeken")
    advance(worker, "voorbereiden")
    page = worker.go(f"{Story.file}/plan")
    page.get_by_label("Wat wil je?").fill("Mijn kat mee naar mijn eigen huis")
    worker.press("Zet in het plan")
    assert "Mijn kat mee" in worker.text()
    page = worker.go(f"{Story.file}/circle")
    page.locator("summary", has_text="Iemand toevoegen").click()
    page.get_by_label("Naam", exact=True).fill("Zus Els")
    page.locator("#field-role").select_option("relative")
    worker.press("Zet in de kring")
    assert "Zus Els" in worker.text()
    page = worker.go(f"{Story.file}/warning/edit")
    for name in ("goodSigns", "amberSigns", "redSigns"):
        page.locator(f"#field-{name}").fill(f"Dit merk je: {name}")
    page.locator("#field-amberWorker").fill("Langsgaan met een koek")
    page.locator("form.stack button[type=submit]").click()
    assert "Het signaleringsplan is opgeslagen" in worker.text()


def test_the_plan_is_changed_dropped_and_taken_up_again(people):
    worker = people[SHELTER]
    page = worker.go(f"{Story.file}/plan")
    page.locator("summary", has_text="Stap toevoegen").click()
    page.get_by_label("Wat ga je doen?").fill("Een mand kopen")
    page.get_by_label("Beloning").fill("koekje")
    page.locator("article.goal details[open] button.main").click()
    worker.page.locator("li", has_text="Een mand kopen").get_by_role("link", name="Wijzig").click()
    worker.page.get_by_label("Wat ga je doen?").fill("Een reismand kopen")
    worker.press("Opslaan")
    assert "Een reismand kopen" in worker.text()
    step = worker.page.locator("li", has_text="Een reismand kopen")
    step.locator("button.box").click()
    assert worker.page.url.split("#")[1].startswith("step-"), "ticking throws you to the top"
    worker.press("Toch niet gedaan")
    worker.page.locator("li", has_text="Een reismand kopen").get_by_role("link", name="Wijzig").click()
    worker.page.locator("summary", has_text="Deze stap hoeft niet meer").click()
    worker.page.get_by_label("Waarom niet meer?").fill("Buurman heeft er een")
    worker.press("Deze stap hoeft niet meer")
    assert "Buurman heeft er een" in worker.text()
    worker.press("Pak weer op")
    assert "De stap staat weer in het plan" in worker.text()


def test_a_guard_lists_its_reasons_until_all_is_there(people):
    worker = people[SHELTER]
    worker.go(f"{Story.file}/journey")
    assert "er is nog geen inkomen" in worker.text()
    assert worker.page.get_by_role("button", name=re.compile("^Naar ‘")).count() == 0
    facts(
        worker, "Geldig identiteitsbewijs", "Inkomen of uitkering", "Schulden geregeld, of geen",
        "Hulp in het huis afgesproken", "Woonwensen besproken")
    advance(worker, "klaar voor een huis")


def test_the_coordinator_sees_who_is_ready(people):
    coordinator = people[COORDINATOR]
    coordinator.go("/ready")
    assert "Vera Verhaal" in coordinator.text()


def offer(sender: Person, organisation: str, receiver: str) -> None:
    page = sender.go(f"{Story.file}/handovers/new")
    page.get_by_label("Naar welke organisatie?").select_option(label=organisation)
    sender.press("Kies")
    page.get_by_label("Naar wie?").select_option(label=receiver)
    page.locator("#field-agreements").fill("Twee keer per week langs, eerst samen de post.")
    sender.press("Vraag de ander")
    assert "De vraag is weg" in sender.text()


def answer(receiver: Person, words: str, verdict: str) -> None:
    page = receiver.go("/handovers")
    card = page.locator("article.handover").filter(has_text="Vera Verhaal")
    card.get_by_label("Je antwoord").fill(words)
    card.get_by_role("button", name=verdict, exact=True).click()


def test_the_handover_is_refused_once_and_then_accepted(people):
    sender, receiver = people[SHELTER], people[WORKER]
    offer(sender, "Thuishaven", WORKER)
    answer(receiver, "Volgende week hebben we pas plek.", "Nee")
    sender.go(Story.file)
    assert "Overdracht afgewezen" in sender.text()
    assert "Marit Demir" in sender.page.locator(".file-head").inner_text()
    settle_everything(sender)
    offer(sender, "Thuishaven", WORKER)
    receiver.go(Story.file + "/plan")
    assert "Mijn kat mee" not in receiver.text(), "a receiver sees the plan before saying yes"
    answer(receiver, "Welkom.", "Ja, ik neem het over")
    receiver.go(Story.file + "/plan")
    assert "Mijn kat mee" in receiver.text()
    assert "Sanne Bakker" in receiver.page.locator(".file-head").inner_text()


def test_the_sender_is_out_of_sight_after_the_handover(people):
    sender = people[SHELTER]
    sender.go(Story.file)
    assert "Dit is er niet" in sender.text()


def test_she_moves(people):
    worker = people[WORKER]
    facts(worker, "Huis gevonden")
    advance(worker, "huis gevonden")
    facts(worker, "Huurcontract getekend")
    today = worker.go(f"{Story.file}/contacts/new").locator("input[type=date]").input_value()
    facts(worker, "Dag van de verhuizing", date=today)
    advance(worker, "verhuizen")
    facts(worker, "Sleutels gekregen")
    log_contact(worker)
    advance(worker, "landen")


def test_silence_goes_to_the_stand_in_when_the_worker_is_ill(people):
    worker, stand_in = people[WORKER], people[STAND_IN]
    page = worker.go(f"{Story.file}/circle")
    page.locator("summary", has_text="Andere begeleider of vervanger").click()
    page.get_by_label("Vervanger").select_option(label=STAND_IN)
    page.locator("details[open] button[type=submit]").click()
    assert "De nieuwe begeleider kan nu alles lezen" in worker.text()
    stand_in.go(Story.file + "/plan")
    assert "Mijn kat mee" not in stand_in.text(), "a stand-in sees the plan while the worker is there"
    worker.go("/absence")
    worker.press("Meld")
    # Weekly contact was agreed; nobody calls for two weeks.
    pass_time(stand_in, weeks=2)
    stand_in.go("/today")
    assert "Vera Verhaal" in stand_in.text()
    assert "jij vervangt" in stand_in.text()
    stand_in.go(Story.file + "/plan")
    assert "Mijn kat mee" in stand_in.text()


def test_unheeded_it_goes_up_to_the_coordinator(people):
    coordinator = people[COORDINATOR]
    pass_time(coordinator, weeks=1)
    coordinator.go("/signals")
    assert "Vera Verhaal" in coordinator.text()
    assert "Stil, langer dan afgesproken" in coordinator.text()
    stand_in = people[STAND_IN]
    log_contact(stand_in)
    settle_everything(stand_in)
    page = coordinator.go("/signals")
    assert page.locator("article.signal", has_text="Vera Verhaal").count() == 0
    assert "Vera Verhaal" in page.content(), "what was settled has no history"
    worker = people[WORKER]
    worker.go("/absence")
    worker.press("Ik ben er weer")


def test_a_second_registration_is_one_person(people):
    sender, coordinator = people[SHELTER], people[COORDINATOR]
    page = sender.go("/residents/new")
    page.get_by_label("Voornaam").fill("Vera")
    page.get_by_label("Achternaam").fill("Verhaal")
    page.locator("#field-birthDate").fill("1988-05-04")
    page.locator("#field-municipality").select_option(label="Nieuwegein")
    sender.press("Aanmelden")
    assert "Kennen we deze persoon al?" in sender.text()
    assert "bekend is" in sender.text() and "Thuishaven" not in sender.text(), "the answer tells whether she is known"
    coordinator.go("/merges")
    assert "Dezelfde naam en geboortedatum" in coordinator.text()
    assert "Ziet ook het dossier dat blijft: Marit Demir" in coordinator.text()
    coordinator.press("Zelfde persoon, voeg samen")
    worker = people[WORKER]
    page = worker.go(Story.file + "/plan")
    worker.go(page.locator("a[href*='/merged/']").first.get_attribute("href"))
    assert "Het andere dossier" in worker.text()
    # By mistake: taken apart again, and Marit has her file back.
    page = coordinator.go("/merges")
    page.locator("main li", has_text="Vera Verhaal").locator("summary").click()
    coordinator.press("Ja, maak er weer twee dossiers van")
    assert "Er zijn weer twee dossiers" in coordinator.text()
    assert "Vera" not in coordinator.go("/merges").inner_text("main")
    sender.go("/people")
    assert "Vera Verhaal" in sender.text()


def test_six_months_of_contacts(people):
    worker = people[WORKER]
    for _ in range(27):
        log_contact(worker)
        pass_time(worker, days=6)
        settle_everything(worker)
    log_contact(worker)
    worker.go(f"{Story.file}/contacts")
    assert worker.page.locator("ol.lines > li, ul.lines > li").count() >= 20


def test_she_lands(people, house, browser):
    worker = people[WORKER]
    advance(worker, "wonen")
    facts(worker, "Huis is behouden", "Waakvlam afgesproken")
    worker.go(f"{Story.file}/journey")
    assert "ik ben geland" in worker.text()
    assert worker.page.get_by_role("button", name="Naar ‘geland’").count() == 0, "only she can say so"
    worker.go(f"{Story.file}/circle")
    worker.page.locator("summary", has_text="Iemand toegang geven").click()
    worker.page.get_by_label("Inlognaam").fill("vera.verhaal")
    worker.press("Maak een brief")
    code = worker.page.locator(".letter .code").inner_text()
    vera = Person(house, browser, "")
    page = vera.go("/welcome")
    page.get_by_label("Code uit de brief").fill(code)
    page.locator("#field-password").fill("mijn kat slaapt op de bank")
    vera.press("Opslaan en inloggen")
    vera.go("/home")
    assert "Dag Vera" in vera.text()
    page.locator("summary", has_text="Voelt dit als thuis?").click()
    vera.press("Ik ben geland")
    assert "Je bent geland" in vera.text()
    vera.go(f"{Story.file}/trail")
    seen = vera.text()
    while vera.page.get_by_role("link", name="Eerder").count():
        vera.follow("Eerder")
        seen += vera.text()
    assert "Sanne Bakker" in seen and "Ravi Sharma" in seen
    vera.close()
    advance(worker, "waakvlam")
