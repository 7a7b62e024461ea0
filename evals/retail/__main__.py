"""`python -m evals.retail`, see there."""

import sys

from evals.retail.command import main
from evals.retail.gold import missing, shop, tasks

if __name__ == "__main__":
    sys.exit(main(shop(), tasks, missing()))
