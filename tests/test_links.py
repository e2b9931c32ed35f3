"""Every link in the documentation leads somewhere. Nothing here asks the network."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "examples", "plugins", "changelog", "tests")
PAGES = sorted(
    page.relative_to(ROOT)
    for page in (*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md")))
    if not any(part.startswith((".", "_")) for part in page.relative_to(ROOT).parts)
)

FENCED = re.compile(r"^ *(?P<fence>```+|~~~+)[^\n]*\n.*?^ *(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
INLINE = re.compile(
    r"\]\(\s*(?:<(?P<quoted>[^>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))(?:\s+\"[^\"]*\")?\s*\)"
)
USED = re.compile(r"\[[^\]]*\]\[(?P<name>[^\]]+)\]")
DEFINED = re.compile(r"^\[(?P<name>[^\]]+)\]:\s+(?P<target>\S+)", re.MULTILINE)
RAW = re.compile(r"\b(?:href|src)=[\"'](?P<target>[^\"']+)[\"']")
HEADING = re.compile(r"^(?P<level>#+) +(?P<text>.+?)(?: +#+)?$", re.MULTILINE)
LABEL = re.compile(r"^\((?P<name>[\w.-]+)\)=$", re.MULTILINE)
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`()|,，。；）]+")

DEEPEST = 3
"""Headings below this level get no anchor in the HTML; see ``myst_heading_anchors`` in ``docs/conf.py``."""

INVENTED = re.compile(r"(?:.+\.)?(?:example|example\.gov\.cn)")
"""Hosts of nobody."""

EXTERNAL = {
    "https://creativecommons.org/licenses/by/4.0/",
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
    "https://hypothesis.readthedocs.io",
    "https://jsonfeed.org/version/1.1",
    "https://semiceu.github.io/CPSV-AP/releases/3.2.0/",
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    "https://www.jsonfeed.org/version/1.1/",
}
"""Each address outside the project that a page names. Open a new one before you add it here."""


def text_of(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    return FENCED.sub("", text_of(page))


def targets(page: Path) -> list[str]:
    """Wherever the page's links and images lead."""
    prose = CODE.sub("`", prose_of(page))
    found = [match["quoted"] or match["plain"] for match in INLINE.finditer(prose)]
    found += (match["target"] for pattern in (DEFINED, RAW) for match in pattern.finditer(prose))
    return found


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub and MyST both make of headings, and the page's own labels."""
    prose = prose_of(page)
    found = {match["name"] for match in LABEL.finditer(prose)}
    seen: Counter[str] = Counter()
    for match in HEADING.finditer(prose):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match["text"]).replace("`", "").replace("*", "")
        slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        if len(match["level"]) <= DEEPEST:
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def broken(page: Path) -> list[str]:
    """The page's links to files or headings that are not there."""
    found = []
    for target in targets(page):
        place, _, anchor = target.partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        file = (ROOT / page.parent / place).resolve() if place else ROOT / page
        if not file.is_relative_to(ROOT) or not file.exists() or (anchor and not has_anchor(file, anchor)):
            found.append(target)
    return found


def has_anchor(file: Path, anchor: str) -> bool:
    return file.suffix == ".md" and anchor in anchors(file.relative_to(ROOT))


def test_all_pages_are_looked_at() -> None:
    places = {page.parts[0] for page in PAGES}
    assert {"README.md", "README.zh.md", "CONTRIBUTING.md", "SECURITY.md", "docs", "examples", "plugins"} <= places
    for folder in ("plugins", "examples"):
        for readme in ROOT.glob(f"{folder}/*/README.md"):
            assert readme.relative_to(ROOT) in PAGES


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_relative_link_leads_to_a_file_of_the_checkout_and_to_a_heading_in_it(page: Path) -> None:
    assert broken(page) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_link_by_a_name_has_its_target_on_the_page(page: Path) -> None:
    prose = CODE.sub("`", prose_of(page))
    defined = {match["name"].lower() for match in DEFINED.finditer(prose)}

    assert {match["name"].lower() for match in USED.finditer(prose)} - defined == set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_link_out_of_the_project_is_by_https_or_mail(page: Path) -> None:
    schemes = {urlsplit(target).scheme for target in targets(page)}

    assert schemes <= {"", "https", "mailto"}


def test_each_address_is_well_formed_and_either_invented_or_listed() -> None:
    found: set[str] = set()
    for page in PAGES:
        for match in ADDRESS.finditer(text_of(page)):
            address = match.group().rstrip(".,:;")
            parts = urlsplit(address)
            host = parts.hostname or ""
            if host in {"127.0.0.1", "localhost"} or INVENTED.fullmatch(host):
                continue
            assert (parts.scheme, parts.username, "." in host) == ("https", None, True), f"{page}: {address}"
            found.add(address)

    assert found == EXTERNAL


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ("[a](other.md)", False),
        ("[a](other.md#two-words)", False),
        ("[a](other.md#two-words-1)", False),
        ('[a](other.md "title")', False),
        ("[a\nb](<other.md>)", False),
        ("[a][b]\n\n[b]: other.md#label", False),
        ("[a](#here)", False),
        ("`[a](none.md)`", False),
        ("```\n[a](none.md)\n```", False),
        ("[a](none.md)", True),
        ("![a](none.svg)", True),
        ("[`code`](none.md)", True),
        ("[a](other.md#three)", True),
        ("[a](other.md#two-words-2)", True),
        ("[a](other.md#too-deep)", True),
        ("[a](#there)", True),
        ("[a][b]\n\n[b]: none.md", True),
        ('<img src="none.png">', True),
        ("[a](../../etc/passwd)", True),
    ],
)
def test_a_broken_link_is_seen(link: str, is_broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "other.md").write_text("# Two `words`\n\n(label)=\n## Two words\n\n#### Too deep\n", encoding="utf-8")
    (tmp_path / "page.md").write_text(f"# Here\n\n{link}\n", encoding="utf-8")

    assert bool(broken(Path("page.md"))) is is_broken
