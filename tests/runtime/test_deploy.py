"""What deploy/ and docker-compose.yml promise agrees with the settings, the code and the embedded server."""

import re
import shutil
import ssl
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from records.database import Database
from runtime.clock import Clock
from runtime.embedded import SEARCH_ATTRIBUTES, free_port
from runtime.health import Health
from runtime.settings import Settings, load, names

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if str(service["image"]).startswith("selter-")}
ONCE = {name for name, service in SERVICES.items() if service["restart"] != "unless-stopped"}
SAMPLE = ROOT / "deploy" / "selter.env.sample"
TRIAL = ROOT / "deploy" / "trial.env"
PRODUCTION = ROOT / "deploy" / "production.env.sample"


def test_the_sample_is_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    plain = load()
    monkeypatch.setenv("SELTER_CONFIG", str(SAMPLE))
    assert load().model_dump() == plain.model_dump()


# -- the compose file --------------------------------------------------------------------------------------------------


def test_it_sets_only_what_exists() -> None:
    used = {name for service in SERVICES.values() for name in service.get("environment", {})}
    assert {name for name in used if name.startswith("SELTER_")} <= set(names())


def test_only_the_proxy_is_open_to_others_and_only_where_that_is_said() -> None:
    open_to_others = {
        name
        for name, service in SERVICES.items()
        if any(not port.startswith("127.0.0.1:") for port in service.get("ports", []))
    }
    assert open_to_others == {"proxy"}
    assert all(port.startswith("${BIND:-127.0.0.1}:") for port in SERVICES["proxy"]["ports"])


def test_every_image_is_pinned() -> None:
    foreign = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    assert all(re.search(r":v?\d", image) for image in foreign)
    assert all("${BUILD" in SERVICES[name]["image"] for name in OURS - {"worker-previous"})


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_no_container_has_privileges_or_more_than_its_share(service: str) -> None:
    found = SERVICES[service]
    assert found["cap_drop"] == ["ALL"]
    assert "cap_add" not in found
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert {"cpus", "memory", "pids"} <= found["deploy"]["resources"]["limits"].keys()
    assert "max-size" in found["logging"]["options"]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_no_container_can_change_its_own_files_but_temporals(service: str) -> None:
    assert SERVICES[service]["read_only"] is not service.startswith("temporal")


@pytest.mark.parametrize("service", sorted(SERVICES.keys() - ONCE))
def test_whatever_stays_up_is_asked_how_it_does(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"]


def test_there_are_two_of_each_process_that_serves() -> None:
    assert {name for name, s in SERVICES.items() if s["deploy"].get("replicas") == 2} == {"api", "worker"}


def test_the_proxy_reaches_the_api_and_nothing_behind_it() -> None:
    def neighbours(name: str) -> set[str]:
        mine = set(SERVICES[name]["networks"])
        return {other for other, service in SERVICES.items() if mine & set(service["networks"])} - {name}

    assert neighbours("proxy") == {"api"}
    assert "mailpit" not in neighbours("postgres") | neighbours("temporal")
    assert all(COMPOSE["networks"][name] == {"internal": True} for name in ("web", "database", "engine", "watch"))


def test_only_a_profile_brings_what_a_production_does_not_need() -> None:
    profiled = {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service}
    assert profiled == {
        "mailpit": ["mail-catcher"],
        "temporal-ui": ["operator"],
        "prometheus": ["operator"],
        "backup": ["backup"],
        "worker-previous": ["previous-build"],
    }


def test_no_secret_is_in_the_environment() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            secret = re.search("PASSWORD|SECRET|KEYRING|DATABASE_URL|PWD", variable)
            assert not secret or str(value).startswith("/run/secrets/"), (name, variable)
        for used in service.get("secrets", []):
            assert used in COMPOSE["secrets"]


@pytest.mark.parametrize("path", [TRIAL, PRODUCTION])
def test_the_samples_give_every_variable_that_the_compose_file_demands(path: Path) -> None:
    demanded = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^(\w+)=", path.read_text(), re.MULTILINE))
    assert demanded
    assert demanded <= given
    assert {name for name in given if name.startswith("SELTER_")} <= set(names())


def test_new_cases_begin_on_the_build_that_the_workers_run() -> None:
    build = SERVICES["worker"]["environment"]["SELTER_TEMPORAL_BUILD"]
    assert SERVICES["make-current"]["command"] == ["admin", "make-current", build]
    assert SERVICES["proxy"]["depends_on"]["make-current"]["condition"] == "service_completed_successfully"


# -- images and scripts ------------------------------------------------------------------------------------------------


def test_every_image_of_ours_ends_as_a_user_without_rights() -> None:
    stages = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)[1:]
    named = {re.search(r"AS (\w+)", stage)[1]: stage for stage in stages}  # type: ignore[index]
    for target in ("api", "worker", "proxy"):
        assert re.findall(r"^USER (\w+)", named[target], re.MULTILINE)[-1] == "selter"
    targets = {SERVICES[name]["build"]["target"] for name in OURS if "build" in SERVICES[name]}
    assert targets == {"api", "worker", "proxy"}


