"""No answer of the API is an error of ours, and each is as its OpenAPI document says. Longer: bench/api_fuzz.py."""

import pytest
from schemathesis import GenerationMode

from api.paging import encode
from tests.api.site import Site
from tests.security.fuzzing import Campaign
from tests.security.world import ROLES, World

RIGHT = (GenerationMode.POSITIVE,)


@pytest.mark.parametrize(
    ("role", "modes"), [("secretariat", tuple(GenerationMode)), ("applicant", RIGHT), ("anonymous", RIGHT)]
)
def test_every_answer_is_documented_and_none_is_our_error(
    world: World, site_of_world: Site, role: str, modes: tuple[GenerationMode, ...]
) -> None:
    token = world.first.tokens.get(ROLES.get(role, ""))
    campaign = Campaign(site_of_world.client.app, world.first, token, examples=2, modes=modes)
    campaign.run()
    assert not campaign.wrong, "\n\n".join(campaign.wrong.values())
    assert campaign.asked > 100
    assert 200 in campaign.statuses


def test_what_no_database_can_keep_is_refused_at_the_door(world: World, site_of_world: Site) -> None:
    """Found by hand: PostgreSQL takes no NUL, and neither database half a surrogate."""
    client = site_of_world.client
    headers = {"Authorization": f"Bearer {world.first.tokens['secretariat']}", "Content-Type": "application/json"}
    for path in ("selections/%00", "selections?cursor=%00", "documents?case=%00", "people/a%00b"):
        assert client.get(f"/api/v1/{path}", headers=headers).status_code == 400, path
    for body in (rb'{"login":"\u0000","password":"x"}', rb'{"login":"\ud800","password":"x"}', b"[" * 100_000):
        assert client.post("/api/v1/tokens", content=body, headers=headers).status_code == 400, body[:40]
    form = {"surel": "\0", "sandi": "x"}
    assert client.post("/masuk", data=form).status_code == 400
    whole = rb'{"login":"\\u0000 \ud83d\ude00","password":"x"}'  # a backslash and a face
    assert client.post("/api/v1/tokens", content=whole, headers=headers).status_code == 401


@pytest.mark.parametrize("key", [[], [10**30], [None, None], ["x", 5], [[1]], [1, 1, 1]])
def test_a_cursor_that_we_did_not_write_is_refused(world: World, site_of_world: Site, key: list[object]) -> None:
    headers = {"Authorization": f"Bearer {world.first.tokens['secretariat']}"}
    for path in ("selections", "terms", "documents", "people", "mails", "audit", "public/selections"):
        answer = site_of_world.client.get(f"/api/v1/{path}?cursor={encode(*key)}", headers=headers)
        assert answer.status_code == 400, (path, answer.text)
