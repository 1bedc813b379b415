"""What `taxonomy/` says of admission, incentives and drafting: read, checked, in file order."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from chainmap import resources
from chainmap.concepts.admission import AdmissionRule, FairCompetition
from chainmap.concepts.catalogue_rules import CatalogueRules
from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile


class RuleFile(Frozen):
    """A file of `taxonomy/admission/`."""

    rules: tuple[AdmissionRule, ...] = Field(strict=False)


@cache
def load_admission_rules() -> tuple[AdmissionRule, ...]:
    """Return the admission rules of all files, by file name and place in the file.

    Raises:
        CurationError: A file is malformed, or a rule's id stands twice.
        ResourceError: A file is missing or was changed after the release.
    """
    found: dict[str, AdmissionRule] = {}
    for path in sorted(resources.path("taxonomy", "admission").glob("*.yml")):
        file = CuratedFile.bundled("taxonomy", "admission", path.name)
        for at, rule in enumerate(file.check(RuleFile).rules):
            if rule.id in found:
                raise file.error(
                    ("rules", at, "id"), f"编号 {rule.id} 写了两次", todo="改正其中一个编号。"
                )
            found[rule.id] = rule
    return tuple(found.values())


@cache
def load_catalogue_rules() -> CatalogueRules:
    """Return how a draft catalogue is drawn up.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("taxonomy", "catalogue-rules.yml").check(CatalogueRules)


@cache
def load_fair_competition() -> FairCompetition:
    """Return the mark an incentive gets, and the regulations behind it.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("taxonomy", "fair-competition.yml").check(FairCompetition)
