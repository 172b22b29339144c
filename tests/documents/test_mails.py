"""Every mail is written from its few facts, says where to look, and shows nobody's data in its subject."""

from pathlib import Path

import pytest

from activities.press import RenderError, render_mail
from contract_templates import MAIL_FACTS, mail_path

PERSONAL = ("Bapak Wirakusuma", "Kepala Dinas Kesehatan", "TT/0042", "68.54", "very_poor", "granted", "tidak melapor")
FACTS = {
    "greeting": "Yth. Bapak Wirakusuma",
    "link": "https://selter.example/kasus/7",
    "agency": "Pemerintah Kabupaten Tirta Wening",
    "post": "Kepala Dinas Kesehatan",
    "stage": "assessment",
    "date": "2026-12-09T21:47:03+07:00",
    "deadline": "2026-12-16",
    "rule": "PP 11/2017 Pasal 117 ayat (2)",
    "number": "TT/0042/2026",
    "reason_code": "tidak melapor",
    "outcome": "granted",
    "year": "2027",
    "quarter": "3",
    "percent": "68.54",
    "rating": "very_poor",
    "act": "lembar nilai Bapak Wirakusuma belum dikirim",
}


def facts_of(name: str) -> dict[str, str]:
    """Exactly what the table promises."""
    return {fact: FACTS[fact] for fact in MAIL_FACTS[name]}


@pytest.mark.parametrize("name", sorted(MAIL_FACTS))
def test_a_mail_renders_from_its_facts_alone(name: str) -> None:
    mail = render_mail(name, facts_of(name))
    assert mail.body.startswith("Yth. Bapak Wirakusuma,\n\n")
    assert FACTS["link"] in mail.body
    assert "{" not in mail.body + mail.subject
    assert "\n\n\n" not in mail.body
    assert ("Dasar: PP 11/2017" in mail.body) == ("rule" in MAIL_FACTS[name])


@pytest.mark.parametrize("name", sorted(MAIL_FACTS))
def test_a_subject_is_one_line_without_personal_data(name: str) -> None:
    subject = render_mail(name, facts_of(name)).subject
    assert subject
    assert len(subject) <= 78
    assert "\n" not in subject
    assert not [word for word in PERSONAL if word.lower() in subject.lower()]


@pytest.mark.parametrize("name", sorted(MAIL_FACTS))
def test_every_fact_of_a_mail_is_used_and_needed(name: str) -> None:
    for fact in MAIL_FACTS[name]:
        facts = facts_of(name)
        del facts[fact]
        with pytest.raises(RenderError) as caught:
            render_mail(name, facts)
        assert (caught.value.kind, caught.value.field) == (name, fact)
        template = mail_path(name).read_text(encoding="utf-8")
        assert fact == "agency" or f"{{{{ {fact}" in template


def test_the_table_and_the_folder_agree() -> None:
    folder: Path = mail_path("act_recorded").parent
    written = {path.name.removesuffix(".txt.j2") for path in folder.glob("*.j2") if not path.name.startswith("_")}
    assert written == set(MAIL_FACTS)


def test_codes_and_dates_are_written_in_indonesian() -> None:
    rated = render_mail("contract_rated", facts_of("contract_rated"))
    assert "predikat Sangat Kurang" in rated.body
    assert "sampai Rabu, 16 Desember 2026" in rated.body
    received = render_mail("application_received", facts_of("application_received"))
    assert "pada Rabu, 9 Desember 2026 pukul 21.47 WIB" in received.body
    assert "68,54 persen" in render_mail("early_warning", facts_of("early_warning")).body


def test_a_fact_is_literal_and_stays_on_its_line() -> None:
    hostile = "{{ 7*7 }} {% for %} & <b>\r\nBcc: a@b.example\x00"
    mail = render_mail("act_recorded", {**facts_of("act_recorded"), "act": hostile})
    assert "{{ 7*7 }} {% for %} & <b> Bcc: a@b.example\N{REPLACEMENT CHARACTER}" in mail.body
    stage = render_mail("stage_result", {**facts_of("stage_result"), "stage": hostile})
    assert "\n" not in stage.subject


def test_more_facts_than_needed_do_no_harm() -> None:
    assert render_mail("chosen", FACTS) == render_mail("chosen", facts_of("chosen"))


@pytest.mark.parametrize(
    ("name", "facts"),
    [("../secrets", FACTS), ("chosen", {**FACTS, "date": "besok"}), ("chosen", {**FACTS, "post": None})],
)
def test_a_mail_that_cannot_be_written_says_why(name: str, facts: dict[str, str]) -> None:
    with pytest.raises(RenderError):
        render_mail(name, facts)
