"""Checks the pages people read: links lead somewhere, code fences compile, every setting is explained."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tools.fences import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
FRONT_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
SETTING = re.compile(r"\b(?:MISSIONDESK_[A-Z][A-Z_]*[A-Z]|DATABASE_URL)\b")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # https:, mailto:; not followed, a check needs no network
HTML_TARGET = re.compile(r"""\b(?:href|src|srcset)=["']([^"'\s]+)""")
HTML_ANCHOR = re.compile(r"""\b(?:id|name)=["']([^"']+)""")


@dataclass(frozen=True)
class Page:
    """One Markdown file; `root` is what a link may not lead out of."""

    file: Path
    root: Path

    @property
    def name(self) -> str:
        return self.file.relative_to(self.root).as_posix()

    @cached_property
    def tokens(self) -> list[Token]:
        return list(_flat(MarkdownIt("commonmark").enable("table").parse(self.file.read_text(encoding="utf-8"))))

    @cached_property
    def links(self) -> list[str]:
        """Where its links and pictures point, HTML ones too, as written."""
        marked = [str(target) for token in self.tokens for key in ("href", "src") if (target := token.attrGet(key))]
        return marked + [target for html in self._html for target in HTML_TARGET.findall(html)]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What `#…` can name here: headings in GitHub's spelling, and ids of HTML."""
        found: list[str] = []
        for opening, inline in zip(self.tokens, self.tokens[1:], strict=False):
            if opening.type == "heading_open":
                slug = slug_of(inline)
                again = sum(1 for earlier in found if re.fullmatch(rf"{re.escape(slug)}(-\d+)?", earlier))
                found.append(f"{slug}-{again}" if again else slug)
        return frozenset(found) | {name for html in self._html for name in HTML_ANCHOR.findall(html)}

    @cached_property
    def fences(self) -> list[tuple[str, str, int]]:
        """Language, text and first line of each code fence whose language we can compile."""
        fences = (token for token in self.tokens if token.type == "fence" and token.info.strip())
        named = ((token.info.split()[0], token.content, (token.map or [0])[0] + 2) for token in fences)
        return [fence for fence in named if fence[0] in LANGUAGES]

    @property
    def _html(self) -> list[str]:
        return [token.content for token in self.tokens if token.type in ("html_block", "html_inline")]


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def slug_of(heading: Token) -> str:
    """GitHub's: lower case, words joined by hyphens, all other punctuation dropped."""
    shown = "".join(part.content for part in heading.children or [] if part.type in ("text", "code_inline"))
    return re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")


def pages_of(root: Path) -> list[Page]:
    files = [root / name for name in FRONT_PAGES if (root / name).is_file()] + sorted((root / "docs").rglob("*.md"))
    return [Page(file, root) for file in files]


def dead_links(page: Page) -> list[str]:
    """A sentence for each link of `page` that leads nowhere in the repository."""
    return [f"{page.name}: {link} leads nowhere" for link in page.links if not _leads_somewhere(page, link)]


def _leads_somewhere(page: Page, link: str) -> bool:
    if ELSEWHERE.match(link):
        return True
    path, _, anchor = unquote(link).partition("#")
    target = (page.file.parent / path).resolve() if path else page.file
    if not target.is_relative_to(page.root) or not target.exists():
        return False
    if not anchor or target.suffix != ".md":
        return True
    return anchor in Page(target, page.root).anchors


def broken_fences(page: Page) -> list[str]:
    """A sentence for each code fence of `page` that its language refuses."""
    refused = ((line, LANGUAGES[language](text)) for language, text, line in page.fences)
    return [f"{page.name}:{line}: {why}" for line, why in refused if why]


def settings_in(files: list[Path]) -> frozenset[str]:
    return frozenset(name for file in files for name in SETTING.findall(file.read_text(encoding="utf-8")))


def unexplained(root: Path) -> tuple[int, list[str]]:
    """How many settings there are; a sentence for each that docs/ does not explain, or explains and nobody reads."""
    ours = settings_in(sorted((root / "src").rglob("*.py")))
    around = [
        root / "hatch_build.py",
        root / "Makefile",
        *(root / "tools").rglob("*.py"),
        *(root / "tests").rglob("*.py"),
    ]
    known = ours | settings_in([file for file in around if file.is_file()])
    told = settings_in(sorted((root / "docs").rglob("*.md")))
    silent = [f"docs/: {name} is read in src/ and explained nowhere" for name in sorted(ours - told)]
    return len(ours), silent + [f"docs/: {name} is explained, and nothing reads it" for name in sorted(told - known)]


def main(root: Path) -> None:
    pages = pages_of(root)
    settings, faults = unexplained(root)
    faults += [fault for page in pages for fault in (*dead_links(page), *broken_fences(page))]
    links = [link for page in pages for link in page.links]
    outside = sum(1 for link in links if ELSEWHERE.match(link))
    fences = sum(len(page.fences) for page in pages)
    print(
        f"docs: {len(pages)} pages, {len(links) - outside} links inside, {outside} to elsewhere (not followed), ",
        end="",
    )
    print(f"{fences} code fences, {settings} settings: {len(faults) or 'no'} faults", flush=True)
    if not pages:
        raise SystemExit("docs: there are no pages")
    if faults:
        print("\n".join(faults), file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main(ROOT)
