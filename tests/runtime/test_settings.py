"""Settings: where they come from, what is generated, and what production refuses."""

import base64
import os
import stat
from pathlib import Path

import pytest

from runtime.settings import Mode, Settings, SettingsError, load, names
from runtime.settings_groups import Group

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OLD_KEY = base64.urlsafe_b64encode(bytes(range(32, 64))).decode()
SECRET = "Kunci-rahasia-uji-0123456789-abcdefghijklmnop"
PRODUCTION = {
    "SELTER_MODE": "production",
    "SELTER_SECRET_KEY": SECRET,
    "SELTER_DATABASE_URL": "postgresql+psycopg://selter:own@db/selter",
    "SELTER_TEMPORAL_ADDRESS": "temporal:7233",
    "SELTER_TEMPORAL_KEYRING": f"k2={KEY},k1={OLD_KEY}",
    "SELTER_SMTP_HOST": "smtp.example.go.id",
    "SELTER_SMTP_FROM_ADDRESS": "bkpsdm@example.go.id",
    "SELTER_PUBLIC_BASE_URL": "https://seleksi.example.go.id",
}


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty working folder and an environment without our variables."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("SELTER_"):
            monkeypatch.delenv(name)


def given(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    """Set variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def problems() -> str:
    """What loading complains of."""
    with pytest.raises(SettingsError) as caught:
        load()
    return str(caught.value)


def test_without_any_setting_it_is_embedded_in_the_data_folder(tmp_path: Path) -> None:
    settings = load()
    assert settings.mode is Mode.EMBEDDED
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/selter.db"
    assert settings.public_base_url == "http://127.0.0.1:8080"
    assert settings.temporal.address == ""
    assert settings.zone.key == "Asia/Jakarta"


def test_groups_are_read_from_flat_names(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SELTER_SMTP_FROM_ADDRESS="a@b.id", SELTER_TEMPORAL_UI_PORT="8233", SELTER_API_PORT="9000")
    settings = load()
    assert settings.smtp.from_address == "a@b.id"
    assert settings.temporal.ui_port == 8233
    assert settings.public_base_url == "http://127.0.0.1:9000"


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SELTER_API_PORT=9001\nSELTER_LOG_LEVEL=DEBUG\nPATH_OF_ANOTHER=1\n")
    given(monkeypatch, SELTER_LOG_LEVEL="ERROR")
    assert (load().api.port, load().log_level) == (9001, "ERROR")
    (tmp_path / "other.env").write_text("SELTER_API_PORT=9002\n")
    given(monkeypatch, SELTER_CONFIG=str(tmp_path / "other.env"))
    assert load().api.port == 9002
    assert load(data_dir=tmp_path / "elsewhere").data_dir == tmp_path / "elsewhere"


def test_a_named_file_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SELTER_CONFIG="/no/such.env")
    assert "/no/such.env" in problems()


def test_a_misspelt_name_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SELTER_SMTP_HOTS=x\n")
    given(monkeypatch, SELTER_API_PROT="1")
    assert "SELTER_API_PROT" in problems()
    assert "SELTER_SMTP_HOTS" in problems()


def test_a_wrong_value_is_named_but_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SELTER_API_PORT="hunter2", SELTER_TEMPORAL_KEYRING="k1=hunter2")
    assert "SELTER_API_PORT" in problems()
    monkeypatch.delenv("SELTER_API_PORT")
    assert "SELTER_TEMPORAL_KEYRING" in problems()
    assert "hunter2" not in problems()
    given(monkeypatch, SELTER_TIME_ZONE="Asia/Jakrta")
    assert "SELTER_TIME_ZONE" in problems()


def test_secrets_are_generated_once_and_are_their_owners_alone(tmp_path: Path) -> None:
    first, second = load(), load()
    assert len(first.secret_key.get_secret_value()) >= 48
    assert first.secret_key == second.secret_key
    assert first.temporal.keys() == second.temporal.keys() != {}
    folder = tmp_path / "data" / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(f.stat().st_mode) for f in folder.iterdir()} == {0o600}
    assert sorted(f.name for f in folder.iterdir()) == ["keyring", "secret_key"]


def test_secrets_are_not_in_the_printed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **PRODUCTION, SELTER_SMTP_PASSWORD="swordfish")
    printed = repr(load())
    assert "swordfish" not in printed
    assert "own@db" not in printed
    assert KEY not in printed
    assert SECRET not in printed


def test_a_complete_production_is_accepted_and_generates_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, **PRODUCTION)
    settings = load()
    assert settings.production
    assert list(settings.temporal.keys()) == ["k2", "k1"]
    assert not (tmp_path / "data").exists()


def test_an_empty_production_is_refused_with_every_reason_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SELTER_MODE="production", SELTER_SMTP_USER="selter", SELTER_PASSWORDS_MEMORY_KIB="8")
    listed = problems()
    for name in (
        *(n for n in PRODUCTION if n != "SELTER_MODE"),
        "SELTER_SMTP_PASSWORD",
        "SELTER_PASSWORDS_MEMORY_KIB",
    ):
        assert name in listed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SELTER_SECRET_KEY", "change-me-change-me-change-me-change-me-change-me"),
        ("SELTER_DATABASE_URL", "postgresql+psycopg://selter:change-me@db/selter"),
        ("SELTER_DATABASE_URL", "sqlite:///selter.db"),
        ("SELTER_SECRET_KEY", "short"),
        ("SELTER_SECRET_KEY", "s" * 48),
        ("SELTER_TEMPORAL_KEYRING", "k1=change-me"),
        ("SELTER_TEMPORAL_KEYRING", ""),
        ("SELTER_TEMPORAL_KEYRING", f"k1={base64.urlsafe_b64encode(bytes(16)).decode()}"),
        ("SELTER_TEMPORAL_KEYRING", f"k1={base64.urlsafe_b64encode(bytes(32)).decode()}"),
        ("SELTER_TEMPORAL_KEYRING", f"k1={KEY},k1={OLD_KEY}"),
        ("SELTER_TEMPORAL_KEYRING", f"k2={KEY},k1={KEY}"),
        ("SELTER_TEMPORAL_ADDRESS", ""),
        ("SELTER_SMTP_HOST", ""),
        ("SELTER_SMTP_STARTTLS", "false"),
        ("SELTER_SMTP_CA_FILE", "/no/such/authority"),
        ("SELTER_SMTP_FROM_ADDRESS", "selter@localhost"),
        ("SELTER_SMTP_USER", "somebody"),
        ("SELTER_PUBLIC_BASE_URL", "http://seleksi.example.go.id"),
        ("SELTER_PASSWORDS_MEMORY_KIB", "1024"),
    ],
)
def test_production_refuses_what_is_missing_weak_or_open_and_names_it_alone(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given(monkeypatch, **PRODUCTION)
    given(monkeypatch, **{name: value})
    listed = [line for line in problems().splitlines() if line.startswith("  - ")]
    blamed = {"SELTER_SMTP_USER": "SELTER_SMTP_PASSWORD"}.get(name, name)
    assert len(listed) == 1
    assert listed[0].startswith(f"  - {blamed}: ")
    assert not value or len(value) < 10 or value not in listed[0]


@pytest.mark.parametrize(("mode", "accepted"), [(0o700, True), (0o750, True), (0o755, False), (0o701, False)])
def test_production_refuses_a_data_folder_that_is_open_to_everybody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int, accepted: bool
) -> None:
    given(monkeypatch, **PRODUCTION)
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data").chmod(mode)
    if accepted:
        assert load().production
    else:
        assert "SELTER_DATA_DIR" in problems()


def test_production_refuses_a_data_folder_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, **PRODUCTION)
    (tmp_path / "data").touch()
    assert "SELTER_DATA_DIR" in problems()


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    load()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, Group):
            assert group.__doc__
            assert all(inner.description for inner in group.model_fields.values()), name
        else:
            assert field.description, name


def test_secrets_may_be_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, **PRODUCTION)
    for name, text in {
        "SECRET_KEY": SECRET[::-1],
        "DATABASE_URL": "postgresql+psycopg://x:y@z/w",
        "TEMPORAL_KEYRING": f"k9={KEY}",
        "SMTP_PASSWORD": "swordfish",
    }.items():
        path = tmp_path / name
        path.write_text(text + "\n")
        monkeypatch.setenv(f"SELTER_{name}_FILE", str(path))
    settings = load()
    assert settings.secret_key.get_secret_value() == SECRET[::-1]
    assert settings.database_url == "postgresql+psycopg://x:y@z/w"
    assert list(settings.temporal.keys()) == ["k9"]
    assert settings.smtp.password.get_secret_value() == "swordfish"
    given(monkeypatch, SELTER_SECRET_KEY_FILE="/no/such/secret")
    assert "/no/such/secret" in problems()


def test_the_sample_names_every_setting() -> None:
    sample = (Path(__file__).parents[2] / "deploy" / "selter.env.sample").read_text()
    for name in names():
        assert name in sample
