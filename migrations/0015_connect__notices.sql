-- Notices of the awarding body with readings and acknowledgements; notifications, how each person gets them, digests.

-- Who holds which role where today, and whether the dashboard of the centre was opened by PIN.
create view accounts.published_current_roles with (security_invoker = true) as
  select m.person_id, m.organisation_id, o.kind as organisation_kind, m.role,
    o.kind <> 'centre' or m.role = 'candidate' or exists (select from accounts.pins n where n.person_id = m.person_id
      and n.organisation_id = m.organisation_id and n.activated_at is not null and n.withdrawn_at is null) as opened
  from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id where m.ended_at is null;
grant select on accounts.published_current_roles to {{centre}}, {{body}}, {{system}};

-- Notifications: something that happened and concerns one person, written in the transaction of the act.
create table platform.notifications (
  id uuid primary key default uuidv7(),
  person_id uuid not null,
  kind text not null,
  -- In whose name it came; null where it concerns the person alone.
  organisation_id uuid,
  subject text not null,
  body text not null,
  href text not null check (href ~ '^/([^/\\]|$)'),
  -- As chosen when it happened: in the page, by mail, both, or in the page and in one mail a day.
  way text not null check (way in ('page', 'mail', 'both', 'digest')),
  at timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz,
  -- The day of the digest that told it, or would have told it had it not been read before.
  digest_day date
);
create index on platform.notifications (person_id, at desc, id desc);
create index notifications_unread on platform.notifications (person_id) where read_at is null;
create index notifications_to_mail on platform.notifications (at) where way in ('mail', 'both') and mailed_at is null;
create index notifications_to_digest on platform.notifications (at) where way = 'digest' and digest_day is null;

-- How a person wants to get a kind, where it is not as the kind says.
create table platform.notification_ways (
  person_id uuid not null,
  kind text not null,
  way text not null check (way in ('page', 'mail', 'both', 'digest')),
  changed_at timestamptz not null,
  primary key (person_id, kind)
);
-- One digest a person and day, however often the work is begun.
create table platform.digests (
  person_id uuid not null,
  day date not null,
  items integer not null,
  written_at timestamptz not null,
  primary key (person_id, day)
);
alter table platform.notifications enable row level security;
alter table platform.notification_ways enable row level security;
alter table platform.digests enable row level security;
create policy own_person on platform.notifications to {{person}} using (person_id = (select platform.person_id())) with check (person_id = (select platform.person_id()));
create policy everything_system on platform.notifications to {{system}} using (true) with check (true);
create policy own_person on platform.notification_ways to {{person}} using (person_id = (select platform.person_id())) with check (person_id = (select platform.person_id()));
create policy everything_system on platform.notification_ways for select to {{system}} using (true);
create policy everything_system on platform.digests to {{system}} using (true) with check (true);
grant select, update (read_at) on platform.notifications to {{person}};
grant select, insert, update (way, read_at, mailed_at, digest_day) on platform.notifications to {{system}};
grant select, insert, update (way, changed_at) on platform.notification_ways to {{person}};
grant select on platform.notification_ways to {{system}};
grant select, insert on platform.digests to {{system}};

-- Whoever acts may tell others of it without seeing what they are told or how they want it. By mail alone counts as read in the page.
create function platform.write_notifications(in_kind text, in_person_ids uuid[], in_organisation_id uuid, in_subject text, in_body text,
  in_href text, in_way text, in_fixed boolean, in_at timestamptz, in_mailed boolean) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare the_count integer;
begin
  insert into platform.notifications (person_id, kind, organisation_id, subject, body, href, way, at, read_at, mailed_at)
  select p.id, in_kind, in_organisation_id, in_subject, in_body, in_href, w.way, in_at,
    case when w.way = 'mail' then in_at end, case when in_mailed then in_at end
  from (select distinct unnest(in_person_ids) as id) p
  cross join lateral (select case when in_fixed then in_way else coalesce((select s.way from platform.notification_ways s
    where s.person_id = p.id and s.kind = in_kind), in_way) end as way) w;
  get diagnostics the_count = row_count;
  return the_count;
end $$;
revoke all on function platform.write_notifications from public;
grant execute on function platform.write_notifications to {{centre}}, {{body}}, {{person}}, {{system}};

