-- Web Portal: views of the list of candidates that a person keeps, and cohorts given after the registration.
create table web_portal.saved_views (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  -- Null: a view of somebody of the awarding body.
  centre_id uuid references centres_hub.centres,
  name text not null check (name <> '' and length(name) <= 60),
  -- The query string of the list, as its links write it.
  query text not null check (length(query) <= 1000),
  saved_at timestamptz not null,
  unique nulls not distinct (person_id, centre_id, name)
);
alter table web_portal.saved_views enable row level security;
create policy own_view on web_portal.saved_views to {{centre}}
  using (person_id = (select platform.person_id()) and centre_id = (select platform.centre_id()))
  with check (person_id = (select platform.person_id()) and centre_id = (select platform.centre_id()));
create policy own_view_body on web_portal.saved_views to {{body}} using (person_id = (select platform.person_id()) and centre_id is null)
  with check (person_id = (select platform.person_id()) and centre_id is null);
create policy everything_system on web_portal.saved_views to {{system}} using (true) with check (true);
grant select, insert, update (query, saved_at), delete on web_portal.saved_views to {{centre}}, {{body}};
grant select, update (person_id), delete on web_portal.saved_views to {{system}};
grant update (cohort) on web_portal.registrations to {{centre}};
