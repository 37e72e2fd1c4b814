-- Certificates: claims, the register of certificates, their states.

create schema certificates;
grant usage on schema certificates to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{system}};

create table certificates.claims (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  registration_id uuid not null references web_portal.registrations,
  kind text not null check (kind in ('full', 'partial')),
  state text not null check (state in ('submitted', 'issued', 'returned')),
  claimed_at timestamptz not null,
  claimed_by uuid not null references accounts.people,
  decided_at timestamptz,
  decided_by uuid,
  reason text
);
create unique index claims_current on certificates.claims (registration_id) where state in ('submitted', 'issued');
create index on certificates.claims (centre_id, claimed_at desc);

-- The register. A certificate is never changed; replacing or revoking adds a state.
create table certificates.certificates (
  id uuid primary key default uuidv7(),
  serial text not null unique,
  centre_id uuid not null references centres_hub.centres,
  claim_id uuid not null references certificates.claims,
  registration_id uuid not null references web_portal.registrations,
  candidate_id uuid not null references web_portal.candidates,
  -- As printed: names, title, number, level, grade, units, date, centre.
  content jsonb not null,
  content_sha256 bytea not null,
  signature text not null,
  key_id text not null,
  pdf bytea not null,
  pdf_sha256 bytea not null,
  issued_on date not null,
  issued_at timestamptz not null,
  replaces_id uuid references certificates.certificates
);
create index on certificates.certificates (centre_id, issued_at desc);

create table certificates.certificate_states (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  certificate_id uuid not null references certificates.certificates,
  state text not null check (state in ('issued', 'replaced', 'revoked')),
  at timestamptz not null,
  person_id uuid,
  reason text not null
);
create index on certificates.certificate_states (certificate_id, at);

alter table certificates.claims enable row level security;
alter table certificates.certificates enable row level security;
alter table certificates.certificate_states enable row level security;
create policy own_centre on certificates.claims to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on certificates.certificates for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on certificates.certificate_states for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy everything_body_system on certificates.claims to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on certificates.certificates to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on certificates.certificate_states to {{body}}, {{system}} using (true) with check (true);
create policy own_person on certificates.certificates for select to {{person}} using (candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy own_person on certificates.certificate_states for select to {{person}} using (certificate_id in (
  select c.id from certificates.certificates c));
grant select, insert, update on certificates.claims to {{centre}}, {{body}}, {{system}};
grant select on certificates.certificates, certificates.certificate_states to {{centre}}, {{person}};
grant select, insert on certificates.certificates, certificates.certificate_states to {{body}}, {{system}};
