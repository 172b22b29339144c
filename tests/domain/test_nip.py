"""The employee number: taken apart, cross-checked, and never a reason to refuse."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from domain.checks.finding import Finding
from domain.nip import Declared, NipWarning, NumberKind, Sex, layout, nip_findings, parse_nip
from domain.rules import Confidence, Enforcement, RuleSet
from tests.altered import with_enforcement, with_values

TODAY = date(2026, 11, 21)
DECLARED = Declared(date(1972, 5, 17), date(1998, 3, 31), Sex.MALE)


def test_a_sound_number_is_taken_apart(rules: RuleSet) -> None:
    nip = parse_nip("19720517 199803.1\t005", TODAY, rules, DECLARED)
    assert (nip.number, nip.birth_date, nip.entry) == ("197205171998031005", date(1972, 5, 17), date(1998, 3, 1))
    assert (nip.sex, nip.warnings, nip_findings(nip, rules)) == (Sex.MALE, (), ())
    assert parse_nip("197205171998032005", TODAY, rules).sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("number", "warning", "expected", "actual"),
    [
        ("19720517199803100", NipWarning.LENGTH, 18, "17/17"),
        ("19720517199803100X", NipWarning.LENGTH, 18, "17/18"),
        ("197205171998031005X", NipWarning.LENGTH, 18, "18/19"),
        ("١٩٧٢٠٥١٧١٩٩٨٠٣١٠٠٥", NipWarning.LENGTH, 18, "0/18"),
        ("19720517199803100\N{SUPERSCRIPT FIVE}", NipWarning.LENGTH, 18, "17/18"),
        ("", NipWarning.LENGTH, 18, "0/0"),
        ("197213171998031005", NipWarning.BIRTH_DATE, "YYYYMMDD", "19721317"),
        ("197202301998031005", NipWarning.BIRTH_DATE, "YYYYMMDD", "19720230"),
        ("197205181998031005", NipWarning.BIRTH_DATE_DIFFERS, date(1972, 5, 17), date(1972, 5, 18)),
        ("197205171998131005", NipWarning.ENTRY_MONTH, "YYYYMM", "199813"),
        ("197205171998001005", NipWarning.ENTRY_MONTH, "YYYYMM", "199800"),
        ("197205171990041005", NipWarning.ENTRY_TOO_EARLY, "1990-05", "1990-04"),
        ("197205172026121005", NipWarning.ENTRY_IN_FUTURE, "2026-11", "2026-12"),
        ("197205171998041005", NipWarning.ENTRY_DIFFERS, "1998-03", "1998-04"),
        ("197205171998033005", NipWarning.SEX, "1, 2", "3"),
        ("197205171998032005", NipWarning.SEX_DIFFERS, "1", "2"),
        ("197205171998031000", NipWarning.SERIAL, "001", "000"),
    ],
)
def test_an_odd_number_warns_with_what_was_expected_and_what_it_says(
    rules: RuleSet, number: str, warning: NipWarning, expected: object, actual: object
) -> None:
    nip = parse_nip(number, TODAY, rules, DECLARED)
    (odd,) = [item for item in nip.odd if item.code is warning]
    assert (odd.expected, odd.actual) == (expected, actual)
    assert warning in nip.warnings


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("197205171990051005", ()),  # the month of the eighteenth birthday
        ("197205172026111005", ()),  # this month
        ("202611211998031005", (NipWarning.ENTRY_TOO_EARLY,)),  # born today
        ("202611221998031005", (NipWarning.BIRTH_IN_FUTURE,)),
        ("999901019998031005", (NipWarning.BIRTH_IN_FUTURE, NipWarning.ENTRY_IN_FUTURE)),
        ("197205171998031001", ()),
        ("197205171998031999", ()),
        ("197213171998133000", (NipWarning.BIRTH_DATE, NipWarning.ENTRY_MONTH, NipWarning.SEX, NipWarning.SERIAL)),
    ],
)
def test_warnings_come_in_the_order_of_the_digits(
    rules: RuleSet, number: str, warnings: tuple[NipWarning, ...]
) -> None:
    assert parse_nip(number, TODAY, rules).warnings == warnings


def test_what_nobody_declared_is_not_compared(rules: RuleSet) -> None:
    assert parse_nip("197205171998031005", TODAY, rules, Declared()).warnings == ()


def test_the_number_of_a_contract_employee_codes_no_month(rules: RuleSet) -> None:
    number = "197205172023211005"
    nip = parse_nip(number, TODAY, rules, DECLARED, kind=NumberKind.PPPK)
    assert (nip.warnings, nip.entry) == ((), None)
    assert parse_nip(number, TODAY, rules).warnings == (NipWarning.ENTRY_MONTH,)
    checked = with_values(rules, {"pppk.nip_month_check": True})
    assert parse_nip(number, TODAY, checked, kind=NumberKind.PPPK).warnings == (NipWarning.ENTRY_MONTH,)


def test_the_pattern_says_where_each_part_stands(rules: RuleSet) -> None:
    assert layout(rules) == {"YYYYMMDD": slice(0, 8), "YYYYMM": slice(8, 14), "S": slice(14, 15), "N": slice(15, 18)}
    shorter = with_values(rules, {"nip.pattern": "YYYYMMDD NN", "nip.length": 10})
    assert parse_nip("1972051701", TODAY, shorter).warnings == ()
    assert parse_nip("1972051700", TODAY, shorter).warnings == (NipWarning.SERIAL,)
    assert parse_nip("123", TODAY, with_values(rules, {"nip.pattern": "", "nip.length": 3})).warnings == ()


@pytest.mark.parametrize(
    ("number", "rule", "words", "words_en"),
    [
        ("1972", "nip.length", "seharusnya 18 angka 0-9; yang tertulis 4/4", "18 digits 0-9; it has 4/4"),
        ("197213171998031005", "nip.pattern", "19721317 pada nomor induk bukan tanggal", "19721317 of the birth date"),
        ("202611221998031005", "nip.pattern", "22 November 2026 pada nomor induk lebih lambat daripada 21 November",
         "2026-11-22 in the number lies after 2026-11-21"),
        ("197205181998031005", "nip.pattern", "tanggal lahir 18 Mei 1972, data lain 17 Mei 1972",
         "born on 1972-05-18, other data 1972-05-17"),
        ("197205171998131005", "nip.pattern", "199813 pada nomor induk bukan tahun dan bulan", "199813 of the entry"),
        ("197205172026121005", "nip.pattern", "2026-12 pada nomor induk lebih lambat daripada 2026-11",
         "2026-12 in the number lies after 2026-11"),
        ("197205171990041005", "nip.min_age_at_entry",
         "1990-04 pada nomor induk mendahului usia terendah, yang tercapai 1990-05",
         "1990-04 in the number is before the least age, reached in 1990-05"),
        ("197205171998041005", "nip.pattern", "TMT CPNS 1998-04, data lain 1998-03",
         "entered in 1998-04, other data 1998-03"),
        ("197205171998033005", "nip.pattern", "jenis kelamin 3 pada nomor induk bukan 1", "is 3, neither 1 (male)"),
        ("197205171998032005", "nip.pattern", "nomor induk 2, menurut data lain 1", "is 2, by other data 1"),
        ("197205171998031000", "nip.pattern", "Nomor urut 000 pada nomor induk tidak ada; yang terkecil 001",
         "no serial 000; the least is 001"),
    ],
)  # fmt: skip
def test_a_warning_is_put_in_words_with_its_rule(
    rules: RuleSet, number: str, rule: str, words: str, words_en: str
) -> None:
    found = next(f for f in nip_findings(parse_nip(number, TODAY, rules, DECLARED), rules) if words in f.message)
    assert words_en in found.message_en
    assert (found.rule, found.severity, found.path) == (rule, Enforcement.WARN, "nip")
    assert (found.citation, found.confidence) == (rules.rule(rule).citation, rules.rule(rule).confidence)
    assert found.confidence in (Confidence.SECONDARY, Confidence.DERIVED)
    assert found.actual


def test_what_cannot_be_read_is_kept_as_written(rules: RuleSet) -> None:
    nip = parse_nip(" 1972.0517 X", TODAY, rules)
    assert (nip.number, nip.birth_date, nip.entry, nip.sex) == ("19720517X", None, None, None)


def test_who_enters_this_month_has_not_entered_in_the_future(rules: RuleSet) -> None:
    assert parse_nip("197205172026111005", date(2026, 11, 1), rules).warnings == ()
    assert parse_nip("197205172026121005", date(2026, 11, 30), rules).warnings == (NipWarning.ENTRY_IN_FUTURE,)


@pytest.mark.parametrize("kind", NumberKind)
def test_a_pattern_without_a_part_says_nothing_of_it(rules: RuleSet, kind: NumberKind) -> None:
    birth_alone = with_values(rules, {"nip.pattern": "YYYYMMDD", "nip.length": 8})
    nip = parse_nip("19720517", TODAY, birth_alone, DECLARED, kind=kind)
    assert (nip.birth_date, nip.entry, nip.sex, nip.warnings) == (date(1972, 5, 17), None, None, ())


def test_a_finding_is_a_warning_with_both_sides_however_the_rule_is_enforced(rules: RuleSet) -> None:
    strict = with_enforcement(rules, "nip.pattern", Enforcement.BLOCK)
    (found,) = nip_findings(parse_nip("197205181998031005", TODAY, strict, DECLARED), strict)
    assert found == Finding(
        "nip.pattern",
        Enforcement.WARN,
        "nip",
        "Nomor induk menyebut tanggal lahir 18 Mei 1972, data lain 17 Mei 1972; cocokkan dengan akta kelahiran.",
        "The number says born on 1972-05-18, other data 1972-05-17; compare with the birth certificate.",
        rules.rule("nip.pattern").citation,
        rules.rule("nip.pattern").confidence,
        "1972-05-17",
        "1972-05-18",
    )


NUMBERS = st.text(st.sampled_from("0123456789"), min_size=18, max_size=18) | st.text(max_size=30)


@given(NUMBERS, st.dates(date(1946, 1, 1), date(2100, 12, 31)), st.sampled_from(NumberKind))
@settings(deadline=None)
def test_no_number_crashes_and_a_warning_never_blocks(text: str, on: date, kind: NumberKind) -> None:
    rules = regulations.load("id-pns-2020")
    nip = parse_nip(text, on, rules, DECLARED, kind=kind)
    assert all(f.severity is Enforcement.WARN and f.message and f.message_en for f in nip_findings(nip, rules))
    assert len(set(nip.warnings)) == len(nip.warnings)
