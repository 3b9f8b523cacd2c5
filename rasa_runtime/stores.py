"""Which stores endpoints.yml must name, looked at before anything is loaded."""

from typing import Final

from rasa.core.utils import AvailableEndpoints

from rasa_runtime.settings import SettingsError
from support.redis_address import RedisAddressWrong, parse

OUR_STORES: Final = {
    "tracker_store": "rasa_runtime.tracker_store.AppendingTrackerStore",
    "lock_store": "rasa_runtime.lock_store.FairLockStore",
}


def require_our_stores(endpoints: AvailableEndpoints) -> None:
    """Raise SettingsError where Rasa would fall back to stores that lose messages, or crash."""
    for section, store in OUR_STORES.items():
        configured = getattr(endpoints, section)
        if configured is None or configured.type != store:
            raise SettingsError(f"{section} in endpoints.yml must have the type {store}.")
        try:
            parse(configured.url or "")
        except RedisAddressWrong as error:
            raise SettingsError(f"url of {section} in endpoints.yml: {error}.") from error
