"""The last that the warm parent loads: what it holds by then is left alone by the collector in each worker.

A worker lives for a second. To look through all modules once, and so to copy their pages, would be a seventh of it.
"""

import gc

gc.freeze()
