from pathlib import Path

from scripts.demo.keys import NAMES, load_keys


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path):
    file = tmp_path / "home" / "secrets.env"

    first = load_keys(file)

    assert set(first) == set(NAMES)
    assert len(set(first.values())) == len(NAMES)
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_keys(file) == first


def test_secret_of_a_newer_version_is_added_to_the_others(tmp_path: Path):
    file = tmp_path / "secrets.env"
    file.write_text("RASA_TURN_KEY=known\n")

    keys = load_keys(file)

    assert keys["RASA_TURN_KEY"] == "known"
    assert set(keys) == set(NAMES)
