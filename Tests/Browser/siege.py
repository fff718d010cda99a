"""Two hundred bad clients for a while, as a process of their own: siege.py PORT SECONDS. Prints the answers to guesses."""

import os
import random
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

CLIENTS = 200
GUESSES_A_SECOND = 50
BOUNDARY = "x" * 20
PARTS = (f"--{BOUNDARY}\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n" * 40_000).encode()


class BadClient(threading.Thread):
    def __init__(self, port: int, kind: str, until: float):
        super().__init__(daemon=True)
        self.port, self.kind, self.until = port, kind, until

    def run(self):
        while time.time() < self.until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                    getattr(self, self.kind)(line)
            except OSError:
                time.sleep(0.05)

    def head(self, path: str, length: int, kind: str) -> bytes:
        return (f"POST {path} HTTP/1.1\r\nhost: localhost:{self.port}\r\ncontent-type: {kind}\r\n"
                f"sec-fetch-site: same-origin\r\ncontent-length: {length}\r\n\r\n").encode()

    def slow(self, line):
        """A head that trickles in."""
        for byte in b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\nx-slow: " + b"a" * 500:
            if time.time() > self.until:
                return
            line.sendall(bytes([byte]))
            time.sleep(0.2)

    def slowbody(self, line):
        line.sendall(self.head("/sign-in", 20_000, "application/x-www-form-urlencoded"))
        while time.time() < self.until:
            line.sendall(b"a")
            time.sleep(0.2)

    def huge(self, line):
        line.sendall(self.head("/sign-in", 1 << 30, "application/x-www-form-urlencoded"))
        chunk = b"a=b&" * 16_384
        while time.time() < self.until:
            line.sendall(chunk)

    def lying(self, line):
        """Says it is long and is short; then says it is short and goes on."""
        line.sendall(self.head("/sign-in", 10_000, "application/x-www-form-urlencoded") + b"email=a")
        time.sleep(1)
        line.close()

    def parts(self, line):
        line.sendall(self.head("/import/check", len(PARTS), f"multipart/form-data; boundary={BOUNDARY}") + PARTS)
        line.recv(4096)


def guesses(port: int, keys: tuple[str, str], until: float, told: list[int], share: int):
    """Guesses from one place, with the keys of a real form."""
    while time.time() < until:
        time.sleep(share / GUESSES_A_SECOND)
        try:
            told.append(guess(port, keys, 20))
        except OSError:
            pass


def guess(port: int, keys: tuple[str, str], patience: float) -> int:
    """The status that a wrong password is answered with."""
    cookie, token = keys
    body = urllib.parse.urlencode({"email": "thuishaven.1@demo.geland.example", "password": f"fout fout {random.random()}",
                                   "form-token": token}).encode()
    request = urllib.request.Request(
        f"http://localhost:{port}/sign-in", data=body, headers={"cookie": cookie, "sec-fetch-site": "same-origin"})
    try:
        return urllib.request.urlopen(request, timeout=patience).status
    except urllib.error.HTTPError as error:
        return error.code


def form(address: str) -> tuple[str, str]:
    with urllib.request.urlopen(address + "/sign-in", timeout=10) as answer:
        cookie = answer.headers["set-cookie"].split(";")[0]
        page = answer.read().decode()
    return cookie, page.split('name="form-token" value="')[1].split('"')[0]


def main():
    port, until = int(sys.argv[1]), time.time() + float(sys.argv[2])
    # They stand for machines elsewhere: what they cost here is not the server's.
    os.nice(19)
    kinds = ["slow", "slowbody", "huge", "lying", "parts"]
    told: list[int] = []
    # Whoever guesses has the form already.
    keys = form(f"http://localhost:{port}")
    clients = [BadClient(port, kinds[number % len(kinds)], until) for number in range(CLIENTS)]
    clients += [threading.Thread(target=guesses, args=(port, keys, until, told, 16), daemon=True) for _ in range(16)]
    for client in clients:
        client.start()
    for client in clients:
        client.join(max(0.1, until + 5 - time.time()))
    print(*told)


if __name__ == "__main__":
    main()
