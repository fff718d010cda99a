"""Every page in both languages, at both widths, light and dark: accessible, complete, within the screen."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import TEMPLATES, Guests


@pytest.fixture(scope="module", params=["nl", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module", params=[(360, False), (360, True), (1280, False), (1280, True)], ids=str)
def guests(request, house, browser, language):
    width, dark = request.param
    guests = Guests(house, browser, width=width, dark=dark, language=language)
    yield guests
    guests.close()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_page(guests, language, template):
    person = guests.get(template.who)
    if person.page.locator("html").get_attribute("lang") != language:
        person.go(template.path.format(**guests.files) if not template.who else "/account")
        if person.page.locator("html").get_attribute("lang") != language:
            person.page.locator("button[name=language]").click()
    page = guests.open(template).page
    assert page.locator("html").get_attribute("lang") == language
    assert "⟦" not in page.content()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, "the page is wider than the screen"
    violations = Axe().run(page).response["violations"]
    assert violations == [], json.dumps([(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations], indent=1)
    assert person.faults == []
