"""No agency uploads a template; the renderer trusts none all the same, and no value becomes one."""

import time

import pytest

from activities.press import RenderError, fill, render_docx, render_mail
from domain.words import DocumentKind
from tests.api.site import Site
from tests.documents import samples
from tests.documents.test_press import malicious, text_of
from tests.security.routes import api_routes

ATTACKS = [
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ ().__class__ }}",
    "{{ letterhead.get.__self__ }}",
    "{{ number.format.__globals__ }}",
    "{{ number['__class__'] }}",
    "{{ number | string | attr('for' ~ 'mat') }}",
    "{{ [number] | map('attr', '__class__') | list }}",
    "{{ [number] | map('center', 2000000000) | list }}",
    "{{ number | center(2000000000) }}",
    "{% set x = number.__init__ %}{{ x }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{{ m() }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace(a=1) }}",
    "{{ range(3) }}",
    "{{ 'x' * 10000000000 }}",
    "{{ 9 ** 99999999 }}",
    "{{ '%2000000000d' % 1 }}",
    "{{ number.center(2000000000) }}",
    "{{ '{:>2000000000}'.format(1) }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% extends '/etc/passwd' %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_template_neither_reaches_python_nor_eats_the_machine(attack: str) -> None:
    began = time.process_time()
    with pytest.raises(RenderError):
        fill(malicious(attack), "invitation", samples.sample(DocumentKind.INVITATION))
    assert time.process_time() - began < 10


def test_what_a_filter_reaches_for_stays_undefined() -> None:
    template = malicious("{{ [number] | map(attribute='__class__') | list }}")
    assert "<class" not in text_of(fill(template, "invitation", samples.sample(DocumentKind.INVITATION)))


def test_a_value_is_never_a_template() -> None:
    hostile = "{{ 6*7 }}{% for %}{{ ''.__class__ }}${7*7}#{7*7}"
    inputs = {**samples.sample(DocumentKind.INVITATION), "venue": hostile}
    assert hostile in text_of(render_docx(DocumentKind.INVITATION, inputs))
    facts = {"greeting": hostile, "link": "x", "agency": hostile, "act": "publish", "date": "2027-01-05"}
    assert hostile in render_mail("act_recorded", facts).body


def test_no_route_takes_a_template(site_of_world: Site) -> None:
    """The one route that takes a file takes PDF and pictures."""
    files = [r.name for r in api_routes(site_of_world.client.app) if "multipart/form-data" in str(r.operation)]
    assert files == ["PUT /api/v1/applications/{application_id}/documents/{code}"]
