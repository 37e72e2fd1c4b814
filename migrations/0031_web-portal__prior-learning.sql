-- Web Portal: recognition of prior learning and credit transfer (General Condition E10; manual 4.1).

create table web_portal.prior_learning (
  id uuid primary key default uuidv7(),
  -- "P-1001": what people say on the telephone.
  number integer generated always as identity (start with 1001) unique,
  centre_id uuid not null references centres_hub.centres,
  registration_id uuid not null,
  unit_id uuid not null references products.units,
  kind text not null check (kind in ('recognition_of_prior_learning', 'credit_transfer')),
  grade text not null check (grade in ('pass', 'merit', 'distinction')),
  -- Recognition: what the candidate can do and how that is proved. Credit transfer: why the unit is the same.
  grounds text not null check (grounds <> ''),
  -- Credit transfer: who awarded it, under which number, on which day.
  awarded_by text,
  certificate_number text,
  awarded_on date,
  state text not null check (state in ('proposed', 'confirmed', 'returned', 'granted', 'refused', 'withdrawn')),
  proposed_at timestamptz not null,
  proposed_by uuid not null references accounts.people,
  state_changed_at timestamptz not null,
  unique (id, centre_id),
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id),
  check ((kind = 'credit_transfer') = (awarded_by is not null)),
  check ((awarded_by is null) = (certificate_number is null) and (awarded_by is null) = (awarded_on is null))
);
create index on web_portal.prior_learning (centre_id, state_changed_at desc);
create index on web_portal.prior_learning (state, state_changed_at);
-- One question at a time about one unit.
create unique index prior_learning_open on web_portal.prior_learning (registration_id, unit_id)
  where state in ('proposed', 'confirmed', 'returned');

-- Who did what about it, when and why. Never changed.
create table web_portal.prior_learning_events (
  id uuid primary key default uuidv7(),
  prior_learning_id uuid not null,
  centre_id uuid not null,
  act text not null check (act in ('propose', 'confirm', 'return', 'mend', 'grant', 'refuse', 'withdraw')),
  at timestamptz not null,
  person_id uuid references accounts.people,
  side text not null check (side in ('centre', 'body')),
  words text not null,
  foreign key (prior_learning_id, centre_id) references web_portal.prior_learning (id, centre_id)
);
create index on web_portal.prior_learning_events (prior_learning_id, at);

-- Evidence as uploaded; stays with what it was given for.
create table web_portal.prior_learning_files (
  id uuid primary key default uuidv7(),
  prior_learning_id uuid not null,
  centre_id uuid not null,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  added_at timestamptz not null,
  added_by uuid not null references accounts.people,
  foreign key (prior_learning_id, centre_id) references web_portal.prior_learning (id, centre_id)
);
create index on web_portal.prior_learning_files (prior_learning_id);

alter table web_portal.prior_learning enable row level security;
alter table web_portal.prior_learning_events enable row level security;
alter table web_portal.prior_learning_files enable row level security;
create policy own_centre on web_portal.prior_learning to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.prior_learning_events to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()) and side = 'centre');
create policy own_centre on web_portal.prior_learning_files to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body_system on web_portal.prior_learning to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.prior_learning_events to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.prior_learning_files to {{body}}, {{system}} using (true) with check (true);
grant select, insert, update (grade, grounds, awarded_by, certificate_number, awarded_on, state, state_changed_at)
  on web_portal.prior_learning to {{centre}};
grant select, insert, update (state, state_changed_at) on web_portal.prior_learning to {{body}}, {{system}};
grant select, insert on web_portal.prior_learning_events, web_portal.prior_learning_files to {{centre}}, {{system}};
grant select, insert on web_portal.prior_learning_events to {{body}};
grant select on web_portal.prior_learning_files to {{body}};

alter table web_portal.unit_achievements drop constraint unit_achievements_source_kind_check;
alter table web_portal.unit_achievements add constraint unit_achievements_source_kind_check
  check (source_kind in ('sitting', 'portfolio', 'recognition_of_prior_learning', 'credit_transfer'));
