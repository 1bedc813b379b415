"""Fair-competition review (公平竞争审查): no incentive is drafted, one entered is marked."""

from __future__ import annotations

from chainmap.concepts.admission import FairCompetition
from chainmap.concepts.catalogue import CatalogueItem


def needs_review(item: CatalogueItem) -> bool:
    """Return whether an item carries an incentive, so that it must be reviewed."""
    return bool(item.incentive.strip())


def review_mark(item: CatalogueItem, rule: FairCompetition) -> str:
    """Return the mark an item is shown with; empty where it carries no incentive."""
    return rule.mark if needs_review(item) else ""


def review_basis(rule: FairCompetition) -> str:
    """Return why the mark is there: the regulations by title, number and article."""
    return f"{rule.advice}依据：{'；'.join(source.zh for source in rule.sources)}。"
