"""Two hundred labelled proposals: the origins that our code finds, beside the true ones."""

from evals.lineage.case import Told
from evals.lineage.measured import VARIANTS, measured
from evals.lineage.templates import TEMPLATES
from tests.promises import promise


@promise("decisions.every-value-has-an-origin")
def test_the_true_origin_is_found_and_none_is_falsely_a_record() -> None:
    found = measured()
    assert found.proposals == 200
    assert found.falsely_record == 0, str(found)
    assert found.right / found.proposals >= 0.98, str(found)


def test_every_argument_of_every_case_has_a_label_of_its_own() -> None:
    for template in TEMPLATES:
        for number in range(VARIANTS):
            case = template(Told.variant(number))
            assert case.labels.keys() == case.arguments.keys(), template.__name__
