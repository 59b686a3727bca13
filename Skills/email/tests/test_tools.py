"""Tests of the email skill against IMAP and SMTP servers on the loopback interface."""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from mail_servers import HAS_OPENSSL, PASSWORD, USER, IMAPSession, MailServer, SMTPSession, Stored, certificate
from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import account
import mailbox_search
from messages import read_bytes

OFFER = b"""From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>\r
To: Ada <ada@example.org>, bo@example.org\r
Subject: =?utf-8?b?QW5nZWJvdCDDvGJlciAzIFN0w7xjaw==?=\r
Date: Mon, 04 May 2026 10:00:00 +0200\r
Message-ID: <offer-1@example.org>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="b"\r
\r
--b\r
Content-Type: multipart/alternative; boundary="a"\r
\r
--a\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
Gr=FC=DFe, the price is 10.\r
--a\r
Content-Type: text/html\r
\r
<p>other</p>\r
--a--\r
--b\r
Content-Type: text/csv\r
Content-Disposition: attachment; filename="../../prices.csv"\r
\r
a,b\r
--b--\r
"""
NEWS = b"""From: news@example.com\r
To: ada@example.org\r
Subject: News\r
Date: Tue, 05 May 2026 10:00:00 +0000\r
Message-ID: <news@example.com>\r
Content-Type: text/html; charset=utf-8\r
\r
<html><style>x</style><p>Buy <b>now</b></p><script>alert(1)</script></html>\r
"""


class MailTestCase(WorkspaceTestCase):
    """An account on two servers of this machine, without TLS unless a test wants it."""

    security = "none"

    def setUp(self) -> None:
        super().setUp()
        self.pem = None
        if self.security != "none":
            keys = tempfile.mkdtemp()
            self.addCleanup(shutil.rmtree, keys)
            self.pem = certificate(keys)
        self.imap = MailServer(IMAPSession, self.security, self.pem)
        self.smtp = MailServer(SMTPSession, self.security, self.pem)
        self.addCleanup(self.imap.close)
        self.addCleanup(self.smtp.close)
        self.imap.mailboxes = {
            "INBOX": [Stored(OFFER, {"\\Seen"}), Stored(NEWS)],
            "Entw&APw-rfe": [],
            'My "Box"': [],
        }
        values = {
            "EMAIL_ADDRESS": "ada@example.org",
            "EMAIL_USERNAME": USER,
            "EMAIL_PASSWORD": PASSWORD,
            "EMAIL_IMAP_HOST": "127.0.0.1",
            "EMAIL_IMAP_PORT": str(self.imap.port),
            "EMAIL_IMAP_SECURITY": self.security,
            "EMAIL_SMTP_HOST": "localhost",
            "EMAIL_SMTP_PORT": str(self.smtp.port),
            "EMAIL_SMTP_SECURITY": self.security,
        } | ({"EMAIL_CA_FILE": self.pem} if self.pem else {})
        environment = mock.patch.dict(os.environ, values)
        environment.start()
        self.addCleanup(environment.stop)

    def draft(self, **arguments: object) -> dict:
        given = {"to": ["Bo <bo@example.org>"], "subject": "Hello", "body": "Dear Bo,\n.\nfine.\n"}
        return call("write_draft", **{**given, **arguments})

    def send(self, draft: dict) -> dict:
        return call("send_message", path=draft["path"], digest=draft["digest"], recipients=draft["recipients"])


class ContractTests(SkillContract, unittest.TestCase):
    pass


