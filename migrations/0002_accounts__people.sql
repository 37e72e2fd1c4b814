-- Accounts: people, credentials, organisations, memberships, PINs, invitations, sessions.

create schema accounts;
grant usage on schema accounts to {{application}}, {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};

create table accounts.organisations (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('centre', 'awarding_body')),
  number text not null unique check (number ~ '^\d{5}$'),
  name text not null,
  -- What has been set up for the organisation and shows in System Access: 'eportfolio'.
  features text[] not null default '{}',
  created_at timestamptz not null default now()
);

create table accounts.people (
  id uuid primary key default uuidv7(),
  given_names text not null,
  family_name text not null,
  email text,
  email_confirmed_at timestamptz,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default now()
);
create index on accounts.people (lower(email));
-- A confirmed address belongs to one person: the mailed link that confirms it decides whose it is.
create unique index people_confirmed_email on accounts.people (lower(email)) where email_confirmed_at is not null;

create table accounts.credentials (
  person_id uuid primary key references accounts.people,
  -- Plain letters, so that no two usernames look alike (see usernames/username.ts).
  username text not null check (username ~ '^[a-z0-9][a-z0-9._@-]{2,39}$'),
  password_hash text not null,
  changed_at timestamptz not null default now(),
  constraint credentials_username_key unique (username)
);

create table accounts.memberships (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  organisation_id uuid not null references accounts.organisations,
  role text not null check (role in ('coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion', 'candidate',
    'officer', 'quality', 'author', 'reviewer', 'results', 'finance', 'body_administrator')),
  started_at timestamptz not null default now(),
  started_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((ended_at is null) = (end_reason is null))
);
create unique index memberships_current on accounts.memberships (person_id, organisation_id, role) where ended_at is null;
create index on accounts.memberships (organisation_id) where ended_at is null;

-- The PIN of a centre user (Operating Manual 3.1): shown to its owner, therefore encrypted; found by a keyed hash.
create table accounts.pins (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  organisation_id uuid not null references accounts.organisations,
  ciphertext bytea not null,
  lookup bytea not null unique,
  created_at timestamptz not null default now(),
  activated_at timestamptz,
  withdrawn_at timestamptz
);
create unique index pins_current on accounts.pins (person_id, organisation_id) where withdrawn_at is null;

