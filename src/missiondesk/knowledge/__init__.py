"""Knowledge: governed articles in versions, searched within what a brief allows, cited by passage."""

from missiondesk.knowledge.articles import Article, publish_article, read_articles
from missiondesk.knowledge.searching import OutsideContract, Passage, search

__all__ = ["Article", "OutsideContract", "Passage", "publish_article", "read_articles", "search"]
