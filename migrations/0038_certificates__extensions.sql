-- Web Portal: the first of a chain of moves, for rules that look at the whole chain.
create view web_portal.published_registration_chains with (security_invoker = true) as
  select id as registration_id, centre_id, candidate_id, coalesce(origin_id, id) as origin_id from web_portal.registrations;
grant select on web_portal.published_registration_chains to {{body}}, {{system}};

-- Online Assessments: what was sat for a unit before the registration moved to where it is now: how often, and when the
-- last one that was not passed ended. It bears on when the candidate may sit again; the sittings themselves stay with
-- the centre that held them, and a registration that has ended is told nothing of what follows elsewhere.
create function online_assessments.sat_before_transfer(in_registration_id uuid, in_unit_id uuid)
returns table (sat integer, last_failed_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int, max(s.ended_at) filter (where x.passed = false)
  from web_portal.published_registrations r
  join web_portal.published_registration_chains c on c.registration_id = r.id
  join web_portal.published_registration_chains e on e.origin_id = c.origin_id and e.registration_id <> r.id
    and r.candidate_id = e.candidate_id
  join online_assessments.sittings s on s.registration_id = e.registration_id and s.unit_id = in_unit_id
    and s.state not in ('cancelled', 'absent', 'void')
  left join lateral (select o.passed from online_assessments.results o
    where o.sitting_id = s.id and o.released_at is not null order by o.version desc limit 1) x on true
  where r.id = in_registration_id and r.state = 'active'
    and (platform.centre_id() is null or r.centre_id = platform.centre_id())
$$;
revoke all on function online_assessments.sat_before_transfer from public;
grant execute on function online_assessments.sat_before_transfer to {{centre}}, {{body}}, {{system}};

-- Certificates: rules by which the awarding body moved many expiries at once, and the awards that each one moved. A rule
-- acts in the moment in which it is entered. Nothing of it is ever changed, and a certificate stays as it was signed.
create table certificates.extensions (
  id uuid primary key,
  name text not null check (name <> ''),
  reason text not null check (reason <> ''),
  product_ids uuid[] not null check (cardinality(product_ids) > 0),
  -- [{ name, from, until }], both days included.
  windows jsonb not null check (jsonb_array_length(windows) > 0),
  months integer not null check (months between 1 and 36),
  -- How often an award may be extended in all.
  most_times integer not null check (most_times between 1 and 10),
  applied_at timestamptz not null,
  applied_by uuid not null references accounts.people
);
create index on certificates.extensions (applied_at desc, id desc);

create table certificates.extended_awards (
  extension_id uuid not null references certificates.extensions,
  certificate_id uuid not null references certificates.certificates,
  centre_id uuid not null references centres_hub.centres,
  -- Of which window.
  window_name text not null,
  from_day date not null,
  to_day date not null,
  at timestamptz not null,
  primary key (extension_id, certificate_id),
  -- Two rules never start from the same expiry.
  unique (certificate_id, from_day),
  check (to_day > from_day)
);
create index on certificates.extended_awards (centre_id);

alter table certificates.extensions enable row level security;
alter table certificates.extended_awards enable row level security;
create policy own_centre on certificates.extended_awards for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on certificates.extensions for select to {{centre}} using (id in (select e.extension_id from certificates.extended_awards e));
create policy own_person on certificates.extended_awards for select to {{person}} using (certificate_id in (
  select c.id from certificates.certificates c));
create policy everything_body_system on certificates.extensions to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on certificates.extended_awards to {{body}}, {{system}} using (true) with check (true);
grant select on certificates.extended_awards to {{centre}}, {{person}};
grant select (id, name, reason, applied_at) on certificates.extensions to {{centre}};
grant select, insert on certificates.extensions, certificates.extended_awards to {{body}}, {{system}};
-- Whether a certificate is of the whole award or of single units.
create policy own_person on certificates.claims for select to {{person}} using (id in (select c.claim_id from certificates.certificates c));
grant select (id, kind) on certificates.claims to {{person}};

-- Until when an award is good: from the day of issue for the months of its version, moved by the extensions in turn. No
-- row for what has no end: versions without a validity, and credit for single units.
create view certificates.award_expiries with (security_invoker = true) as
  select f.id as certificate_id, f.centre_id, r.product_id, b.day as first_expires_on, coalesce(x.day, b.day) as expires_on,
    coalesce(x.extended_by, '{}') as extended_by
  from certificates.certificates f
  join certificates.claims k on k.id = f.claim_id and k.kind = 'full'
  join web_portal.published_registrations r on r.id = f.registration_id
  join products.published_versions v on v.id = r.product_version_id and v.validity_months is not null
  cross join lateral (select (f.issued_on + make_interval(months => v.validity_months))::date as day) b
  left join lateral (select max(e.to_day) as day, array_agg(e.extension_id order by e.to_day) as extended_by
    from certificates.extended_awards e where e.certificate_id = f.id) x on true;
grant select on certificates.award_expiries to {{centre}}, {{body}}, {{person}}, {{system}};

-- The public check says until when it is good, too.
drop function certificates.verify(text, text, text);
create function certificates.verify(in_serial text, in_family_name_key text, in_check_code text)
returns table (serial text, content jsonb, content_sha256 bytea, signature text, key_id text, state text, state_at timestamptz,
  first_expires_on date, expires_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select c.serial, c.content, c.content_sha256, c.signature, c.key_id, s.state, s.at, a.first_expires_on, a.expires_on
  from certificates.certificates c
  left join lateral (select t.state, t.at from certificates.certificate_states t where t.certificate_id = c.id
    order by t.at desc, t.id desc limit 1) s on true
  left join certificates.award_expiries a on a.certificate_id = c.id
  where c.serial = in_serial
    and (c.family_name_key = nullif(in_family_name_key, '') or c.check_code = nullif(in_check_code, ''))
$$;
revoke all on function certificates.verify from public;
grant execute on function certificates.verify to {{visitor}};
