"""What is promised is written: the pages under docs agree with the code."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[2]


def load(path: Path) -> ModuleType:
    """A script outside the packages, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("builder", ["build_acts", "build_rules", "build_settings"])
def test_a_generated_page_is_what_the_code_gives(builder: str) -> None:
    script = load(ROOT / "docs" / f"{builder}.py")
    assert script.PAGE.read_text(encoding="utf-8") == "\n".join(script.lines()) + "\n"


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_every_command_is_in_the_readme(readme: str) -> None:
    import cli

    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = CliRunner().invoke(cli.app, ["--help"])
    assert shown.exit_code == 0
    for command in cli.app.registered_commands:
        name = (command.name or command.callback.__name__).replace("_", "-")  # type: ignore[union-attr]
        assert f"selter {name}" in text, name


def test_every_admin_command_is_in_the_operators_guide() -> None:
    from commands import admin

    text = (ROOT / "docs" / "guide" / "operating.md").read_text(encoding="utf-8")
    for command in admin.admin.registered_commands:
        assert command.name is not None
        assert command.name in text


def test_no_page_names_a_machine_or_a_registry() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        text = page.read_text(encoding="utf-8")
        assert str(ROOT) not in text, page
        assert "pypi." not in text, page