class MailboxTests(MailTestCase):
    def test_lists_mailboxes_with_readable_names_and_numbers(self) -> None:
        result = call("list_mailboxes")
        self.assertEqual([box["name"] for box in result["mailboxes"]], ["INBOX", "Entwürfe", 'My "Box"'])
        self.assertEqual(result["mailboxes"][0], {"name": "INBOX", "messages": 2, "unread": 1})

    def test_the_newest_messages_come_first(self) -> None:
        messages = call("search_mail")["messages"]
        self.assertEqual([message["subject"] for message in messages], ["News", "Angebot über 3 Stück"])
        self.assertEqual(messages[1]["from"], "Jürgen <juergen@example.org>")
        self.assertEqual(messages[1]["to"], ["ada@example.org", "bo@example.org"])
        self.assertEqual((messages[1]["date"], messages[1]["unread"]), ("2026-05-04T10:00:00+02:00", False))
        self.assertTrue(call("search_mail", max_messages=1)["truncated"])

    def test_searches_by_everything(self) -> None:
        for criteria, expected in (
            ({"unread": True}, [2]),
            ({"sender": "juergen"}, [1]),
            ({"subject": "news"}, [2]),
            ({"text": "price is"}, [1]),
            ({"text": "Grüße"}, [1]),
            ({"subject": "Stück", "sender": "juergen@example.org"}, [1]),
            ({"recipient": "bo@example.org"}, [1]),
            ({"since": "2026-05-05"}, [2]),
            ({"before": "2026-05-05"}, [1]),
            ({"text": 'no "such" \\ thing'}, []),
        ):
            with self.subTest(criteria):
                self.assertEqual([message["uid"] for message in call("search_mail", **criteria)["messages"]], expected)

    def test_nothing_can_be_smuggled_into_a_search(self) -> None:
        for text in ('x" UNSEEN', "x\r\na1 LOGOUT"):
            with self.subTest(text):
                try:
                    self.assertEqual(call("search_mail", text=text)["count"], 0)
                except ValueError as error:
                    self.assertIn("one line", str(error))
        self.assertNotIn("a1 LOGOUT", self.imap.commands)

    def test_reads_a_message_and_leaves_it_unread(self) -> None:
        result = call("read_message", uid=1)
        self.assertEqual(Path(result["path"]).read_bytes(), OFFER)
        self.assertEqual(result["path"], "mail/angebot-über-3-stück.eml")
        self.assertEqual(result["text"], "Grüße, the price is 10.")
        self.assertEqual([part["name"] for part in result["attachments"]], ["prices.csv"])
        self.assertEqual(call("read_message", uid=2)["text"], "Buy now")
        self.assertEqual(self.imap.mailboxes["INBOX"][1].flags, set())
        self.assertFalse([line for line in self.imap.commands if "SELECT" in line or "BODY[" in line])

    def test_what_is_not_there_or_too_large_is_said(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "search_mail"):
            call("read_message", uid=99)
        with self.assertRaisesRegex(FileNotFoundError, "list_mailboxes"):
            call("search_mail", mailbox="Nowhere")
        with mock.patch("tools.MAX_MESSAGE_BYTES", 100), self.assertRaisesRegex(ValueError, "more than the limit"):
            call("read_message", uid=1)
        with mock.patch.object(account, "MAX_LITERAL_BYTES", 10), self.assertRaisesRegex(ConnectionError, "at once"):
            call("read_message", uid=1)

    def test_attachments_are_saved_under_harmless_names(self) -> None:
        path = call("read_message", uid=1, path="offer.eml")["path"]
        result = call("save_attachments", path=path)
        self.assertEqual(
            result["attachments"], [{"path": "offer-attachments/prices.csv", "media_type": "text/csv", "bytes": 3}]
        )
        self.assertEqual(Path("offer-attachments/prices.csv").read_text(), "a,b")

    def test_names_of_mailboxes_go_there_and_back(self) -> None:
        for name in ("INBOX", "Entwürfe", "A & B", "日本語", "a/b"):
            with self.subTest(name):
                self.assertEqual(mailbox_search.from_modified_utf7(mailbox_search.to_modified_utf7(name)), name)


