-- Accounts: how far an invitation came, people who are suspended, two records of one person made one.

alter table accounts.invitations
  -- When somebody first opened the link in a browser; the link still works after that.
  add column opened_at timestamptz,
  add column withdrawn_by uuid references accounts.people,
  add column withdraw_reason text;
grant select (opened_at, withdrawn_by, withdraw_reason), update (withdrawn_by, withdraw_reason) on accounts.invitations to {{centre}}, {{body}};

alter table accounts.people drop constraint people_status_check;
alter table accounts.people
  add constraint people_status_check check (status in ('active', 'suspended', 'merged')),
  -- The record that stayed when two records of one person were made one. What names this id still finds the person.
  add column merged_into uuid references accounts.people,
  add constraint people_merged_into check ((status = 'merged') = (merged_into is not null) and merged_into <> id);
create index on accounts.people (merged_into) where merged_into is not null;

-- Who stopped an account, why, and who let it go on; the open one is in force.
create table accounts.suspensions (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  began_at timestamptz not null,
  began_by uuid not null references accounts.people,
  reason text not null,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((ended_at is null) = (end_reason is null)),
  check (began_by <> person_id)
);
create unique index suspensions_current on accounts.suspensions (person_id) where ended_at is null;

-- Two records made one: nothing of this is ever changed.
create table accounts.merges (
  id uuid primary key default uuidv7(),
  merged_person_id uuid not null unique references accounts.people,
  kept_person_id uuid not null references accounts.people,
  at timestamptz not null,
  merged_by uuid not null references accounts.people,
  reason text not null,
  -- The address of the record that was merged, and whether a mailed link had confirmed it: it still leads to the person.
  email text,
  email_confirmed_at timestamptz,
  check (merged_person_id <> kept_person_id)
);
create index on accounts.merges (lower(email));
create index on accounts.merges (kept_person_id);

alter table accounts.suspensions enable row level security;
alter table accounts.merges enable row level security;
create policy everything_body on accounts.suspensions for select to {{body}} using (true);
create policy everything_system on accounts.suspensions to {{system}} using (true) with check (true);
create policy everything_body on accounts.merges for select to {{body}} using (true);
create policy everything_system on accounts.merges to {{system}} using (true) with check (true);
grant select on accounts.suspensions, accounts.merges to {{body}};
grant select, insert, update (ended_at, ended_by, end_reason) on accounts.suspensions to {{system}};
grant select, insert on accounts.merges to {{system}};

-- What a person did, for the history of the person.
create index on platform.audit_events (person_id, at desc) where person_id is not null;

-- The ids under which one person is known: its own, and those of records that were merged into it.
create function accounts.ids_of_person(in_person_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  with recursive known(id) as (
    select in_person_id
    union
    select p.id from accounts.people p join known k on p.merged_into = k.id)
  select id from known
$$;
revoke all on function accounts.ids_of_person from public;
grant execute on function accounts.ids_of_person to {{body}}, {{system}};

-- The person that this id names today: the record itself, or the one it was merged into.
create function accounts.person_today(in_person_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog as $$
  with recursive way(id, next) as (
    select p.id, p.merged_into from accounts.people p where p.id = in_person_id
    union
    select p.id, p.merged_into from accounts.people p join way w on p.id = w.next)
  select id from way where next is null
$$;
revoke all on function accounts.person_today from public;
grant execute on function accounts.person_today to {{body}}, {{system}};

-- Whether somebody has username and password. A centre learns it of its own members alone.
create function accounts.has_account(in_person_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from accounts.credentials c where c.person_id = in_person_id)
    and (platform.centre_id() is null or exists (
      select from accounts.memberships m where m.person_id = in_person_id and m.organisation_id = platform.centre_id()))
$$;
revoke all on function accounts.has_account from public;
grant execute on function accounts.has_account to {{centre}}, {{body}}, {{system}};

-- The person whose merged record had this address, confirmed, while nobody else has it now; or null.
create function accounts.person_of_former_address(in_email text) returns uuid
language sql stable security definer set search_path = pg_catalog as $$
  select accounts.person_today(m.merged_person_id) from accounts.merges m
  where lower(m.email) = lower(in_email) and m.email_confirmed_at is not null
    and not exists (select from accounts.people p where lower(p.email) = lower(in_email))
  order by m.at desc limit 1
$$;
revoke all on function accounts.person_of_former_address from public;
grant execute on function accounts.person_of_former_address to {{centre}}, {{body}}, {{system}};

-- A centre invited somebody by a wrong address. Returns whom the right one names: the same person when the centre alone
-- knows the person, nobody has set up an account and nobody else has the address; else the person of that address, old or
-- new. So a centre can neither take over an account nor what another centre gave.
create function accounts.change_invited_address(in_person_id uuid, in_email text)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare the_person accounts.people;
begin
  perform pg_advisory_xact_lock(hashtextextended('accounts.people ' || lower(in_email), 0));
  select p.* into the_person from accounts.people p where p.id = in_person_id
    and exists (select from accounts.memberships m where m.person_id = p.id and m.organisation_id = platform.centre_id() and m.ended_at is null)
    for update;
  if the_person.id is null or exists (select from accounts.credentials c where c.person_id = in_person_id) then return null; end if;
  if the_person.status = 'active' and the_person.email_confirmed_at is null
    and not exists (select from accounts.memberships m where m.person_id = in_person_id and m.organisation_id <> platform.centre_id())
    and not exists (select from accounts.people p where lower(p.email) = lower(in_email) and p.id <> in_person_id)
    and accounts.person_of_former_address(in_email) is null then
    update accounts.people set email = in_email where id = in_person_id;
    return in_person_id;
  end if;
  return coalesce(accounts.person_of_former_address(in_email),
    accounts.ensure_person(the_person.given_names, the_person.family_name, in_email));
end $$;
revoke all on function accounts.change_invited_address from public;
grant execute on function accounts.change_invited_address to {{centre}};
