"""The `selter` command as an operator types it: exit codes, one clear line, one JSON object."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHO = ("--name", "Pengelola Uji", "--mail", "kelola@contoh.example", "--password", "gunung-hijau-2028")


def selter(folder: Path, *words: str, cost: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command on an installation in that folder."""
    environment = {**os.environ, "SELTER_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    if cost:
        environment |= {"SELTER_PASSWORDS_TIME_COST": "1", "SELTER_PASSWORDS_MEMORY_KIB": "1024"}
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_verify_of_a_new_installation_finds_nothing_and_prints_one_object(tmp_path: Path) -> None:
    done = selter(tmp_path, "verify", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"entries": 0, "breaks": [], "rankings": 0, "documents": 0}


def test_the_first_admin_is_made_once(tmp_path: Path) -> None:
    assert selter(tmp_path, "admin", "create-admin", *WHO).returncode == 0
    again = selter(tmp_path, "admin", "create-admin", *WHO)
    assert again.returncode == 1
    assert "account-exists" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_wrong_row_is_named_and_nothing_is_entered(tmp_path: Path) -> None:
    table = tmp_path / "officials.csv"
    table.write_text("name,nip\nSeseorang,1\n", encoding="utf-8")
    done = selter(tmp_path, "admin", "import-officials", str(table), "--agency", "abc")
    assert done.returncode == 1
    assert "officials.csv, line 2:" in done.stderr


@pytest.mark.parametrize("command", [("rank", "missing.csv"), ("lint", "missing.yaml"), ("nonsense",)])
def test_wrong_usage_is_exit_code_2_and_one_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = selter(tmp_path, *command)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_command_that_needs_the_engine_says_that_nothing_answers(tmp_path: Path) -> None:
    done = selter(tmp_path, "rebuild")
    assert done.returncode == 1
    assert "no Temporal server" in done.stderr


def test_a_backup_is_made_and_restored_and_a_damaged_one_is_refused(tmp_path: Path, sqlite_template: Path) -> None:
    here, there, backup = tmp_path / "here", tmp_path / "there", tmp_path / "backup"
    here.mkdir()
    shutil.copy(sqlite_template, here / "selter.db")
    made = selter(here, "backup", str(backup), "--json")
    assert made.returncode == 0
    assert json.loads(made.stdout)["missing"] == []
    restored = selter(there, "restore", str(backup), "--json")
    assert restored.returncode == 0
    assert json.loads(restored.stdout)["breaks"] == []
    (backup / "record.db").write_bytes(b"")
    refused = selter(tmp_path / "elsewhere", "restore", str(backup))
    assert refused.returncode == 1
    assert "record.db is not what it was" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_embedded_installation_is_no_production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "MODE": "production",
        "SECRET_KEY": "Kunci-rahasia-uji-0123456789-abcdefghijklmnop",
        "DATABASE_URL": "postgresql+psycopg://selter:own@localhost/selter",
        "TEMPORAL_ADDRESS": "localhost:7233",
        "TEMPORAL_KEYRING": "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "SMTP_HOST": "smtp.example.go.id",
        "SMTP_FROM_ADDRESS": "bkpsdm@example.go.id",
        "PUBLIC_BASE_URL": "https://seleksi.example.go.id",
        "PASSWORDS_MEMORY_KIB": "65536",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"SELTER_{name}", value)
    done = selter(tmp_path / "data", "up", cost=False)
    assert done.returncode == 2
    assert "`selter up` is the embedded installation" in done.stderr
