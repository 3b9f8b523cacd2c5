"""The Lua scripts, read once."""

from importlib.resources import files

_FOLDER = files(__package__)


def _read(*names: str) -> str:
    return "\n".join((_FOLDER / f"{name}.lua").read_text(encoding="utf-8") for name in names)


APPEND = _read("rate", "voice", "append")
FINISH_TURN = _read("finish_turn")
CHANGE_OWNER = _read("change_owner")
KEEP_RATING = _read("keep_rating")
ADMIT = _read("rate") + "\nreturn milliseconds_to_wait(KEYS[1], ARGV[1], ARGV[2])"
