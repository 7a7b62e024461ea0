"""`MISSIONDESK_MODEL` and the provider's own variables: what is missing is said at once, by name."""

import os

import pytest

from missiondesk.kit.errors import Misconfigured
from missiondesk.workers import ModelWorker, Propose
from tests.support.scripted_model import ScriptedModel
from tests.workers.conftest import Mission
from tests.workers.scripts import FLAGSHIP


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.endswith(("_API_KEY", "_BASE_URL")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("openai:gpt-5", "needs OPENAI_API_KEY"),
        ("anthropic:claude-sonnet-4-5", "needs ANTHROPIC_API_KEY"),
        ("google:gemini-2.5-pro", "needs GOOGLE_API_KEY"),
        ("ollama:qwen3", "needs OLLAMA_BASE_URL"),
        ("nobody:knows", "no provider and model we know of"),
        ("groq:llama", "is not installed"),
        ("gpt-5", "must be provider:name"),
        ("test", "must be provider:name"),
        ("openai:", "must be provider:name"),
        ("", "must be provider:name"),
    ],
)
def test_a_model_that_cannot_be_asked_says_what_to_set(model: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence) as refused:
        ModelWorker(model)
    assert "MISSIONDESK_MODEL" in str(refused.value)
    assert "Agent(" not in str(refused.value)


async def test_a_compatible_server_needs_only_its_address(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedModel(FLAGSHIP) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        worker = ModelWorker("openai:some-model")
        move = await worker.next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert worker.name == "openai:some-model"
    assert model.asked[0].body["model"] == "some-model"