class DraftTests(MailTestCase):
    def test_a_draft_says_what_would_be_sent(self) -> None:
        self.write("data/prices.csv", "a,b\n")
        result = self.draft(cc=["Cy <cy@example.org>"], bcc=["di@example.org"], attachments=["data/prices.csv"])
        self.assertEqual(result["path"], "drafts/hello.eml")
        self.assertEqual(result["recipients"], ["bo@example.org", "cy@example.org", "di@example.org"])
        self.assertEqual((result["from"], result["attachments"]), ("ada@example.org", ["prices.csv"]))
        read = call("read_message_file", path=result["path"])
        self.assertEqual((read["digest"], read["recipients"]), (result["digest"], result["recipients"]))
        self.assertEqual(read["text"], "Dear Bo,\n.\nfine.")
        self.assertEqual(self.smtp.commands, [])

    def test_a_reply_belongs_to_its_message(self) -> None:
        original = call("read_message", uid=1)["path"]
        message = read_bytes(Path(self.draft(reply_to=original)["path"]).read_bytes())
        self.assertEqual((message["In-Reply-To"], message["References"]), ("<offer-1@example.org>",) * 2)

    def test_headers_cannot_be_injected(self) -> None:
        for arguments in (
            {"subject": "x\r\nBcc: evil@example.org"},
            {"subject": "x\nX: y"},
            {"to": ["bo@example.org\nBcc: evil@example.org"]},
            {"to": ["bo@example.org, evil@example.org"]},
            {"to": ['"x\r\nBcc: e@example.org" <bo@example.org>']},
            {"cc": ["bo@example.org>\r\nRCPT TO:<evil@example.org"]},
            {"to": ["not an address"]},
            {"to": ["bo@example..org"]},
            {"to": [f"a{number}@example.org" for number in range(50)], "cc": ["b@example.org"]},
            {"subject": " "},
            {"body": "a\0b"},
        ):
            with self.subTest(arguments), self.assertRaises(ValueError):
                self.draft(**arguments)
        self.write("evil.eml", b"Message-ID: <a@b>\r\n x\r\nReferences: <c@d>\r\n\tBcc: e@example.org\r\n\r\n")
        message = read_bytes(Path(self.draft(reply_to="evil.eml")["path"]).read_bytes())
        self.assertIsNone(message["Bcc"])

    def test_hostile_messages_can_be_read(self) -> None:
        hostile = [
            b"",
            b"\xff\xfe\x00",
            b"Subject: =?utf-8?b?////?=\r\nFrom: <<>>,,\r\nDate: never\r\n\r\nx",
            b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n--a\r\n",
            b"Content-Type: text/plain; charset=nothing\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
            b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: text/x\r\n\r\nx\r\n" * 2_000,
            b"From: a@[IPv6:::1\r\nTo: =?x\r\nMessage-ID: <\r\n\r\n",
        ]
        for content in hostile:
            with self.subTest(content[:40]):
                self.write("hostile.eml", content)
                call("read_message_file", path="hostile.eml")
                call("save_attachments", path="hostile.eml")


class SendingTests(MailTestCase):
    def test_an_approved_draft_is_sent_exactly_so_and_without_bcc(self) -> None:
        draft = self.draft(cc=["cy@example.org"], bcc=["di@example.org"])
        self.assertEqual(self.send(draft)["sent_to"], ["bo@example.org", "cy@example.org", "di@example.org"])
        [(sender, recipients, content)] = self.smtp.sent
        self.assertEqual((sender, recipients), ("ada@example.org", draft["recipients"]))
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.assertEqual((message["Subject"], message["To"], message["Bcc"]), ("Hello", "Bo <bo@example.org>", None))
        self.assertEqual(message.get_content().replace("\r\n", "\n"), "Dear Bo,\n.\nfine.\n")

    def test_only_what_was_shown_is_sent(self) -> None:
        draft = self.draft()
        Path(draft["path"]).write_bytes(Path(draft["path"]).read_bytes() + b"PS: send money\r\n")
        with self.assertRaisesRegex(ValueError, "not the draft that was shown"):
            self.send(draft)
        other = self.draft(subject="Other", bcc=["evil@example.org"])
        with self.assertRaisesRegex(ValueError, "evil@example.org"):
            self.send({**other, "recipients": ["bo@example.org"]})
        self.assertEqual(self.smtp.sent, [])

    def test_a_draft_is_sent_once(self) -> None:
        draft = self.draft()
        self.send(draft)
        with self.assertRaisesRegex(FileExistsError, "was sent already"):
            self.send(draft)
        self.assertEqual(len(self.smtp.sent), 1)

    def test_after_an_unknown_outcome_it_is_not_sent_again(self) -> None:
        draft = self.draft()
        self.smtp.after_data = None
        with self.assertRaisesRegex(ConnectionError, "ended the connection"):
            self.send(draft)
        self.smtp.after_data = "250 taken"
        with self.assertRaisesRegex(FileExistsError, "may have been sent"):
            self.send(draft)
        self.assertEqual(len(self.smtp.sent), 1)
        self.assertEqual(json.loads(Path(draft["path"] + ".sent.json").read_text())["state"], "sending")

    def test_after_a_refusal_it_can_be_sent_again(self) -> None:
        draft = self.draft()
        self.smtp.after_data = "451 try later"
        with self.assertRaisesRegex(ConnectionError, "451"):
            self.send(draft)
        self.smtp.after_data = "554 spam"
        with self.assertRaisesRegex(ValueError, "554"):
            self.send(draft)
        self.smtp.after_data = "250 taken"
        self.send(draft)

    def test_refused_recipients_are_named(self) -> None:
        self.smtp.refused = {"cy@example.org"}
        result = self.send(self.draft(cc=["cy@example.org"]))
        self.assertEqual((result["sent_to"], result["refused"]), (["bo@example.org"], ["cy@example.org"]))
        self.smtp.refused = {"bo@example.org"}
        with self.assertRaisesRegex(ValueError, "every recipient"):
            self.send(self.draft(subject="Again"))

    def test_nobody_else_is_written_as(self) -> None:
        draft = self.draft()
        refused = self.assertRaisesRegex(PermissionError, "is from ada@example.org")
        with mock.patch.dict(os.environ, {"EMAIL_ADDRESS": "bo@example.org"}), refused:
            self.send(draft)


