"""An e-mail is understood however it is written, and no bytes make the reading fail."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.intake import mail as reading
from govopen.intake.mail import arrival, read_mail
from govopen.intake.mail_html import shown_text

PLAIN = "Content-Type: text/plain; charset={charset}\r\n\r\n"
SAID = "申请公开镕基路改造的预算，请予答复。"


def head(**headers: str) -> str:
    return "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())


def encoded(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode('gb18030')).decode()}?="


@pytest.mark.parametrize("charset", ["gb2312", "GBK", '"gb18030"', "x-unknown", "", "utf-8", "us-ascii", "ISO-8859-1"])
def test_chinese_is_read_by_its_bytes_where_the_declared_encoding_does_not_fit(charset: str) -> None:
    """Programs declare GB 2312 and write characters that only its younger sisters have."""
    raw = PLAIN.format(charset=charset).encode() + SAID.encode("gb18030")
    assert read_mail(raw).text == SAID


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw-unicode-escape", "punycode", "idna", "utf-7", "hex", "rot13"]
)
def test_codecs_that_are_not_for_mail_are_not_used(charset: str) -> None:
    """Some take hours for what somebody wrote to keep us busy."""
    said = r"\u4e00 +AGE- a-b" * 5_000
    assert read_mail(PLAIN.format(charset=charset).encode() + said.encode()).text == said
    name = read_mail(f"Content-Disposition: attachment; filename*={charset}''{'a' * 900}-b\r\n\r\nx".encode())
    assert name.text == f"附件：{'a' * 900}-b"


@pytest.mark.parametrize("text", ["café crème", "Straße, Öffentlichkeit"])
def test_western_text_stays_what_it_is(text: str) -> None:
    assert read_mail(PLAIN.format(charset="iso-8859-1").encode() + text.encode("latin-1")).text == text


def test_what_no_database_takes_is_not_in_a_text() -> None:
    mail = read_mail(b"From: a\0b <a@example.org>\r\nSubject: c\0d\r\n\r\ne\0f")
    assert "\0" not in mail.name + mail.text
    assert mail.text == "c\ufffdd\n\ne\ufffdf"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_message_that_declares_nothing_is_read(codec: str) -> None:
    assert read_mail(b"Subject: x\r\n\r\n" + SAID.encode(codec)).text == f"x\n\n{SAID}"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_headers_in_bytes_that_they_may_not_hold_are_read(codec: str) -> None:
    mail = read_mail("From: 张三 <zhang@example.org>\r\nSubject: 申请公开\r\n\r\nx".encode(codec))
    assert (mail.name, mail.address, mail.text) == ("张三", "zhang@example.org", "申请公开\n\nx")


def test_encoded_headers_are_decoded_also_where_they_lie_about_their_encoding() -> None:
    folded = f"{encoded('申请公开镕', 'gb2312')}\r\n {encoded('基路预算', 'gb2312')}"
    raw = head(From=f"{encoded('朱镕', 'GB2312')} <zhu@example.org>", Subject=folded) + "\r\nx"
    mail = read_mail(raw.encode())
    assert (mail.name, mail.address) == ("朱镕", "zhu@example.org")
    assert mail.text == "申请公开镕基路预算\n\nx"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("a@example.org", "", "a@example.org"),
        ('"张三, 李四" <a@example.org>', "张三, 李四", "a@example.org"),
        ("张三", "张三", ""),
        ("a@example.org, b@example.org", "a@example.org, b@example.org", ""),
        ("<<>>@", "<<>>@", ""),
        ("=?utf-8?B?broken", "=?utf-8?B?broken", ""),
        ("=?utf-8?B?!!!?= <a@example.org>", "", "a@example.org"),
        ("", "", ""),
    ],
)
def test_a_sender_that_is_no_one_mailbox_is_kept_as_it_stands(written: str, name: str, address: str) -> None:
    mail = read_mail(f"From: {written}\r\n\r\nx".encode())
    assert address == mail.address
    assert name in mail.name


def test_a_message_without_sender_subject_or_body_is_still_one() -> None:
    for raw in (b"\r\n\r\n", b"X: y\r\n\r\n", b"\xff\xfe", b"no header at all"):
        mail = read_mail(raw)
        assert (mail.name, mail.address) == ("", "")
    assert read_mail(b"no header at all").text == "no header at all"


def test_of_plain_text_and_html_the_plain_text_is_taken() -> None:
    message = EmailMessage()
    message.set_content(SAID)
    message.add_alternative("<p>网页</p>", subtype="html")
    assert read_mail(message.as_bytes()).text == SAID


def test_of_html_alone_what_a_reader_sees_is_taken() -> None:
    message = EmailMessage()
    page = "<html><head><title>t</title><style>p{}</style></head><body><p>一&nbsp;&lt;b&gt;</p><div>二<br>三</div>"
    message.set_content(f"{page}<script>no()</script><table><tr><td>四<td>五</table>", subtype="html")
    assert read_mail(message.as_bytes()).text == "一\xa0<b>\n\n二\n三\n\n四\t五"


@pytest.mark.parametrize(
    "source",
    ["<head><p>看得见", "<style>看得见", "<body><script>看得见", "<!-- 看得见", "<![x[看得见", "<p 看得见", "看得见"],
)
def test_html_that_is_broken_hides_nothing_for_ever(source: str) -> None:
    assert "看得见" in shown_text(source)
    raw = "Content-Type: text/html; charset=utf-8\r\n\r\n" + source
    assert "看得见" in read_mail(raw.encode()).text


def test_attached_files_are_named_and_their_content_is_no_text() -> None:
    message = EmailMessage()
    message.set_content("见附件。")
    message.add_attachment("内容".encode(), maintype="text", subtype="plain", filename="申请表.txt")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="身份证.zip")
    message.add_attachment(b"x", maintype="image", subtype="png")
    assert read_mail(message.as_bytes()).text == "见附件。\n\n附件：申请表.txt；身份证.zip；（无文件名）"


@pytest.mark.parametrize(
    "named",
    [
        'Content-Disposition: attachment; filename="申请表.doc"'.encode("gb18030"),
        'Content-Disposition: attachment; filename="申请表.doc"'.encode(),
        b"Content-Disposition: attachment; filename*=gb2312''%C9%EA%C7%EB%B1%ED.doc",
        b"Content-Disposition: attachment; filename*0*=UTF-8''%E7%94%B3; filename*1*=%E8%AF%B7%E8%A1%A8.doc",
        b'Content-Type: application/msword; name="=?gb2312?B?yerH67Ht?=.doc"',
    ],
    ids=["gbk", "utf-8", "rfc2231", "rfc2231-in-parts", "rfc2047"],
)
def test_names_of_files_are_read_however_they_are_written(named: bytes) -> None:
    assert read_mail(named + b"\r\n\r\nUEs=").text == "附件：申请表.doc"


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n" + SAID.encode(),
        b"Content-Type: multipart/mixed\r\n\r\n" + SAID.encode(),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 5_000 + SAID.encode(),
        b"Content-Type: text/plain; charset*=x''%ff; charset=\"\r\n\r\n" + SAID.encode(),
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(SAID.encode())[:-1],
        b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\n" + SAID.encode(),
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(SAID.encode()) + b"=\r\n=Z",
        b"Content-Type: text/plain; name*0*=x'; name*1=\"y\r\n\r\n" + SAID.encode(),
        b"Content-Disposition: ;;;==\r\nContent-Type: /;/;\r\n\r\n" + SAID.encode(),
    ],
    ids=range(9),
)
def test_broken_parts_and_encodings_leave_the_words(raw: bytes) -> None:
    assert SAID[:4] in read_mail(raw).text


def test_deep_and_long_messages_are_read_as_far_as_anybody_reads() -> None:
    deep = b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(2_000)) + SAID.encode()
    read_mail(deep)
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300))
    read_mail(nested + b"\r\n" + SAID.encode())
    assert len(read_mail(b"\r\n" + SAID.encode() * 100_000).text) < 310_000
    assert len(read_mail(b"Subject: " + b"x" * 5_000_000 + b"\r\n\r\n").text) < 310_000


# What follows takes the library minutes to hours if it is given all of it. Nothing is timed: what it is given is.


def multipart(*parts: bytes) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"".join(b"--x\r\n" + part for part in parts)


@pytest.mark.parametrize(("name", "reader"), [("Subject", "decode_header"), ("From", "getaddresses")])
def test_of_a_long_header_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch, name: str, reader: str) -> None:
    given_: list[int] = []
    real = getattr(reading, reader)

    def counting(written: str | list[str]) -> object:
        given_.append(len(written if isinstance(written, str) else "".join(written)))
        return real(written)

    monkeypatch.setattr(reading, reader, counting)
    read_mail(f"{name}: {'=?utf-8?q?a' * 10_000}\r\n\r\nx".encode())
    assert given_
    assert max(given_) <= 4_000


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("before", ["", "x"])
def test_a_long_header_is_not_cut_amid_a_character(codec: str, before: str) -> None:
    subject = before + "镕" * 3_000
    assert read_mail(f"Subject: {subject}\r\n\r\n".encode(codec)).text == subject[:1_000]


def test_parameters_after_more_than_any_program_writes_are_not_read() -> None:
    many = b";a" * 1_000
    assert read_mail(b"Content-Type: application/zip" + many + b";name=x.zip\r\n\r\nx").text == ""
    assert "--x" in read_mail(b"Content-Type: multipart/mixed" + many + b";boundary=x\r\n\r\n--x\r\n\r\ny").text
    assert read_mail(b"Content-Type: application/zip" + b";a" * 20 + b";name=x.zip\r\n\r\nx").text == "附件：x.zip"


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(30)),
        multipart(b"\r\n" * 2) + b"--x\r\n\r\n\r\n" * 1_001,
        multipart(b"X: y\r\n" * 301),
        b"\n" * 1_300_001,
    ],
    ids=["deep", "many-parts", "many-headers", "many-lines"],
)
def test_a_message_of_more_than_any_program_makes_is_not_taken_apart(
    monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    """Sender, subject and words are there all the same."""
    monkeypatch.setattr(reading, "_body", lambda _: pytest.fail("the message was taken apart"))
    mail = read_mail(b"From: a@example.org\r\nSubject: s\r\n" + body + b"\r\n" + SAID.encode())
    assert mail.address == "a@example.org"
    assert mail.text.startswith("s\n\n")
    assert len(body) > 300_000 or SAID in mail.text


def test_a_message_as_deep_as_forwarding_makes_it_is_taken_apart() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(20))
    assert read_mail(deep + b"\r\n" + SAID.encode()).text == SAID


def test_all_parts_together_are_read_up_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given_: list[int] = []

    def counting(source: str) -> str:
        given_.append(len(source))
        return shown_text(source)

    monkeypatch.setattr(reading, "shown_text", counting)
    mail = read_mail(multipart(*[b"Content-Type: text/html\r\n\r\n" + b"<p>x" * 50_000 + b"\r\n"] * 20))
    assert mail.text.startswith("x\n")
    assert 200_000 <= sum(given_) <= 300_000


def test_names_of_files_are_decoded_until_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real = reading.decode_header

    def counting(written: str) -> object:
        calls.append(written)
        return real(written)

    monkeypatch.setattr(reading, "decode_header", counting)
    part = b"Content-Type: application/zip; name=" + b"n" * 400 + b"\r\n\r\nx\r\n"
    assert len(read_mail(multipart(*[part] * 500)).text) == 1_000
    assert sum(written.startswith("n") for written in calls) == 3


class _Searched(str):
    """A text that knows how often an end of a comment was looked for in it."""

    __slots__ = ("comments",)

    def find(self, wanted: str, *at: int) -> int:  # type: ignore[override]
        if wanted == "-->":
            self.comments = getattr(self, "comments", 0) + 1
        return super().find(wanted, *at)


def test_the_end_of_comments_is_not_looked_for_again_where_none_follows() -> None:
    source = _Searched("<!-- a --><p>b" + "<!--x>" * 500 + "c")
    assert shown_text(source) == "bc"
    assert source.comments == 2


@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    read_mail(raw).text.encode()
    arrival(raw)


_LINES = st.sampled_from(
    ["From", "Subject", "Received", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"]
)
_VALUES = st.sampled_from(
    [
        "multipart/mixed; boundary=x",
        "message/rfc822",
        "text/html; charset=gbk",
        "base64",
        "attachment; filename*=utf-8''%e5%bc",
        "=?gb2312?Q?=B9?=",
        "from a; Thu, 29 Dec 2011 23:59:59 +0800",
        '"a" <b@c>',
        "--x",
    ]
) | st.text(max_size=20)


@given(st.lists(st.tuples(_LINES, _VALUES), max_size=8), st.lists(_VALUES, max_size=5))
def test_no_headers_make_reading_fail(headers: list[tuple[str, str]], body: list[str]) -> None:
    written = "".join(f"{name}: {value}\r\n" for name, value in headers)
    raw = f"{written}\r\n{chr(10).join(body)}".encode("utf-8", "surrogatepass")
    mail = read_mail(raw)
    for text in (mail.name, mail.address, mail.text):
        text.encode()
        assert "\0" not in text
    arrival(raw)


@given(st.text(st.sampled_from("<>/!-&;'\"= \nabtdscriptyle我")))
def test_no_html_makes_reading_fail(source: str) -> None:
    shown_text(source)
