"""Tests of the http-fetch skill against a server on the loopback interface."""

from __future__ import annotations

import gzip
import hashlib
import socket
import unittest
from pathlib import Path
from unittest import mock

from loopback import Answer, LoopbackServer
from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import http_request
from html_text import read_page

CSV = b"month,revenue\n2024-01,10\n2024-02,12\n"
PAGE = """<!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Caf\xe9 &amp; more</title>
<script>alert("no")</script></head><body><nav>Home <a href="/nav">Menu</a></nav>
<h1>Opening hours</h1><p>Open <b>every day</b> except&nbsp;Monday.</p><ul><li>Tea</li><li>Coffee</li></ul>
<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Friday</td><td>9-17</td></tr></table>
<p>See <a href="map.html">the <i>map</i> here</a>.</p><footer>Imprint</footer></body></html>"""


class HTTPTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = LoopbackServer()
        self.addCleanup(self.server.close)


class ContractTests(SkillContract, unittest.TestCase):
    pass


class DownloadTests(HTTPTestCase):
    def test_saves_the_file_under_the_name_in_the_url(self) -> None:
        url = self.server.serve("/data/sales.csv", Answer(CSV, headers={"Content-Type": "text/plain; charset=utf-8"}))
        result = call("download_file", url=url)
        self.assertEqual(result["path"], "sales.csv")
        self.assertEqual(Path("sales.csv").read_bytes(), CSV)
        self.assertEqual((result["bytes"], result["media_type"], result["status"]), (len(CSV), "text/csv", 200))
        self.assertEqual(result["sha256"], hashlib.sha256(CSV).hexdigest())

    def test_names_are_made_harmless(self) -> None:
        cases = {
            "/a": ('attachment; filename="../../etc/pass wd.csv"', "pass-wd.csv"),
            "/b": ("attachment; filename*=UTF-8''%C3%BCbung.csv", "übung.csv"),
            "/.hidden": (None, "hidden.csv"),
            "/": (None, "127.0.0.1.csv"),
            "/export": (None, "export.csv"),
        }
        for path, (disposition, expected) in cases.items():
            with self.subTest(path):
                headers = {"Content-Type": "text/csv"} | ({"Content-Disposition": disposition} if disposition else {})
                url = self.server.serve(path, Answer(f"{path}\n", headers=headers))
                self.assertEqual(call("download_file", url=url)["path"], expected)

    def test_repeating_a_download_changes_nothing_and_other_content_gets_its_own_name(self) -> None:
        url = self.server.serve("/sales.csv", Answer(CSV))
        self.assertEqual([call("download_file", url=url)["path"] for _ in range(2)], ["sales.csv", "sales.csv"])
        self.server.serve("/sales.csv", Answer(CSV + b"2024-03,9\n"))
        self.assertEqual(call("download_file", url=url)["path"], "sales-2.csv")
        with self.assertRaisesRegex(FileExistsError, "choose another name"):
            call("download_file", url=url, path="sales.csv")
        self.assertEqual(Path("sales.csv").read_bytes(), CSV)

    def test_a_download_that_cannot_be_trusted_leaves_no_file(self) -> None:
        url = self.server.serve("/sales.csv", Answer(CSV))
        short = self.server.serve("/short.csv", Answer(CSV, length=1000))
        endless = self.server.serve("/endless.csv", Answer(b"x" * 5000, length=None))
        bomb = self.server.serve(
            "/bomb.csv", Answer(gzip.compress(b"0" * 200_000), headers={"Content-Encoding": "gzip"})
        )
        cases = [
            (ValueError, "expected one", {"url": url, "sha256": "0" * 64}),
            (ValueError, "more than the limit", {"url": url, "max_bytes": 5}),
            (ValueError, "larger than the limit", {"url": endless, "max_bytes": 100}),
            (ValueError, "larger than the limit", {"url": bomb, "max_bytes": 50_000}),
            (ConnectionError, "after 36 of 1000", {"url": short}),
        ]
        for kind, message, arguments in cases:
            with self.subTest(message), self.assertRaisesRegex(kind, message):
                call("download_file", **arguments)
        self.assertEqual(list(Path().iterdir()), [])

    def test_a_compressed_answer_is_saved_unpacked(self) -> None:
        url = self.server.serve("/sales.csv", Answer(gzip.compress(CSV), headers={"Content-Encoding": "gzip"}))
        self.assertEqual(Path(call("download_file", url=url)["path"]).read_bytes(), CSV)

    def test_error_statuses_say_what_kind_of_trouble_it_is(self) -> None:
        kinds = {
            400: ValueError,
            401: PermissionError,
            403: PermissionError,
            404: FileNotFoundError,
            408: TimeoutError,
            429: ConnectionError,
            503: ConnectionError,
        }
        for status, kind in kinds.items():
            url = self.server.serve(f"/{status}", Answer("no", status, {"Retry-After": "7"}))
            with self.subTest(status), self.assertRaisesRegex(kind, str(status)) as caught:
                call("download_file", url=url)
            if status in (408, 429, 503):
                self.assertEqual((caught.exception.status, caught.exception.retry_after), (status, 7))
        with self.assertRaisesRegex(ConnectionError, "after 7 s"):
            call("download_file", url=self.server.url + "/503")
        for text, wait in (("Thu, 01 Jan 2026 00:00:00 GMT", 0), ("soon", None)):
            url = self.server.serve("/later", Answer("no", 503, {"Retry-After": text}))
            with self.subTest(text), self.assertRaises(ConnectionError) as caught:
                call("download_file", url=url)
            self.assertEqual(caught.exception.retry_after, wait)

    def test_refuses_urls_and_paths_outside_its_remit(self) -> None:
        cases = [
            (ValueError, {"url": "file:///etc/passwd"}),
            (ValueError, {"url": "ftp://example.org/x"}),
            (ValueError, {"url": "sales.csv"}),
            (ValueError, {"url": "http://user:secret@127.0.0.1/"}),
            (ValueError, {"url": "http://127.0.0.1/a b"}),
            (ValueError, {"url": "http://[::1/"}),
            (PermissionError, {"url": "http://169.254.169.254/latest/meta-data"}),
            (PermissionError, {"url": self.server.serve("/x", Answer(CSV)), "path": "../x.csv"}),
            (PermissionError, {"url": self.server.url + "/x", "path": ".git/config"}),
        ]
        for kind, arguments in cases:
            with self.subTest(arguments=arguments), self.assertRaises(kind):
                call("download_file", **arguments)

    def test_links_out_of_the_workspace_are_refused(self) -> None:
        Path("out").symlink_to("..")
        url = self.server.serve("/x", Answer(CSV))
        with self.assertRaisesRegex(PermissionError, "out/x.csv"):
            call("download_file", url=url, path="out/x.csv")


