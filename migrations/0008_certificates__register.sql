-- Certificates: claims, the register of certificates, their states.

create schema certificates;
grant usage on schema certificates to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{system}};

create table certificates.claims (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  registration_id uuid not null references web_portal.registrations,
  -- Full: the rule of combination is met. Partial: credit for the units achieved on a registration that has ended.
  kind text not null check (kind in ('full', 'partial')),
  state text not null check (state in ('submitted', 'issued', 'returned', 'revoked')),
  claimed_at timestamptz not null,
  claimed_by uuid not null references accounts.people,
  decided_at timestamptz,
  decided_by uuid references accounts.people,
  -- Why it was returned.
  reason text,
  check ((state = 'submitted') = (decided_at is null)),
  check (state <> 'returned' or reason <> '')
);
create unique index claims_current on certificates.claims (registration_id, kind) where state in ('submitted', 'issued');
create index on certificates.claims (registration_id);
create index on certificates.claims (centre_id, claimed_at desc, id desc);
create index on certificates.claims (claimed_at desc, id desc);
create index claims_waiting on certificates.claims (claimed_at) where state = 'submitted';

-- The register. A certificate is never changed; revoking it adds a state.
create table certificates.certificates (
  id uuid primary key default uuidv7(),
  serial text not null unique check (serial ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  centre_id uuid not null references centres_hub.centres,
  claim_id uuid not null unique references certificates.claims,
  registration_id uuid not null references web_portal.registrations,
  candidate_id uuid not null references web_portal.candidates,
  -- As printed (src/systems/certificates/content). Hash and signature are over its canonical text.
  content jsonb not null,
  content_sha256 bytea not null,
  signature text not null,
  key_id text not null,
  -- What a check by number asks beside the number, and what the printed code carries in its place.
  family_name_key text not null,
  check_code text not null,
  pdf bytea not null,
  pdf_sha256 bytea not null check (pdf_sha256 = sha256(pdf)),
  issued_on date not null,
  issued_at timestamptz not null,
  check (content ->> 'serial' = serial)
);
create index on certificates.certificates (candidate_id);
create index on certificates.certificates (registration_id);
create index on certificates.certificates (centre_id, issued_at desc);

create table certificates.certificate_states (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  certificate_id uuid not null references certificates.certificates,
  state text not null check (state in ('issued', 'replaced', 'revoked')),
  at timestamptz not null,
  person_id uuid references accounts.people,
  reason text not null check (reason <> '')
);
create index on certificates.certificate_states (certificate_id, at);
create unique index states_once on certificates.certificate_states (certificate_id, state);

alter table certificates.claims enable row level security;
alter table certificates.certificates enable row level security;
alter table certificates.certificate_states enable row level security;
create policy own_centre on certificates.claims to {{centre}} using (centre_id = (select platform.centre_id()))
  with check (centre_id = (select platform.centre_id()) and state = 'submitted');
create policy own_centre on certificates.certificates for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on certificates.certificate_states for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy everything_body_system on certificates.claims to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on certificates.certificates for select to {{body}}, {{system}} using (true);
create policy everything_body_system on certificates.certificate_states to {{body}}, {{system}} using (true) with check (true);
create policy own_person on certificates.certificates for select to {{person}} using (candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy own_person on certificates.certificate_states for select to {{person}} using (certificate_id in (
  select c.id from certificates.certificates c));
-- A claim goes to a decision; what was claimed, when and by whom stays. Certificates are entered by certificates.issue() alone.
grant select, insert on certificates.claims to {{centre}}, {{body}}, {{system}};
grant update (state, decided_at, decided_by, reason) on certificates.claims to {{body}}, {{system}};
grant select on certificates.certificates, certificates.certificate_states to {{centre}}, {{body}}, {{person}}, {{system}};
grant insert on certificates.certificate_states to {{body}}, {{system}};

-- Enters a certificate for a submitted claim. A centre may do so for its own claims, and only while its approval lets it
-- claim directly and nothing stops it; everybody else of a centre waits for the awarding body.
create function certificates.issue(in_claim_id uuid, in_serial text, in_content jsonb, in_content_sha256 bytea, in_signature text,
  in_key_id text, in_family_name_key text, in_check_code text, in_pdf bytea, in_issued_on date, in_at timestamptz)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_claim certificates.claims;
  the_registration record;
  the_id uuid;
begin
  select c.* into the_claim from certificates.claims c where c.id = in_claim_id for update;
  if the_claim.id is null or (platform.centre_id() is not null and the_claim.centre_id <> platform.centre_id()) then
    raise exception 'There is no such claim.';
  end if;
  if the_claim.state <> 'submitted' then raise exception 'The claim is %.', the_claim.state; end if;
  select r.candidate_id, r.product_id, r.centre_id into strict the_registration
    from web_portal.published_registrations r where r.id = the_claim.registration_id;
  if the_registration.centre_id <> the_claim.centre_id then raise exception 'The registration is of another centre.'; end if;
  if platform.centre_id() is not null then
    if not exists (select from centres_hub.published_approvals a
        where a.centre_id = the_claim.centre_id and a.product_id = the_registration.product_id and a.direct_claims) then
      raise exception 'The centre may not claim this product directly.';
    end if;
    if exists (select from centres_hub.published_switches s
        where s.centre_id = the_claim.centre_id and s.capability in ('claim', 'claim_direct')
          and (s.product_id is null or s.product_id = the_registration.product_id) and (s.until is null or s.until > in_at)) then
      raise exception 'Claims of the centre are stopped.';
    end if;
    if exists (select from certificates.claims c where c.registration_id = the_claim.registration_id and c.state = 'revoked') then
      raise exception 'A certificate of this registration was revoked: the awarding body decides.';
    end if;
  end if;
  insert into certificates.certificates (serial, centre_id, claim_id, registration_id, candidate_id, content, content_sha256, signature,
      key_id, family_name_key, check_code, pdf, pdf_sha256, issued_on, issued_at)
    values (in_serial, the_claim.centre_id, the_claim.id, the_claim.registration_id, the_registration.candidate_id, in_content,
      in_content_sha256, in_signature, in_key_id, in_family_name_key, in_check_code, in_pdf, sha256(in_pdf), in_issued_on, in_at)
    returning id into the_id;
  insert into certificates.certificate_states (centre_id, certificate_id, state, at, person_id, reason)
    values (the_claim.centre_id, the_id, 'issued', in_at, platform.person_id(), 'Claimed and issued');
  update certificates.claims set state = 'issued', decided_at = in_at, decided_by = platform.person_id() where id = the_claim.id;
  return the_id;
end $$;
revoke all on function certificates.issue from public;
grant execute on function certificates.issue to {{centre}}, {{body}}, {{system}};

-- The public check: one certificate, for those who know its number and either the family name on it or its printed code.
-- It gives what is printed, to be proved by its signature, and the state; nothing for a wrong pair.
create function certificates.verify(in_serial text, in_family_name_key text, in_check_code text)
returns table (serial text, content jsonb, content_sha256 bytea, signature text, key_id text, state text, state_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.serial, c.content, c.content_sha256, c.signature, c.key_id, s.state, s.at
  from certificates.certificates c
  left join lateral (select t.state, t.at from certificates.certificate_states t where t.certificate_id = c.id
    order by t.at desc, t.id desc limit 1) s on true
  where c.serial = in_serial
    and (c.family_name_key = nullif(in_family_name_key, '') or c.check_code = nullif(in_check_code, ''))
$$;
revoke all on function certificates.verify from public;
grant execute on function certificates.verify to {{visitor}};
