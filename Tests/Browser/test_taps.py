"""How many times one presses on a phone for what is done most, each on what is in sight (screens.md; 360 × 740)."""

import pytest
from house import Person

HIGH = 740


class Thumb:
    """Presses only what is in sight, and counts."""

    def __init__(self, house, browser, who: str, path: str):
        self.person = Person(house, browser, who, width=360)
        self.page = self.person.page
        self.page.set_viewport_size({"width": 360, "height": HIGH})
        self.person.go(path)
        self.taps = 0

    def sees(self, place) -> None:
        self.page.wait_for_load_state()
        # The demo's own strip stands above every page; no region has it.
        strip = self.page.locator(".demo").bounding_box()
        extra = strip["height"] if strip and strip["y"] >= 0 else 0
        box = place.bounding_box()
        assert box and box["y"] >= -1 and box["y"] + box["height"] <= HIGH + extra, f"not in sight: {box}"

    def tap(self, place) -> None:
        self.sees(place)
        place.click()
        self.page.wait_for_load_state()
        self.taps += 1

    def link(self, name: str):
        return self.page.locator("main a", has_text=name).first

    def button(self, name: str):
        return self.page.locator("main button", has_text=name).first


@pytest.fixture
def thumb(house, browser):
    thumbs = []

    def start(who: str, path: str) -> Thumb:
        thumbs.append(Thumb(house, browser, who, path))
        return thumbs[-1]

    yield start
    for one in thumbs:
        one.person.close()


def test_help_is_one_press(thumb):
    noor = thumb("Noor Hendriks", "/home")
    call = noor.page.locator(".help-card a[href^='tel:']").first
    noor.sees(call)
    assert noor.page.locator(".help-card a[href='tel:112']").count() == 1


def test_red_is_told_in_two(thumb):
    noor = thumb("Noor Hendriks", "/home")
    noor.tap(noor.link("Laat weten hoe het gaat"))
    noor.tap(noor.button("Rood"))
    assert noor.taps == 2
    assert "krijgt de begeleider meteen een signaal" in noor.person.text()
    # And it is taken back as quickly.
    noor.person.press("● Groen: het gaat goed")


def test_a_step_is_ticked_in_one_and_one_stays(thumb):
    noor = thumb("Noor Hendriks", "/home")
    box = noor.page.locator(".steps li:not(.done) .box").first
    done = noor.page.locator(".steps .done .box").count()
    box.scroll_into_view_if_needed()
    noor.tap(box)
    assert noor.taps == 1
    assert noor.page.locator(".steps .done .box").count() == done + 1
    noor.tap(noor.button("Toch niet gedaan"))
    assert noor.page.locator(".steps .done .box").count() == done


def test_a_contact_is_logged_in_three(thumb):
    sanne = thumb("Sanne Bakker", "/today")
    log = sanne.page.locator("main a", has_text="Noteren").first
    log.scroll_into_view_if_needed()
    sanne.tap(log)
    sanne.tap(sanne.page.locator("#field-channel-call"))
    press = sanne.button("15 minuten")
    press.scroll_into_view_if_needed()
    sanne.tap(press)
    assert sanne.taps == 3
    assert "Contact opgeslagen" in sanne.person.text()


def test_one_thing_is_stopped_in_two_and_the_list_stays_open(thumb):
    noor = thumb("Noor Hendriks", "/home")
    noor.person.go(noor.page.locator("nav a", has_text="Delen").get_attribute("href"))
    noor.tap(noor.link("Bekijk en wijzig"))
    stop = noor.page.locator("main button[value$=' hide']:not([value^=all])").first
    name = stop.get_attribute("value").split()[0]
    stop.scroll_into_view_if_needed()
    noor.tap(stop)
    assert noor.taps == 2
    noor.sees(noor.page.locator(f"main button[value='{name} usual']").first)
    noor.page.locator(f"main button[value='{name} usual']").first.click()


def test_everything_for_one_person_is_stopped_in_two(thumb):
    noor = thumb("Noor Hendriks", "/home")
    noor.person.go(noor.page.locator("nav a", has_text="Delen").get_attribute("href"))
    noor.tap(noor.link("Bekijk en wijzig"))
    noor.tap(noor.button("Stop alles wat mag"))
    assert noor.taps == 2
    noor.tap(noor.button("Alles weer zoals gewoonlijk"))


def test_a_handover_is_answered_in_two(thumb):
    sanne = thumb("Sanne Bakker", "/today")
    sanne.tap(sanne.link("Overdracht van"))
    sanne.tap(sanne.button("Ja, ik neem het over"))
    assert sanne.taps == 2
