"""``python -m govopen`` is ``govopen``."""

from __future__ import annotations

from govopen.cli.main import main

if __name__ == "__main__":
    main()
