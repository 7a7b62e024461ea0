"""`python -m evals.retail.mock`, see there."""

import sys

from evals.retail.command import main
from evals.retail.mock.gold import mock, tasks

if __name__ == "__main__":
    sys.exit(main(mock(), tasks, None))
