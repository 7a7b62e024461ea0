"""What an action says on a card is what its bytes say."""

from missiondesk.missions.draw_up import in_words


def test_braces_in_a_value_are_only_text() -> None:
    arguments = {"note": "call {customer_id} back", "customer_id": "cus_1001"}
    assert in_words("Note for {customer_id}: {note}", arguments) == "Note for cus_1001: call {customer_id} back"


def test_money_is_shown_as_money_and_an_unknown_name_stays() -> None:
    assert in_words("Refund {amount} of {order}", {"amount": {"minor": 4990, "currency": "EUR"}}) == (
        "Refund €49.90 of {order}"
    )
