"""Tests of the web skill against a site on the loopback interface."""

from __future__ import annotations

import csv
import gzip
import unittest
from pathlib import Path
from unittest import mock

from loopback import Answer, LoopbackServer
from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import documents
import http_request
import site_map
from page_structure import read_structure

PAGE = """<!DOCTYPE html><html lang="en"><head><title> Opening
 hours </title><meta name="Description" content="When we are open."><link rel="canonical" href="/hours">
<script>document.write('<a href="/script">no</a>')</script></head><body><nav><a href="/">Home</a></nav>
<h1>Opening <i>hours</i></h1><p>Open every day except Monday.</p><h2>Holidays</h2>
<p>See <a href="map.html#way">the map</a>, <a href="/map.html">map again</a>, <a href="guide.pdf">Guide</a>,
<a href="https://example.org/x">elsewhere</a>, <a href="mailto:a@b.c">mail</a>, <a href="javascript:x()">script</a>
and <a href="/logo"><img alt="Our logo" src="l.png"></a>.</p></body></html>"""
SITES = {
    "/docs/install": ("Install", "Unpack the archive and run the installer. " * 5),
    "/docs/refund-policy": ("Refunds", "You get your money back within 30 days. Ask for a refund by letter."),
    "/blog/news": ("News", "A refund was mentioned once in this long text. " + "Other things happened. " * 60),
    "/private/plan": ("Plan", "refund refund refund"),
}


def xml(urls: list[str], kind: str = "url") -> str:
    entries = "".join(f"<{kind}><loc>{url}</loc><lastmod>2026-05-01</lastmod></{kind}>" for url in urls)
    root = "urlset" if kind == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'


class WebTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = LoopbackServer()
        self.addCleanup(self.server.close)

    def page(self, path: str, html: str) -> str:
        return self.server.serve(path, Answer(html, headers={"Content-Type": "text/html; charset=utf-8"}))

    def site(self) -> str:
        urls = [
            self.page(path, f"<html><title>{title}</title><body><p>{text}</p></body></html>")
            for path, (title, text) in SITES.items()
        ]
        self.server.serve("/sitemap.xml", Answer(xml([*urls, self.server.url + "/gone"])))
        self.server.serve("/robots.txt", Answer("User-agent: *\nDisallow: /private/\n"))
        return self.server.url + "/"


class ContractTests(SkillContract, unittest.TestCase):
    pass


