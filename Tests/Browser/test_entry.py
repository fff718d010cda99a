"""Somebody new at work comes in: a letter, a password, a second factor; the next day with a code, and once without the
telephone. And the first day of a region: an empty database, its first administrator by command, all the rest on pages."""

import base64
import hashlib
import hmac
import json
import re
import struct
import subprocess
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from house import BINARY, House, Person

PASSWORD = "mijn fiets staat buiten in de regen"


def code(key: str, later: int = 0) -> str:
    """What an authenticator app shows (RFC 6238)."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30 + later), hashlib.sha1).digest()
    start = digest[19] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def accessible(person: Person) -> None:
    violations = Axe().run(person.page).response["violations"]
    assert violations == [], json.dumps([(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations], indent=1)
    assert "⟦" not in person.page.content(), "a text is missing"
    assert person.faults == []


def welcome(person: Person, letter: str) -> None:
    person.go("/welcome")
    person.page.get_by_label("Code uit de brief").fill(letter)
    person.page.locator("#field-password").fill(PASSWORD)
    person.press("Naar binnen")


def set_up(person: Person) -> tuple[str, list[str]]:
    """Types the key over and the first code; gives the key and the recovery codes."""
    assert person.path() == "/sign-in/factor"
    accessible(person)
    picture = person.page.locator("svg.qr").bounding_box()
    assert picture["width"] > 180 and abs(picture["width"] - picture["height"]) < 1
    key = person.page.locator("p.code").inner_text()
    person.page.locator("#field-code").fill("12345")
    person.press("Klaar, dit is de code")
    assert "Deze code klopt niet" in person.text()
    assert person.page.locator("p.code").inner_text() == key, "the key stays until it is confirmed"
    person.page.locator("#field-code").fill(code(key))
    person.press("Klaar, dit is de code")
    accessible(person)
    codes = person.page.locator(".codes .code").all_inner_texts()
    assert len(set(codes)) == 10
    return key, codes


@pytest.fixture(scope="module")
def new(house, browser):
    """A new colleague of Thuishaven, whom the administrator added and gave a letter."""
    admin = Person(house, browser, "Bea Heer")
    page = admin.go("/admin/people")
    page.locator("#field-name").fill("Kim Nieuw")
    page.locator("#field-email").fill("kim@thuishaven.example")
    page.locator("#field-role").select_option("supportWorker")
    page.locator("#field-label").fill("woonbegeleider")
    page.locator("#field-organisation").select_option(label="Thuishaven")
    admin.press("Toevoegen", page.locator("form[action='/admin/people']").last)
    admin.press("Maak een brief")
    letter = page.locator(".letter .code").inner_text()
    text = page.inner_text(".letter")
    assert house.address in text and "collega" in text and "je thuis" not in text
    admin.close()
    return letter


def test_a_new_professional_comes_in(house, browser, new):
    kim = Person(house, browser, "", width=390)
    welcome(kim, new)
    key, codes = set_up(kim)
    kim.follow("Ik heb ze bewaard")
    assert kim.path() == "/today"
    assert "woonbegeleider" in kim.go("/account").inner_text("main")
    accessible(kim)
    kim.press("Uitloggen")

    # The next day: a code, and only the right one.
    kim.enter("kim@thuishaven.example", PASSWORD)
    assert kim.path() == "/sign-in/code"
    accessible(kim)
    kim.go("/today")
    assert kim.path().startswith("/sign-in"), "halfway is nowhere"
    kim.enter("kim@thuishaven.example", PASSWORD)
    kim.page.locator("#field-code").fill("000000")
    kim.press("Aanmelden")
    assert "Deze code klopt niet" in kim.text()
    accessible(kim)
    kim.page.locator("#field-code").fill(code(key, 1))
    kim.press("Aanmelden")
    assert kim.path() == "/today"
    kim.go("/account")
    kim.press("Uitloggen")

    # Without the telephone: a code from paper, once.
    kim.enter("kim@thuishaven.example", PASSWORD)
    kim.page.locator("#field-code").fill(codes[0])
    kim.press("Aanmelden")
    assert kim.path() == "/today"
    kim.go("/account")
    assert "Je hebt nog 9 herstelcodes" in kim.text() and "er is een herstelcode gebruikt" in kim.text()
    kim.press("Uitloggen")
    kim.enter("kim@thuishaven.example", PASSWORD)
    kim.page.locator("#field-code").fill(codes[0])
    kim.press("Aanmelden")
    assert "Deze code klopt niet" in kim.text()
    kim.page.locator("#field-code").fill(codes[1])
    kim.press("Aanmelden")

    # Another password; the key for programs asks the code that was just given no more.
    page = kim.go("/account")
    page.locator("summary", has_text="Wachtwoord veranderen").click()
    page.locator("#field-current").fill("dat is het niet")
    page.locator("#field-password").fill("de zee is blauw vandaag hoor")
    kim.press("Verander mijn wachtwoord")
    assert page.locator("#field-current-fault").is_visible()
    assert page.locator("#field-current").input_value() == "" and page.locator("#field-password").input_value() == ""
    page.locator("#field-current").fill(PASSWORD)
    page.locator("#field-password").fill("de zee is blauw vandaag hoor")
    kim.press("Verander mijn wachtwoord")
    assert "Je wachtwoord is veranderd" in kim.text()
    kim.close()


def test_the_first_day_of_a_region(browser, tmp_path):
    database = f"sqlite:{tmp_path / 'geland.sqlite'}"
    made = subprocess.run(
        [str(BINARY), "user", "--database", database, "--name", "Bea Eerst", "--email", "bea@voorbeeld.example"],
        capture_output=True, text=True, check=True)
    letter = re.search(r"([2-9A-Z]{4}-){4}[2-9A-Z]{4}", made.stdout).group(0)
    house = House(str(tmp_path), command=("serve",))
    bea = Person(house, browser, "")
    welcome(bea, letter)
    set_up(bea)
    bea.follow("Ik heb ze bewaard")
    assert bea.path() == "/admin/organisations"
    page = bea.page
    for name, kind, place in [("Gemeente Houten", "municipality", "Houten"), ("Stek", "careProvider", "")]:
        page.locator("#field-name").fill(name)
        page.locator("#field-kind").select_option(kind)
        if place:
            page.locator("#field-municipality").select_option(label=place)
        bea.press("Toevoegen")
        assert name in bea.text()
    for name, role, place in [("Zeno", "coordinator", "Gemeente Houten"), ("Sanne", "supportWorker", "Stek")]:
        page = bea.go("/admin/people")
        page.locator("#field-name").fill(name)
        page.locator("#field-email").fill(f"{name.lower()}@voorbeeld.example")
        page.locator("#field-role").select_option(role)
        page.locator("#field-organisation").select_option(label=place)
        bea.press("Toevoegen", page.locator("form[action='/admin/people']").last)
        bea.press("Maak een brief")
        person = Person(house, browser, "")
        welcome(person, page.locator(".letter .code").inner_text())
        set_up(person)
        person.follow("Ik heb ze bewaard")
        assert person.path() == ("/board" if role == "coordinator" else "/today")
        person.close()
    bea.close()
    house.stop()
