"""The `selter` command as an operator types it: exit codes, one clear line, one JSON object."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHO = ("--name", "Pengelola Uji", "--mail", "kelola@contoh.example", "--password", "gunung-hijau-2028")


def selter(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on an installation in that folder."""
    environment = {**os.environ, "SELTER_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
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
