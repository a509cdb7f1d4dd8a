-- Keys are compared byte by byte: see 0001-foundation.pg.sql.
alter table history alter column tenant type text collate "C", alter column presentity type text collate "C";
alter table policy_version alter column tenant type text collate "C";
alter table audit alter column id type text collate "C", alter column tenant type text collate "C";
