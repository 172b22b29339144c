"""Dates, amounts and codes as Indonesians write them."""

from collections.abc import Callable

import pytest

from contract_templates import wording as w


@pytest.mark.parametrize(
    ("filter_", "value", "written"),
    [
        (w.tanggal, "2026-11-23", "23 November 2026"),
        (w.hari, "2026-11-23", "Senin, 23 November 2026"),
        (w.instan, "2026-11-23T14:05:00+07:00", "23 November 2026 pukul 14.05 WIB"),
        (w.instan, "2026-11-23T14:05:00+08:00", "23 November 2026 pukul 14.05 WITA"),
        (w.instan, "2026-11-23T14:05:00+09:00", "23 November 2026 pukul 14.05 WIT"),
        (w.instan, "2026-11-23T14:05:00Z", "23 November 2026 pukul 14.05 UTC+0000"),
        (w.waktu, "2026-11-23", "Senin, 23 November 2026"),
        (
            w.tanggal_terbilang,
            "2026-11-23",
            "Senin, tanggal dua puluh tiga, bulan November, tahun dua ribu dua puluh enam",
        ),
        (w.angka, "82.125", "82,125"),
        (w.angka, "1234567.5", "1.234.567,5"),
        (w.angka, "14.20%", "14,20%"),
        (w.angka, "12000 orang", "12.000 orang"),
        (w.angka, "80..90", "80–90"),
        (w.angka, "-3", "-3"),
        (w.angka, "absent", "tidak hadir"),
        (w.angka, "BB", "BB"),
        (w.angka, "2026-11-23", "2026-11-23"),
        (w.angka, "1.2.3", "1.2.3"),
        (w.angka, "9" * 40, "9" * 40),
        (w.rupiah, "12500000000", "Rp12.500.000.000"),
        (w.rupiah, "-1250.5", "-Rp1.250,50"),
        (w.rupiah, "belum ada", "belum ada"),
        (w.istilah, "needs_improvement", "Butuh Perbaikan"),
        (w.istilah, "bukan kode", "bukan kode"),
        (w.komponen, "assessment", "Asesmen kompetensi"),
        (w.komponen, "Rekam jejak", "Rekam jejak"),
        (w.kalimat, "selesai", "selesai."),
        (w.kalimat, "selesai.", "selesai."),
        (w.kalimat, "", ""),
    ],
)
def test_a_value_is_written_in_indonesian(filter_: Callable[[str], str], value: str, written: str) -> None:
    assert filter_(value) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2026-02-05", "2026-02-09", "5–9 Februari 2026"),
        ("2026-01-28", "2026-02-03", "28 Januari – 3 Februari 2026"),
        ("2026-12-28", "2027-01-04", "28 Desember 2026 – 4 Januari 2027"),
        ("2026-02-09", "2026-02-09", "Senin, 9 Februari 2026"),
        ("2026-02-09T08:00:00+07:00", "2026-02-09T10:30:00+07:00", "Senin, 9 Februari 2026 pukul 08.00–10.30 WIB"),
        (
            "2026-02-09T08:00:00+07:00",
            "2026-02-10T10:00:00+07:00",
            "Senin, 9 Februari 2026 pukul 08.00 WIB s.d. Selasa, 10 Februari 2026 pukul 10.00 WIB",
        ),
    ],
)
def test_a_span_says_nothing_twice(start: str, end: str, written: str) -> None:
    assert w.rentang(start, end) == written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (100, "seratus"),
        (1945, "seribu sembilan ratus empat puluh lima"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert w.terbilang(number) == words


@pytest.mark.parametrize("value", ["", "besok", "2026-13-01", "23-11-2026"])
def test_a_malformed_date_is_an_error(value: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        w.tanggal(value)


def test_an_instant_without_offset_is_an_error() -> None:
    with pytest.raises(ValueError, match="offset"):
        w.instan("2026-11-23T14:05:00")


def test_lists_are_lettered_and_closed() -> None:
    assert [w.huruf(n) for n in (1, 26, 27)] == ["a", "z", "aa"]
    assert w.ujung("bahwa a; ", last=False) == "bahwa a;"
    assert w.ujung("bahwa b", last=True) == "bahwa b."


def test_sums_are_exact_or_empty() -> None:
    assert w.jumlah(["33.3", "33.3", "33.4"]) == "100.0"
    assert w.jumlah(["20", "dua puluh"]) == ""
