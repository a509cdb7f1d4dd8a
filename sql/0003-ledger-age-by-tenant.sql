-- breaking: no
-- How long closed ledger rows are kept is each tenant's own setting: what is too old is looked for tenant by tenant.
drop index ledger_age;
create index ledger_age on ledger (tenant, updated_at) where is_open = 0;
