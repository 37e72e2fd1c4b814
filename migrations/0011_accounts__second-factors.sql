-- Second factors: authenticator apps, passkeys, recovery codes, remembered devices, and the second step of a log-in.
-- Nobody but the product itself reads or writes them; pages show a person's own through it.

-- An authenticator app (RFC 6238). The secret is encrypted for its owner.
create table accounts.authenticator_apps (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  secret bytea not null,
  -- Keyed hash of the secret: a picture that was scanned is confirmed once.
  secret_lookup bytea not null unique,
  added_at timestamptz not null,
  -- The last period of 30 seconds whose code was taken: that one and earlier ones are never taken again.
  last_step bigint not null,
  used_at timestamptz not null,
  removed_at timestamptz
);
create index on accounts.authenticator_apps (person_id) where removed_at is null;

-- A passkey (WebAuthn), always kept by the authenticator and always with PIN, finger or face.
create table accounts.passkeys (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  backed_up boolean not null,
  added_at timestamptz not null,
  used_at timestamptz,
  removed_at timestamptz
);
create index on accounts.passkeys (person_id) where removed_at is null;

-- Ten codes for the day when everything else is lost. Making new ones withdraws the old.
create table accounts.recovery_codes (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  -- Keyed hash of owner and code.
  code_lookup bytea not null unique,
  made_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on accounts.recovery_codes (person_id) where used_at is null and withdrawn_at is null;

-- Devices that are not asked for a second factor for a while. A change of password ends them: each notes its password.
create table accounts.remembered_devices (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  person_id uuid not null references accounts.people,
  device text,
  address text,
  remembered_at timestamptz not null,
  password_changed_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create index on accounts.remembered_devices (person_id) where ended_at is null;

-- A log-in whose password was right and whose second factor is awaited.
create table accounts.pending_log_ins (
  token_hash bytea primary key,
  person_id uuid not null references accounts.people,
  -- Where to go afterwards, a path of this site.
  next text not null,
  began_at timestamptz not null,
  -- When the password that was given had been set.
  password_changed_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz
);

-- What an authenticator is asked to sign, once, by the browser that holds the token.
create table accounts.passkey_challenges (
  token_hash bytea primary key,
  challenge text not null,
  purpose text not null check (purpose in ('log-in', 'second-step', 'confirmation', 'registration')),
  -- Whose passkey it must be; null where the passkey itself says who logs in.
  person_id uuid references accounts.people,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on accounts.passkey_challenges (expires_at);

alter table accounts.authenticator_apps enable row level security;
alter table accounts.passkeys enable row level security;
alter table accounts.recovery_codes enable row level security;
alter table accounts.remembered_devices enable row level security;
alter table accounts.pending_log_ins enable row level security;
alter table accounts.passkey_challenges enable row level security;
create policy everything_system on accounts.authenticator_apps to {{system}} using (true) with check (true);
create policy everything_system on accounts.passkeys to {{system}} using (true) with check (true);
create policy everything_system on accounts.recovery_codes to {{system}} using (true) with check (true);
create policy everything_system on accounts.remembered_devices to {{system}} using (true) with check (true);
create policy everything_system on accounts.pending_log_ins to {{system}} using (true) with check (true);
create policy everything_system on accounts.passkey_challenges to {{system}} using (true) with check (true);
grant select, insert, update (last_step, used_at, removed_at) on accounts.authenticator_apps to {{system}};
grant select, insert, update (counter, name, backed_up, used_at, removed_at) on accounts.passkeys to {{system}};
grant select, insert, update (used_at, withdrawn_at) on accounts.recovery_codes to {{system}};
grant select, insert, update (used_at, ended_at, end_reason) on accounts.remembered_devices to {{system}};
grant select, insert, update (tries, used_at), delete on accounts.pending_log_ins to {{system}};
grant select, insert, update (used_at), delete on accounts.passkey_challenges to {{system}};

create or replace function accounts.has_second_factor(in_person_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from accounts.authenticator_apps where person_id = in_person_id and removed_at is null)
    or exists (select from accounts.passkeys where person_id = in_person_id and removed_at is null)
$$;
