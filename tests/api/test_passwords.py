"""Changing one's password."""

from tests.api.site import PASSWORD, Site, ok, refused

NEW = "gunung-hijau-2028"


def test_a_new_password_signs_out_everywhere_else(site: Site) -> None:
    chair = site.person("chair")
    elsewhere = ok(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": PASSWORD}), 201)["token"]
    assert chair.post("/me/password", {"current": PASSWORD, "new": NEW}).status_code == 204
    ok(chair.get("/me"))
    other = site.nobody.get("/me", headers={"Authorization": f"Bearer {elsewhere}"})
    refused(other, "sign-in-needed", 401)
    refused(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": PASSWORD}), "sign-in-failed", 401)
    ok(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": NEW}), 201)


def test_the_present_password_is_asked_for(site: Site) -> None:
    chair = site.person("chair")
    refused(chair.post("/me/password", {"current": "tebakan-saja-1", "new": NEW}), "sign-in-failed", 401)
    refused(chair.post("/me/password", {"current": PASSWORD, "new": "pendek"}), "weak-password", 422)
    ok(site.nobody.post("/tokens", {"login": "chair@tw.example", "password": PASSWORD}), 201)
