"""Settings come from the right place, and what is wrong is said."""

from pathlib import Path

import pytest

from mctop.config import SIGNS, THEMES, ConfigError, KeyChoice, Secret, Settings, fleet, load, without_cache
from mctop.password import with_password
from mctop.ui.app.theme import THEMES as BUILT
from mctop.ui.words.signs import SignSet

ENVIRON = {"MEMCACHIER_USERNAME": "env-user", "MEMCACHIER_PASSWORD": "canary-env\n", "MCTOP_CACHE_ID": "7"}
PROFILES = """
theme = "light"
[caches.prod]
username = "prod-user"
cache_id = 11
password_command = ["echo", "canary-command"]
read_only = true
[caches.staging]
label = "the staging cache"
username = "staging-user"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(PROFILES)
    path.chmod(0o600)
    return path


def test_without_anything_there_are_defaults_and_no_user(tmp_path: Path) -> None:
    settings = load(None, tmp_path / "none.toml", {})
    assert settings == Settings()
    assert settings.username is None
    assert settings.url == "https://analytics.memcachier.com"


def test_the_environment_is_stripped_of_line_ends(tmp_path: Path) -> None:
    settings = load(None, tmp_path / "none.toml", ENVIRON)
    assert (settings.username, settings.cache_id) == ("env-user", 7)
    assert settings.password == Secret("canary-env")
    assert settings.origin("password") == "MEMCACHIER_PASSWORD"


def test_an_option_beats_the_environment(tmp_path: Path) -> None:
    settings = load(None, tmp_path / "none.toml", ENVIRON, cache_id=9)
    assert settings.cache_id == 9
    assert settings.origin("cache_id") == "option"


def test_the_version_of_the_api_comes_from_the_profile_the_environment_or_an_option(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(PROFILES + 'api = "v1"\n')
    assert load("staging", file, {"MCTOP_API": "v2"}).api == "v1"
    assert load("staging", file, {}, api="v2").api == "v2"
    assert load("prod", file, {}).api == "v2"
    assert load(None, tmp_path / "none.toml", {**ENVIRON, "MCTOP_API": "v1"}).api == "v1"
    with pytest.raises(ConfigError, match=r"api 'v3' \(from MCTOP_API\) is not one of v2, v1"):
        load(None, tmp_path / "none.toml", {**ENVIRON, "MCTOP_API": "v3"})


def test_an_empty_variable_is_no_value(tmp_path: Path) -> None:
    assert load(None, tmp_path / "none.toml", {"MCTOP_URL": "", "MCTOP_CACHE_ID": ""}) == Settings()


def test_another_prefix_reads_another_attachment(tmp_path: Path) -> None:
    environ = {"MEMCACHIER_MAUVE_USERNAME": "mauve", "MEMCACHIER_USERNAME": "other"}
    assert load(None, tmp_path / "none.toml", environ, prefix="MEMCACHIER_MAUVE").username == "mauve"


def test_a_named_cache_never_meets_the_credentials_of_the_environment(file: Path) -> None:
    settings = load("staging", file, ENVIRON)
    assert (settings.username, settings.password, settings.cache_id) == ("staging-user", None, None)
    assert settings.label == "the staging cache"


def test_the_only_cache_or_the_default_one_is_used_unless_the_environment_names_a_user(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[caches.one]\nusername = "only"\n')
    assert load(None, path, {}).username == "only"
    assert load(None, path, ENVIRON).username == "env-user"
    assert not load(None, path, {}).undecided
    path.write_text('default = "b"\n[caches.a]\nusername = "a"\n[caches.b]\nusername = "b"\n')
    assert load(None, path, {}).username == "b"
    assert not load(None, path, {}).undecided


def test_of_several_caches_without_a_default_the_first_is_used_undecidedly(file: Path) -> None:
    settings = load(None, file, {})
    assert (settings.profile, settings.undecided) == ("prod", True)
    assert not load("prod", file, {}).undecided
    assert not load(None, file, ENVIRON).undecided


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("themes = 1", "unknown setting 'themes'"),
        ("[caches.x]\npasword = 'p'", "unknown setting 'pasword'"),
        ("[caches.x]\ncache_id = 'abc'", "must be a number"),
        ("[caches.x]\npassword_command = 'pass show'", "list of words"),
        ("range = '9d'", "is not one of"),
        ("lean = 'yes'", "true or false"),
        ("signs = 'utf8'", "is not one of auto, unicode, narrow, console, ascii"),
        ("keys = 1", "must be a table"),
        ("[keys]\nflush = 1", "flush must be text in quotes"),
        ("[keys.grid]\nsort = 1", "grid.sort must be text in quotes"),
        ("theme = [", "Unclosed array|line 1|end of document"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        load(None, path, {})


def test_the_file_gives_commands_other_keys(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nflush = "ctrl+f"\ngrid.sort = "s,f6"\n"grid.copy" = "Y"\n')
    settings = load(None, path, {})
    assert settings.keys == (KeyChoice("flush", "ctrl+f"), KeyChoice("grid.sort", "s,f6"), KeyChoice("grid.copy", "Y"))
    assert settings.origin("keys") == str(path)
    assert without_cache(path).keys == settings.keys


def test_an_unknown_cache_names_the_known_ones(file: Path) -> None:
    with pytest.raises(ConfigError, match="there is prod, staging"):
        load("nope", file, {})


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_password_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[caches.x]\nusername = "u"\npassword = "canary-file"\n')
    path.chmod(mode)
    with pytest.raises(ConfigError, match="mode 0600"):
        load("x", path, {})
    path.chmod(0o600)
    assert load("x", path, {}).password == Secret("canary-file")


def test_a_linked_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path, link = tmp_path / "config.toml", tmp_path / "link.toml"
    path.write_text('[caches.x]\npassword = "canary-file"\n')
    path.chmod(0o600)
    link.symlink_to(path)
    with pytest.raises(ConfigError, match="plain file"):
        load("x", link, {})


def test_a_secret_does_not_show_itself(tmp_path: Path) -> None:
    settings = load(None, tmp_path / "none.toml", ENVIRON)
    assert settings.password == Secret("canary-env")
    assert "canary" not in repr(settings)
    assert "canary" not in str(settings)


def test_every_cache_of_the_file_is_watched_in_its_order(file: Path) -> None:
    opened = load("staging", file, {})
    caches = fleet(opened, file)
    assert [one.profile for one in caches] == ["prod", "staging"]
    assert caches[1] is opened
    assert (caches[0].cache_id, caches[0].read_only, caches[0].theme) == (11, True, "light")
    assert caches[0].password is None


def test_the_cache_of_the_environment_comes_first_and_is_not_watched_twice(file: Path) -> None:
    opened = load(None, file, ENVIRON)
    assert [one.profile for one in fleet(opened, file)] == [None, "prod", "staging"]
    same = load(None, file, {"MEMCACHIER_USERNAME": "staging-user"})
    assert [one.profile for one in fleet(same, file)] == [None, "prod"]


def test_without_a_file_there_is_one_cache(tmp_path: Path) -> None:
    opened = Settings(username="someone")
    assert fleet(opened, tmp_path / "none.toml") == (opened,)


def test_read_only_as_an_option_holds_for_every_cache(file: Path) -> None:
    caches = fleet(load("prod", file, {}, read_only=True), file, read_only=True)
    assert [one.read_only for one in caches] == [True, True]


def test_what_is_wrong_with_any_cache_is_said_before_one_is_opened(file: Path) -> None:
    opened = load("staging", file, {})
    file.write_text(PROFILES + "[caches.third]\nratio_scale = 'most'\n")
    with pytest.raises(ConfigError, match="ratio_scale 'most'"):
        fleet(opened, file)


@pytest.mark.parametrize("setting", ["theme", "range"])
def test_a_word_that_is_none_of_the_choices_is_refused(tmp_path: Path, setting: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'{setting} = "solarized"\n')
    with pytest.raises(ConfigError, match=f"{setting} 'solarized' is not one of"):
        load(None, file, {})


def test_a_file_that_is_no_text_is_said_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe = 1")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(None, file, {})


def test_a_password_command_that_prints_no_text_is_said_without_what_it_printed() -> None:
    settings = Settings(username="x", password_command=("printf", "\\377canary"))
    with pytest.raises(ConfigError, match="printf") as refused:
        with_password(settings)
    assert "canary" not in str(refused.value)


def test_a_password_that_is_no_text_is_refused_before_it_could_be_sent(tmp_path: Path) -> None:
    environ = {"MEMCACHIER_USERNAME": "x", "MEMCACHIER_PASSWORD": "\udcffcanary"}
    with pytest.raises(ConfigError, match=r"the password .* is not UTF-8") as refused:
        load(None, tmp_path / "none.toml", environ)
    assert "canary" not in str(refused.value)


def test_the_choice_of_signs_is_the_list_of_sets() -> None:
    assert {"auto", *(signs.value for signs in SignSet)} == set(SIGNS)


@pytest.mark.parametrize(("text", "lean"), [("lean = true", True), ("lean = false", False), ("", None)])
def test_lean_is_undecided_unless_the_file_decides(tmp_path: Path, text: str, lean: bool | None) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    assert without_cache(path).lean is lean


def test_the_choice_of_themes_is_the_list_of_themes() -> None:
    assert {theme.name for theme in BUILT} == set(THEMES)


PROD = """
[caches.prod]
url = "https://one.example"
username = "PROD"
cache_id = 7
read_only = true
"""


@pytest.mark.parametrize("secret", ['password_command = ["show"]', ""])
@pytest.mark.parametrize(
    ("cache", "environ", "options", "where"),
    [
        (None, {"MCTOP_URL": "http://127.0.0.1:8400"}, {}, "MCTOP_URL"),
        (None, {}, {"url": "http://127.0.0.1:8400"}, "--url"),
        ("prod", {}, {"url": "http://127.0.0.1:8400"}, "--url"),
        (None, {"MCTOP_URL": "https://one.example.org"}, {}, "MCTOP_URL"),
    ],
)
def test_the_credential_of_a_profile_is_refused_at_another_url(
    tmp_path: Path, secret: str, cache: str | None, environ: dict[str, str], options: dict[str, str], where: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(PROD + secret)
    with pytest.raises(ConfigError, match=rf"^{where} is not the url of \[caches.prod\].*--username") as caught:
        load(cache, file, environ, **options)
    assert "\n" not in str(caught.value)


def test_a_user_of_its_own_may_go_to_another_url_without_the_profiles_secrets(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(PROD + 'password_command = ["show"]')
    settings = load(None, file, {"MCTOP_URL": "http://127.0.0.1:8400"}, username="ME")
    assert (settings.username, settings.password, settings.password_command) == ("ME", None, ())
    assert (settings.profile, settings.label, settings.cache_id, settings.read_only) == (None, "", None, True)
    assert [cache.url for cache in fleet(settings, file)] == ["http://127.0.0.1:8400", "https://one.example"]


def test_what_serve_printed_is_sent_to_where_it_serves(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(PROD + 'password_command = ["show"]')
    environ = {"MCTOP_URL": "http://127.0.0.1:8400", "MEMCACHIER_USERNAME": "ME", "MEMCACHIER_PASSWORD": "word"}
    settings = load(None, file, environ)
    assert (settings.username, settings.password, settings.password_command) == ("ME", Secret("word"), ())


def test_the_same_url_written_with_a_slash_is_the_profiles(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(PROD + 'password_command = ["show"]')
    assert load(None, file, {"MCTOP_URL": "https://one.example/"}).password_command == ("show",)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666, 0o664])
def test_a_file_that_others_can_write_is_not_obeyed(file: Path, mode: int) -> None:
    file.chmod(mode)
    for cache, environ in (("prod", {}), (None, ENVIRON)):
        with pytest.raises(ConfigError, match=r"is not obeyed: it can be written by other users \(chmod go-w"):
            load(cache, file, environ)
    with pytest.raises(ConfigError, match="not obeyed"):
        without_cache(file)
    file.chmod(0o644)
    assert load("prod", file, {}).username == "prod-user"


def test_a_link_to_a_file_of_ones_own_is_obeyed(file: Path, tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(file)
    assert load("prod", tmp_path / "link.toml", {}).username == "prod-user"


def test_two_profiles_with_one_label_are_told_apart_by_their_names(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[caches.eu]\nlabel = "Shop"\nusername = "e"\n[caches.us]\nlabel = "shop "\nusername = "u"\n'
        '[caches.other]\nusername = "o"\n[caches.third]\nlabel = "other"\nusername = "t"\n[caches.own]\n'
    )
    labels = ["Shop (eu)", "shop (us)", "other (other)", "other (third)", "own"]
    assert [cache.label for cache in fleet(load("eu", file, {}), file)] == labels
    assert [load(name, file, {}).label for name in ("eu", "us", "other", "third", "own")] == labels