class PageTests(WebTestCase):
    def test_a_page_is_saved_with_what_it_says_about_itself(self) -> None:
        result = call("fetch_page", url=self.page("/hours.html", PAGE))
        self.assertEqual(Path(result["path"]).read_text(), PAGE)
        self.assertEqual((result["path"], result["title"], result["language"]), ("hours.html", "Opening hours", "en"))
        self.assertEqual(result["description"], "When we are open.")
        self.assertEqual(result["canonical_url"], self.server.url + "/hours")
        self.assertEqual(result["headings"], [{"level": 1, "text": "Opening hours"}, {"level": 2, "text": "Holidays"}])

    def test_what_is_no_page_is_refused(self) -> None:
        url = self.server.serve("/data.csv", Answer("a,b\n", headers={"Content-Type": "text/csv"}))
        with self.assertRaisesRegex(ValueError, "not a web page"):
            call("fetch_page", url=url)

    def test_text_comes_from_an_address_or_a_saved_file(self) -> None:
        url = self.page("/hours.html", PAGE)
        direct = call("extract_page_text", page=url)
        saved = call("extract_page_text", page=call("fetch_page", url=url)["path"], path="other.txt")
        self.assertEqual(direct["text"], saved["text"])
        self.assertEqual((direct["path"], direct["url"], saved["url"]), ("hours.txt", url, None))
        self.assertIn("Open every day except Monday.", direct["text"])
        self.assertNotIn("document.write", direct["text"])

    def test_a_long_text_is_cut_in_the_answer_and_whole_in_the_file(self) -> None:
        self.write("long.html", "<html><p>" + "word " * 10_000)
        result = call("extract_page_text", page="long.html")
        self.assertEqual((len(result["text"]), result["truncated"], result["words"]), (20_000, True, 10_000))
        self.assertEqual(len(Path(result["path"]).read_text().strip()), result["characters"])

    def test_links_are_absolute_each_once_and_only_web_addresses(self) -> None:
        result = call("list_page_links", page=self.page("/a/hours.html", PAGE))
        base = self.server.url
        expected = ["/", "/a/map.html", "/map.html", "/a/guide.pdf", "https://example.org/x", "/logo"]
        urls = [link["url"] for link in result["links"]]
        self.assertEqual(urls, [path if path.startswith("http") else base + path for path in expected])
        self.assertEqual(result["links"][-1]["text"], "Our logo")
        self.assertEqual(
            call("list_page_links", page=base + "/a/hours.html", pattern="*.pdf")["links"],
            [{"url": base + "/a/guide.pdf", "text": "Guide", "same_site": True}],
        )
        self.assertEqual(call("list_page_links", page=base + "/a/hours.html", same_site=True)["count"], 5)
        self.assertTrue(call("list_page_links", page=base + "/a/hours.html", max_links=2)["truncated"])

    def test_a_saved_file_needs_a_base_for_its_relative_links(self) -> None:
        self.write("p.html", PAGE)
        self.assertEqual(call("list_page_links", page="p.html")["count"], 1)
        result = call("list_page_links", page="p.html", base_url="https://example.org/a/")
        self.assertIn("https://example.org/a/map.html", [link["url"] for link in result["links"]])

    def test_hostile_pages_are_still_read(self) -> None:
        for html in (
            "<a href='http://[::1'>x</a>",
            "<" * 5000,
            "<a href=x>" * 20_000,
            "<title>" * 1000,
            "<base href='::'>",
        ):
            with self.subTest(html[:20]):
                self.assertLessEqual(len(read_structure(html, "http://example.org/").links), 5000)

    def test_pages_out_of_reach_are_refused(self) -> None:
        self.write("image.bin", b"\x89PNG\0\0")
        cases = [
            (PermissionError, {"page": "http://169.254.169.254/latest"}),
            (PermissionError, {"page": "../secret.html"}),
            (FileNotFoundError, {"page": self.server.url + "/missing"}),
            (FileNotFoundError, {"page": "missing.html"}),
            (ValueError, {"page": "image.bin"}),
            (ValueError, {"page": "http://user:secret@127.0.0.1/"}),
        ]
        for kind, arguments in cases:
            with self.subTest(arguments=arguments), self.assertRaises(kind):
                call("extract_page_text", **arguments)

    def test_a_compressed_document_that_grows_too_large_is_refused(self) -> None:
        url = self.server.serve("/page.gz", Answer(gzip.compress(bytes(2_000_000))))
        with mock.patch.object(documents, "MAX_DOCUMENT_BYTES", 1_000_000):
            with self.assertRaisesRegex(ValueError, "unpacks to more"):
                call("extract_page_text", page=url)


class SiteMapTests(WebTestCase):
    def test_the_map_is_found_from_the_address_of_the_site(self) -> None:
        result = call("read_sitemap", url=self.site())
        self.assertEqual(result["sitemaps"], [self.server.url + "/sitemap.xml"])
        self.assertEqual((result["count"], result["pages"][0]["changed"]), (5, "2026-05-01"))
        with open(result["path"], newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["url"] for row in rows], [page["url"] for page in result["pages"]])
        self.assertEqual(call("read_sitemap", url=self.site(), pattern="*/docs/*", path="docs.csv")["count"], 2)

    def test_an_index_leads_to_further_maps_compressed_and_plain_ones_too(self) -> None:
        base = self.server.url
        self.server.serve("/robots.txt", Answer("Sitemap: /index.xml\n"))
        self.server.serve("/index.xml", Answer(xml([base + "/a.xml.gz", base + "/b.txt", base + "/c.xml"], "sitemap")))
        self.server.serve("/a.xml.gz", Answer(gzip.compress(xml([base + "/1"]).encode())))
        self.server.serve("/b.txt", Answer(f"{base}/2\n{base}/1\n"))
        result = call("read_sitemap", url=base)
        self.assertEqual([page["url"] for page in result["pages"]], [base + "/1", base + "/2"])
        self.assertIn("404", result["problems"][0])

    def test_a_map_leads_to_no_other_server(self) -> None:
        base = self.server.url
        self.server.serve(
            "/robots.txt", Answer("Sitemap: http://169.254.169.254/x.xml\nSitemap: http://localhost:1/y\n")
        )
        others = ["https://example.org/1", "http://127.0.0.1:1/2", "file:///etc/passwd", base + "/3"]
        self.server.serve("/sitemap.xml", Answer(xml(others)))
        self.assertEqual([page["url"] for page in call("read_sitemap", url=base)["pages"]], [base + "/3"])

    def test_a_circle_of_maps_ends(self) -> None:
        base = self.server.url
        self.server.serve("/a.xml", Answer(xml([base + "/a.xml", base + "/b.xml"], "sitemap")))
        self.server.serve("/b.xml", Answer(xml([base + "/a.xml"], "sitemap")))
        result = call("read_sitemap", url=base + "/a.xml")
        self.assertEqual(result["sitemaps"], [base + "/a.xml", base + "/b.xml"])
        names = [f"{base}/{number}.xml" for number in range(80)]
        for name in names:
            self.server.serve(name.removeprefix(base), Answer(xml([base + "/x"])))
        self.server.serve("/all.xml", Answer(xml(names, "sitemap")))
        result = call("read_sitemap", url=base + "/all.xml")
        self.assertEqual((len(result["sitemaps"]), result["truncated"]), (site_map.MAX_SITEMAPS, True))

    def test_what_is_no_site_map_says_so(self) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>'
        for body in (PAGE, bomb, "<urlset><url>", "<feed/>", "hello", ""):
            with self.subTest(body[:30]), self.assertRaisesRegex(ValueError, "site map"):
                call("read_sitemap", url=self.server.serve("/x.xml", Answer(body)))
        with self.assertRaises(FileNotFoundError):
            call("read_sitemap", url=self.server.url + "/none.xml")


