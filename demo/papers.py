"""What the demo's applicants upload and state: small real PDFs and a photo, and a profile."""

import io
from typing import Any

import pikepdf
from PIL import Image

from demo.sample import Applicant


def profile(applicant: Applicant) -> dict[str, Any]:
    """What an applicant states about himself."""
    return {
        "education": applicant.education,
        "rank": applicant.rank,
        "experience_years": applicant.experience_years,
        "positions": [
            {"kind": "administrator", "title": "Kepala Bagian", "held_from": applicant.feeder_from, "related": True}
        ],
        "ratings": [{"year": int(year), "rating": rating} for year, rating in applicant.ratings.items()],
        "discipline": [],
        "phone": "0299-555-0100",
        "address": "Tirta Wening",
    }


def upload(applicant: Applicant, code: str, title: str) -> dict[str, tuple[str, bytes, str]]:
    """A file for one document of the list."""
    if code == "photo":
        return {"file": (f"foto-{applicant.key}.jpg", photo(applicant), "image/jpeg")}
    return {"file": (f"{code}-{applicant.key}.pdf", paper(f"{title} {applicant.key}"), "application/pdf")}


def paper(line: str) -> bytes:
    """A one-page PDF with a line of text."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 72 760 Td ({line}) Tj ET".encode("ascii"))
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def photo(applicant: Applicant) -> bytes:
    """A plain portrait-sized picture in a colour of the applicant's own."""
    shade = sum(applicant.key.encode()) * 37 % 200
    buffer = io.BytesIO()
    Image.new("RGB", (120, 160), (shade, 120, 200 - shade // 2)).save(buffer, "JPEG")
    return buffer.getvalue()


def reasons(tracking: dict[str, Any]) -> list[str]:
    """The reasons of a refusal, as the candidate's tracking shows them."""
    rows = [row for result in tracking["results"] for row in result["reasons"]]
    return [f"{row['reason']} [{row['citation']}]" for row in rows if row.get("verdict") == "not_met"]


def opinion(row: dict[str, Any]) -> dict[str, str]:
    """A verifier agrees with what was computed; what could not be computed he decides from the papers."""
    if row["computed"] == "needs_review":
        return {"verdict": "met", "reason": "Dokumen asli sesuai."}
    return {"verdict": row["computed"], "reason": ""}
