-- Web Portal: what a registration says besides candidate and product, and how it is saved before it is one.

-- A group of the centre's own, under whatever name it gives it.
alter table web_portal.registrations add cohort text check (cohort <> '' and length(cohort) <= 60);
create index on web_portal.registrations (centre_id, cohort) where cohort is not null;
alter table web_portal.registrations drop constraint registrations_assessment_language_check;
alter table web_portal.registrations add constraint registrations_assessment_language_check check (assessment_language in ('en', 'cy', 'ga'));
-- A pathway asks for units of its own: how many are needed follows the choice.
grant update (units_needed) on web_portal.registrations to {{centre}}, {{body}}, {{system}};

-- A registration that is typed and not sent yet: the fields of the form as they are. Gone with the registration, when it
-- is thrown away, and 90 days after its last change (src/systems/web-portal/registration-drafts).
create table web_portal.registration_drafts (
  id uuid primary key,
  centre_id uuid not null references centres_hub.centres,
  -- A candidate the centre has already, for a further product; null: somebody new.
  candidate_id uuid references web_portal.candidates,
  fields jsonb not null,
  -- Counts each save: who saves upon an older one is told.
  revision integer not null default 1,
  -- As far as they can be read from the fields, for the list.
  name text not null,
  product_id uuid references products.products,
  programme_start date,
  begun_at timestamptz not null,
  begun_by uuid not null references accounts.people,
  saved_at timestamptz not null,
  saved_by uuid not null references accounts.people
);
create index on web_portal.registration_drafts (centre_id, saved_at desc);
create index on web_portal.registration_drafts (saved_at);
create index on web_portal.registration_drafts (candidate_id) where candidate_id is not null;

-- Which pathway and which optional units are planned, each choice beside the earlier ones; the newest holds. Never changed.
create table web_portal.pathway_choices (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  registration_id uuid not null,
  -- 1, 2, 3 of the registration.
  number integer not null check (number > 0),
  -- Title of a pathway of the version; null: none chosen.
  pathway text,
  -- Codes of optional units of the version.
  units text[] not null,
  reason text not null check (reason <> ''),
  at timestamptz not null,
  person_id uuid references accounts.people,
  unique (registration_id, number),
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id)
);

-- A registration that is late because this service was away when it was due (lateness-waiver/). It stays late on record.
create table web_portal.lateness_waivers (
  registration_id uuid primary key,
  centre_id uuid not null,
  outage_id uuid not null references platform.outages,
  outage_began_at timestamptz not null,
  outage_ended_at timestamptz not null,
  waived_at timestamptz not null,
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id)
);
create index on web_portal.lateness_waivers (centre_id);

alter table web_portal.registration_drafts enable row level security;
alter table web_portal.pathway_choices enable row level security;
alter table web_portal.lateness_waivers enable row level security;
create policy own_centre on web_portal.registration_drafts to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.pathway_choices to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.lateness_waivers to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body_system on web_portal.registration_drafts to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.pathway_choices to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.lateness_waivers to {{body}}, {{system}} using (true) with check (true);
grant select, insert, update (fields, revision, name, product_id, programme_start, saved_at, saved_by), delete
  on web_portal.registration_drafts to {{centre}}, {{system}};
-- The awarding body reads no draft; it leads those of a merged candidate to the record that stays.
grant select (id, candidate_id), update (candidate_id) on web_portal.registration_drafts to {{body}};
grant select, insert on web_portal.pathway_choices, web_portal.lateness_waivers to {{centre}}, {{system}};
grant select on web_portal.pathway_choices, web_portal.lateness_waivers to {{body}};

-- The outages that touch a span of time: the record itself is closed to centres, which need it for their late registrations.
create function web_portal.outages_between(in_from timestamptz, in_to timestamptz)
  returns table (id uuid, began_at timestamptz, ended_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select o.id, o.began_at, o.ended_at from platform.outages o where o.ended_at > in_from and o.began_at < in_to
$$;
revoke all on function web_portal.outages_between from public;
grant execute on function web_portal.outages_between to {{centre}}, {{body}}, {{system}};
