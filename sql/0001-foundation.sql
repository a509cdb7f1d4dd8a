-- breaking: no
-- What the hub remembers. Plain SQL for SQLite and PostgreSQL alike: text, bigint (milliseconds since the epoch),
-- integer 0/1 for yes and no, JSON as text.

create table presentity (
  tenant text not null,
  id text not null,
  body text not null,
  primary key (tenant, id)
);

create table ledger (
  tenant text not null,
  id text not null,
  presentity text not null,
  connector text not null,
  address text not null,
  slot text not null,
  is_open integer not null,
  updated_at bigint not null,
  body text not null,
  primary key (tenant, id)
);

-- What may still show somewhere: read after a restart and by `hookswitch release`; few rows among many closed ones.
create index ledger_open on ledger (tenant, id) where is_open = 1;

-- One person's history, newest first; also the walk that keeps it short.
create index ledger_history on ledger (tenant, presentity, updated_at, id) where is_open = 0;

-- What is too old to keep.
create index ledger_age on ledger (updated_at) where is_open = 0;

create table memory (
  tenant text not null,
  scope text not null,
  key text not null,
  body text not null,
  primary key (tenant, scope, key)
);
