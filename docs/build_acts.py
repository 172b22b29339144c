"""Writes `docs/acts.md` from the table of acts; a test fails when the page is not what the table gives."""

from collections.abc import Iterator
from pathlib import Path

from domain.acts import Act, acts_of
from domain.words import CaseKind
from workflows.messages import ARGUMENTS

PAGE = Path(__file__).parent / "acts.md"
_TITLES = {
    CaseKind.SELECTION: "Selection (seleksi terbuka)",
    CaseKind.TERM: "Office term (masa jabatan)",
    CaseKind.CONTRACT: "Performance contract (perjanjian kinerja)",
    CaseKind.REVIEW: "Demotion review (evaluasi jabatan)",
}


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield "# Acts"
    yield ""
    yield "Generated from `domain/acts/` by `python docs/build_acts.py`."
    yield "Routes, authorisation and the inbox come from the same table."
    for kind in CaseKind:
        yield from ("", f"## {_TITLES[kind]}", "")
        yield "| act | Indonesian | who | in stage | records | sends | natural key | arguments |"
        yield "|---|---|---|---|---|---|---|---|"
        for act in acts_of(kind):
            yield _row(act)


def _row(act: Act) -> str:
    roles = ", ".join(act.roles) + (f" ({', '.join(act.positions)})" if act.positions else "")
    model = ARGUMENTS.get((act.case, act.name))
    names = [*(model.model_fields if model else ()), *(["reason"] if act.reason else [])]
    cells = (
        f"`{act.name}`",
        act.title,
        roles or "the system",
        ", ".join(act.stages) or "any",
        act.records,
        ", ".join(act.letters) or "–",
        f"`{act.key}`",
        ", ".join(f"`{name}`" for name in names) or "–",
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
