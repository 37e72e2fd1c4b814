-- Log-ins recovered by mailed links, and free accounts.

-- What visitors asked for. A job answers by mail and removes the row, so that asking is the same work for every address.
create table accounts.mail_requests (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('username', 'password', 'account')),
  -- As typed: an e-mail address; for a new password a username too.
  typed text not null,
  given_names text,
  family_name text,
  asked_at timestamptz not null,
  -- Failures of the job; after a few it leaves the row alone.
  attempts integer not null default 0
);
alter table accounts.mail_requests enable row level security;
create policy everything_system on accounts.mail_requests to {{system}} using (true) with check (true);
grant select, insert, update, delete on accounts.mail_requests to {{system}};

-- Links that choose a new password.
create table accounts.password_resets (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  -- Where the link was sent; it dies when the person's address is another one.
  email text not null,
  token_hash bytea not null unique,
  -- Hash of the password hash that it may replace; it dies when the password was changed otherwise.
  replaces bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on accounts.password_resets (person_id);
alter table accounts.password_resets enable row level security;
create policy everything_system on accounts.password_resets to {{system}} using (true) with check (true);
grant select, insert, update, delete on accounts.password_resets to {{system}};

-- Links that make a free account. The person exists when the link was used, not before.
create table accounts.new_account_links (
  id uuid primary key default uuidv7(),
  given_names text not null,
  family_name text not null,
  email text not null,
  token_hash bytea not null unique,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on accounts.new_account_links (lower(email));
alter table accounts.new_account_links enable row level security;
create policy everything_system on accounts.new_account_links to {{system}} using (true) with check (true);
grant select, insert, update, delete on accounts.new_account_links to {{system}};
