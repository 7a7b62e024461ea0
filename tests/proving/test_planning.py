"""What people write: understood, or told in a sentence what is wrong with it."""

from pathlib import Path

import pytest

from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.chaos import OVER_HTTP_ALONE, Plan, planned, read_plan

WRONG = [
    (["hnag=0.1"], "There is no fault 'hnag'. Did you mean hang?"),
    (["cut_after=0.1"], "There is no fault 'cut_after'. Did you mean cut-after?"),
    (["Hang=0.1"], "There is no fault 'Hang'. Did you mean hang?"),
    (["xyzzy=0.1"], "There is no fault 'xyzzy'. There are latency, hang, "),
    (["hang"], "'hang' is no fault with its share: write it like hang=0.05."),
    (["hang=often"], "The share of hang must be 0 to 1, not 'often'."),
    (["hang=1.5"], "The share of hang must be 0 to 1, not 1.5."),
    (["hang=-0.1"], "The share of hang must be 0 to 1, not -0.1."),
    (["hang=nan"], "The share of hang must be 0 to 1, not nan."),
    (["hang=0.1", "hang=0.2"], "hang is named twice. Say its share once."),
    (["hang=0.6", "drip=0.6"], "All shares together must be at most 1, and are 1.2: one call gets one fault."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_what_is_wrong_with_a_fault_is_one_sentence(typed: list[str], sentence: str) -> None:
    with pytest.raises(Misconfigured) as told:
        planned(1, faults=typed)
    assert str(told.value).startswith(sentence)


def test_shares_that_together_are_one_are_right() -> None:
    typed = [f"{name}=0.1" for name in ("latency", "hang", "huge", "drip", "duplicate", "garbage", "drift")]
    assert sum(planned(1, faults=[*typed, "redirect=0.3"]).shares.values()) == pytest.approx(1)


def test_over_stdio_the_gentle_mix_has_no_faults_of_http_and_nobody_can_ask_for_one() -> None:
    assert not OVER_HTTP_ALONE & planned(1, over_http=False).shares.keys()
    with pytest.raises(
        Misconfigured, match=r"redirect is a fault of HTTP: with --stdio it cannot happen\. Take it out"
    ):
        planned(1, faults=["redirect=0.1"], over_http=False)


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('only = ["pay"]\ncustomers = ["c-1", "c-2"]\nlatency = 0.5\n[faults]\nhang = 0.1\n')
    assert read_plan(file, 3) == Plan(3, {"hang": 0.1}, frozenset({"pay"}), ("c-1", "c-2"), latency=0.5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[faults]\nhnag = 0.1\n", "There is no fault 'hnag'. Did you mean hang?"),
        ("[faults]\nhang = 2\n", "The share of hang must be 0 to 1, not 2."),
        ("[faults]\nhang = 'x'\n", "faults.hang: must be a number."),
        ("seed = 3\n[faults]\n", "seed: there is no such field here."),
        ("only = ['pay']\n", "faults: is missing. Add it."),
        ("[faults\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_names_the_file(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(text)
    with pytest.raises(Misconfigured) as told:
        read_plan(file, 3)
    assert str(told.value).startswith(f"{file}: {sentence}")