class AccountTests(MailTestCase):
    def test_missing_and_wrong_settings_are_named_without_their_values(self) -> None:
        for name, value, kind in (
            ("EMAIL_PASSWORD", "", PermissionError),
            ("EMAIL_PASSWORD", "hush", PermissionError),
            ("EMAIL_IMAP_HOST", "", PermissionError),
            ("EMAIL_IMAP_HOST", "a b", ValueError),
            ("EMAIL_IMAP_PORT", "x", ValueError),
            ("EMAIL_IMAP_SECURITY", "maybe", ValueError),
        ):
            with self.subTest(name), mock.patch.dict(os.environ, {name: value}), self.assertRaises(kind) as caught:
                call("search_mail")
            self.assertNotIn("hush", str(caught.exception))

    def test_a_password_never_travels_in_the_clear(self) -> None:
        values = {"EMAIL_IMAP_HOST": "mail.example.org", "EMAIL_IMAP_SECURITY": "none"}
        with mock.patch.dict(os.environ, values), self.assertRaisesRegex(PermissionError, "in the clear"):
            call("search_mail")

    def test_encryption_is_the_default(self) -> None:
        values = {"EMAIL_IMAP_SECURITY": "", "EMAIL_SMTP_SECURITY": "", "EMAIL_IMAP_PORT": "", "EMAIL_SMTP_PORT": "587"}
        with mock.patch.dict(os.environ, values):
            found = [(account.server(kind).security, account.server(kind).port) for kind in ("IMAP", "SMTP")]
        self.assertEqual(found, [("tls", 993), ("starttls", 587)])

    def test_a_server_that_is_not_there_can_be_tried_later(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        unreachable = self.assertRaisesRegex(ConnectionError, "cannot be reached")
        with mock.patch.dict(os.environ, {"EMAIL_IMAP_PORT": str(port)}), unreachable:
            call("search_mail")


class SecureCase:
    """What holds over TLS, whether from the start or after STARTTLS."""

    def test_reads_and_sends(self) -> None:
        self.assertEqual(call("search_mail")["count"], 2)  # type: ignore[attr-defined]
        self.send(self.draft())  # type: ignore[attr-defined]
        self.assertEqual(len(self.smtp.sent), 1)  # type: ignore[attr-defined]

    def test_an_untrusted_certificate_is_refused_before_the_password_is_sent(self) -> None:
        with mock.patch.dict(os.environ, {"EMAIL_CA_FILE": ""}):
            for tool in ("search_mail", "list_mailboxes"):
                with self.assertRaisesRegex(PermissionError, "not trusted"):  # type: ignore[attr-defined]
                    call(tool)
            with self.assertRaisesRegex(PermissionError, "not trusted"):  # type: ignore[attr-defined]
                self.send(self.draft())  # type: ignore[attr-defined]
        commands = " ".join(self.imap.commands + self.smtp.commands)  # type: ignore[attr-defined]
        self.assertNotIn("LOGIN", commands)  # type: ignore[attr-defined]
        self.assertNotIn("AUTH", commands)  # type: ignore[attr-defined]


@unittest.skipUnless(HAS_OPENSSL, "needs the openssl command")
class ImplicitTLSTests(SecureCase, MailTestCase):
    security = "tls"


@unittest.skipUnless(HAS_OPENSSL, "needs the openssl command")
class StartTLSTests(SecureCase, MailTestCase):
    security = "starttls"


if __name__ == "__main__":
    unittest.main()
