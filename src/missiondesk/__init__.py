"""Missiondesk: an AI Worker resolves customer-support cases, a person stays in charge. Start at `missions/story.py`."""
