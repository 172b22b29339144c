"""The application: services in, routes, problems and headers around them; nothing is started here."""

from pathlib import Path
from typing import Any, Final

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.staticfiles import StaticFiles

from api import (
    accounts,
    acts,
    agencies,
    applications,
    assigning,
    audit,
    calendars,
    cases,
    clock,
    contracts,
    documents,
    health,
    holdings,
    inbox,
    mails,
    people,
    problems,
    public,
    results,
    rules,
    screening,
    selections,
    sheets,
    uploads,
)
from api.examples import add_examples
from api.legible import legible
from api.middleware import Exchange
from api.pages import routes as pages
from api.services import Services

_ROUTERS: Final = (
    accounts,
    agencies,
    people,
    holdings,
    assigning,
    calendars,
    rules,
    selections,
    applications,
    uploads,
    screening,
    sheets,
    results,
    documents,
    cases,
    contracts,
    inbox,
    mails,
    audit,
    public,
    acts,
    clock,
    health,
    pages,
)
_STATIC: Final = Path(__file__).parent / "static"
_DESCRIPTION: Final = """
Seleksi terbuka jabatan pimpinan tinggi dan perjanjian kinerja sesudahnya.

Reads come from the record; data are written straight to it; acts of process go through the engine and answer with the
journal entry that recorded them. Refusals are RFC 9457 problems naming the rule and its article. Instants are ISO 8601
with an offset, decimals are strings.
"""
_TAGS: Final = (
    ("accounts", "Masuk, akun, dan siapa saya"),
    ("acts", "Tindakan proses"),
    ("agencies", "Instansi, orang, jabatan, penugasan"),
    ("selections", "Seleksi: rencana, keadaan, jurnal"),
    ("applications", "Lamaran, dokumen, pelacakan"),
    ("screening", "Seleksi administrasi"),
    ("sheets", "Lembar nilai tersegel"),
    ("results", "Peringkat dan dokumen"),
    ("contracts", "Perjanjian kinerja"),
    ("terms", "Masa jabatan"),
    ("reviews", "Evaluasi jabatan, gerbang demi gerbang"),
    ("inbox", "Yang menunggu Anda"),
    ("mails", "Surel keluar"),
    ("audit", "Jejak audit"),
    ("public", "Untuk siapa saja"),
    ("health", "Kesehatan layanan"),
)


def create_app(services: Services) -> FastAPI:
    """The API and the pages of an installation."""
    app = FastAPI(
        title="Selter",
        version="0.1.0",
        summary="Seleksi terbuka JPT dan perjanjian kinerja",
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=[{"name": name, "description": text} for name, text in _TAGS],
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the viewer loads scripts from elsewhere; the document itself is at openapi_url
        redoc_url=None,
        dependencies=[Depends(legible)],
        telemetry={"operation_spans": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.services = services
    problems.install(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    settings = services.settings
    app.add_middleware(
        Exchange,
        upload_limit=settings.uploads.max_bytes,
        https=settings.public_base_url.startswith("https://"),
        arrival_header=settings.api.arrival_header,
    )
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """OpenAPI with the schema of problems, which no route returns by itself."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version="3.1.0",
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
                license_info=app.license_info,
            )
            model = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components = schema.setdefault("components", {}).setdefault("schemas", {})
            components |= {**model.pop("$defs", {}), "Problem": model}
            _problems_instead_of_defaults(schema)
            add_examples(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the schema


def _problems_instead_of_defaults(schema: dict[str, Any]) -> None:
    """FastAPI describes its own 422; ours is a problem like the others."""
    components = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in schema["paths"].values():
        for operation in path.values():
            unprocessable = operation.get("responses", {}).get("422")
            if unprocessable is not None:
                unprocessable["content"] = content
