"""Every document renders from complete inputs, literally and repeatably, and nothing in it or its template can run."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from activities import press
from activities.press import RenderError, fill, find_office, render_docx, template_sha256, to_pdf
from contract_templates import template_path
from contract_templates.build import build
from contract_templates.wording import hari
from domain import letters
from domain.words import DocumentKind

from . import samples

KINDS = list(DocumentKind)
HOSTILE = "a & b <w:p/> ]]> {{ 7*7 }} {% for %} {_{ {# c #} \"q\" 'p' \\ %_} &amp; </w:t>"
NEEDS_OFFICE = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


def text_of(document: bytes) -> str:
    """All text of body and footers, paragraph by paragraph."""
    opened = docx.Document(io.BytesIO(document))
    roots = [opened.element.body, opened.sections[0].footer._element]
    lines = []
    for paragraph in (p for root in roots for p in root.iter(qn("w:p"))):
        pieces = (t.text or "" if t.tag == qn("w:t") else "\n" for t in paragraph.iter(qn("w:t"), qn("w:br")))
        lines.append("".join(pieces))
    return "\n".join(lines)


def is_free_text(value: str) -> bool:
    """Neither a date nor an instant: those are checked, not printed as they come."""
    try:
        hari(value)
    except ValueError:
        return bool(value)
    return False


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every leaf of nested inputs with the way to it."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(item, (*path, key))
    else:
        yield path, value


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """The container that holds the last step of a path."""
    for step in path[:-1]:
        value = value[step]
    return value


def malicious(text: str) -> io.BytesIO:
    """A template with one paragraph."""
    document = docx.Document(str(template_path(DocumentKind.INVITATION)))
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    document.sections[0].footer.paragraphs[0].clear()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_renders_from_a_complete_letter(kind: DocumentKind) -> None:
    text = text_of(render_docx(kind, samples.sample(kind)))
    letter = samples.LETTERS[kind]
    assert f"Nomor {letter.number}" in text
    assert letter.verification in text
    assert not [mark for mark in ("{{", "{%", "}}", "%}") if mark in text]


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_letter_appears_in_its_document(kind: DocumentKind) -> None:
    """No field is forgotten by its template, beyond those that the form of the document leaves out."""
    inputs = samples.sample(kind)
    unused = []
    for path, value in paths(inputs):
        if not isinstance(value, str) or not is_free_text(value):
            continue
        marked = samples.sample(kind)
        at(marked, path)[path[-1]] = "Zz Tanda Zz"
        if "Zz Tanda Zz" not in text_of(render_docx(kind, marked)):
            unused.append(".".join(str(step) for step in path if not isinstance(step, int)))
    assert set(unused) <= UNPRINTED.get(kind, set())


_OFFICE_HOLDER = {"letterhead.agency", "letterhead.unit", "letterhead.contact"}
_SIGNED_ELSEWHERE = {"signatories.title", "signatories.rank", "signatories.nip"}
UNPRINTED: dict[DocumentKind, set[str]] = {
    DocumentKind.DECREE: {*_OFFICE_HOLDER, "signatories.rank", "person.position"},
    DocumentKind.REVIEW_DECISION: {*_OFFICE_HOLDER, "official.position"},
    DocumentKind.OBJECTION_DECISION: {*_OFFICE_HOLDER, "objector.rank"},
    DocumentKind.PERFORMANCE_CONTRACT: {*_SIGNED_ELSEWHERE, "signatories.name"},
    DocumentKind.MINUTES: {*_SIGNED_ELSEWHERE, "members.rank"},
    DocumentKind.SCREENING_RESULT: {"applicant.rank"},
    DocumentKind.INVITATION: {"candidate.rank"},
    DocumentKind.IMPROVEMENT_NOTICE: {"official.rank"},
    DocumentKind.HEARING_NOTICE: {"official.rank"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_field_is_named(kind: DocumentKind) -> None:
    for path, _ in list(paths(samples.sample(kind)))[:12]:
        if isinstance(path[-1], int) or path[-1] in {"rank", "nip", "signed_on", "position"}:
            continue
        inputs = samples.sample(kind)
        del at(inputs, path)[path[-1]]
        with pytest.raises(RenderError) as caught:
            render_docx(kind, inputs)
        assert caught.value.kind == kind.value
        assert caught.value.field.endswith(str(path[-1]))
        assert str(path[-1]) in str(caught.value)


def test_a_field_with_a_default_may_be_missing() -> None:
    inputs = samples.sample(DocumentKind.OBJECTION_DECISION)
    del inputs["recalling"], inputs["issuer"], inputs["objector"]["nip"]
    assert "KEPUTUSAN" in text_of(render_docx(DocumentKind.OBJECTION_DECISION, inputs)).upper()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surprise": "x"}, "surprise"),
        ({"post": None}, "post"),
        ({"bring": "kartu"}, "bring"),
        ({"letterhead": "kop"}, "letterhead"),
        ({"sessions": [{"step": "a", "start": "b", "end": 3}]}, "sessions[0].end"),
    ],
)
def test_a_malformed_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(RenderError) as caught:
        render_docx(DocumentKind.INVITATION, {**samples.sample(DocumentKind.INVITATION), **change})
    assert caught.value.field == field


def test_a_date_that_is_none_is_an_error_and_not_a_letter() -> None:
    with pytest.raises(RenderError):
        render_docx(DocumentKind.INVITATION, {**samples.sample(DocumentKind.INVITATION), "date": "besok"})


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_values_appear_literally(kind: DocumentKind) -> None:
    inputs = samples.sample(kind)
    for path, value in list(paths(inputs)):
        if isinstance(value, str) and is_free_text(value):
            at(inputs, path)[path[-1]] = HOSTILE
    text = text_of(render_docx(kind, inputs))
    assert HOSTILE in text
    assert "49" not in text


def test_long_text_and_line_breaks_are_kept() -> None:
    long = "panjang & " * 1000
    lines = "baris satu\r\nbaris dua\tdengan tab"
    inputs = {**samples.sample(DocumentKind.INVITATION), "venue": long, "bring": [lines]}
    text = text_of(render_docx(DocumentKind.INVITATION, inputs))
    assert long in text
    assert "baris satu\nbaris dua" in text


def test_what_xml_cannot_carry_is_replaced_visibly() -> None:
    illegal = "a\x00b\x07c\x0cd\x1be\ud800f\uffffg"
    inputs = {**samples.sample(DocumentKind.INVITATION), "venue": illegal}
    assert "a�b�c�d�e�f�g" in text_of(render_docx(DocumentKind.INVITATION, inputs))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ number.__class__ }}",
        "{{ letterhead.__class__ }}",
        "{{ letterhead['__class__'] }}",
        "{{ letterhead.items() }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ number | attr('__class__') }}",
        "{% import 'os' as os %}{{ os }}",
        "{% include '/etc/passwd' %}",
        "{% for i in range(10000000) %}x{% endfor %}",
        "{{ '{0.__class__}'.format(number) }}",
        "{{ missing }}",
        "{% syntax",
    ],
)
def test_a_malicious_template_cannot_run(attack: str) -> None:
    values = samples.sample(DocumentKind.INVITATION)
    with pytest.raises(RenderError):
        fill(malicious(attack), "invitation", values)


def test_an_innocent_template_of_the_same_shape_runs() -> None:
    filled = fill(
        malicious("{{ number }} {{ letterhead.place }}"), "invitation", samples.sample(DocumentKind.INVITATION)
    )
    assert f"{samples.INVITATION.number} Tirta Wening" in text_of(filled)


@pytest.mark.parametrize("kind", KINDS)
def test_equal_inputs_give_equal_bytes(kind: DocumentKind) -> None:
    document = render_docx(kind, samples.sample(kind))
    assert document == render_docx(kind, samples.sample(kind))
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_process_gives_the_same_bytes() -> None:
    """Hash seeds and import order leave no trace."""
    script = (
        "import hashlib; from activities.press import render_docx; from domain.words import DocumentKind as K;"
        "from tests.documents.samples import sample;"
        "print(hashlib.sha256(b''.join(render_docx(k, sample(k)) for k in K)).hexdigest())"
    )
    root = Path(press.__file__).parents[1]
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_the_clock_of_the_machine_leaves_no_trace() -> None:
    properties = docx.Document(
        io.BytesIO(render_docx(DocumentKind.DECREE, samples.sample(DocumentKind.DECREE)))
    ).core_properties
    assert properties.created is not None
    assert properties.created.date().isoformat() == samples.DECREE.date
    assert properties.title == f"Keputusan {samples.DECREE.number}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_template_is_what_its_source_builds(kind: DocumentKind) -> None:
    assert template_path(kind).read_bytes() == build(kind)
    assert len(template_sha256(kind)) == 64


@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_the_score_table_keeps_the_width_of_the_page(count: int) -> None:
    rows = tuple(replace(row, scores=("80.5",) * count) for row in samples.score_rows(3))
    minutes = replace(samples.MINUTES, components=(letters.WeightRow("Makalah", "20"),) * count, rows=rows)
    document = docx.Document(io.BytesIO(render_docx(DocumentKind.MINUTES, samples.inputs(minutes))))
    table = document.tables[0]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert len(widths) == count + 3
    assert abs(sum(widths) - 9072) <= 12  # 16 cm, give or take rounding
    assert min(widths) > 500


def test_shortlisted_names_stand_by_alphabet() -> None:
    text = text_of(render_docx(DocumentKind.SHORTLIST_LETTER, samples.sample(DocumentKind.SHORTLIST_LETTER)))
    found = [text.index(name) for name in ("Bening Larasati", "dr. Siti Nurhayati", "Eko Wahyudianto")]
    assert found == sorted(found)


def test_an_objective_is_named_once_for_its_indicators() -> None:
    text = text_of(render_docx(DocumentKind.PERFORMANCE_CONTRACT, samples.sample(DocumentKind.PERFORMANCE_CONTRACT)))
    assert text.count("Meningkatnya derajat kesehatan masyarakat") == 1
    assert "80\N{EN DASH}90" in text
    assert "53.265.500.000" in text


def test_the_contract_has_the_fixed_form() -> None:
    """law.md K-01 to K-05."""
    text = text_of(render_docx(DocumentKind.PERFORMANCE_CONTRACT, samples.sample(DocumentKind.PERFORMANCE_CONTRACT)))
    assert "PERJANJIAN KINERJA TAHUN 2027" in text
    assert (
        "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada "
        "hasil, kami yang bertanda tangan di bawah ini:"
    ) in text
    assert "menjadi tanggung jawab pihak pertama" in text
    assert "pemberian penghargaan dan sanksi" in text
    assert text.count("Pihak kedua,") == text.count("Pihak pertama,") == 2
    assert text.index("Pihak kedua,") < text.index("Pihak pertama,")
    assert "Gunawan Adiprana\nTirta Wening, 20 Februari 2027" in text  # a head of region has no NIP


def test_header_rows_repeat_and_rows_stay_whole() -> None:
    document = docx.Document(io.BytesIO(render_docx(DocumentKind.MINUTES, samples.long_minutes())))
    rows = list(document.tables[0]._tbl.iter(qn("w:tr")))
    assert len(rows) == 41
    assert next(rows[0].iter(qn("w:tblHeader")), None) is not None
    assert all(next(row.iter(qn("w:cantSplit")), None) is not None for row in rows)


@NEEDS_OFFICE
@pytest.mark.timeout(120)
def test_a_document_becomes_a_pdf() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    pdf = to_pdf(render_docx(DocumentKind.MINUTES, samples.long_minutes()))
    assert pdf is not None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 3
        left, bottom, right, top = (float(edge) for edge in opened.pages[0].MediaBox)
    assert (round(right - left), round(top - bottom)) == (595, 842)  # A4


@NEEDS_OFFICE
@pytest.mark.timeout(60)
def test_a_conversion_that_takes_too_long_is_ended_with_its_helpers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, mark = tmp_path / "soffice", tmp_path / "helper"
    slow.write_text(f"#!/bin/sh\nsh -c 'sleep 2; touch {mark}' &\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(press, "find_office", lambda: str(slow))
    with pytest.raises(press.ConversionError):
        to_pdf(template_path(DocumentKind.RECEIPT).read_bytes(), timeout_seconds=0.3)
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(["sleep", "10"], timeout=2.5, check=False)
    assert not mark.exists()


def test_without_an_office_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "find_office", lambda: None)
    assert to_pdf(b"anything") is None


@pytest.mark.parametrize(
    "entries", [{"word/document.xml": b"0" * 80_000_000}, {f"{n}.xml": b"" for n in range(300)}, {}]
)
def test_a_bomb_or_a_stranger_is_refused_before_the_office_starts(
    entries: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO(b"" if entries else b"no package")
    if entries:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in entries.items():
                package.writestr(name, content)
    monkeypatch.setattr(press, "find_office", lambda: "/nonexistent/soffice")
    with pytest.raises(press.ConversionError):
        to_pdf(out.getvalue())