create schema connect;
grant usage on schema connect to {{application}}, {{body}}, {{person}}, {{system}};

create table connect.notices (
  id uuid primary key default uuidv7(),
  state text not null default 'draft' check (state in ('draft', 'published', 'ended')),
  created_at timestamptz not null,
  created_by uuid references accounts.people,
  -- The version that readers see; null while there is none.
  published_version integer,
  -- Readings and acknowledgements of this version or a later one count.
  renewed_version integer,
  -- The version of which readers were told by notification.
  told_version integer,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((state = 'draft') = (published_version is null)),
  check ((state = 'ended') = (ended_at is not null)),
  check ((ended_at is null) = (end_reason is null))
);
create index on connect.notices (published_version) where state = 'published';

-- What was published is never overwritten: a correction is a further version, which says what it corrects.
create table connect.notice_versions (
  notice_id uuid not null references connect.notices on delete cascade,
  version integer not null check (version > 0),
  title text not null,
  body text not null,
  reach text not null check (reach in ('everybody', 'centres', 'product', 'roles')),
  product_id uuid references products.products,
  roles text[] not null default '{}',
  shows_from date not null,
  shows_until date check (shows_until >= shows_from),
  -- The sentence that a reader confirms; null where nothing has to be confirmed.
  acknowledge_words text,
  correction text,
  -- Shown as new to everyone, and to be confirmed again.
  renewed boolean not null,
  written_at timestamptz not null,
  written_by uuid references accounts.people,
  published_at timestamptz,
  published_by uuid references accounts.people,
  primary key (notice_id, version),
  check ((reach = 'product') = (product_id is not null)),
  check (reach <> 'roles' or cardinality(roles) > 0),
  check ((version > 1) = (correction is not null))
);
create table connect.notice_readings (
  notice_id uuid not null references connect.notices,
  person_id uuid not null references accounts.people,
  version integer not null,
  read_at timestamptz not null,
  primary key (notice_id, person_id, version)
);
create table connect.notice_acknowledgements (
  notice_id uuid not null references connect.notices,
  person_id uuid not null references accounts.people,
  version integer not null,
  -- As it was worded when it was confirmed.
  words text not null,
  acknowledged_at timestamptz not null,
  primary key (notice_id, person_id, version)
);
create table connect.notice_reminders (
  id uuid primary key default uuidv7(),
  notice_id uuid not null references connect.notices,
  sent_at timestamptz not null,
  sent_by uuid references accounts.people,
  people integer not null
);
create index on connect.notice_readings (person_id);
create index on connect.notice_acknowledgements (person_id);
create index on connect.notice_reminders (notice_id, sent_at);

-- Whether a notice reaches a holder of a role: the one rule of audiences. Without named roles, users of centres, not candidates.
create function connect.reaches(in_reach text, in_roles text[], in_organisation_kind text, in_role text, in_approved boolean)
returns boolean language sql immutable parallel safe
  return case in_reach
    when 'everybody' then true
    when 'roles' then in_role = any (in_roles)
    else in_organisation_kind = 'centre' and (in_reach = 'centres' or in_approved)
      and case when cardinality(in_roles) = 0 then in_role <> 'candidate' else in_role = any (in_roles) end
  end;

