-- A hub process that is part of the installation. lease_until is of this server's clock, milliseconds since the epoch;
-- lock_class and lock_object name the advisory lock that its connection holds. fenced: others take its tenants over, and
-- it may never write again.
create table cluster_node (
  incarnation text collate "C" not null primary key,
  node text collate "C" not null,
  version text not null,
  lock_class integer not null,
  lock_object integer not null,
  lease_until bigint not null,
  renewals bigint not null,
  draining integer not null,
  fenced integer not null
);
-- Which of them has a tenant: its connectors, its people and everything that is written for them. Each change of hands
-- is an epoch.
create table cluster_tenant (
  tenant text collate "C" not null primary key,
  owner text collate "C" not null,
  epoch bigint not null,
  since bigint not null
);
