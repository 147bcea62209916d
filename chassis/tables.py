"""The tables every service has, in a schema of its own. Every key begins with the county.

Versions of this DDL are never edited once released: a change is a new constant and a new migration.
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