-- The published notices whose audience includes a person now, by current roles and approvals; dates are the asker's matter.
create function connect.notices_for(in_person_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select n.id from connect.notices n
  join connect.notice_versions v on v.notice_id = n.id and v.version = n.published_version
  where v.reach = 'everybody' or exists (
    select from accounts.published_current_roles r where r.person_id = in_person_id and r.opened
      and connect.reaches(v.reach, v.roles, r.organisation_kind, r.role, exists (
        select from centres_hub.published_approvals a where a.centre_id = r.organisation_id and a.product_id = v.product_id)))
$$;
revoke all on function connect.notices_for from public;

create function connect.my_notices() returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select connect.notices_for(platform.person_id())
$$;
revoke all on function connect.my_notices from public;
grant execute on function connect.my_notices to {{person}};

-- Who can read a version today, with the organisations by which; null for somebody who belongs to none.
create function connect.readers_of(in_notice_id uuid, in_version integer) returns table (person_id uuid, organisation_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select p.id, r.organisation_id from connect.notice_versions v
  join accounts.people p on p.status = 'active' and exists (select from accounts.credentials c where c.person_id = p.id)
  left join accounts.published_current_roles r on r.person_id = p.id and r.opened
  where v.notice_id = in_notice_id and v.version = in_version and v.reach = 'everybody'
  union
  select r.person_id, r.organisation_id from connect.notice_versions v
  join accounts.published_current_roles r on r.opened
  join accounts.people p on p.id = r.person_id and p.status = 'active'
  where v.notice_id = in_notice_id and v.version = in_version and v.reach <> 'everybody'
    and connect.reaches(v.reach, v.roles, r.organisation_kind, r.role, exists (
      select from centres_hub.published_approvals a where a.centre_id = r.organisation_id and a.product_id = v.product_id))
$$;
revoke all on function connect.readers_of from public;
grant execute on function connect.readers_of to {{body}}, {{system}};

-- The figures of the top bar, in one look-up: notices in force that are unread, and other notifications.
create function connect.unread(in_person_id uuid, in_today date) returns table (notices integer, notifications integer)
language sql stable security definer set search_path = pg_catalog as $$
  select (select count(*)::integer from connect.notices n
      join connect.notice_versions v on v.notice_id = n.id and v.version = n.published_version
      where n.state = 'published' and v.shows_from <= in_today and (v.shows_until is null or v.shows_until >= in_today)
        and not exists (select from connect.notice_readings d where d.notice_id = n.id and d.person_id = in_person_id and d.version >= n.renewed_version)
        and n.id in (select connect.notices_for(in_person_id))),
    (select count(*)::integer from platform.notifications t where t.person_id = in_person_id and t.read_at is null and t.kind not like 'connect.notice-%')
$$;
revoke all on function connect.unread from public;
grant execute on function connect.unread to {{application}};

alter table connect.notices enable row level security;
alter table connect.notice_versions enable row level security;
alter table connect.notice_readings enable row level security;
alter table connect.notice_acknowledgements enable row level security;
alter table connect.notice_reminders enable row level security;
create policy reaches_person on connect.notices for select to {{person}} using (id in (select connect.my_notices()));
create policy reaches_person on connect.notice_versions for select to {{person}} using (published_at is not null and notice_id in (select connect.my_notices()));
create policy own_person on connect.notice_readings to {{person}} using (person_id = (select platform.person_id()))
  with check (person_id = (select platform.person_id()) and notice_id in (select connect.my_notices()));
create policy own_person on connect.notice_acknowledgements to {{person}} using (person_id = (select platform.person_id()))
  with check (person_id = (select platform.person_id()) and notice_id in (select connect.my_notices()));
create policy everything_body_system on connect.notices for select to {{body}}, {{system}} using (true);
create policy written_body_system on connect.notices for insert to {{body}}, {{system}} with check (state = 'draft');
create policy moved_body_system on connect.notices for update to {{body}}, {{system}} using (true) with check (true);
create policy discarded_body_system on connect.notices for delete to {{body}}, {{system}} using (state = 'draft');
create policy everything_body_system on connect.notice_versions for select to {{body}}, {{system}} using (true);
create policy written_body_system on connect.notice_versions for insert to {{body}}, {{system}} with check (published_at is null);
create policy draft_body_system on connect.notice_versions for update to {{body}}, {{system}} using (published_at is null) with check (true);
create policy discarded_body_system on connect.notice_versions for delete to {{body}}, {{system}} using (published_at is null);
create policy everything_body_system on connect.notice_readings for select to {{body}}, {{system}} using (true);
create policy everything_body_system on connect.notice_acknowledgements for select to {{body}}, {{system}} using (true);
create policy everything_body_system on connect.notice_reminders to {{body}}, {{system}} using (true) with check (true);
grant select on connect.notices, connect.notice_versions to {{person}}, {{body}}, {{system}};
grant insert, delete, update (state, published_version, renewed_version, told_version, ended_at, ended_by, end_reason) on connect.notices to {{body}}, {{system}};
grant insert, delete, update on connect.notice_versions to {{body}}, {{system}};
grant select on connect.notice_readings, connect.notice_acknowledgements to {{person}}, {{body}}, {{system}};
grant insert on connect.notice_readings, connect.notice_acknowledgements to {{person}};
grant select, insert on connect.notice_reminders to {{body}}, {{system}};
