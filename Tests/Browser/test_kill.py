"""Killed at any moment, the server loses nothing it confirmed and has answered no read without a line in the trail.

GELAND_KILLS says how often it is killed; the soak does it many times.
"""

import json
import os
import random
import re
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.request

from house import House, Person

KILLS = int(os.environ.get("GELAND_KILLS", "3"))


class Client(threading.Thread):
    """Logs contacts and opens files as fast as it can, and remembers what was confirmed."""

    def __init__(self, house: House, token: str, residents: list[str], number: int):
        super().__init__()
        self.house, self.token, self.residents, self.number = house, token, residents, number
        self.saved: list[tuple[str, str]] = []
        self.read = 0
        self.random = random.Random(number)

    def call(self, path: str, body: dict | None = None):
        request = urllib.request.Request(
            self.house.address + "/api/v1" + path, data=json.dumps(body).encode() if body else None,
            headers={"authorization": f"Bearer {self.token}", "content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def run(self):
        for count in range(100_000):
            resident = self.random.choice(self.residents)
            words = f"{self.number}-{count}-{self.random.random()}"
            try:
                answer = self.call(
                    f"/residents/{resident}/contacts", {"channel": "call", "isReached": True, "words": words})
                self.saved.append((resident, answer["id"]))
                self.call(f"/residents/{resident}/goals")
                self.read += 1
            except (OSError, urllib.error.URLError, json.JSONDecodeError):
                return


def lines(house: House, object: str) -> int:
    count = 0
    for file in house.folder.glob("geland.sqlite.audit-*"):
        if not re.search(r"audit-\d{4}$", file.name):
            continue
        with sqlite3.connect(file) as trail:
            count += trail.execute("select count(*) from audit where object = ?", (object,)).fetchone()[0]
    return count


def unlined(house: House) -> list[str]:
    """Contacts of a resident whose change has no line that names the resident and what it was about."""
    with sqlite3.connect(house.database) as region:
        lined = set()
        for resident, fields, changes in region.execute("select resident, fields, changes from journal"):
            for change in json.loads(changes):
                if change["table"] == "contact" and resident and "contacts" in (fields or ""):
                    lined.add((resident, change["row"]))
        kept = set(region.execute("select resident, id from contact where resident is not null"))
    return sorted(row for _, row in kept - lined)


def test_killed_at_any_moment(browser):
    house = House()
    try:
        worker = Person(house, browser, "Sanne Bakker")
        token = worker.token()
        worker.close()
        asker = Client(house, token, [], 0)
        residents = [
            one["id"] for one in asker.call("/residents")["items"]
            if any(row["category"] == "contacts" and row["mayWrite"] for row in asker.call(f"/residents/{one['id']}/access")["items"])]
        saved, read, chance = [], 0, random.Random(7)
        for kill in range(KILLS):
            clients = [Client(house, token, residents, kill * 10 + number) for number in range(4)]
            for client in clients:
                client.start()
            time.sleep(chance.uniform(0.05, 0.8))
            house.process.send_signal(signal.SIGKILL)
            house.process.wait()
            for client in clients:
                client.join()
                saved += client.saved
                read += client.read
            house.start()
        assert len(saved) > KILLS * 5 and read > 0
        found = set()
        for resident in residents:
            after = ""
            while True:
                answer = asker.call(f"/residents/{resident}/contacts?limit=100" + (f"&after={after}" if after else ""))
                found |= {(resident, item["id"]) for item in answer["items"]}
                after = answer.get("next")
                if not after:
                    break
        assert set(saved) <= found, "a confirmed contact is gone"
        assert lines(house, "api.goals") >= read, "a file was opened without a line in the trail"
        assert unlined(house) == [], "a contact was kept without its line in the journal"
    finally:
        house.remove()
