-- Centres Hub: centres, sites, staff members, approvals, capability switches.

create schema centres_hub;
grant usage on schema centres_hub to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}}, {{delivery}};

-- A centre extends an organisation of kind 'centre': same key.
create table centres_hub.centres (
  id uuid primary key references accounts.organisations,
  status text not null default 'approved' check (status in ('approved', 'suspended', 'withdrawn')),
  address text[] not null default '{}',
  town text not null,
  postcode text not null,
  telephone text,
  email text,
  -- UK provider reference number: 8 digits beginning with 1.
  ukprn text check (ukprn ~ '^1\d{7}$'),
  approved_on date not null,
  next_review_on date,
  eportfolio_set_up_at timestamptz
);

create table centres_hub.sites (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  name text not null,
  rooms text[] not null default '{}',
  unique (centre_id, name)
);

-- People on the centre's profile. A staff member who is not a user has no PIN and no access (Operating Manual 3.1).
create table centres_hub.staff_members (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  person_id uuid references accounts.people,
  given_names text not null,
  family_name text not null,
  email text,
  function text not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid references accounts.people,
  left_at timestamptz,
  left_by uuid references accounts.people,
  left_reason text,
  check ((left_at is null) = (left_reason is null))
);
create unique index staff_members_person on centres_hub.staff_members (centre_id, person_id) where person_id is not null and left_at is null;
create index on centres_hub.staff_members (centre_id) where left_at is null;

create table centres_hub.approvals (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  product_id uuid not null references products.products,
  granted_at timestamptz not null default now(),
  granted_by uuid references accounts.people,
  approved_from date not null,
  last_registration_on date,
  last_certification_on date,
  direct_claims boolean not null default true,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((ended_at is null) = (end_reason is null))
);
create unique index approvals_current on centres_hub.approvals (centre_id, product_id) where ended_at is null;

-- A switch that is off stops the capability in the same second, everywhere; product_id null = every product of the centre.
create table centres_hub.capability_switches (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  product_id uuid references products.products,
  capability text not null check (capability in ('register', 'sit', 'claim', 'claim_direct')),
  switched_off_at timestamptz not null default now(),
  switched_off_by uuid references accounts.people,
  reason text not null,
  until timestamptz,
  switched_on_at timestamptz,
  switched_on_by uuid references accounts.people,
  switched_on_reason text,
  check ((switched_on_at is null) = (switched_on_reason is null))
);
create unique index switches_off on centres_hub.capability_switches (centre_id, product_id, capability) nulls not distinct where switched_on_at is null;

alter table centres_hub.centres enable row level security;
alter table centres_hub.sites enable row level security;
alter table centres_hub.staff_members enable row level security;
alter table centres_hub.approvals enable row level security;
alter table centres_hub.capability_switches enable row level security;
create policy own_centre on centres_hub.centres for select to {{centre}} using (id = (select platform.centre_id()));
create policy own_centre on centres_hub.sites to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.staff_members to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.approvals for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.capability_switches for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy everything_body_system on centres_hub.centres to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.sites to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.staff_members to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.approvals to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.capability_switches to {{body}}, {{system}} using (true) with check (true);
grant select on centres_hub.centres, centres_hub.approvals, centres_hub.capability_switches to {{centre}};
-- What was granted, recorded or switched off stays as it was; only how it ended may be added.
grant select, insert, update (rooms) on centres_hub.sites to {{centre}};
grant select, insert, update (person_id, left_at, left_by, left_reason) on centres_hub.staff_members to {{centre}};
grant select, insert, update on centres_hub.centres, centres_hub.sites to {{body}}, {{system}};
grant select, insert, update (person_id, left_at, left_by, left_reason) on centres_hub.staff_members to {{body}}, {{system}};
grant select, insert, update (ended_at, ended_by, end_reason) on centres_hub.approvals to {{body}}, {{system}};
grant select, insert, update (switched_on_at, switched_on_by, switched_on_reason) on centres_hub.capability_switches to {{body}}, {{system}};

create view centres_hub.published_centres with (security_invoker = true) as
  select c.id, o.number, o.name, c.status, c.town, c.postcode, c.next_review_on, c.eportfolio_set_up_at
  from centres_hub.centres c join accounts.published_organisations o on o.id = c.id;
create view centres_hub.published_sites with (security_invoker = true) as select id, centre_id, name, rooms from centres_hub.sites;
create view centres_hub.published_approvals with (security_invoker = true) as
  select id, centre_id, product_id, approved_from, last_registration_on, last_certification_on, direct_claims
  from centres_hub.approvals where ended_at is null;
create view centres_hub.published_switches with (security_invoker = true) as
  select id, centre_id, product_id, capability, switched_off_at, reason, until
  from centres_hub.capability_switches where switched_on_at is null;
grant select on centres_hub.published_centres, centres_hub.published_sites, centres_hub.published_approvals, centres_hub.published_switches
  to {{centre}}, {{body}}, {{system}};
