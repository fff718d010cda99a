"""Every page template, with somebody who may see it."""

from dataclasses import dataclass

from house import House, Person

WORKER, COORDINATOR, RESIDENT = "Sanne Bakker", "Zeno Prins", "Noor Hendriks"
ADMINISTRATOR, RELATIVE, ADVISER = "Bea Heer", "Marlies Visser", "Jonna Wind"


@dataclass(frozen=True)
class Template:
    name: str
    who: str
    path: str
    """With {daan} for the file of somebody who is not doing well, {noor} for the resident's own."""
    find: str = ""
    """Typed into the search field before one looks."""
    press: str = ""
    """A button, in Dutch and English, that is pressed before one looks."""


TEMPLATES = [
    Template("sign-in", "", "/sign-in"),
    Template("help", "", "/help"),
    Template("help-resident", RESIDENT, "/help/resident"),
    Template("help-adviser", ADVISER, "/help/adviser"),
    Template("help-housing", "", "/help/housing"),
    Template("contact", "", "/contact"),
    Template("accessibility", "", "/accessibility"),
    Template("welcome", "", "/welcome"),
    Template("not-found", WORKER, "/nowhere"),
    Template("account", WORKER, "/account"),
    Template("home", RESIDENT, "/home"),
    Template("own-plan", RESIDENT, "/residents/{noor}/plan"),
    Template("own-story", RESIDENT, "/residents/{noor}/story"),
    Template("own-sharing", RESIDENT, "/residents/{noor}/sharing"),
    Template("own-trail", RESIDENT, "/residents/{noor}/trail"),
    Template("own-warning", RESIDENT, "/residents/{noor}/warning"),
    Template("today", WORKER, "/today"),
    Template("team", WORKER, "/team"),
    Template("people", WORKER, "/people"),
    Template("people-of-a-relative", RELATIVE, "/people"),
    Template("handovers-of-mine", WORKER, "/handovers"),
    Template("hours", WORKER, "/hours"),
    Template("absence", WORKER, "/absence"),
    Template("signals-of-mine", WORKER, "/signals"),
    Template("search", WORKER, "/search", find="da"),
    Template("register", WORKER, "/residents/new"),
    Template("file", WORKER, "/residents/{daan}"),
    Template("file-for-a-relative", RELATIVE, "/residents/{daan}"),
    Template("details", WORKER, "/residents/{daan}/details"),
    Template("own-details", RESIDENT, "/residents/{noor}/details"),
    Template("facts", WORKER, "/residents/{daan}/facts"),
    Template("plan", WORKER, "/residents/{noor}/plan"),
    Template("goal-change", WORKER, "{goal}"),
    Template("step-change", WORKER, "{step}"),
    Template("circle", WORKER, "/residents/{daan}/circle"),
    Template("journey", WORKER, "/residents/{daan}/journey"),
    Template("agreement", WORKER, "/residents/{daan}/agreement"),
    Template("contacts", WORKER, "/residents/{daan}/contacts"),
    Template("quick-log", WORKER, "/residents/{daan}/contacts/new"),
    Template("warning", WORKER, "/residents/{daan}/warning"),
    Template("warning-edit", WORKER, "/residents/{daan}/warning/edit"),
    Template("handovers", WORKER, "/residents/{daan}/handovers"),
    Template("handover-offer", WORKER, "/residents/{daan}/handovers/new"),
    Template("handover-ask", WORKER, "/residents/{daan}/handovers/new?organisation={receiver}"),
    Template("sharing", WORKER, "/residents/{daan}/sharing"),
    Template("sharing-items", WORKER, "{items}"),
    Template("knowledge", WORKER, "/knowledge"),
    Template("knowledge-search", WORKER, "/knowledge?q=uitkering"),
    Template("knowledge-map", WORKER, "/knowledge/map"),
    Template("knowledge-lessons", WORKER, "/knowledge/lessons?block=wonen"),
    Template("knowledge-lesson", WORKER, "/knowledge/lessons/wonen-uitkering-op-tijd"),
    Template("knowledge-block", WORKER, "/knowledge/wonen"),
    Template("knowledge-pilot", WORKER, "/knowledge/gemengd-wonen-zeist"),
    Template("knowledge-practice", WORKER, "/knowledge/waakvlamcontact"),
    Template("knowledge-audience", WORKER, "/knowledge/organisatie"),
    Template("knowledge-verdicts", COORDINATOR, "/knowledge/verdicts"),
    Template("knowledge-adviser", ADVISER, "/knowledge"),
    Template("projects", ADVISER, "/knowledge/projects"),
    Template("project", ADVISER, "{project}"),
    Template("project-new", ADVISER, "/knowledge/projects/new"),
    Template("project-compare", WORKER, "{project}/compare"),
    Template("quickscan", ADVISER, "{quickscan}"),
    Template("quickscan-edit", ADVISER, "{openround}"),
    Template("project-edit", ADVISER, "{project}/edit"),
    Template("lessons-added", ADVISER, "/knowledge/additions"),
    Template("lesson-new", ADVISER, "/knowledge/additions/new"),
    Template("lesson-edit", ADVISER, "{lesson}"),
    Template("meetings", ADVISER, "/knowledge/meetings"),
    Template("meeting", ADVISER, "{meeting}"),
    Template("meeting-new", ADVISER, "/knowledge/meetings/new"),
    Template("meeting-edit", ADVISER, "{meeting}/edit"),
    Template("self-scans", ADVISER, "/knowledge/self-scans"),
    Template("self-scan", ADVISER, "{selfscan}"),
    Template("self-scan-open", ADVISER, "{openscan}"),
    Template("self-scan-paper", ADVISER, "{openscan}/paper"),
    Template("self-scan-new", ADVISER, "/knowledge/self-scans/new"),
    Template("self-scan-code", "", "/self-scan"),
    Template("self-scan-questions", ADVISER, "{openscan}", press="Vul een formulier in|Fill in a form"),
    Template("basic-set", ADVISER, "/knowledge/basic-set"),
    Template("basic-set-municipality", ADVISER, "/knowledge/basic-set/0321"),
    Template("words", ADVISER, "/knowledge/words"),
    Template("exchange", ADVISER, "/knowledge/exchange"),
    Template("import", COORDINATOR, "/import"),
    Template("board", COORDINATOR, "/board"),
    Template("signals", COORDINATOR, "/signals"),
    Template("ready", COORDINATOR, "/ready"),
    Template("merges", COORDINATOR, "/merges"),
    Template("merged-file", COORDINATOR, "{merged}"),
    Template("organisations", ADMINISTRATOR, "/admin/organisations"),
    Template("accounts", ADMINISTRATOR, "/admin/people"),
    Template("organisation", ADMINISTRATOR, "{organisation}"),
    Template("organisation-merge", ADMINISTRATOR, "{organisation}/merge{into}"),
    Template("person", ADMINISTRATOR, "{person}"),
    Template("person-merge", ADMINISTRATOR, "{person}/merge"),
    Template("teams", ADMINISTRATOR, "/admin/teams"),
    Template("rules", ADMINISTRATOR, "/admin/rules"),
    Template("numbers", ADMINISTRATOR, "/admin/numbers"),
    Template("approvals", ADMINISTRATOR, "/approvals"),
    Template("style", "", "/style"),
]


