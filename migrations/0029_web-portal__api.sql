-- Web Portal: keys by which the systems of a training provider act for a centre, and web addresses that are told of events.

create table web_portal.api_keys (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  name text not null check (length(name) between 1 and 60),
  -- The beginning of the key, by which people know it again; the rest is kept as a hash only.
  prefix text not null check (prefix ~ '^imi_[0-9a-z]{8}$'),
  token_hash bytea not null unique check (length(token_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  made_at timestamptz not null,
  made_by uuid references accounts.people,
  expires_at timestamptz not null check (expires_at > made_at and expires_at <= made_at + interval '367 days'),
  -- Since when the coordinators know that it expires soon.
  expiry_told_at timestamptz,
  last_used_at timestamptz,
  last_used_from text,
  revoked_at timestamptz,
  revoked_by uuid references accounts.people,
  revoked_reason text,
  unique (id, centre_id),
  check ((revoked_at is null) = (revoked_reason is null))
);
create index on web_portal.api_keys (centre_id, made_at);

-- What a request with an Idempotency-Key has led to, so that its repetition gets the same answer; kept 24 hours.
create table web_portal.api_answers (
  key_id uuid not null,
  centre_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  -- SHA-256 of address and body.
  request_hash bytea not null check (length(request_hash) = 32),
  status integer not null check (status between 200 and 299),
  location text,
  body jsonb not null,
  answered_at timestamptz not null,
  primary key (key_id, idempotency_key),
  foreign key (key_id, centre_id) references web_portal.api_keys (id, centre_id)
);
create index on web_portal.api_answers (answered_at);

create table web_portal.webhooks (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  url text not null check (length(url) between 8 and 500),
  events text[] not null check (cardinality(events) > 0),
  -- Encrypted and bound to the id: the sender needs it again for each signature.
  secret bytea not null,
  made_at timestamptz not null,
  made_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  ended_reason text,
  unique (id, centre_id),
  check ((ended_at is null) = (ended_reason is null))
);
create index on web_portal.webhooks (centre_id) where ended_at is null;

-- One event on its way to one address; written in the transaction of the event.
create table web_portal.webhook_deliveries (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  webhook_id uuid not null,
  event text not null,
  -- The text that is signed and sent, unchanged at each attempt.
  body text not null,
  made_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up', 'stopped')),
  attempts integer not null default 0,
  -- How often it failed since it was made, or since somebody asked for it again: the delays grow with it.
  failures integer not null default 0,
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  -- What the address answered, or why there was no answer.
  last_status integer,
  last_error text,
  check ((state = 'waiting') = (next_attempt_at is not null)),
  foreign key (webhook_id, centre_id) references web_portal.webhooks (id, centre_id)
);
create index on web_portal.webhook_deliveries (centre_id, made_at desc, id desc);
create index on web_portal.webhook_deliveries (webhook_id);
create index on web_portal.webhook_deliveries (webhook_id, next_attempt_at, id) where state = 'waiting';

-- The key by which a program of the centre made or changed a registration, where no person did.
alter table web_portal.registration_states add column key_id uuid references web_portal.api_keys;

alter table web_portal.api_keys enable row level security;
alter table web_portal.api_answers enable row level security;
alter table web_portal.webhooks enable row level security;
alter table web_portal.webhook_deliveries enable row level security;
create policy own_centre on web_portal.api_keys to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.api_answers to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.webhooks to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.webhook_deliveries to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body on web_portal.api_keys for select to {{body}} using (true);
create policy everything_system on web_portal.api_keys to {{system}} using (true) with check (true);
create policy everything_system on web_portal.api_answers to {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.webhooks to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.webhook_deliveries to {{body}}, {{system}} using (true) with check (true);

-- The hash of a key is compared by the system alone, and a secret is opened by the sender alone.
grant select (id, centre_id, name, prefix, scopes, made_at, made_by, expires_at, last_used_at, last_used_from, revoked_at, revoked_by, revoked_reason),
  insert, update (revoked_at, revoked_by, revoked_reason) on web_portal.api_keys to {{centre}};
-- Histories name the key that acted.
grant select (id, centre_id, name) on web_portal.api_keys to {{body}};
grant select, insert, update (last_used_at, last_used_from, expiry_told_at) on web_portal.api_keys to {{system}};
grant select, insert on web_portal.api_answers to {{centre}};
grant select, delete on web_portal.api_answers to {{system}};
grant select (id, centre_id, url, events, made_at, made_by, ended_at, ended_by, ended_reason), insert, update (ended_at, ended_by, ended_reason)
  on web_portal.webhooks to {{centre}};
grant select, insert on web_portal.webhooks to {{system}};
-- The awarding body's acts are events too; it reads which addresses are told, and no secret.
grant select (id, centre_id, events, ended_at) on web_portal.webhooks to {{body}};
grant insert on web_portal.webhook_deliveries to {{body}};
grant select, insert, update (state, failures, next_attempt_at) on web_portal.webhook_deliveries to {{centre}};
grant select, insert, delete, update (state, attempts, failures, next_attempt_at, last_attempt_at, last_status, last_error) on web_portal.webhook_deliveries to {{system}};
