"""A server of one file on a real socket, that stalls, cuts, lies and comes back as it is told to."""

import re
import socketserver
import threading
from http.server import BaseHTTPRequestHandler

LONG = 30.0  # seconds that nobody waits for where all is well


class CrookedServer(socketserver.ThreadingTCPServer):
    """Answers each request with the next of its manners, and every later one honestly. `asked`: the headers of each."""

    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, body, *manners, port=0, edition='"first"', modified="", host="127.0.0.1"):
        super().__init__(("127.0.0.1", port), _Desk)
        self.body = body
        self.edition = edition
        self.modified = modified
        self.asked = []
        self.stalled = threading.Event()
        self.released = threading.Event()
        self._manners = list(manners)
        self._host = host
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return f"http://{self._host}:{self.port}/model.zip"

    @property
    def ranges(self):
        return [headers.get("Range", "") for headers in self.asked]

    def behave(self):
        """Be honest from now on."""
        self._manners.clear()

    def next_manner(self):
        return self._manners.pop(0) if self._manners else honest

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Desk(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(dict(self.headers))
        try:
            self.server.next_manner()(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def begin(self, *, ranges=True, length=True, claim=0):
        """Send the headers as an honest server would; the bytes that have to follow."""
        server = self.server
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        same = self.headers.get("If-Range") in {server.edition, server.modified}
        start = int(wanted[1]) if wanted and ranges and same else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(server.body) - 1}/{len(server.body)}")
        if length:
            self.send_header("Content-Length", str(claim or len(server.body) - start))
        self._name_edition()
        return server.body[start:]

    def _name_edition(self):
        for name, value in (("ETag", self.server.edition), ("Last-Modified", self.server.modified)):
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        pass


def honest(desk):
    desk.wfile.write(desk.begin())


def cut_after(count):
    return lambda desk: desk.wfile.write(desk.begin()[:count])


def stall_after(count):
    def manner(desk):
        desk.wfile.write(desk.begin()[:count])
        desk.server.stalled.set()
        desk.server.released.wait(LONG)

    return manner


def drip_after(count):
    """Then a byte at a time, for as long as anybody listens."""

    def manner(desk):
        body = desk.begin()
        desk.wfile.write(body[:count])
        for at in range(count, len(body)):
            if desk.server.released.wait(0.02):
                return
            desk.wfile.write(body[at : at + 1])

    return manner


def without_ranges(desk):
    desk.wfile.write(desk.begin(ranges=False))


def without_length(count=None):
    return lambda desk: desk.wfile.write(desk.begin(length=False)[:count])


def claiming(size):
    """A file that says it has so many bytes."""
    return lambda desk: desk.wfile.write(desk.begin(claim=size)[:100])


def change_to(body, edition, then=honest):
    """The file is another one from now on."""

    def manner(desk):
        desk.server.body, desk.server.edition = body, edition
        then(desk)

    return manner


def go_away(desk):
    """Half the file, and then nobody is there any more until somebody opens another server on this port."""
    desk.wfile.write(desk.begin()[: len(desk.server.body) // 2])
    desk.server.shutdown()
    desk.server.socket.close()


def answer(status, body=b"", **headers):
    def manner(desk):
        desk.send_response(status)
        for name, value in headers.items():
            desk.send_header(name.replace("_", "-"), value)
        desk.send_header("Content-Length", str(len(body)))
        desk.end_headers()
        desk.wfile.write(body)

    return manner


def redirect_to(address):
    return answer(302, Location=address)


def page(status=200):
    return answer(status, "<html>请先登录上网认证</html>".encode(), Content_Type="text/html")
