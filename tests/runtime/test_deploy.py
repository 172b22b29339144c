"""What deploy/ promises agrees with the settings and with the embedded server."""

import re
from pathlib import Path

import pytest
import yaml

from runtime.embedded import SEARCH_ATTRIBUTES
from runtime.settings import load, names

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SAMPLE = ROOT / "deploy" / "selter.env.sample"


def test_the_sample_is_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    plain = load()
    monkeypatch.setenv("SELTER_CONFIG", str(SAMPLE))
    assert load().model_dump() == plain.model_dump()


def test_the_compose_file_sets_only_what_exists() -> None:
    used = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    assert {name for name in used if name.startswith("SELTER_")} <= set(names())


def test_no_port_of_the_compose_file_is_open_to_others() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_image_is_pinned() -> None:
    images = [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    assert all(re.search(r":v?\d", image) for image in images)


def test_the_cluster_gets_the_search_attributes_of_the_embedded_server() -> None:
    script = (ROOT / "deploy" / "temporal" / "namespace.sh").read_text()
    assert {f"{name}:{kind}" for name, kind in SEARCH_ATTRIBUTES.items()} <= set(re.findall(r"\w+:\w+", script))


def test_no_file_of_the_packaging_names_a_package_index() -> None:
    files = ["Makefile", "Dockerfile", "requirements.txt", "pyproject.toml", ".ci/run", "docker-compose.yml"]
    for path in [*(ROOT / f for f in files), *(ROOT / "deploy").glob("*.*")]:
        assert not re.search(r"https?://\S*(pypi|index|simple)", path.read_text()), path
