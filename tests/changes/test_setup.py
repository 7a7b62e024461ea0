"""A new installation of one person: changes go by one hand, are marked so, and stay in force after a restart."""

from pathlib import Path

from tests.promises import promise
from tests.support.postgres import Cloned
from tests.surfaces.small_studio import studio_at

ZONE = 'zone = "Europe/Berlin"\n'


@promise("changes.two-people")
async def test_one_person_sets_the_boundary_alone_and_it_is_marked_until_there_are_two(
    database: Cloned, tmp_path: Path
) -> None:
    async with studio_at(database, tmp_path) as studio:
        before = (await studio.api.get("/api/studio/policy")).json()
        assert (before["text"], before["base"], before["history"], before["setup"]) == (None, "none", [], True)
        body = {"text": ZONE, "why": "We are in Berlin", "base": "none"}
        asked = await studio.api.post("/api/studio/policy/changes", json=body)
        assert (asked.json()["row"]["state"], asked.json()["row"]["one_hand"]) == ("adopted", True), asked.text
        person = {"name": "Sam", "email": "sam@example.com", "role": "supervisor", "password": "sam-is-the-second"}
        added = await studio.api.post("/api/studio/people", json=person)
        assert (added.json()["row"]["state"], "argon2" in added.text) == ("adopted", False), added.text
        body = {"text": ZONE.replace("Berlin", "Paris"), "why": "We moved"}
        asked = await studio.api.post("/api/studio/policy/changes", json=body)
        assert (asked.json()["row"]["state"], asked.json()["row"]["needed"]) == ("open", 1), "now there are two"
    async with studio_at(database, tmp_path) as studio:
        now = (await studio.api.get("/api/studio/policy")).json()
        assert (now["text"], now["by"], now["setup"], len(now["waiting"])) == (ZONE, "Adele", False, 1)
        assert [one["version"] for one in now["one_handed"]] == [now["version"]] == [now["base"]]
        async with studio.here.parts.database.transaction() as tx:
            assert (await studio.here.parts.policy.now(tx)).zone == "Europe/Berlin"