class ConnectionTests(HTTPTestCase):
    def test_follows_redirects_up_to_a_limit(self) -> None:
        self.server.serve("/old", Answer(status=302, headers={"Location": "/new.csv"}))
        self.server.serve("/new.csv", Answer(CSV))
        result = call("download_file", url=self.server.url + "/old")
        self.assertEqual((result["path"], result["url"]), ("new.csv", self.server.url + "/new.csv"))
        self.server.serve("/loop", Answer(status=302, headers={"Location": "/loop"}))
        with self.assertRaisesRegex(ConnectionError, "more than 5 times"):
            call("download_file", url=self.server.url + "/loop")

    def test_a_redirect_to_another_scheme_is_refused(self) -> None:
        self.server.serve("/file", Answer(status=302, headers={"Location": "file:///etc/passwd"}))
        with self.assertRaises(ValueError):
            call("download_file", url=self.server.url + "/file")

    def test_a_public_server_cannot_redirect_into_a_private_network(self) -> None:
        private = http_request.checked_url("http://127.0.0.1/")
        with self.assertRaisesRegex(PermissionError, "private address"):
            http_request._check_address(private, from_public=True)
        self.assertTrue(http_request._check_address(private, from_public=False))

    def test_a_redirect_may_not_drop_encryption_or_carry_a_token_away(self) -> None:
        secure, plain = (http_request.checked_url(f"{scheme}://example.org/") for scheme in ("https", "http"))
        other = http_request.checked_url("https://example.com/")
        with self.assertRaisesRegex(PermissionError, "https to http"):
            http_request._check_redirect(secure, plain, carries_secret=False)
        with self.assertRaisesRegex(PermissionError, "token"):
            http_request._check_redirect(secure, other, carries_secret=True)
        http_request._check_redirect(secure, other, carries_secret=False)

    def test_a_silent_server_times_out(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
            with self.assertRaisesRegex(TimeoutError, "did not answer in time"):
                call("download_file", url=url, timeout_seconds=0.05)

    def test_a_server_that_keeps_sending_meets_the_deadline(self) -> None:
        url = self.server.serve("/sales.csv", Answer(CSV))
        clock = mock.Mock(monotonic=mock.Mock(side_effect=[0.0, 0.0, 99.0]))
        with mock.patch.object(http_request, "time", clock), self.assertRaisesRegex(TimeoutError, "still sending"):
            call("download_file", url=url)

    def test_a_refused_connection_is_a_connection_error(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        with self.assertRaisesRegex(ConnectionError, "cannot be reached"):
            call("download_file", url=f"http://127.0.0.1:{port}/")


class DocumentTests(HTTPTestCase):
    def test_reads_a_page_as_text(self) -> None:
        url = self.server.serve("/hours.html", Answer(PAGE.encode("latin-1"), headers={"Content-Type": "text/html"}))
        result = call("fetch_text", url=url)
        self.assertEqual((result["path"], result["title"]), ("hours.txt", "Café & more"))
        for expected in ("# Opening hours", "Open every day except Monday.", "- Tea\n- Coffee", "Friday | 9-17"):
            self.assertIn(expected, result["text"])
        for unwanted in ("alert", "Menu", "Imprint"):
            self.assertNotIn(unwanted, result["text"])
        self.assertEqual(result["links"], [{"text": "the map here", "url": self.server.url + "/map.html"}])
        self.assertEqual(Path("hours.txt").read_text(), result["text"] + "\n")

    def test_a_long_text_is_cut_in_the_answer_and_whole_in_the_file(self) -> None:
        url = self.server.serve("/long.txt", Answer("word " * 10_000, headers={"Content-Type": "text/plain"}))
        result = call("fetch_text", url=url)
        self.assertTrue(result["truncated"])
        self.assertEqual(len(result["text"]), 20_000)
        self.assertEqual(len(Path(result["path"]).read_text().strip()), result["characters"])

    def test_broken_and_hostile_pages_are_still_read(self) -> None:
        cases = {
            "<p>unclosed <nav>all of it": "unclosed",
            "<nav>only navigation": "only navigation",
            "<main>short</main><p>rest": "rest",
            "<" * 2000 + "p>end</p>": "end",
            "<div>" * 5000 + "deep": "deep",
        }
        for html, expected in cases.items():
            with self.subTest(html[:30]):
                self.assertIn(expected, read_page(html).text)

    def test_reads_json_and_keeps_large_values_in_the_file(self) -> None:
        small = call("fetch_json", url=self.server.json("/small", [{"a": 1}, {"a": None}]))
        self.assertEqual(
            (small["path"], small["item_count"], small["data"]), ("small.json", 2, [{"a": 1}, {"a": None}])
        )
        large = call("fetch_json", url=self.server.json("/large.json", {"text": "x" * 30_000}))
        self.assertEqual((large["data"], large["truncated"], large["item_count"]), (None, True, None))

    def test_what_is_not_json_is_refused(self) -> None:
        for body in ("<html></html>", "", "{'a': 1}", "[NaN]", "[" * 100_000):
            with self.subTest(body[:20]), self.assertRaisesRegex(ValueError, "did not answer with JSON"):
                call("fetch_json", url=self.server.serve("/bad", Answer(body)))


class CheckTests(HTTPTestCase):
    def test_reports_what_a_url_would_give(self) -> None:
        self.server.serve("/old", Answer(status=301, headers={"Location": "/sales.csv"}))
        self.server.serve("/sales.csv", Answer(CSV, headers={"Content-Type": "text/csv"}))
        result = call("check_url", url=self.server.url + "/old")
        self.assertEqual(
            (result["ok"], result["status"], result["media_type"], result["bytes"]), (True, 200, "text/csv", len(CSV))
        )
        self.assertEqual(result["redirects"], [self.server.url + "/old"])
        self.assertEqual([request.method for request in self.server.received], ["HEAD", "HEAD"])

    def test_a_missing_page_and_an_unreachable_server_are_answers(self) -> None:
        self.assertEqual(call("check_url", url=self.server.url + "/gone")["status"], 404)
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        result = call("check_url", url=f"http://127.0.0.1:{port}/")
        self.assertEqual((result["ok"], result["status"]), (False, None))
        self.assertIn("cannot be reached", result["error"])

    def test_a_server_without_head_is_asked_with_get(self) -> None:
        url = self.server.serve("/x", lambda request: Answer(CSV, 405 if request.method == "HEAD" else 200))
        self.assertTrue(call("check_url", url=url)["ok"])


if __name__ == "__main__":
    unittest.main()
