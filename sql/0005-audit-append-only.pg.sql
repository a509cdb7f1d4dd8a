create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_refuse();
