-- Web Portal: candidates, registrations, achievements.

create schema web_portal;
grant usage on schema web_portal to {{centre}}, {{body}}, {{person}}, {{seat}}, {{system}};
-- Search among the candidates of all centres (the awarding body's people only).
create extension if not exists pg_trgm;

-- 7 digits from here and a check digit make the candidate number (src/systems/web-portal/candidate-number).
create sequence web_portal.candidate_numbers start 4820120 maxvalue 9999999;
grant usage on sequence web_portal.candidate_numbers to {{centre}}, {{body}}, {{system}};

create table web_portal.candidates (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  candidate_number text not null unique check (candidate_number ~ '^\d{8}$'),
  person_id uuid references accounts.people,
  given_names text not null check (given_names <> ''),
  family_name text not null check (family_name <> ''),
  birth_date date not null,
  uln text check (uln ~ '^[1-9]\d{9}$'),
  uln_absent_reason text check (uln_absent_reason <> ''),
  postcode text,
  email text,
  centre_reference text,
  -- All words of the name without accents, case, marks and order: equal for "Seán O'Neill" and "ONEILL Sean".
  name_key text not null,
  -- What the list searches: name without accents, number, ULN, reference, e-mail; one lower-case line.
  search_text text not null,
  created_at timestamptz not null,
  created_by uuid references accounts.people,
  unique (id, centre_id),
  check ((uln is null) <> (uln_absent_reason is null))
);
create index on web_portal.candidates (centre_id, family_name, given_names);
create unique index candidates_uln on web_portal.candidates (centre_id, uln) where uln is not null;
create index on web_portal.candidates (centre_id, birth_date);
create index on web_portal.candidates (centre_id, name_key);
create index on web_portal.candidates (person_id);
create index on web_portal.candidates (family_name, given_names);
create index candidates_search on web_portal.candidates using gin (search_text gin_trgm_ops);

create table web_portal.registrations (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  candidate_id uuid not null,
  product_id uuid not null references products.products,
  product_version_id uuid not null references products.versions,
  site_id uuid references centres_hub.sites,
  order_reference text,
  assessment_language text not null default 'en' check (assessment_language in ('en', 'cy')),
  programme_start date not null,
  registered_at timestamptz not null,
  registered_by uuid references accounts.people,
  -- Days from programme start to registration (0 when it starts later), and whether the rule in force that day calls
  -- that late (more than 90, regulated products; Operating Manual 4.1). Both are computed once and never edited.
  days_used integer not null check (days_used >= 0),
  late boolean not null,
  state text not null check (state in ('active', 'completed', 'withdrawn', 'transferred', 'lapsed', 'void')),
  state_changed_at timestamptz not null,
  -- Kept with each unit achieved, so that a list need not ask the rule of combination: the fewest units that meet the
  -- rule, how many are achieved, and since when the rule is met.
  units_needed integer not null check (units_needed > 0),
  units_achieved integer not null default 0,
  requirements_met_at timestamptz,
  unique (id, centre_id),
  foreign key (candidate_id, centre_id) references web_portal.candidates (id, centre_id)
);
create index on web_portal.registrations (centre_id, registered_at desc, id desc);
create index on web_portal.registrations (registered_at desc, id desc);
create index on web_portal.registrations (candidate_id);
create unique index registrations_current on web_portal.registrations (candidate_id, product_id) where state = 'active';

-- Who changed the state of a registration, when and why. Never changed.
create table web_portal.registration_states (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  registration_id uuid not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  person_id uuid,
  reason text not null check (reason <> ''),
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id)
);
create index on web_portal.registration_states (registration_id, at);

create table web_portal.unit_achievements (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  registration_id uuid not null,
  unit_id uuid not null references products.units,
  achieved_at timestamptz not null,
  grade text not null default 'pass' check (grade in ('pass', 'merit', 'distinction')),
  source_kind text not null check (source_kind in ('sitting', 'portfolio', 'recognition_of_prior_learning')),
  source_id uuid not null,
  recorded_by uuid,
  unique (registration_id, unit_id),
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id)
);

alter table web_portal.candidates enable row level security;
alter table web_portal.registrations enable row level security;
alter table web_portal.registration_states enable row level security;
alter table web_portal.unit_achievements enable row level security;
create policy own_centre on web_portal.candidates to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.registrations to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.registration_states to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.unit_achievements to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body_system on web_portal.candidates to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.registrations to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.registration_states to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.unit_achievements to {{body}}, {{system}} using (true) with check (true);
create policy own_person on web_portal.candidates for select to {{person}} using (person_id = (select platform.person_id()));
create policy own_person on web_portal.registrations for select to {{person}} using (candidate_id in (select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy own_person on web_portal.unit_achievements for select to {{person}} using (registration_id in (
  select r.id from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id where c.person_id = (select platform.person_id())));
grant select on web_portal.candidates, web_portal.registrations, web_portal.unit_achievements to {{person}};
grant select, insert, update on web_portal.candidates to {{centre}}, {{body}}, {{system}};
-- Programme start, days used, lateness, product and who registered are facts of the moment: nobody may edit them.
grant select, insert, update (state, state_changed_at, units_achieved, requirements_met_at) on web_portal.registrations to {{centre}}, {{body}}, {{system}};
grant select, insert on web_portal.registration_states, web_portal.unit_achievements to {{centre}}, {{body}}, {{system}};

create view web_portal.published_candidates with (security_invoker = true) as
  select id, centre_id, candidate_number, person_id, given_names, family_name, birth_date, search_text from web_portal.candidates;
create view web_portal.published_registrations with (security_invoker = true) as
  select id, centre_id, candidate_id, product_id, product_version_id, programme_start, assessment_language, registered_at, late,
    state, units_needed, units_achieved, requirements_met_at
  from web_portal.registrations;
create view web_portal.published_unit_achievements with (security_invoker = true) as
  select id, centre_id, registration_id, unit_id, achieved_at, grade, source_kind, source_id from web_portal.unit_achievements;
grant select on web_portal.published_candidates, web_portal.published_registrations, web_portal.published_unit_achievements
  to {{centre}}, {{body}}, {{person}}, {{system}};