def test_the_images_hold_every_module_and_package() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    dockerfile = (ROOT / "Dockerfile").read_text()
    modules = re.findall(r'"(\w+)"', re.search(r"py-modules = \[(.*)\]", project)[1])  # type: ignore[index]
    packages = re.findall(r'"(\w+)\*"', re.search(r"include = \[(.*)\]", project)[1])  # type: ignore[index]
    assert all(f"{module}.py" in dockerfile for module in modules)
    assert all(f"COPY {package} {package}\n" in dockerfile for package in packages)


def test_the_cluster_gets_the_search_attributes_of_the_embedded_server() -> None:
    script = (ROOT / "deploy" / "temporal" / "namespace.sh").read_text()
    assert {f"{name}:{kind}" for name, kind in SEARCH_ATTRIBUTES.items()} <= set(re.findall(r"\w+:\w+", script))


def test_no_file_of_the_packaging_names_a_package_index() -> None:
    files = ["Makefile", "Dockerfile", "requirements.txt", "pyproject.toml", ".ci/run", "docker-compose.yml"]
    for path in [*(ROOT / f for f in files), *(ROOT / "deploy").glob("*.*")]:
        assert not re.search(r"https?://\S*(pypi|index|simple)", path.read_text()), path


@pytest.fixture
def made_secrets(tmp_path: Path) -> Path:
    """What `secrets.sh` makes, in a copy."""
    shutil.copy(ROOT / "deploy" / "secrets.sh", tmp_path)
    subprocess.run(["sh", str(tmp_path / "secrets.sh")], check=True, capture_output=True)
    return tmp_path / "secrets"


def test_the_secrets_script_makes_what_the_compose_file_uses_and_production_accepts(
    made_secrets: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert {path.name for path in made_secrets.iterdir()} == COMPOSE["secrets"].keys()
    assert stat.S_IMODE(made_secrets.stat().st_mode) == 0o700
    monkeypatch.chdir(tmp_path)
    given = dict(SERVICES["worker"]["environment"]) | {"SELTER_TEMPORAL_BUILD": "1", "SELTER_LOG_LEVEL": "INFO"}
    given |= dict(re.findall(r"^(SELTER_\w+)=(.*)$", TRIAL.read_text(), re.MULTILINE))
    given |= {"SELTER_PUBLIC_BASE_URL": "https://localhost", "SELTER_SMTP_USER": ""}
    for name, value in given.items():
        monkeypatch.setenv(name, str(value).replace("/run/secrets", str(made_secrets)))
    settings = load(data_dir=tmp_path / "data")
    assert settings.production
    assert list(settings.temporal.keys()) == ["k1"]
    before = {path.name: path.read_bytes() for path in made_secrets.iterdir()}
    subprocess.run(["sh", str(made_secrets.parent / "secrets.sh")], check=True, capture_output=True)
    assert {path.name: path.read_bytes() for path in made_secrets.iterdir()} == before


def test_the_mail_catchers_certificate_is_for_its_name_in_the_network(made_secrets: Path) -> None:
    ours = ssl.create_default_context(cafile=made_secrets / "smtp_ca")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(made_secrets / "smtp_ca", made_secrets / "mail_catcher_key")
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ours.wrap_bio(down, up, server_hostname="mailpit")
    server = theirs.wrap_bio(up, down, server_side=True)
    for _ in range(3):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert client.version() == "TLSv1.3"
    assert 'MP_SMTP_REQUIRE_STARTTLS: "true"' in (ROOT / "docker-compose.yml").read_text()


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A mail server that speaks TLS alone, with a certificate that only its own authority knows."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run([*command.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port = free_port()
    server = Controller(Sink(), hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True)
    server.start()
    yield port, certificate
    server.stop()


async def test_mail_leaves_over_tls_to_a_server_whose_authority_is_named(
    mail_server: tuple[int, Path], database: Database, tmp_path: Path
) -> None:
    port, certificate = mail_server

    async def reason(**smtp: Any) -> str:
        settings = Settings(data_dir=tmp_path, smtp={"host": "localhost", "port": port, **smtp})
        health = Health(database, None, Clock(database, movable=True), settings)  # type: ignore[arg-type]
        (mail,) = (part for part in health.parts if part.name == "mail")
        await mail.look()
        return mail.reason

    assert await reason(ca_file=certificate) == ""
    assert await reason() == "unreachable"
