-- Web Portal: amendments of registrations: withdrawn and reopened with reason and day, moved to another centre.

-- From the list, and from which day it holds, where that is not the moment of the entry.
alter table web_portal.registration_states
  add column reason_kind text check (reason_kind <> ''),
  add column effective_on date;

-- A registration that moved ends at the one centre and begins at the other, with the programme start, days used and
-- lateness of the first: nobody may edit either.
alter table web_portal.registrations
  add column transferred_from uuid references web_portal.registrations check (transferred_from <> id),
  -- The first of a chain of moves.
  add column origin_id uuid references web_portal.registrations,
  add check ((transferred_from is null) = (origin_id is null));
create unique index registrations_successor on web_portal.registrations (transferred_from) where transferred_from is not null;

alter table web_portal.unit_achievements drop constraint unit_achievements_source_kind_check;
alter table web_portal.unit_achievements add constraint unit_achievements_source_kind_check
  check (source_kind in ('sitting', 'portfolio', 'recognition_of_prior_learning', 'credit_transfer', 'transfer'));

-- One centre asks another for a registration, or offers it one. Neither reads this table: what each may know of it before
-- and after the answer is told by src/systems/web-portal/transfers alone.
create table web_portal.transfers (
  id uuid primary key default uuidv7(),
  -- "T-1001": what people say on the telephone.
  number integer generated always as identity (start with 1001) unique,
  -- ask: by the centre that receives; offer: by the centre that gives.
  direction text not null check (direction in ('ask', 'offer')),
  registration_id uuid not null references web_portal.registrations,
  from_centre_id uuid not null references centres_hub.centres,
  to_centre_id uuid not null references centres_hub.centres,
  -- As it was when it was asked.
  candidate_number text not null,
  reason text not null check (reason <> ''),
  state text not null check (state in ('asked', 'accepted', 'refused', 'withdrawn', 'expired')),
  asked_at timestamptz not null,
  asked_by uuid not null references accounts.people,
  -- The last day for an answer.
  answer_by date not null,
  state_changed_at timestamptz not null,
  new_registration_id uuid unique references web_portal.registrations,
  check (from_centre_id <> to_centre_id),
  check ((state = 'accepted') = (new_registration_id is not null))
);
create unique index transfers_open on web_portal.transfers (registration_id) where state = 'asked';
create index on web_portal.transfers (from_centre_id, asked_at desc);
create index on web_portal.transfers (to_centre_id, asked_at desc);
create index on web_portal.transfers (answer_by) where state = 'asked';

-- Who did what about it, when and why. Never changed.
create table web_portal.transfer_events (
  id uuid primary key default uuidv7(),
  transfer_id uuid not null references web_portal.transfers,
  act text not null check (act in ('ask', 'accept', 'refuse', 'withdraw', 'expire')),
  at timestamptz not null,
  person_id uuid references accounts.people,
  -- The side that acted; null: time.
  centre_id uuid references centres_hub.centres,
  words text not null
);
create index on web_portal.transfer_events (transfer_id, at);

alter table web_portal.transfers enable row level security;
alter table web_portal.transfer_events enable row level security;
create policy everything_system on web_portal.transfers to {{system}} using (true) with check (true);
create policy everything_system on web_portal.transfer_events to {{system}} using (true) with check (true);
create policy everything_body on web_portal.transfers for select to {{body}} using (true);
create policy everything_body on web_portal.transfer_events for select to {{body}} using (true);
grant select on web_portal.transfers, web_portal.transfer_events to {{body}};
grant select, insert, update (state, state_changed_at, new_registration_id) on web_portal.transfers to {{system}};
grant select, insert on web_portal.transfer_events to {{system}};

-- Whether somebody has to answer for a registration of the asking centre: it is not withdrawn meanwhile.
create function web_portal.transfer_asked(in_registration_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from web_portal.transfers t where t.registration_id = in_registration_id and t.state = 'asked'
    and t.from_centre_id = platform.centre_id())
$$;
revoke all on function web_portal.transfer_asked from public;
grant execute on function web_portal.transfer_asked to {{centre}}, {{body}}, {{system}};

