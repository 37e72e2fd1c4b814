-- The platform's own tables: who is asking, the audit ledger, mail, throttles, submissions, heartbeat.
-- Names in double braces are database roles of this installation (see src/platform/database/roles.ts).

create schema if not exists platform;
grant usage on schema platform to {{application}}, {{delivery}}, {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};

-- Who is asking: set by the application at the start of each transaction, read by every policy.
create function platform.centre_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('imi.centre_id', true), '')::uuid;
create function platform.person_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('imi.person_id', true), '')::uuid;
create function platform.sitting_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('imi.sitting_id', true), '')::uuid;

-- The audit ledger: append-only, one hash chain per centre and one for everything else.
create table platform.audit_chains (
  chain text primary key,
  seq bigint not null default 0,
  head bytea not null default '\x'
);
create table platform.audit_events (
  id uuid primary key default uuidv7(),
  chain text not null,
  seq bigint not null,
  at timestamptz not null,
  centre_id uuid,
  person_id uuid,
  acting_organisation_id uuid,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  payload jsonb not null,
  request_id text,
  previous bytea not null,
  head bytea not null,
  unique (chain, seq)
);
create index on platform.audit_events (centre_id, at desc);
create index on platform.audit_events (subject_kind, subject_id);
alter table platform.audit_chains enable row level security;
alter table platform.audit_events enable row level security;
create policy own_centre on platform.audit_events for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy everything_body on platform.audit_events for select to {{body}} using (true);
create policy everything_system on platform.audit_events for select to {{system}} using (true);
grant select on platform.audit_events to {{centre}}, {{body}}, {{system}};

-- Appends one event. The chain is locked, so that no two events share a place in it.
create function platform.append_audit_event(
  in_at timestamptz, in_centre_id uuid, in_person_id uuid, in_acting_organisation_id uuid,
  in_kind text, in_subject_kind text, in_subject_id text, in_payload jsonb, in_request_id text
) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_chain text := coalesce(in_centre_id::text, 'awarding-body');
  the_seq bigint;
  the_previous bytea;
  the_head bytea;
  the_id uuid;
begin
  insert into platform.audit_chains (chain) values (the_chain) on conflict do nothing;
  select seq + 1, head into the_seq, the_previous from platform.audit_chains where chain = the_chain for update;
  the_head := sha256(the_previous || convert_to(jsonb_build_array(
    the_chain, the_seq, extract(epoch from in_at), in_centre_id, in_person_id, in_acting_organisation_id,
    in_kind, in_subject_kind, in_subject_id, in_payload, in_request_id)::text, 'UTF8'));
  insert into platform.audit_events (chain, seq, at, centre_id, person_id, acting_organisation_id, kind,
    subject_kind, subject_id, payload, request_id, previous, head)
  values (the_chain, the_seq, in_at, in_centre_id, in_person_id, in_acting_organisation_id, in_kind,
    in_subject_kind, in_subject_id, in_payload, in_request_id, the_previous, the_head)
  returning id into the_id;
  update platform.audit_chains set seq = the_seq, head = the_head where chain = the_chain;
  return the_id;
end $$;
revoke all on function platform.append_audit_event from public;
grant execute on function platform.append_audit_event to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};

-- Mail is written in the transaction that caused it and sent by a job; without MAIL_URL it stays here for /dev/mailbox.
create table platform.mails (
  id uuid primary key default uuidv7(),
  kind text not null,
  centre_id uuid,
  person_id uuid,
  to_address text not null,
  subject text not null,
  body text not null,
  written_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text
);
create index on platform.mails (written_at) where sent_at is null;
alter table platform.mails enable row level security;
create policy everything_system on platform.mails to {{system}} using (true) with check (true);
create policy written_by_own_centre on platform.mails for insert to {{centre}} with check (centre_id = (select platform.centre_id()));
create policy written_body on platform.mails for insert to {{body}} with check (true);
create policy written_person on platform.mails for insert to {{person}} with check (true);
create policy written_visitor on platform.mails for insert to {{visitor}} with check (true);
grant insert on platform.mails to {{centre}}, {{body}}, {{person}}, {{visitor}};
grant select, insert, update on platform.mails to {{system}};

-- A form sent twice (double click, lost answer, back button) takes effect once.
create table platform.submissions (
  id uuid primary key,
  person_id uuid,
  at timestamptz not null default now(),
  location text
);
alter table platform.submissions enable row level security;
create policy own_centre on platform.submissions to {{centre}} using (person_id = (select platform.person_id())) with check (person_id = (select platform.person_id()));
create policy own_body on platform.submissions to {{body}} using (person_id = (select platform.person_id())) with check (person_id = (select platform.person_id()));
create policy own_person on platform.submissions to {{person}} using (person_id = (select platform.person_id())) with check (person_id = (select platform.person_id()));
create policy everything_system on platform.submissions to {{system}} using (true) with check (true);
grant select, insert, update on platform.submissions to {{centre}}, {{body}}, {{person}}, {{system}};

-- What somebody typed when the session had expired: shown again after the next log-in of the same person.
create table platform.kept_forms (
  id uuid primary key default uuidv7(),
  person_id uuid not null,
  url text not null,
  fields jsonb not null,
  kept_at timestamptz not null default now()
);
alter table platform.kept_forms enable row level security;
create policy everything_system on platform.kept_forms to {{system}} using (true) with check (true);
grant select, insert, delete on platform.kept_forms to {{system}};

-- Counters of rate-limiter-flexible (its column names).
create table platform.throttles (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
alter table platform.throttles enable row level security;
create policy everything_application on platform.throttles to {{application}} using (true) with check (true);
grant select, insert, update, delete on platform.throttles to {{application}};

-- The heartbeat: a gap in it is an outage on record.
create table platform.heartbeat (
  singleton boolean primary key default true check (singleton),
  beat_at timestamptz not null
);
create table platform.outages (
  id uuid primary key default uuidv7(),
  began_at timestamptz not null,
  ended_at timestamptz not null,
  check (ended_at > began_at)
);
alter table platform.heartbeat enable row level security;
alter table platform.outages enable row level security;
create policy everything_system on platform.heartbeat to {{system}} using (true) with check (true);
create policy everything_system on platform.outages to {{system}} using (true) with check (true);
create policy readable_body on platform.outages for select to {{body}} using (true);
grant select, insert, update on platform.heartbeat to {{system}};
grant select, insert on platform.outages to {{system}};
grant select on platform.outages to {{body}};
