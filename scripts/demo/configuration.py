"""The supervisord configuration that is generated for each start."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from scripts.demo.processes import ROOT, Process


def configuration_text(home: Path, control: Path, programs: Iterable[Process]) -> str:
    """Return the configuration: logs below `home`, control over the Unix socket `control`."""
    general = f"""
[supervisord]
logfile={_plain(home)}/logs/supervisord.log
logfile_maxbytes=5MB
logfile_backups=1
pidfile={_plain(home)}/supervisord.pid
childlogdir={_plain(home)}/logs

[unix_http_server]
file={_plain(control)}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    sections = [_program(program, order, home) for order, program in enumerate(programs)]
    return "\n".join([general, *sections])


def _program(program: Process, order: int, home: Path) -> str:
    settings = {"PYTHONUNBUFFERED": "1", **program.settings}
    environment = ",".join(f'{name}="{_plain(value)}"' for name, value in settings.items())
    return f"""
[program:{program.name}]
command={_plain(shlex.join(program.command))}
directory={_plain(ROOT)}
environment={environment}
priority={order}
autostart=false
autorestart=true
startsecs=2
startretries=3
stopwaitsecs=12
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={_plain(home)}/logs/{program.name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
"""


def _plain(value: object) -> str:
    """Return text that supervisord reads back as it was: it expands per cent signs."""
    return str(value).replace("%", "%%")
