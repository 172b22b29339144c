"""Kill the parts of an installation at random while the demo's story runs on it, and compare how it ends.

Run: `python bench/chaos.py --kills 200` (both databases by `--database`; a story takes some minutes). It prints each
kill, and as its last line a JSON summary; it exits with 1 when anything was lost, done twice or differs from the
undisturbed story. `--seed N --kills K --per-story K` replays one story of a campaign; how far a seed replays is said
in trouble/schedule.py.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from trouble.campaign import Campaign, Setting


async def main(asked: argparse.Namespace) -> int:
    """Stories under kills until so many were asked for; 1 when one ended otherwise than in peace."""
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="selter-chaos-"))
    campaign = Campaign(folder, Setting(asked.database, asked.workers, asked.apis, asked.until), print_now)
    left, seed = asked.kills, asked.seed
    while left > 0:
        kills = min(left, asked.per_story)
        await campaign.under(seed, kills)
        left, seed = left - kills, seed + 1
    summary = campaign.summary()
    print_now(json.dumps(summary, ensure_ascii=False))
    return 1 if summary["wrong"] else 0


def print_now(text: str) -> None:
    """A line that is seen at once, whoever reads."""
    print(text, flush=True)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40, help="how many in all")
    parser.add_argument("--per-story", type=int, default=25, help="how many in one story")
    parser.add_argument("--seed", type=int, default=1, help="of the first story; the next has the next number")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--workers", type=int, default=1, help="worker processes")
    parser.add_argument("--apis", type=int, default=1, help="API processes; the client turns from one to the next")
    parser.add_argument("--until", default="", help="the story's last chapter, for a shorter one")
    parser.add_argument("--folder", type=Path, help="where to keep what it makes; default: a fresh one")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(arguments())))
