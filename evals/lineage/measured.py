"""How often our code finds the true origin, over all templates and variants."""

from dataclasses import dataclass

from evals.lineage.case import Told
from evals.lineage.templates import TEMPLATES

VARIANTS = 8


@dataclass(frozen=True)
class Measured:
    """Of `proposals`, `right` have the true origin for every argument. `wrong`: each other argument, in words."""

    proposals: int
    right: int
    falsely_record: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        share = f"{self.right} of {self.proposals} right ({self.right / self.proposals:.1%})"
        return "\n".join([f"lineage: {share}, falsely record: {self.falsely_record}", *self.wrong])


def measured() -> Measured:
    proposals = right = falsely = 0
    wrong: list[str] = []
    for template in TEMPLATES:
        for number in range(VARIANTS):
            case = template(Told.variant(number))
            found = case.found()
            missed = [
                f"{template.__name__} {number}: {name} is {label}, found {found[name]}"
                for name, label in case.labels.items()
                if found[name] != label
            ]
            proposals, right = proposals + 1, right + (not missed)
            falsely += sum(_falsely(case.labels[name], found[name]) for name in case.labels)
            wrong += missed
    return Measured(proposals, right, falsely, tuple(wrong))


def _falsely(label: str, found: str) -> bool:
    def record(said: str) -> bool:
        return said.startswith(("record", "made"))

    return record(found) and not record(label)
