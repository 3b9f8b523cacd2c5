"""A Redis client whose process can die at any command: nothing it does after that happens."""

from typing import Any

from redis.asyncio import Redis


class Died(BaseException):
    """The process is no more. Not an Exception: nobody may catch it and go on."""


class MortalRedis(Redis):  # type: ignore[misc]
    """Dies at the command it is told to, before or after Redis has carried it out."""

    commands_left: int | None = None
    carried_out: bool = False

    def die_at(self, command: int, *, carried_out: bool) -> None:
        """Die at the n-th command from now; `carried_out` says whether that one still counts."""
        self.commands_left, self.carried_out = command, carried_out

    def live(self) -> bool:
        """Be a new process; return whether the old one had died."""
        dead, self.commands_left = self.commands_left == 0, None
        return dead

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        if self.commands_left == 0:
            raise Died
        if self.commands_left is not None:
            self.commands_left -= 1
            if self.commands_left == 0:
                if self.carried_out:
                    await super().execute_command(*args, **options)
                raise Died
        return await super().execute_command(*args, **options)