class SearchTests(WebTestCase):
    def test_finds_the_page_that_is_about_the_words(self) -> None:
        result = call("search_site", sitemap=self.site(), query="refund money", delay_seconds=0)
        urls = [entry["url"].removeprefix(self.server.url) for entry in result["results"]]
        self.assertEqual(urls, ["/docs/refund-policy", "/blog/news"])
        self.assertIn("money back", result["results"][0]["snippet"])
        self.assertEqual((result["visited_pages"], result["known_pages"], result["complete"]), (3, 5, False))
        self.assertIn("404", result["failed"][0])

    def test_robots_txt_is_kept(self) -> None:
        result = call("search_site", sitemap=self.site(), query="refund", delay_seconds=0)
        self.assertEqual(result["forbidden_pages"], 1)
        self.assertNotIn("/private/plan", [request.path for request in self.server.received])

    def test_the_likeliest_page_is_visited_first(self) -> None:
        result = call("search_site", sitemap=self.site(), query="refund", max_pages=1, delay_seconds=0)
        self.assertEqual([entry["title"] for entry in result["results"]], ["Refunds"])

    def test_a_saved_map_is_searched_without_reading_it_again(self) -> None:
        path = call("read_sitemap", url=self.site(), pattern="*/docs/*")["path"]
        self.server.received.clear()
        result = call("search_site", sitemap=path, query="installer", delay_seconds=0)
        self.assertEqual([entry["title"] for entry in result["results"]], ["Install"])
        self.assertNotIn("/sitemap.xml", [request.path for request in self.server.received])

    def test_the_pause_is_what_was_asked_or_what_robots_txt_asks(self) -> None:
        site = self.site()
        self.server.serve("/robots.txt", Answer("User-agent: *\nCrawl-delay: 3\nDisallow: /private/\n"))
        with mock.patch("time.sleep") as pause:
            call("search_site", sitemap=site, query="refund", delay_seconds=0)
        self.assertEqual({wait.args[0] for wait in pause.call_args_list}, {3.0})

    def test_wrong_searches_are_refused(self) -> None:
        self.write("two.csv", "url\nhttps://example.org/1\nhttps://example.com/2\n")
        self.write("none.csv", "name\nx\n")
        for sitemap, query, message in (
            ("two.csv", "x", "several servers"),
            ("none.csv", "x", "column 'url'"),
            ("two.csv", "?!", "one word"),
        ):
            with self.subTest(message), self.assertRaisesRegex(ValueError, message):
                call("search_site", sitemap=sitemap, query=query)

    def test_a_public_page_may_not_lead_into_a_private_network(self) -> None:
        private = http_request.checked_url("http://127.0.0.1/")
        with self.assertRaisesRegex(PermissionError, "private address"):
            http_request._check_address(private, from_public=True)


if __name__ == "__main__":
    unittest.main()
