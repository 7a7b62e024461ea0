"""A second admin: from then on connections and accounts are no matter of one hand any more."""

from missiondesk.people import add_staff
from tests.support.world import Agent, World

PASSWORD = "bruno-looks-twice"


async def second_admin(world: World, *, role: str = "admin", name: str = "Bruno") -> Agent:
    """Added past everybody, and signed in."""
    email = f"{name.lower()}@northwind.example"
    async with world.here.parts.database.transaction() as tx:
        await add_staff(tx, name=name, email=email, role=role, password=PASSWORD)
    return await signed_in(world, name, email, PASSWORD)


async def signed_in(world: World, name: str, email: str, password: str, status: int = 201) -> Agent:
    response = await world.api.post("/api/sessions", json={"email": email, "password": password})
    assert response.status_code == status, response.text
    return Agent(world.api, name, {"authorization": f"Bearer {response.json().get('token')}"})
