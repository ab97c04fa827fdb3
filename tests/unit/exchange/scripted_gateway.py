"""A gateway of the test's own: a real server that answers with given documents and writes down every request."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    target: str
    headers: dict
    params: dict


@dataclass(frozen=True)
class Page:
    body: bytes
    status: int = 200
    content_type: str = "text/xml"


def twiml(*verbs: str) -> Page:
    return Page(("<Response>" + "".join(verbs) + "</Response>").encode())


class ScriptedGateway:
    """`pages` maps a path to its page, or to a list of pages served one after another (the last one stays)."""

    def __init__(self) -> None:
        self.pages = {}
        self.requests = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def answer(self, request: Request) -> Page:
        with self._lock:
            self.requests.append(request)
            page = self.pages.get(request.path, twiml())
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
        return page(request) if callable(page) else page

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                params = dict(parse_qsl(body, keep_blank_values=True))
                path = self.path.partition("?")[0]
                page = gateway.answer(Request(self.command, path, self.path, dict(self.headers), params))
                self.send_response(page.status)
                self.send_header("Content-Type", page.content_type)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *args) -> None:
                """Tests print nothing."""

        return Handler
