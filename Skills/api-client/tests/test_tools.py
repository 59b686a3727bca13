"""Tests of the api-client skill against an API on the loopback interface."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from loopback import Answer, LoopbackServer, Received
from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import api_call
import tools

JSON = {"Content-Type": "application/json"}
TOKEN = "s3cret/tok-en"


class APITestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = LoopbackServer()
        self.addCleanup(self.server.close)
        environment = mock.patch.dict(os.environ, {"DEMO_TOKEN": TOKEN, "EMPTY_TOKEN": ""})
        environment.start()
        self.addCleanup(environment.stop)

    def last(self) -> Received:
        return self.server.received[-1]


class ContractTests(SkillContract, unittest.TestCase):
    pass


class ReadTests(APITestCase):
    def test_reads_json_and_saves_it(self) -> None:
        url = self.server.json("/v1/orders", [{"id": 1}, {"id": 2}])
        result = call("api_get", url=url, query={"status": "open", "tag": ["a", "b c"], "all": True, "none": None})
        self.assertEqual((result["path"], result["item_count"]), ("orders.json", 2))
        self.assertEqual(result["data"], json.loads(Path("orders.json").read_text()))
        query = parse_qs(urlsplit(self.last().path).query)
        self.assertEqual(query, {"status": ["open"], "tag": ["a", "b c"], "all": ["true"]})

    def test_query_parameters_replace_those_in_the_url(self) -> None:
        self.assertEqual(api_call.with_query("https://a.org/x?a=1&b=2", {"a": 3}), "https://a.org/x?b=2&a=3")
        self.assertEqual(api_call.with_query("https://a.org/x?a=1&a=2", None), "https://a.org/x?a=1&a=2")

    def test_an_export_that_is_not_json_is_saved_as_it_is(self) -> None:
        url = self.server.serve("/export", Answer("a,b\n1,2\n", headers={"Content-Type": "text/csv"}))
        result = call("api_get", url=url)
        self.assertEqual((result["path"], result["data"], result["text"]), ("export.csv", None, "a,b\n1,2\n"))
        self.assertEqual(Path("export.csv").read_text(), "a,b\n1,2\n")

    def test_a_large_answer_is_only_in_the_file(self) -> None:
        result = call("api_get", url=self.server.json("/big", ["x" * 100] * 500))
        self.assertEqual((result["data"], result["truncated"], result["item_count"]), (None, True, 500))
        self.assertEqual(len(json.loads(Path(result["path"]).read_text())), 500)

    def test_error_answers_keep_the_words_of_the_server(self) -> None:
        kinds = {400: ValueError, 401: PermissionError, 404: FileNotFoundError, 422: ValueError, 503: ConnectionError}
        for status, kind in kinds.items():
            url = self.server.json(f"/{status}", {"message": "field 'name' is missing"}, status=status)
            with self.subTest(status), self.assertRaisesRegex(kind, "field 'name' is missing"):
                call("api_get", url=url)

    def test_bad_arguments_are_refused_before_anything_is_sent(self) -> None:
        cases = [
            {"url": "example.org/api"},
            {"url": self.server.url, "query": {"a": [["nested"]]}},
            {"url": self.server.url, "headers": {"Authorization": "Bearer x"}},
            {"url": self.server.url, "headers": {"X-API-Key": "x"}},
            {"url": self.server.url, "headers": {"Host": "x"}},
            {"url": self.server.url, "headers": {"X-Note": "a\r\nInjected: yes"}},
            {"url": self.server.url, "headers": {"Bad Name": "x"}},
            {"url": self.server.url, "token_env": "s3cret"},
        ]
        for arguments in cases:
            with self.subTest(arguments=arguments), self.assertRaises(ValueError):
                tools.api_get(**arguments)
        self.assertEqual(self.server.received, [])


class TokenTests(APITestCase):
    def test_the_token_comes_from_the_environment_and_never_comes_back(self) -> None:
        def echo(received: Received) -> Answer:
            token = received.headers["Authorization"]
            body = json.dumps({"plain": token, token: 1})[:-1] + ', "escaped": "{}"}}'.format(token.replace("/", "\\/"))
            return Answer(body, headers=JSON)

        result = call("api_get", url=self.server.serve("/echo", echo), token_env="DEMO_TOKEN")
        self.assertEqual(self.last().headers["Authorization"], f"Bearer {TOKEN}")
        self.assertEqual(set(result["data"].values()), {"Bearer [redacted]", 1})
        self.assertNotIn(TOKEN, json.dumps(result) + Path(result["path"]).read_text())

    def test_an_error_message_does_not_show_the_token(self) -> None:
        escaped = TOKEN.replace("/", "\\/")
        url = self.server.serve("/no", Answer(f'{{"error": "bad token {escaped}"}}', 401, JSON))
        with self.assertRaises(PermissionError) as caught:
            call("api_get", url=url, token_env="DEMO_TOKEN")
        self.assertIn("bad token [redacted]", str(caught.exception))

    def test_a_missing_token_and_an_unencrypted_host_are_refused(self) -> None:
        for name in ("EMPTY_TOKEN", "ABSENT_TOKEN"):
            with self.subTest(name), self.assertRaisesRegex(PermissionError, f"{name} is not set"):
                call("api_get", url=self.server.url, token_env=name)
        with self.assertRaisesRegex(PermissionError, "only sent over https"):
            call("api_get", url="http://api.example.org/v1", token_env="DEMO_TOKEN")

    def test_a_redirect_to_another_server_does_not_get_the_token(self) -> None:
        other = LoopbackServer()
        self.addCleanup(other.close)
        url = self.server.serve("/moved", Answer(status=302, headers={"Location": other.json("/x", {})}))
        with self.assertRaisesRegex(PermissionError, "not carried to another server"):
            call("api_get", url=url, token_env="DEMO_TOKEN")
        self.assertEqual(other.received, [])


class PageTests(APITestCase):
    def pages(self, announce: str) -> str:
        """Serve three pages of two records each, announcing the next page in the given way."""

        def answer(received: Received) -> Answer:
            query = parse_qs(urlsplit(received.path).query)
            page = int(query.get("page", query.get("cursor", ["1"]))[0])
            items = [{"id": page * 2 - 1}, {"id": page * 2}] if page <= 3 else []
            following = f"{self.server.url}/items?page={page + 1}" if page < 3 else None
            if announce == "link":
                link = (
                    {"Link": f'<{following}>; rel="next", <{self.server.url}/items>; rel="first"'} if following else {}
                )
                return Answer(json.dumps(items), headers={**JSON, **link})
            if announce == "field":
                return Answer(json.dumps({"results": items, "next": following}), headers=JSON)
            if announce == "cursor":
                cursor = page + 1 if page < 3 else None
                return Answer(json.dumps({"data": items, "meta": {"next_cursor": cursor}}), headers=JSON)
            return Answer(json.dumps({"payload": {"rows": items}}), headers=JSON)

        return self.server.serve("/items", answer)

    def test_collects_every_page_however_the_next_one_is_announced(self) -> None:
        cases = {
            "link": {},
            "field": {},
            "cursor": {"cursor_param": "cursor"},
            "count": {"page_param": "page", "items_field": "payload.rows"},
        }
        for announce, arguments in cases.items():
            with self.subTest(announce):
                url = self.pages(announce)
                result = call("api_get_all_pages", url=url, output=f"{announce}.json", **arguments)
                self.assertEqual(
                    [item["id"] for item in json.loads(Path(result["path"]).read_text())], [1, 2, 3, 4, 5, 6]
                )
                self.assertTrue(result["complete"])

    def test_a_limit_is_reported_with_the_place_to_continue(self) -> None:
        result = call("api_get_all_pages", url=self.pages("link"), max_pages=2)
        self.assertEqual((result["item_count"], result["page_count"], result["complete"]), (4, 2, False))
        self.assertEqual(result["next_url"], self.server.url + "/items?page=3")

    def test_a_page_that_leads_to_itself_ends_the_walk(self) -> None:
        url = self.server.url + "/loop"
        self.server.json("/loop", {"items": [1], "next": url})
        self.assertEqual(call("api_get_all_pages", url=url)["item_count"], 1)

    def test_a_next_page_on_another_server_is_refused(self) -> None:
        url = self.server.json("/x", {"items": [], "next": "https://elsewhere.example.org/x?page=2"})
        with self.assertRaisesRegex(PermissionError, "another server"):
            call("api_get_all_pages", url=url)

    def test_an_answer_without_a_list_names_its_fields(self) -> None:
        with self.assertRaisesRegex(ValueError, "total, rows"):
            call("api_get_all_pages", url=self.server.json("/x", {"total": 1, "rows": {}}))
        with self.assertRaisesRegex(ValueError, "'rows' is not a list"):
            call("api_get_all_pages", url=self.server.url + "/x", items_field="rows")


class ChangeTests(APITestCase):
    def test_sends_each_method_with_its_body(self) -> None:
        url = self.server.json("/orders/7", {"id": 7}, status=201)
        for tool, method in {"api_post": "POST", "api_put": "PUT", "api_patch": "PATCH"}.items():
            with self.subTest(tool):
                result = call(tool, url=url, body={"name": "Zoë"}, token_env="DEMO_TOKEN")
                self.assertEqual((result["status"], result["data"], result["path"]), (201, {"id": 7}, None))
                self.assertEqual((self.last().method, json.loads(self.last().body)), (method, {"name": "Zoë"}))
                self.assertEqual(self.last().headers["Content-Type"], "application/json")

    def test_delete_accepts_an_empty_answer(self) -> None:
        result = call("api_delete", url=self.server.serve("/orders/7", Answer(status=204)))
        self.assertEqual((result["status"], result["data"], result["text"]), (204, None, None))
        self.assertEqual(self.last().method, "DELETE")

    def test_a_post_carries_its_idempotency_key(self) -> None:
        call("api_post", url=self.server.json("/orders", {}), body={}, idempotency_key="order-7")
        self.assertEqual(self.last().headers["Idempotency-Key"], "order-7")

    def test_a_change_is_never_repeated_at_a_redirect(self) -> None:
        url = self.server.serve("/old", Answer(status=307, headers={"Location": "/new"}))
        with self.assertRaisesRegex(ValueError, "repeat the call with that URL"):
            call("api_post", url=url, body={})
        self.assertEqual(len(self.server.received), 1)

    def test_the_answer_is_saved_when_asked_or_when_large(self) -> None:
        small = call("api_post", url=self.server.json("/report", {"a": 1}), body={}, output="answers/report.json")
        self.assertEqual(small["path"], "answers/report.json")
        large = call("api_post", url=self.server.json("/many", ["x" * 100] * 500), body={})
        self.assertEqual((large["path"], large["truncated"]), ("many.json", True))

    def test_a_body_that_is_not_json_is_refused(self) -> None:
        for body in (float("nan"), {"a": {1, 2}}):
            with self.subTest(body=body), self.assertRaisesRegex(ValueError, "not a JSON value"):
                tools.api_post(self.server.url, body=body)


if __name__ == "__main__":
    unittest.main()
