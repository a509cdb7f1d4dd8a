-- Keys are compared byte by byte, as in SQLite: the order is the same in both, and no upgrade of the system's
-- languages can damage an index.
alter table presentity alter column tenant type text collate "C", alter column id type text collate "C";
alter table ledger alter column tenant type text collate "C", alter column id type text collate "C",
  alter column presentity type text collate "C";
alter table memory alter column tenant type text collate "C", alter column scope type text collate "C",
  alter column key type text collate "C";
