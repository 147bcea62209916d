"""The tables every service has, in a schema of its own. Every key begins with the county.

Versions of this DDL are never edited once released: a change is a new constant and a new migration. A migration that
makes a table with a county ends with ``walls`` for it; ``tests/walls`` finds one that does not.
"""

from __future__ import annotations

VERSION_1 = """
create table head (
  county text primary key,
  epoch uuid not null default gen_random_uuid(),
  writes bigint not null default 0,
  position bigint not null default 0,
  public_position bigint not null default 0,
  hash bytea not null,
  public_hash bytea not null
);
create table events (
  county text not null,
  position bigint not null,
  originator_id uuid not null,
  originator_version bigint not null,
  topic text not null,
  state bytea not null,
  metadata bytea not null,
  recorded_at timestamptz not null,
  hash bytea not null,
  primary key (county, position),
  unique (county, originator_id, originator_version)
);
create table public_log (
  county text not null,
  position bigint not null,
  event_id uuid not null,
  type text not null,
  subject uuid not null,
  body bytea not null,
  recorded_at timestamptz not null,
  hash bytea not null,
  primary key (county, position)
);
create table inbox (
  county text not null,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  body bytea not null,
  received_at timestamptz not null,
  primary key (county, key)
);
create index inbox_received on inbox (received_at);
create table tracking (
  source text not null,
  county text not null,
  position bigint not null,
  epoch uuid,
  primary key (county, source)
);
create table agenda (
  county text not null,
  id uuid not null,
  due_at timestamptz not null,
  decider text not null,
  stream uuid not null,
  reason text not null,
  tries smallint not null default 0,
  primary key (county, id)
);
create index agenda_due on agenda (due_at);
create table parked (
  county text not null,
  source text not null,
  position bigint not null,
  event_id uuid not null,
  type text not null,
  subject uuid not null,
  body bytea not null,
  recorded_at timestamptz not null,
  reason text not null,
  tries integer not null,
  parked_at timestamptz not null,
  primary key (county, source, position)
);
create index parked_subject on parked (county, source, subject);
create table policies (
  county text not null,
  version text not null,
  sha256 bytea not null,
  document text not null,
  adopted_order integer not null,
  primary key (county, version)
);
create table vault_reads (
  county text not null,
  id uuid not null,
  person uuid not null,
  fields text[] not null,
  purpose text not null,
  by text not null,
  role text not null,
  read_at timestamptz not null,
  primary key (county, id)
);
"""

OWN_TABLES = ("head", "events", "public_log", "inbox", "tracking", "agenda", "parked", "policies", "vault_reads")
"""The tables of ``VERSION_1``."""

SEEN_COUNTY = "current_setting('careloop.county', true)"
"""The county that a session has named (``chassis.database``); null, and so equal to none, where it has named none."""


def walls(service: str, *tables: str) -> str:
    """Row-level security for ``tables`` of ``service``: statements, each ended with a semicolon and a new line.

    The service's own role and the auditor see the county they have named; the works' role sees all, of what it was
    granted (``chassis.rights``). So does the owner, who migrates, verifies and restores and as whom nobody serves:
    security is forced on it too, so that a table without a policy shows nothing to anybody. The roles must exist.
    """
    return "".join(
        f"alter table {table} enable row level security;\n"
        f"alter table {table} force row level security;\n"
        f"create policy one_county on {table} to careloop_{service}, careloop_auditor"
        f" using (county = {SEEN_COUNTY}) with check (county = {SEEN_COUNTY});\n"
        f"create policy all_counties on {table} to careloop_{service}_works, current_user"
        " using (true) with check (true);\n"
        for table in tables
    )


def version_2(service: str, *views: str) -> str:
    """Walls around the tables of ``VERSION_1`` and around ``views``, the read models of that version.

    ``public_log.trace`` is the W3C trace context of the request behind the event; it is not part of the hash chain.
    """
    return "alter table public_log add column trace text not null default '';\n" + walls(service, *OWN_TABLES, *views)


KEYS_VERSION_1 = """
create table if not exists person_keys (
  service text not null,
  county text not null,
  person uuid not null,
  key bytea,
  made_at timestamptz not null default now(),
  destroyed_at timestamptz,
  primary key (county, service, person)
);
alter table person_keys enable row level security;
drop policy if exists own_keys on person_keys;
create policy own_keys on person_keys using ('careloop_' || service = current_user);
"""
"""The vault's keys, in a database of their own: destroying a key there erases a person everywhere.

A service's role sees the keys of its own people only.
"""

KEYS_VERSION_2 = f"""
alter table person_keys force row level security;
drop policy own_keys on person_keys;
create policy own_keys on person_keys to public
  using ('careloop_' || service = current_user and county = {SEEN_COUNTY})
  with check ('careloop_' || service = current_user and county = {SEEN_COUNTY});
create policy all_keys on person_keys to current_user using (true) with check (true);
"""
"""From here on a service's role sees one county's keys of its own people."""
