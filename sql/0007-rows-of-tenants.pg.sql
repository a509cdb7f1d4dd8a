-- A connection that goes over to another role (`set role`: the hub does so for what the API reads) sees the rows of the
-- tenants alone that hookswitch.tenants names, an array as text: none where it names none. Whoever is the owner, or stays
-- who they are, sees what they always did.
alter table history enable row level security;
create policy of_tenants on history using ((select current_setting('role') = 'none')
  or tenant = any ((select nullif(current_setting('hookswitch.tenants', true), '')::text[])::text[]));
alter table ledger enable row level security;
create policy of_tenants on ledger using ((select current_setting('role') = 'none')
  or tenant = any ((select nullif(current_setting('hookswitch.tenants', true), '')::text[])::text[]));
alter table audit enable row level security;
create policy of_tenants on audit using ((select current_setting('role') = 'none')
  or tenant = any ((select nullif(current_setting('hookswitch.tenants', true), '')::text[])::text[]));
alter table memory enable row level security;
create policy of_tenants on memory using ((select current_setting('role') = 'none')
  or tenant = any ((select nullif(current_setting('hookswitch.tenants', true), '')::text[])::text[]));
