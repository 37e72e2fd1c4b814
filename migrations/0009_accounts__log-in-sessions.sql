-- Log-in sessions: acting for oneself, and whether a second factor was given.

alter table accounts.sessions
  -- The person chose to act for nobody: own records only, whatever the memberships.
  add column acts_as_self boolean not null default false,
  -- When a second factor was given in this session, or the device was remembered; null: the password alone.
  add column second_factor_at timestamptz;
alter table accounts.people
  -- Demonstration accounts, whose roles would require a second factor; the pages say so.
  add column second_factor_exempt boolean not null default false;

-- Whether the person has set up a second factor.
create function accounts.has_second_factor(in_person_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select false
$$;
revoke all on function accounts.has_second_factor from public;
grant execute on function accounts.has_second_factor to {{application}}, {{system}};

-- One look-up for each request: the session, its person and all current memberships.
drop function accounts.session_by_token;
create function accounts.session_by_token(in_token_hash bytea)
returns table (person_id uuid, given_names text, family_name text, email text, username text, status text,
  acting_organisation_id uuid, acts_as_self boolean, opened_at timestamptz, confirmed_at timestamptz, seen_at timestamptz,
  expires_at timestamptz, ended_at timestamptz, end_reason text, second_factor_at timestamptz, has_second_factor boolean,
  second_factor_exempt boolean, memberships jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.given_names, p.family_name, p.email, c.username, p.status,
    s.acting_organisation_id, s.acts_as_self, s.opened_at, s.confirmed_at, s.seen_at,
    s.expires_at, s.ended_at, s.end_reason, s.second_factor_at, accounts.has_second_factor(p.id),
    p.second_factor_exempt,
    coalesce((select jsonb_agg(jsonb_build_object('organisationId', o.id, 'kind', o.kind, 'number', o.number, 'name', o.name, 'features', o.features, 'role', m.role,
        'activated', o.kind <> 'centre' or m.role = 'candidate' or exists (select from accounts.pins n where n.person_id = p.id and n.organisation_id = o.id
          and n.activated_at is not null and n.withdrawn_at is null)) order by o.kind desc, o.number, m.role)
      from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
      where m.person_id = p.id and m.ended_at is null), '[]'::jsonb)
  from accounts.sessions s
  join accounts.people p on p.id = s.person_id
  left join accounts.credentials c on c.person_id = p.id
  where s.token_hash = in_token_hash
$$;
revoke all on function accounts.session_by_token from public;
grant execute on function accounts.session_by_token to {{application}};