-- As before; but a unit that moved with its registration is told once, by the registration it moved to, and never to a
-- centre from which it moved away.
create or replace function web_portal.achieved_elsewhere(in_candidate_id uuid)
returns table (unit_id uuid, unit text, unit_code text, product text, grade text, achieved_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.title, coalesce(u.reference, u.code), p.title, a.grade, (a.achieved_at at time zone 'Europe/London')::date
  from web_portal.registrations r
  join web_portal.unit_achievements a on a.registration_id = r.id
  join products.units u on u.id = a.unit_id
  join products.products p on p.id = r.product_id
  where r.candidate_id = in_candidate_id and r.centre_id <> platform.centre_id() and r.state <> 'void'
    and exists (select from web_portal.centre_candidates j where j.candidate_id = in_candidate_id and j.centre_id = platform.centre_id())
    and not exists (select from web_portal.registrations n where n.transferred_from = r.id)
    and not exists (select from web_portal.registrations o where o.centre_id = platform.centre_id() and o.state = 'transferred'
      and coalesce(o.origin_id, o.id) = r.origin_id)
  order by a.achieved_at desc, u.title
$$;

-- Corrections of a candidate's details. Without a certificate they are done at once; else, and where another centre knows
-- the person by birth date or learner number, an officer decides.
create table web_portal.candidate_amendments (
  id uuid primary key default uuidv7(),
  -- "A-1001": what people say on the telephone.
  number integer generated always as identity (start with 1001) unique,
  centre_id uuid not null references centres_hub.centres,
  candidate_id uuid not null references web_portal.candidates,
  -- The fields that change, by name, as they were and as they are to be.
  before jsonb not null,
  after jsonb not null,
  reason text not null check (reason <> ''),
  state text not null check (state in ('done', 'asked', 'granted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  asked_by uuid not null references accounts.people,
  state_changed_at timestamptz not null,
  unique (id, centre_id)
);
create unique index candidate_amendments_open on web_portal.candidate_amendments (candidate_id) where state = 'asked';
create index on web_portal.candidate_amendments (candidate_id);
create index on web_portal.candidate_amendments (centre_id, state_changed_at desc);
create index on web_portal.candidate_amendments (state, state_changed_at);

-- Who did what about it, when and why. Never changed.
create table web_portal.candidate_amendment_events (
  id uuid primary key default uuidv7(),
  amendment_id uuid not null,
  centre_id uuid not null,
  act text not null check (act in ('do', 'ask', 'grant', 'refuse', 'withdraw')),
  at timestamptz not null,
  person_id uuid references accounts.people,
  side text not null check (side in ('centre', 'body')),
  words text not null,
  foreign key (amendment_id, centre_id) references web_portal.candidate_amendments (id, centre_id)
);
create index on web_portal.candidate_amendment_events (amendment_id, at);

-- Evidence as uploaded; stays with what it was given for.
create table web_portal.candidate_amendment_files (
  id uuid primary key default uuidv7(),
  amendment_id uuid not null,
  centre_id uuid not null,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  added_at timestamptz not null,
  added_by uuid not null references accounts.people,
  foreign key (amendment_id, centre_id) references web_portal.candidate_amendments (id, centre_id)
);
create index on web_portal.candidate_amendment_files (amendment_id);

alter table web_portal.candidate_amendments enable row level security;
alter table web_portal.candidate_amendment_events enable row level security;
alter table web_portal.candidate_amendment_files enable row level security;
create policy own_centre on web_portal.candidate_amendments to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.candidate_amendment_events to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()) and side = 'centre');
create policy own_centre on web_portal.candidate_amendment_files for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy everything_body_system on web_portal.candidate_amendments to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.candidate_amendment_events to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.candidate_amendment_files to {{body}}, {{system}} using (true) with check (true);
-- A centre takes its own back; what it asks is written by the product, which sees what other centres know.
grant select, update (state, state_changed_at) on web_portal.candidate_amendments to {{centre}};
grant select, update (state, state_changed_at, candidate_id) on web_portal.candidate_amendments to {{body}};
grant select, insert, update (candidate_id) on web_portal.candidate_amendments to {{system}};
grant select, insert on web_portal.candidate_amendment_events to {{centre}}, {{body}}, {{system}};
grant select on web_portal.candidate_amendment_files to {{centre}}, {{body}};
grant select, insert on web_portal.candidate_amendment_files to {{system}};

-- Corrections that another centre made to a candidate of the asking centre: when, and which fields; not who, nor why.
create function web_portal.amended_elsewhere(in_candidate_id uuid)
returns table (at timestamptz, fields text[])
language sql stable security definer set search_path = pg_catalog as $$
  select a.state_changed_at, array(select jsonb_object_keys(a.after))
  from web_portal.candidate_amendments a
  where a.candidate_id = in_candidate_id and a.state in ('done', 'granted') and a.centre_id <> platform.centre_id()
    and exists (select from web_portal.centre_candidates j where j.candidate_id = in_candidate_id and j.centre_id = platform.centre_id())
  order by a.state_changed_at desc
$$;
revoke all on function web_portal.amended_elsewhere from public;
grant execute on function web_portal.amended_elsewhere to {{centre}};
-- How the centre's own records name a candidate.
grant update (centre_reference) on web_portal.centre_candidates to {{system}};
