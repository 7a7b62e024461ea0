"""`python -m evals.lineage`: 200 labelled proposals, and how many of their origins our code finds."""

import sys

from evals.lineage.measured import measured

sys.stdout.write(f"{measured()}\n")
