"""Every form of every page, as people really send them: as it stands, with one thing wrong, twice, and without a
connection. What is typed is read exactly, or said to be wrong at its field; nothing is lost and nothing is done twice."""

import re
import sqlite3
from urllib.parse import urlencode

import pytest
from pages import TEMPLATES, Guests

LISTED = """() => [...document.querySelectorAll("form[method=post]")].map((form) => ({
  action: new URL(form.action).pathname,
  fields: [...form.elements].filter((field) => field.name && field.type !== "submit" && field.type !== "button")
    .map((field) => ({
      name: field.name, type: field.type, value: field.value, checked: field.checked ?? null,
      required: field.required, options: field.options ? [...field.options].map((option) => option.value) : null })),
  buttons: [...form.querySelectorAll("button[name]")].map((button) => [button.name, button.value]),
}))"""

# Leaving, the demo's clock and letters are no forms one fills in.
LEFT = re.compile(r"^/(sign-in|sign-out|language|demo)")
WRONG = {
    "date": "31-02-2026", "number": "een", "select-one": "bestaat-niet", "radio": "bestaat-niet",
    "checkbox": None, "email": "geen adres", "tel": "x", "time": "25:99",
}


def kind(action: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", action)


@pytest.fixture(scope="module")
def guests(house, browser):
    return Guests(house, browser)


@pytest.fixture(scope="module")
def forms(guests):
    """Each form once, with the page it stands on and somebody who sees it."""
    found = {}
    for template in TEMPLATES:
        if not template.who or template.press:
            continue
        page = guests.get(template.who).go(template.path.format(**guests.files))
        for form in page.evaluate(LISTED):
            if not LEFT.match(form["action"]) and not any(field["type"] == "file" for field in form["fields"]):
                found.setdefault((kind(form["action"]), template.who), (template, form))
    assert len(found) > 40, sorted(found)
    return found


def sent(form: dict, **changed) -> list[tuple[str, str]]:
    pairs = []
    for field in form["fields"]:
        if field["type"] in ("radio", "checkbox") and not field["checked"]:
            continue
        if field["name"] not in changed:
            pairs.append((field["name"], field["value"]))
    return pairs + [(name, value) for name, value in changed.items() if value is not None]


def post(guests, who: str, form: dict, pairs):
    person = guests.get(who)
    return person.context.request.post(
        person.house.address + form["action"], data=urlencode(pairs), max_redirects=0,
        headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": person.house.address})


def journal(house) -> int:
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as file:
        return file.execute("select count(*) from journal").fetchone()[0]


def test_each_field_that_is_wrong_says_so_and_the_rest_stays(guests, forms, house):
    wrong = []
    for (name, who), (_, form) in sorted(forms.items()):
        seen = set()
        for field in form["fields"]:
            bad = WRONG.get(field["type"])
            if bad is None or field["name"] in seen:
                continue
            seen.add(field["name"])
            before = journal(house)
            answer = post(guests, who, form, sent(form, **{field["name"]: bad}))
            text = answer.text()
            if answer.status != 422:
                wrong.append(f"{name} {field['name']}={bad}: {answer.status}")
            elif not re.search(rf'id="field-[^"]*{re.escape(field["name"])}-fault"', text):
                wrong.append(f"{name} {field['name']}={bad}: no fault at the field")
            elif journal(house) != before:
                wrong.append(f"{name} {field['name']}={bad}: something was written")
            for target in re.findall(r'class="faults".*?</div>', text, re.S)[:1]:
                for link in re.findall(r'href="#([^"]+)"', target):
                    if f'id="{link}"' not in text:
                        wrong.append(f"{name} {field['name']}: the link to #{link} leads nowhere")
            # What else was typed is still there.
            if answer.status == 422 and bad != "bestaat-niet" and bad not in text:
                wrong.append(f"{name} {field['name']}={bad}: what was typed is gone")
    assert not wrong, "\n".join(wrong)


def test_saving_what_stands_there_changes_nothing(guests, forms, house):
    wrong = []
    for (name, who), (_, form) in sorted(forms.items()):
        if not any(field["name"] == "version" for field in form["fields"]):
            continue
        before = journal(house)
        answer = post(guests, who, form, sent(form))
        if answer.status not in (303, 422) or journal(house) != before:
            wrong.append(f"{name}: {answer.status}, {journal(house) - before} written")
    assert not wrong, "\n".join(wrong)


def test_a_double_press_does_it_once(guests, forms, house):
    wrong = []
    for (name, who), (template, _) in sorted(forms.items()):
        page = guests.get(who).go(template.path.format(**guests.files))
        form = next((one for one in page.evaluate(LISTED) if kind(one["action"]) == name), None)
        # What it takes a person to be closed or a file to end is tried elsewhere; a letter is seen on the last page that
        # came, so that each press makes one that works.
        if form is None or re.search(r"/(end|close|merge|return|setback|letter)", name):
            continue
        first = post(guests, who, form, sent(form))
        after = journal(house)
        second = post(guests, who, form, sent(form))
        if first.status == 303 and (second.status != 303 or first.headers["location"] != second.headers["location"]):
            wrong.append(f"{name}: {first.status}, then {second.status}")
        if journal(house) != after:
            wrong.append(f"{name}: done twice")
        if first.status >= 500 or second.status >= 500:
            wrong.append(f"{name}: {first.status}")
    assert not wrong, "\n".join(wrong)


def changed(form: dict, word: str) -> list[tuple[str, str]] | None:
    """The form with one of its words changed; None when it has none."""
    field = next((one for one in form["fields"] if one["type"] in ("textarea", "text") and one["name"] != "version"), None)
    return field and sent(form, **{field["name"]: (field["value"] + " " + word).strip()})


def test_two_tabs_lose_nothing(guests, forms, house):
    """What somebody else stored meanwhile is shown beside what was typed; nothing is written over."""
    wrong, tried = [], 0
    for (name, who), (template, _) in sorted(forms.items()):
        page = guests.get(who).go(template.path.format(**guests.files))
        form = next((one for one in page.evaluate(LISTED) if kind(one["action"]) == name), None)
        if form is None or not any(field["name"] == "version" for field in form["fields"]):
            continue
        first, second = changed(form, "eerst"), changed(form, "daarna")
        if not first or post(guests, who, form, first).status != 303:
            continue
        tried += 1
        before = journal(house)
        answer = post(guests, who, form, second)
        text = answer.text()
        if answer.status != 409 or journal(house) != before:
            wrong.append(f"{name}: {answer.status}, {journal(house) - before} written")
        elif "daarna" not in text or 'class="stored"' not in text or "eerst" not in text:
            wrong.append(f"{name}: not both are shown")
    assert not wrong, "\n".join(wrong)
    assert tried >= 5, tried


def test_a_session_that_ended_loses_no_words(guests, forms):
    """Signed out while one writes: after signing in one is where one was, with one's words."""
    wrong, tried = [], 0
    for (name, who), (template, form) in sorted(forms.items()):
        person = guests.get(who)
        path = template.path.format(**guests.files)
        page = person.go(path)
        own = page.locator(f"form[method=post][action='{form['action']}']").first
        long = own.locator("textarea").first
        if not long.count() or not long.is_visible():
            continue
        tried += 1
        words = "Dit schreef ik toen de tijd om was"
        long.fill(words)
        page.wait_for_timeout(600)
        person.context.clear_cookies()
        own.locator("button[type=submit], button:not([type])").last.click()
        if "/sign-in" not in page.url or page.locator("main .notice").count() == 0:
            wrong.append(f"{name}: {page.url} without a reason")
            continue
        page.locator("main ul.people li").filter(has_text=who).locator("button").first.click()
        back = page.locator(f"form[method=post][action='{form['action']}'] textarea").first
        try:
            back.wait_for(state="attached", timeout=3000)
            page.wait_for_function(
                "([action, words]) => [...document.querySelectorAll(`form[action='${action}'] textarea`)]"
                ".some((one) => one.value === words)", arg=[form["action"], words], timeout=3000)
        except Exception:
            wrong.append(f"{name}: the words are gone at {page.url}")
        # The draft is not for the tests that follow.
        page.evaluate("indexedDB.deleteDatabase('geland')")
    assert not wrong, "\n".join(wrong)
    assert tried > 10, tried


def test_one_is_warned_before_the_session_is_over_and_can_stay(house, browser):
    from house import Person
    person = Person(house, browser, "")
    person.page.clock.install()
    person.sign_in("Sanne")
    person.go("/today")
    warning = person.page.locator("#session")
    assert not warning.is_visible()
    person.page.clock.run_for(29 * 60_000)
    assert warning.is_visible() and "twee minuten" in warning.inner_text()
    person.press("Ik ben er nog")
    warning.wait_for(state="hidden")
    # Somebody who types is there, however long no page was asked for.
    person.go("/account")
    person.page.clock.run_for(26 * 60_000)
    person.page.locator("main input[type=text]").first.evaluate(
        "(field) => { field.value = 'x'; field.dispatchEvent(new Event('input', { bubbles: true })) }")
    person.page.wait_for_timeout(300)
    person.page.clock.run_for(10 * 60_000)
    assert not warning.is_visible()
    person.page.clock.run_for(25 * 60_000)
    person.page.wait_for_url("**/sign-in?why=idle*")
    assert "een tijd weg" in person.text()
    person.page.locator("main ul.people li").filter(has_text="Sanne").locator("button").first.click()
    assert person.path() == "/account"
    person.close()


def test_without_a_connection_the_words_stay(guests, forms):
    wrong, tried = [], 0
    for (name, who), (template, form) in sorted(forms.items()):
        person = guests.get(who)
        page = person.go(template.path.format(**guests.files))
        own = page.locator(f"form[method=post][action='{form['action']}']").first
        long = own.locator("textarea, input[type=text]").first
        if not long.count() or not long.is_visible():
            continue
        tried += 1
        long.fill("Dit mag niet weg")
        person.context.set_offline(True)
        button = own.locator("button[type=submit], button:not([type])").last
        button.click()
        notice = own.locator(".notice.kept")
        if notice.count() != 1 or long.input_value() != "Dit mag niet weg":
            wrong.append(name)
        elif abs(notice.bounding_box()["y"] - button.bounding_box()["y"]) > 250:
            wrong.append(f"{name}: the notice is far from the button")
        person.context.set_offline(False)
    assert not wrong, "\n".join(wrong)
    assert tried > 20