create table accounts.invitations (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  organisation_id uuid not null references accounts.organisations,
  email text not null,
  token_hash bytea not null unique,
  sent_at timestamptz not null default now(),
  sent_by uuid references accounts.people,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on accounts.invitations (person_id, organisation_id);

-- Links for the operator that make the first administrator of the awarding body; dead as soon as there is one.
create table accounts.first_administrator_links (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table accounts.sessions (
  token_hash bytea primary key,
  person_id uuid not null references accounts.people,
  acting_organisation_id uuid references accounts.organisations,
  opened_at timestamptz not null,
  confirmed_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  address text,
  device text
);
create index on accounts.sessions (person_id) where ended_at is null;

-- Centre staff read people through memberships, candidates read themselves.
alter table accounts.organisations enable row level security;
alter table accounts.people enable row level security;
alter table accounts.credentials enable row level security;
alter table accounts.memberships enable row level security;
alter table accounts.pins enable row level security;
alter table accounts.invitations enable row level security;
alter table accounts.sessions enable row level security;
alter table accounts.first_administrator_links enable row level security;

create policy own_centre on accounts.organisations for select to {{centre}} using (id = (select platform.centre_id()));
create policy awarding_body_centre on accounts.organisations for select to {{centre}} using (kind = 'awarding_body');
create policy everything_body on accounts.organisations to {{body}} using (true) with check (true);
create policy everything_system on accounts.organisations to {{system}} using (true) with check (true);
create policy readable_person on accounts.organisations for select to {{person}} using (true);
create policy readable_visitor on accounts.organisations for select to {{visitor}} using (true);
create policy readable_seat on accounts.organisations for select to {{seat}} using (true);
grant select on accounts.organisations to {{centre}}, {{person}}, {{visitor}}, {{seat}};
grant select, insert, update on accounts.organisations to {{body}}, {{system}};

-- A centre gives and ends its own roles, never those of the awarding body.
create policy own_centre on accounts.memberships to {{centre}}
  using (organisation_id = (select platform.centre_id())) with check (organisation_id = (select platform.centre_id())
    and role in ('coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion', 'candidate'));
create policy everything_body on accounts.memberships to {{body}} using (true) with check (true);
create policy everything_system on accounts.memberships to {{system}} using (true) with check (true);
create policy own_person on accounts.memberships for select to {{person}} using (person_id = (select platform.person_id()));
-- A role that was given stays as it was; only how it ended may be added.
grant select, insert, update (ended_at, ended_by, end_reason) on accounts.memberships to {{centre}}, {{body}}, {{system}};
grant select on accounts.memberships to {{person}};

-- A centre sees the people who are or were its members, and nobody else; it finds or makes a person by accounts.ensure_person().
create policy own_centre on accounts.people for select to {{centre}} using (
  id in (select m.person_id from accounts.memberships m where m.organisation_id = (select platform.centre_id())));
create policy everything_body on accounts.people to {{body}} using (true) with check (true);
create policy everything_system on accounts.people to {{system}} using (true) with check (true);
create policy own_person on accounts.people for select to {{person}} using (id = (select platform.person_id()));
grant select on accounts.people to {{centre}};
grant select, insert, update on accounts.people to {{body}}, {{system}};
grant select on accounts.people to {{person}};

create policy everything_system on accounts.credentials to {{system}} using (true) with check (true);
grant select, insert, update on accounts.credentials to {{system}};

create policy own_centre on accounts.pins to {{centre}}
  using (organisation_id = (select platform.centre_id())) with check (organisation_id = (select platform.centre_id()));
create policy own_person on accounts.pins for select to {{person}} using (person_id = (select platform.person_id()));
create policy everything_body on accounts.pins to {{body}} using (true) with check (true);
create policy everything_system on accounts.pins to {{system}} using (true) with check (true);
-- Whoever gives a PIN can neither read it nor activate it for its owner.
grant select (id, person_id, organisation_id, created_at, activated_at, withdrawn_at),
  insert (person_id, organisation_id, ciphertext, lookup, created_at), update (withdrawn_at) on accounts.pins to {{centre}}, {{body}};
grant select on accounts.pins to {{person}};
grant select, insert, update on accounts.pins to {{system}};

create policy own_centre on accounts.invitations to {{centre}}
  using (organisation_id = (select platform.centre_id())) with check (organisation_id = (select platform.centre_id()));
create policy everything_body on accounts.invitations to {{body}} using (true) with check (true);
create policy everything_system on accounts.invitations to {{system}} using (true) with check (true);
grant select (id, person_id, organisation_id, email, sent_at, sent_by, expires_at, used_at, withdrawn_at), insert, update (withdrawn_at)
  on accounts.invitations to {{centre}}, {{body}};
grant select, insert, update on accounts.invitations to {{system}};

-- A centre sees when somebody was last there for it, and nothing else of a session.
create policy own_centre on accounts.sessions for select to {{centre}} using (acting_organisation_id = (select platform.centre_id()));
create policy everything_body on accounts.sessions for select to {{body}} using (true);
create policy everything_system on accounts.sessions to {{system}} using (true) with check (true);
grant select (person_id, acting_organisation_id, seen_at) on accounts.sessions to {{centre}}, {{body}};
grant select, insert, update on accounts.sessions to {{system}};

create policy everything_system on accounts.first_administrator_links to {{system}} using (true) with check (true);
grant select, insert, update on accounts.first_administrator_links to {{system}};

-- Centre staff may not look through all people of all centres; this finds the person of an address or makes one.
-- An address that somebody with an account typed but never confirmed proves nothing and finds nobody.
create function accounts.ensure_person(in_given_names text, in_family_name text, in_email text)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare the_id uuid;
begin
  if in_email is not null then
    perform pg_advisory_xact_lock(hashtextextended('accounts.people ' || lower(in_email), 0));
    select p.id into the_id from accounts.people p
      where lower(p.email) = lower(in_email)
        and (p.email_confirmed_at is not null or not exists (select from accounts.credentials c where c.person_id = p.id))
      order by p.email_confirmed_at nulls last, p.created_at limit 1;
  end if;
  if the_id is null then
    insert into accounts.people (given_names, family_name, email) values (in_given_names, in_family_name, in_email) returning id into the_id;
  end if;
  return the_id;
end $$;
revoke all on function accounts.ensure_person from public;
grant execute on function accounts.ensure_person to {{centre}}, {{body}}, {{system}};

-- One look-up for each request: the session, its person and all current memberships.
create function accounts.session_by_token(in_token_hash bytea)
returns table (person_id uuid, given_names text, family_name text, email text, username text, status text,
  acting_organisation_id uuid, opened_at timestamptz, confirmed_at timestamptz, seen_at timestamptz, expires_at timestamptz, ended_at timestamptz,
  memberships jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.given_names, p.family_name, p.email, c.username, p.status,
    s.acting_organisation_id, s.opened_at, s.confirmed_at, s.seen_at, s.expires_at, s.ended_at,
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

create function accounts.touch_session(in_token_hash bytea, in_now timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  update accounts.sessions set seen_at = in_now where token_hash = in_token_hash and ended_at is null
$$;
revoke all on function accounts.touch_session from public;
grant execute on function accounts.touch_session to {{application}};

create view accounts.published_people as select id, given_names, family_name, email, status from accounts.people;
alter view accounts.published_people set (security_invoker = true);
create view accounts.published_organisations as select id, kind, number, name, features from accounts.organisations;
alter view accounts.published_organisations set (security_invoker = true);
grant select on accounts.published_people to {{centre}}, {{body}}, {{person}}, {{system}};
grant select on accounts.published_organisations to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};
