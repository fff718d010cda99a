"""How fast a filled region answers: medians with one client, files a second with eight, memory."""

import http.client
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from urllib.parse import urlencode

geland, folder = sys.argv[1:3]
ROUNDS = 300


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


port = free_port()
began = time.perf_counter()
server = subprocess.Popen(
    [geland, "demo", "--database", f"sqlite:{folder}/geland.sqlite", "--port", str(port)], stderr=subprocess.DEVNULL)


class Client:
    def __init__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookie = ""

    def send(self, method, path, fields=None, token=None):
        headers = {"cookie": self.cookie, "host": f"localhost:{port}"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["content-type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):
            # The server closes what was idle for half a minute.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("set-cookie") or []:
            self.cookie = cookie.split(";")[0]
        return answer.status, text, answer.headers

    def token(self):
        """A token for the API, made on the account page."""
        _, text, _ = self.send("GET", "/account")
        _, text, _ = self.send("POST", "/account/tokens", self.keys(text) | {"label": "bench"})
        return re.search(r'class="code[^>]*>([^<]+)<', text)[1]

    def keys(self, text):
        return {name: re.search(f'name="{name}" value="([^"]*)"', text)[1] for name in ("form-token", "once")}

    def sign_in(self, name):
        _, text, _ = self.send("GET", "/sign-in")
        account = re.search(re.escape(name) + r'.*?name="account" value="([^"]*)"', text, re.S)[1]
        self.send("POST", "/sign-in/demo", self.keys(text) | {"account": account})


for _ in range(600):
    try:
        Client().send("GET", "/health")
        break
    except OSError:
        time.sleep(0.02)
print(f"start: {time.perf_counter() - began:.2f} s until it answers")


def memory(key="VmRSS"):
    with open(f"/proc/{server.pid}/status") as status:
        return int(re.search(key + r":\s+(\d+) kB", status.read())[1]) / 1024


def median(what, action):
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        action(number)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    print(f"{what}: median {statistics.median(times):.1f} ms, 95 of 100 within {times[int(ROUNDS * 0.95)]:.1f} ms")


try:
    worker = Client()
    worker.sign_in("Sanne Bakker")
    coordinator = Client()
    coordinator.sign_in("Zeno Prins")
    files = []
    path = "/board?all=1"
    while len(files) < 2000 and path:
        _, text, _ = coordinator.send("GET", path)
        files += re.findall(r'href="/residents/([0-9a-f-]{36})/journey"', text)
        more = re.search(r'href="(/board\?after=[^"]*)"', text)
        path = more[1].replace("&amp;", "&") if more else None
    whole = re.findall(r'/journey">([^<]+ [^<]+)<', text) or ["Kim Bakker"]
    names = [line[:3] for line in re.findall(r'/journey">([^<]+)<', text)] or ["Kim"]
    _, text, _ = worker.send("GET", "/people")
    own = [
        one for one in re.findall(r'href="/residents/([0-9a-f-]{36})"', text)
        if worker.send("GET", f"/residents/{one}/contacts/new")[0] == 200]

    def expect(answer, status=200):
        if answer[0] != status:
            raise SystemExit(f"answered {answer[0]}")

    time.sleep(2)
    median("Vandaag", lambda _: expect(worker.send("GET", "/today")))
    median("resident file", lambda n: expect(coordinator.send("GET", f"/residents/{files[n % len(files)]}")))
    search_keys = coordinator.keys(coordinator.send("GET", "/search")[1])
    median("search", lambda n: expect(coordinator.send("POST", "/search", search_keys | {"q": random.choice(names)})))
    median("search by a whole name", lambda n: expect(
        coordinator.send("POST", "/search", search_keys | {"q": whole[n % len(whole)]})))
    median("search with a letter wrong", lambda n: expect(
        coordinator.send("POST", "/search", search_keys | {"q": whole[n % len(whole)].replace("e", "ee", 1) + "q"})))
    median("search by a telephone number", lambda n: expect(
        coordinator.send("POST", "/search", search_keys | {"q": f"06 {12345678 + n}"})))

    def quick_log(number):
        page = f"/residents/{own[number % len(own)]}/contacts/new"
        _, text, _ = worker.send("GET", page)
        start = time.perf_counter()
        expect(worker.send("POST", page, worker.keys(text) | {
            "channel": "call", "reached": "yes", "minutes": "15", "words": "Gebeld"}), 303)
        saved.append((time.perf_counter() - start) * 1000)

    saved = []
    median("quick log, form and save", quick_log)
    print(f"quick log, save alone: median {statistics.median(saved):.1f} ms")
    median("board", lambda _: expect(coordinator.send("GET", "/board")))

    queries = ["uitkering te laat", "gemengd wonen", "buren", "hoofdbewonr", "schuldhulpverlenign", "begelieding op afstand",
               "wat te regelen voor een gemengd gebouw", "xylofoonzwaluw", "Housing First", "schulden", "stilte", "zeist"]
    median("search in what works, the page", lambda n: expect(
        worker.send("GET", "/knowledge?" + urlencode({"q": queries[n % len(queries)]}))))
    token = worker.token()
    median("search in what works, by API", lambda n: expect(
        worker.send("GET", "/api/v1/knowledge/search?limit=20&" + urlencode({"q": queries[n % len(queries)]}), token=token)))

    with open(f"{folder}/files.lua", "w") as script:
        script.write("local ids = {" + ",".join(f'"{one}"' for one in files) + "}\nlocal at = math.random(#ids)\n")
        script.write("request = function() at = at % #ids + 1; return wrk.format('GET', '/residents/' .. ids[at]) end\n")
        script.write("done = function(s) if s.requests == 0 then os.exit(1) end\n")
        script.write("io.write(string.format('files: %.0f a second with 8 clients, %d errors\\n', ")
        script.write("s.requests / s.duration * 1e6, s.errors.status + s.errors.read + s.errors.timeout)) end\n")
    out = subprocess.run(
        ["wrk", "-t2", "-c8", "-d20s", "-s", f"{folder}/files.lua", "-H", f"Cookie: {coordinator.cookie}",
         f"http://127.0.0.1:{port}"], capture_output=True, text=True)
    print(*[line for line in out.stdout.splitlines() if line.startswith("files:")] or [out.stdout, out.stderr])
    print(f"memory: {memory():.0f} MB now, {memory('VmHWM'):.0f} MB at most")
finally:
    server.terminate()
    server.wait(30)
