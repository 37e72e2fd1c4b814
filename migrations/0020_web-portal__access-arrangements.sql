-- Web Portal: access arrangements of candidates, as granted by the awarding body (Ofqual conditions G6 and G7).

create table web_portal.access_arrangements (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  candidate_id uuid not null,
  -- Extra time multiplies the time of a test; 0: none.
  extra_time_percent integer not null check (extra_time_percent between 0 and 100),
  rest_breaks boolean not null default false,
  -- What else was granted, in the words of the form; and what people at the test must know.
  others text[] not null default '{}',
  notes text,
  valid_from date not null,
  -- The last day.
  valid_until date not null,
  granted_at timestamptz not null,
  granted_by uuid references accounts.people,
  -- The request that led to it, as people call it: "R-10001".
  request_number text not null,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  foreign key (candidate_id, centre_id) references web_portal.candidates (id, centre_id),
  check (valid_until >= valid_from),
  check ((ended_at is null) = (end_reason is null))
);
-- A new one takes the place of the one before.
create unique index access_arrangements_current on web_portal.access_arrangements (candidate_id) where ended_at is null;
create index on web_portal.access_arrangements (centre_id, valid_until) where ended_at is null;

alter table web_portal.access_arrangements enable row level security;
create policy own_centre on web_portal.access_arrangements for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_person on web_portal.access_arrangements for select to {{person}} using (candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy everything_body_system on web_portal.access_arrangements to {{body}}, {{system}} using (true) with check (true);
grant select on web_portal.access_arrangements to {{centre}}, {{person}};
-- What was granted stays as it was; only how it ended may be added.
grant select, insert, update (ended_at, ended_by, end_reason) on web_portal.access_arrangements to {{body}}, {{system}};

create view web_portal.published_access_arrangements with (security_invoker = true) as
  select id, centre_id, candidate_id, extra_time_percent, rest_breaks, others, notes, valid_from, valid_until
  from web_portal.access_arrangements where ended_at is null;
grant select on web_portal.published_access_arrangements to {{centre}}, {{body}}, {{person}}, {{system}};
