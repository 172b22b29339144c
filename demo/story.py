"""The whole story, from an empty folder to a verified record, and what it made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from demo import sample
from demo.cast import Cast
from demo.client import Client
from demo.round import Round
from demo.telling import Narrator, Telling
from demo.tenure import Tenure, Years
from records.tables import AuditEntry, Document, OutboundMail
from records.verify import verify
from runtime.clock import monotonic
from runtime.settings import Settings
from stack import Stack, embedded


async def tell(settings: Settings, out: Callable[[str], Any], *, language: str = "id") -> dict[str, Any]:
    """Start a stack, tell the story on it, and return the summary that `selter demo --json` prints."""
    began = monotonic()
    out("Selter: seleksi terbuka dan perjanjian kinerja, dari pengumuman sampai lowongan berikutnya.")
    async with embedded(settings) as stack:
        client = Client(stack.base_url)
        narrator = Narrator(out, language)
        telling = Telling(stack, client, narrator)
        narrator.now = lambda: telling.today
        try:
            await run(telling)
        finally:
            await client.close()
        await stack.mailer.settled()
        summary = summarise(stack, client, monotonic() - began)
    _close(out, settings.data_dir, summary)
    return summary


async def run(telling: Telling) -> None:
    """The chapters, one after the other."""
    cast = Cast(telling.client)
    await cast.assemble(telling.stack)
    round_ = Round(telling, cast)
    for chapter in round_.chapters():
        await chapter()
    for chapter in (await years_of(telling, cast, round_)).chapters():
        await chapter()


async def years_of(telling: Telling, cast: Cast, round_: Round) -> Years:
    """The second half, once both posts are filled."""
    terms = await telling.client.get("/terms", cast.mail("sekretariat"))
    by_person = {t["person_id"]: t["id"] for t in terms["items"]}
    health = Tenure(telling, cast, "p01", "sekda", sample.HEALTH_GOALS, by_person[cast.person("p01")])
    transport = Tenure(telling, cast, "p09", "sekda", sample.TRANSPORT_GOALS, by_person[cast.person("p09")])
    return Years(telling, cast, round_, health, transport, telling.today.year)


def summarise(stack: Stack, client: Client, seconds: float) -> dict[str, Any]:
    """What was made, and whether it verifies."""
    with stack.services.database.snapshot() as session:
        documents = session.exec(select(func.count()).select_from(Document)).one()
        mails = session.exec(
            select(func.count()).select_from(OutboundMail).where(col(OutboundMail.sent_at).is_not(None))
        ).one()
        audit_entries = session.exec(select(func.count()).select_from(AuditEntry)).one()
        report = verify(session, stack.services.files)
    return {
        "documents": documents,
        "mails": mails,
        "audit_entries": audit_entries,
        "acts": client.acts,
        "refusals": client.refusals,
        "seconds": round(seconds, 1),
        "verified": not report.breaks,
    }


def _close(out: Callable[[str], Any], folder: Path, summary: dict[str, Any]) -> None:
    out(
        f"\nSelesai dalam {summary['seconds']} detik: {summary['acts']} tindakan, "
        f"{summary['refusals']} penolakan beralasan, "
        f"{summary['documents']} dokumen, {summary['mails']} surel, {summary['audit_entries']} catatan audit."
    )
    out(
        "Jejak audit, peringkat dan dokumen diperiksa ulang: "
        + ("utuh." if summary["verified"] else "ADA YANG BERUBAH.")
    )
    out(
        f"Lihat hasilnya:\n  surel      {folder / 'mail'}\n  berkas     {folder / 'files'}\n"
        f"  halaman    SELTER_MODE=demo SELTER_DATA_DIR={folder} selter up"
    )
