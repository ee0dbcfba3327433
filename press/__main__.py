"""``python -m press VERB``: the command line, where the command ``press`` is not
installed.
"""

import sys

from press.desk.start import main

if __name__ == "__main__":
    sys.exit(main())
