-- breaking: no
-- What was, for tenants that keep it: off unless a retention is set. Times are bigint milliseconds since the epoch.

-- What a person's systems said from `at` until the next row of the same person.
create table history (
  tenant text not null,
  presentity text not null,
  at bigint not null,
  policy_version integer not null,
  body text not null,
  primary key (tenant, presentity, at)
);

-- What is too old to keep.
create index history_age on history (tenant, at);

-- Every set of rules that was in force, and who brought it in.
create table policy_version (
  tenant text not null,
  version integer not null,
  at bigint not null,
  author text not null,
  comment text not null,
  body text not null,
  primary key (tenant, version)
);

-- Who looked at or changed what. Rows are only ever added.
create table audit (
  id text not null primary key,
  tenant text not null,
  at bigint not null,
  who text not null,
  what text not null,
  about text not null,
  detail text not null
);

create index audit_age on audit (tenant, at, id);
