-- How many people a tenant has, as the hub that has it last noted; 0 where none has.
alter table cluster_tenant add column people bigint not null default 0;
-- Whether a process spreads tenants by their people. Where one does not know how, all count tenants as it does: their
-- plans have to be the same.
alter table cluster_node add column weighs integer not null default 0;
