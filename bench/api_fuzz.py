"""Schemathesis over the whole API for as long as one likes; the tests ask each operation twice.

Run: `PYTHONPATH=. python bench/api_fuzz.py [--examples 100] [--role secretariat] [--only /applications]`. Two furnished
agencies on SQLite in a temporary folder; exit status 1 where an answer was an error of ours or not as documented.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from records import migrate
from records.database import Database
from tests.security.conftest import opened
from tests.security.fuzzing import Campaign
from tests.security.world import ROLES, World, build


def main() -> None:
    """Ask, and print what was wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=100, help="requests an operation, right and wrong ones each")
    asked.add_argument("--role", choices=[*ROLES, "anonymous"], default="secretariat")
    asked.add_argument("--only", default="", help="operations whose path holds this")
    given = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = _world(Path(folder))
        with opened(world, Path(folder, "copy.db")) as site:
            token = world.first.tokens.get(ROLES.get(given.role, ""))
            campaign = Campaign(site.client.app, world.first, token, given.examples)
            campaign.run(given.only)
    print(f"{campaign.asked} requests as {given.role} in {time.monotonic() - began:.0f} s: {sorted(campaign.statuses)}")
    for told in campaign.wrong.values():
        print(f"\n{told}")
    sys.exit(bool(campaign.wrong))


def _world(folder: Path) -> World:
    source = folder / "selter.db"
    migrate.upgrade(f"sqlite:///{source}")
    database = Database(f"sqlite:///{source}")
    first, second = build(database, folder)
    database.close()
    return World(folder, source, first, second)


if __name__ == "__main__":
    main()