class Guests:
    """The people of the demo region, each signed in once."""

    def __init__(self, house: House, browser, **look):
        self.house, self.browser, self.look = house, browser, look
        self.people: dict[str, Person] = {}
        self.files = {
            "daan": self.file(WORKER, "/people", "Daan Visser"),
            "noor": self.file(WORKER, "/people", "Noor Hendriks"),
            "project": self.address(ADVISER, "/knowledge/projects", "Samen eten"),
            "meeting": self.address(ADVISER, "/knowledge/meetings", "Buren ontvangen"),
            "selfscan": self.address(ADVISER, "/knowledge/self-scans", "Vaartbuurt, Nieuwegein"),
            "openscan": self.address(ADVISER, "/knowledge/self-scans", "Voorbeeldwijk, Houten"),
        }
        self.files["organisation"] = self.address(ADMINISTRATOR, "/admin/organisations", "Lichtboei")
        other = self.address(ADMINISTRATOR, "/admin/organisations", "Stek en Steun").split("/")[-1]
        self.files["into"] = f"?into={other}"
        self.files["person"] = self.get(ADMINISTRATOR).go("/admin/people").locator(
            "ul.people a[href^='/admin/people/']").last.get_attribute("href")
        asked = self.get(WORKER).go("/residents/{daan}/handovers/new".format(**self.files))
        self.files["receiver"] = asked.locator("#organisation option").nth(1).get_attribute("value")
        plan = self.get(WORKER).go("/residents/{noor}/plan".format(**self.files))
        for name in ("goal", "step"):
            link = plan.locator(f"main a[href*='/{name}s/'][href$='/change']").first
            self.files[name] = link.get_attribute("href")
        self.files["merged"] = self.merged()
        project = self.get(ADVISER).go(self.files["project"])
        sharing = self.get(WORKER).go(f"/residents/{self.files['daan']}/sharing")
        sharing.locator("a[href*='open=']", has_text="Marlies Visser").click()
        self.files["items"] = sharing.locator("a[href*='/sharing/'][href$='/plan']").first.get_attribute("href")
        self.files["openround"] = self.round()
        self.files["lesson"] = self.get(ADVISER).go("/knowledge/additions").locator(
            "main a[href^='/knowledge/additions/']:not([href$=new])").first.get_attribute("href")
        project = self.get(ADVISER).go(self.files["project"])
        self.files["quickscan"] = project.locator("a[href^='/knowledge/quickscans/']").first.get_attribute("href")

    def get(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.house, self.browser, name, **self.look)
        return self.people[name]

    def address(self, who: str, path: str, name: str) -> str:
        return self.get(who).go(path).get_by_role("link", name=name, exact=True).first.get_attribute("href")

    def round(self) -> str:
        """A round one is writing: begun here when the house has none."""
        editor = self.get(ADVISER)
        page = editor.go(self.address(ADVISER, "/knowledge/projects", "Wonen aan de Vaart"))
        going = page.locator("main a[href$='/edit'][href^='/knowledge/quickscans/']")
        if going.count():
            return going.first.get_attribute("href")
        page.locator("form[action$='/quickscans'] button").click()
        return editor.path()

    def merged(self) -> str:
        """A registration that became one with another: made so here when the house has none."""
        coordinator = self.get(COORDINATOR)
        known = coordinator.go("/merges").locator("main li a[href^='/residents/']")
        if not known.count():
            for _ in range(2):
                page = coordinator.go("/residents/new")
                page.locator("#field-firstName").fill("Dubbel")
                page.locator("#field-lastName").fill("Aangemeld")
                page.locator("#field-birthDate").fill("1975-03-02")
                page.locator("#field-municipality").select_option(label="Nieuwegein")
                page.locator("main form[action='/residents/new'] button[type=submit]").first.click()
            page = coordinator.go("/merges")
            page.locator("main form:has(input[name=decision][value=merged]) button").first.click()
            known = coordinator.go("/merges").locator("main li a[href^='/residents/']")
        file = coordinator.go(known.first.get_attribute("href"))
        return file.locator("a[href*='/merged/']").first.get_attribute("href")

    def file(self, who: str, path: str, name: str) -> str:
        link = self.get(who).go(path).get_by_role("link", name=name, exact=True).first
        return link.get_attribute("href").split("/")[2]

    def open(self, template: Template, then=lambda: None):
        """Opens a page; `then` runs before the last step, which brings the page that is looked at."""
        person = self.get(template.who)
        person.go(template.path.format(**self.files))
        if template.find or template.press:
            person.page.wait_for_load_state("networkidle")
        if template.find:
            person.page.locator("#q").fill(template.find)
            then()
            person.press("Zoeken" if person.page.locator("html").get_attribute("lang") == "nl" else "Search")
        if template.press:
            dutch, english = template.press.split("|")
            then()
            person.press(dutch if person.page.locator("html").get_attribute("lang") == "nl" else english)
        return person

    def close(self) -> None:
        for person in self.people.values():
            person.close()
