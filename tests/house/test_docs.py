"""The check of the pages finds what it is for."""

from pathlib import Path

import pytest

from tools.docs import Page, broken_fences, dead_links, unexplained


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "src").mkdir()
    (tmp_path / "docs" / "tour.md").write_text("# A tour, with `code`\n\n## Twice\n\n## Twice\n")
    return tmp_path


def page(root: Path, text: str) -> Page:
    file = root / "README.md"
    file.write_text(text, encoding="utf-8")
    return Page(file, root)


@pytest.mark.parametrize(
    "link",
    [
        "docs/tour.md",
        "docs/",
        "docs/tour.md#a-tour-with-code",
        "docs/tour.md#twice-1",
        "#here",
        "https://example.com/gone",
    ],
)
def test_a_link_that_leads_somewhere_is_right(root: Path, link: str) -> None:
    assert dead_links(page(root, f"# Here\n\n[there]({link})\n")) == []


@pytest.mark.parametrize(
    "link", ["docs/gone.md", "docs/tour.md#gone", "#gone", "../outside.md", "docs/tour.md#twice-2"]
)
def test_a_link_that_leads_nowhere_is_found(root: Path, link: str) -> None:
    assert dead_links(page(root, f"# Here\n\n[there]({link})\n")) == [f"README.md: {link} leads nowhere"]


def test_a_missing_picture_is_found_in_html_too(root: Path) -> None:
    assert len(dead_links(page(root, '![one](gone.png)\n\n<img src="gone.svg">\n'))) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "await decide(tx, ...)"),
        ("toml", "port = 8400"),
        ("json", '{"minor": 4200}'),
        ("bash", 'make demo && echo "up"'),
        ("text", "anything ( at all"),
    ],
)
def test_a_fence_that_compiles_is_right(root: Path, language: str, text: str) -> None:
    assert broken_fences(page(root, f"```{language}\n{text}\n```\n")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("python", "def ("), ("toml", "port ="), ("json", "{'minor': 1}"), ("bash", "if then (")],
)
def test_a_fence_that_does_not_compile_is_found_with_its_line(root: Path, language: str, text: str) -> None:
    faults = broken_fences(page(root, f"# Here\n\n```{language}\n{text}\n```\n"))
    assert len(faults) == 1
    assert faults[0].startswith("README.md:4: not ")


def test_a_setting_nobody_explains_is_found(root: Path) -> None:
    setting = "_".join(("MISSIONDESK", "COLOUR"))
    (root / "src" / "settings.py").write_text(f'environ["{setting}"]\n')
    assert unexplained(root) == (1, [f"docs/: {setting} is read in src/ and explained nowhere"])


def test_a_setting_that_is_explained_and_gone_is_found(root: Path) -> None:
    setting = "_".join(("MISSIONDESK", "COLOUR"))
    (root / "docs" / "settings.md").write_text(f"`{setting}`: blue\n")
    assert unexplained(root) == (0, [f"docs/: {setting} is explained, and nothing reads it"])
