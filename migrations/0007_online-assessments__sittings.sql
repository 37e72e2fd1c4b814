-- Online Assessments, delivery: sessions, sittings, the ledger of answers, results, incidents.

create table online_assessments.sessions (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  site_id uuid references centres_hub.sites,
  room text not null,
  starts_at timestamptz not null,
  -- Typed at the seats; valid only while the session is open.
  code text not null check (code ~ '^[A-HJ-NP-Z2-9]{3}-[2-9]{3}$'),
  state text not null check (state in ('planned', 'open', 'closed', 'cancelled')),
  created_at timestamptz not null,
  created_by uuid references accounts.people,
  opened_at timestamptz,
  opened_by uuid references accounts.people,
  closed_at timestamptz,
  closed_by uuid references accounts.people
);
create unique index sessions_open_code on online_assessments.sessions (code) where state in ('planned', 'open');
create index on online_assessments.sessions (centre_id, starts_at);

create table online_assessments.session_invigilators (
  session_id uuid not null references online_assessments.sessions,
  centre_id uuid not null,
  person_id uuid not null references accounts.people,
  added_at timestamptz not null default now(),
  primary key (session_id, person_id)
);

create table online_assessments.sittings (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  session_id uuid not null references online_assessments.sessions,
  registration_id uuid not null references web_portal.registrations,
  candidate_id uuid not null references web_portal.candidates,
  unit_id uuid not null references products.units,
  test_form_id uuid not null references online_assessments.test_forms,
  seat integer not null,
  state text not null check (state in ('booked', 'cancelled', 'absent', 'checked_in', 'running', 'paused',
    'handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'released', 'held', 'void')),
  state_changed_at timestamptz not null,
  booked_at timestamptz not null,
  booked_by uuid references accounts.people,
  -- Access arrangements: extra time multiplies the base only, added minutes add.
  extra_time_percent integer not null default 0 check (extra_time_percent between 0 and 200),
  added_seconds integer not null default 0 check (added_seconds >= 0),
  -- Admission.
  arrived_at timestamptz,
  seat_token_hash bytea unique,
  identity_document text,
  identity_confirmed_at timestamptz,
  identity_confirmed_by uuid references accounts.people,
  -- Fixed at the start, with the paper (sitting_papers). used_ms: without the running span; below 0 when an outage
  -- within the running span was credited.
  started_at timestamptz,
  allowed_ms bigint,
  used_ms bigint not null default 0,
  running_since timestamptz,
  deadline_at timestamptz,
  -- Until when events stamped before the deadline are taken: set by the first sign of the seat after its deadline, so
  -- that a seat which comes back does not lose the longer time of one that was offline.
  late_until timestamptz,
  -- The lease: which device may write. epoch 0 = nobody yet.
  epoch integer not null default 0,
  device_key jsonb,
  -- The chain of answers: last place and head within the sitting.
  last_seq integer not null default 0,
  head bytea not null default '\x',
  seen_at timestamptz,
  left_window_count integer not null default 0,
  -- How much of what the board warns of an invigilator has looked at.
  left_window_seen integer not null default 0,
  held_seen integer not null default 0,
  ended_at timestamptz,
  unique (session_id, seat)
) with (fillfactor = 70);
create index on online_assessments.sittings (centre_id, session_id);
create index on online_assessments.sittings (registration_id, unit_id);
create index on online_assessments.sittings (candidate_id);
create index on online_assessments.sittings (deadline_at) where state = 'running';
create unique index sittings_one_live on online_assessments.sittings (registration_id, unit_id)
  where state in ('booked', 'checked_in', 'running', 'paused', 'handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'held');

-- Fixed at the start of a sitting and never changed: the seed, and the item versions in order with the order of their
-- choices. Apart from the sitting, so that the row which every save updates stays small and centres cannot read it.
create table online_assessments.sitting_papers (
  sitting_id uuid primary key references online_assessments.sittings,
  order_seed bytea not null,
  paper jsonb not null
);

-- Tokens of seats that lost their lease: such a seat is told so, and what it sends is held, not lost.
create table online_assessments.former_seats (
  token_hash bytea primary key,
  centre_id uuid not null,
  sitting_id uuid not null references online_assessments.sittings,
  epoch integer not null,
  ended_at timestamptz not null
);

-- Time given back for the server's own outages, once for each outage and sitting.
create table online_assessments.outage_credits (
  sitting_id uuid not null references online_assessments.sittings,
  outage_id uuid not null,
  centre_id uuid not null,
  credited_ms bigint not null check (credited_ms > 0),
  at timestamptz not null,
  primary key (sitting_id, outage_id)
);

create table online_assessments.sitting_states (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  sitting_id uuid not null references online_assessments.sittings,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  person_id uuid,
  reason text not null
);
create index on online_assessments.sitting_states (sitting_id, at);

-- The ledger of answers. Nothing is updated or deleted; the last event of an item is its answer.
-- Range-partitioned by sitting_id, which is time-ordered (uuidv7).
create table online_assessments.answers (
  sitting_id uuid not null,
  epoch integer not null,
  seq integer not null,
  kind text not null check (kind in ('answer', 'flag', 'visit')),
  item integer not null,
  value text not null,
  monotonic_ms bigint not null,
  previous bytea not null,
  head bytea not null,
  at timestamptz not null,
  primary key (sitting_id, epoch, seq)
) partition by range (sitting_id);
create table online_assessments.answers_default partition of online_assessments.answers default;

-- What came too late or from an old lease: kept outside the chain, never thrown away, never silently counted.
create table online_assessments.held_events (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  sitting_id uuid not null references online_assessments.sittings,
  epoch integer not null,
  seq integer not null,
  event jsonb not null,
  why text not null check (why in ('late', 'closed', 'lease_lost', 'fork')),
  received_at timestamptz not null,
  unique (sitting_id, epoch, seq, event)
);

-- Results: a pure function of the log; versions, never overwritten.
create table online_assessments.results (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  sitting_id uuid not null references online_assessments.sittings,
  candidate_id uuid not null references web_portal.candidates,
  registration_id uuid not null references web_portal.registrations,
  unit_id uuid not null references products.units,
  version integer not null,
  score integer not null,
  maximum integer not null,
  pass_mark integer not null,
  passed boolean not null,
  topics jsonb not null,
  log_head bytea not null,
  scoring_version text not null,
  released_at timestamptz,
  next_sitting_from timestamptz,
  created_at timestamptz not null,
  unique (sitting_id, version)
);
create index on online_assessments.results (centre_id, released_at desc);
create index on online_assessments.results (registration_id, unit_id);

create table online_assessments.submission_receipts (
  sitting_id uuid primary key references online_assessments.sittings,
  centre_id uuid not null,
  content jsonb not null,
  signature text not null,
  words text not null unique,
  at timestamptz not null
);

create table online_assessments.incidents (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  session_id uuid references online_assessments.sessions,
  sitting_id uuid references online_assessments.sittings,
  kind text not null,
  detail text not null,
  at timestamptz not null,
  reported_by uuid
);
create index on online_assessments.incidents (centre_id, at desc);

do $$
declare t text;
begin
  foreach t in array array['sessions', 'session_invigilators', 'sittings', 'sitting_states', 'former_seats',
    'outage_credits', 'held_events', 'results', 'submission_receipts', 'incidents'] loop
    execute format('alter table online_assessments.%I enable row level security', t);
    execute format('create policy own_centre on online_assessments.%I to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()))', t);
    execute format('create policy everything_body_system on online_assessments.%I to {{body}}, {{system}} using (true) with check (true)', t);
  end loop;
end $$;
alter table online_assessments.sitting_papers enable row level security;
create policy everything_system on online_assessments.sitting_papers to {{system}} using (true) with check (true);
grant select, insert on online_assessments.sitting_papers to {{system}};
grant select, insert on online_assessments.former_seats to {{centre}}, {{body}}, {{system}};
grant select, insert on online_assessments.outage_credits to {{centre}}, {{body}}, {{system}};
alter table online_assessments.answers enable row level security;
alter table online_assessments.answers_default enable row level security;
create policy everything_system on online_assessments.answers to {{system}} using (true) with check (true);
create policy own_centre on online_assessments.answers for select to {{centre}} using (
  sitting_id in (select s.id from online_assessments.sittings s where s.centre_id = (select platform.centre_id())));
create policy everything_body on online_assessments.answers for select to {{body}} using (true);
create policy save_delivery on online_assessments.answers to {{delivery}} using (true) with check (true);
create policy save_delivery on online_assessments.sittings for select to {{delivery}} using (true);
create policy seen_delivery on online_assessments.sittings for update to {{delivery}} using (true) with check (true);
create policy save_delivery on online_assessments.held_events to {{delivery}} using (true) with check (true);
create policy save_delivery on online_assessments.incidents for insert to {{delivery}} with check (true);
create policy own_seat on online_assessments.sittings for select to {{seat}} using (id = (select platform.sitting_id()));
create policy own_person on online_assessments.sittings for select to {{person}} using (candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy own_person on online_assessments.sessions for select to {{person}} using (id in (
  select s.session_id from online_assessments.sittings s join web_portal.candidates c on c.id = s.candidate_id
  where c.person_id = (select platform.person_id())));
create policy own_person on online_assessments.results for select to {{person}} using (released_at is not null and candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy own_seat on online_assessments.results for select to {{seat}} using (sitting_id = (select platform.sitting_id()));

-- Seats read their sitting, never its seed or key material of others; the paper is built by the system role.
grant select (id, centre_id, session_id, test_form_id, seat, state, allowed_ms, used_ms, running_since, deadline_at, epoch, last_seq) on online_assessments.sittings to {{seat}}, {{person}};
grant select (candidate_id, started_at, ended_at, unit_id, registration_id) on online_assessments.sittings to {{person}};
-- Where and when, never the code: that is shown in the room.
grant select (id, room, starts_at, state) on online_assessments.sessions to {{person}};
grant select on online_assessments.results to {{person}}, {{seat}};
grant select, insert, update on online_assessments.sessions, online_assessments.session_invigilators, online_assessments.sittings to {{centre}}, {{body}}, {{system}};
grant select, insert on online_assessments.sitting_states, online_assessments.incidents to {{centre}}, {{body}}, {{system}};
grant select on online_assessments.answers, online_assessments.held_events, online_assessments.results, online_assessments.submission_receipts to {{centre}}, {{body}};
grant select, insert on online_assessments.answers, online_assessments.held_events, online_assessments.results, online_assessments.submission_receipts to {{system}};
grant select, insert on online_assessments.answers, online_assessments.held_events to {{delivery}};
grant insert on online_assessments.incidents to {{delivery}};
grant select (id, state, epoch, seat_token_hash, allowed_ms, used_ms, running_since, deadline_at, late_until, last_seq, head, seen_at, left_window_count)
  on online_assessments.sittings to {{delivery}};
grant update (last_seq, head, seen_at, late_until, left_window_count) on online_assessments.sittings to {{delivery}};

create view online_assessments.published_results with (security_invoker = true) as
  select id, centre_id, sitting_id, candidate_id, registration_id, unit_id, version, score, maximum, pass_mark, passed, topics, released_at, next_sitting_from
  from online_assessments.results where released_at is not null;
grant select on online_assessments.published_results to {{centre}}, {{body}}, {{person}}, {{system}};
