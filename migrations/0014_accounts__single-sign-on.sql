-- Single sign-on: systems of other suppliers that people enter with their account here ("clients"), who entered them, and
-- what the OpenID Connect provider must remember between two requests.

create table accounts.clients (
  -- Also the client_id of the protocol.
  id uuid primary key default uuidv7(),
  name text not null,
  supplier text not null,
  description text not null,
  launch_address text not null,
  redirect_addresses text[] not null check (cardinality(redirect_addresses) between 1 and 10),
  -- Where the supplier's site may send people back to after a log-out here.
  log_out_addresses text[] not null default '{}' check (cardinality(log_out_addresses) <= 10),
  audience text not null check (audience in ('all_centres', 'chosen_centres', 'awarding_body')),
  roles text[] not null check (cardinality(roles) > 0),
  -- What the supplier is told beside an identifier: 'name', 'email', 'organisation'.
  passes_on text[] not null check (passes_on <@ array['name', 'email', 'organisation']),
  -- SHA-256 of a secret of 256 random bits; the secret is shown once.
  secret_hash bytea not null,
  secret_changed_at timestamptz not null,
  status text not null default 'on' check (status in ('on', 'off')),
  status_reason text,
  created_at timestamptz not null,
  created_by uuid references accounts.people,
  changed_at timestamptz not null,
  check ((status = 'off') = (status_reason is not null))
);
create unique index clients_name on accounts.clients (lower(name));

create table accounts.client_centres (
  client_id uuid not null references accounts.clients,
  organisation_id uuid not null references accounts.organisations,
  primary key (client_id, organisation_id)
);

-- How a client knows a person: another identifier for each client, so that two suppliers cannot join their records.
create table accounts.client_subjects (
  client_id uuid not null references accounts.clients,
  person_id uuid not null references accounts.people,
  subject text not null unique,
  -- What the person was told that the supplier is told, and when; null: not told yet.
  told text[],
  told_at timestamptz,
  primary key (client_id, person_id)
);

-- A ledger: who was let into which client, for whom, and when the supplier was told what.
create table accounts.client_entries (
  id uuid primary key default uuidv7(),
  client_id uuid not null references accounts.clients,
  person_id uuid not null references accounts.people,
  organisation_id uuid not null references accounts.organisations,
  -- The log-in session it came from: nothing is told when that has ended.
  session_hash bytea not null,
  subject text not null,
  passes_on text[] not null,
  entered_at timestamptz not null,
  told_at timestamptz
);
create index on accounts.client_entries (client_id, entered_at desc);
create index on accounts.client_entries (person_id, entered_at desc);

-- Requests, codes, tokens and grants of the provider for as long as they live, by the hash of what opens them.
create table accounts.client_artefacts (
  kind text not null,
  id_hash bytea not null,
  grant_hash bytea,
  payload jsonb not null,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (kind, id_hash)
);
create index on accounts.client_artefacts (grant_hash) where grant_hash is not null;
create index on accounts.client_artefacts (expires_at);

alter table accounts.clients enable row level security;
alter table accounts.client_centres enable row level security;
alter table accounts.client_subjects enable row level security;
alter table accounts.client_entries enable row level security;
alter table accounts.client_artefacts enable row level security;

create policy everything_body on accounts.clients to {{body}} using (true) with check (true);
create policy everything_system on accounts.clients to {{system}} using (true) with check (true);
-- The awarding body sets a secret and never reads one; what identifies the client and who made it stays.
grant select (id, name, supplier, description, launch_address, redirect_addresses, log_out_addresses, audience, roles, passes_on,
    secret_changed_at, status, status_reason, created_at, created_by, changed_at),
  insert,
  update (name, supplier, description, launch_address, redirect_addresses, log_out_addresses, audience, roles, passes_on,
    secret_hash, secret_changed_at, status, status_reason, changed_at) on accounts.clients to {{body}};
grant select on accounts.clients to {{system}};

create policy everything_body on accounts.client_centres to {{body}} using (true) with check (true);
create policy everything_system on accounts.client_centres to {{system}} using (true) with check (true);
grant select, insert, delete on accounts.client_centres to {{body}};
grant select on accounts.client_centres to {{system}};

create policy everything_system on accounts.client_subjects to {{system}} using (true) with check (true);
grant select, insert, update (told, told_at) on accounts.client_subjects to {{system}};

create policy everything_body on accounts.client_entries for select to {{body}} using (true);
create policy own_person on accounts.client_entries for select to {{person}} using (person_id = (select platform.person_id()));
create policy everything_system on accounts.client_entries to {{system}} using (true) with check (true);
grant select (id, client_id, person_id, organisation_id, passes_on, entered_at, told_at) on accounts.client_entries to {{body}}, {{person}};
grant select, insert, update (told_at) on accounts.client_entries to {{system}};

create policy everything_system on accounts.client_artefacts to {{system}} using (true) with check (true);
grant select, insert, update, delete on accounts.client_artefacts to {{system}};
