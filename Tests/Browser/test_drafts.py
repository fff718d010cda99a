"""Typing survives: a reload, a lost connection, a timeout; and lies sealed in the browser until the server has it."""

from house import Person

DUMP = """async () => {
  const db = await new Promise((done) => {
    const r = indexedDB.open("geland", 1); r.onsuccess = () => done(r.result); });
  const store = db.transaction("kept").objectStore("kept");
  const ask = (r) => new Promise((done) => { r.onsuccess = () => done(r.result); });
  const [names, values] = [await ask(store.getAllKeys()), await ask(store.getAll())];
  return names.map((name, place) => [name, name === "key"
    ? String(values[place].key.extractable)
    : new TextDecoder("latin1").decode(values[place].sealed)]);
}"""


def quick_log(worker: Person):
    link = worker.go("/people").get_by_role("link", name="Noor Hendriks", exact=True).first
    return link.get_attribute("href") + "/contacts/new"


def test_typing_survives(house, browser):
    worker = Person(house, browser, "Sanne Bakker")
    path = quick_log(worker)
    page = worker.go(path)
    page.get_by_label("Wat is er besproken?").fill("Samen de koelkast gekozen")
    page.wait_for_timeout(700)
    kept = dict(page.evaluate(DUMP))
    assert kept["key"] == "false", "the key can be taken out"
    drafts = [value for name, value in kept.items() if name.startswith("draft:")]
    assert len(drafts) == 1 and "koelkast" not in drafts[0], "a draft lies open"

    page.reload()
    page.wait_for_timeout(400)
    assert page.get_by_label("Wat is er besproken?").input_value() == "Samen de koelkast gekozen"
    assert "staat er weer" in worker.text()

    worker.context.set_offline(True)
    worker.keep_contact()
    assert "niet verbonden" in worker.text()
    assert page.get_by_label("Wat is er besproken?").input_value() == "Samen de koelkast gekozen"
    worker.context.set_offline(False)
    worker.keep_contact()
    assert "Contact opgeslagen" in worker.text()
    page.wait_for_timeout(400)
    assert not [name for name, _ in page.evaluate(DUMP) if name.startswith("draft:")]
    worker.go(path)
    page.wait_for_timeout(400)
    assert page.get_by_label("Wat is er besproken?").input_value() == ""
    assert worker.faults == []
    worker.close()


def test_drafts_are_gone_for_the_next_person_and_after_signing_out(house, browser):
    worker = Person(house, browser, "Sanne Bakker")
    page = worker.go(quick_log(worker))
    page.get_by_label("Wat is er besproken?").fill("Alleen voor mij")
    page.wait_for_timeout(700)
    worker.sign_in("Ravi Sharma")
    page.wait_for_timeout(700)
    assert not [name for name, _ in page.evaluate(DUMP) if name.startswith("draft:")]
    worker.close()


def test_a_form_works_without_script(house, browser):
    worker = Person(house, browser, "Sanne Bakker", script=False)
    page = worker.go(quick_log(worker))
    page.get_by_label("Wat is er besproken?").fill("Zonder script")
    worker.keep_contact()
    assert "Contact opgeslagen" in worker.text()
    worker.close()


def test_a_stale_edit_shows_both(house, browser):
    one = Person(house, browser, "Sanne Bakker")
    two = Person(house, browser, "Noor Hendriks")
    path = quick_log(one).replace("/contacts/new", "/story")
    one.go(path)
    two.go(path)
    one.page.locator("#field-words").fill("Van Sanne")
    one.press("Opslaan")
    two.page.locator("#field-words").fill("Van Noor zelf")
    two.press("Opslaan")
    assert "Van Sanne" in two.text() and two.page.locator("#field-words").input_value() == "Van Noor zelf"
    two.press("Opslaan")
    assert "Je verhaal is opgeslagen" in two.text()
    one.close()
    two.close()
