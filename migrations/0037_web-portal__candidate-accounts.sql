-- Web Portal: the candidate's own account. A candidate's record is linked to the account of the person that it is of.

-- Invitations to link a record, mailed to the address that the centre gave. The birth date has to be confirmed: an
-- address may be typed wrongly, and its owner must not come into somebody else's results.
create table web_portal.account_invitations (
  id uuid primary key default uuidv7(),
  candidate_id uuid not null references web_portal.candidates,
  centre_id uuid not null references centres_hub.centres,
  email text not null check (email <> ''),
  token_hash bytea not null unique,
  sent_at timestamptz not null,
  -- Null: sent by itself at the registration.
  sent_by uuid references accounts.people,
  expires_at timestamptz not null,
  wrong_tries integer not null default 0,
  -- The birth date was given rightly.
  confirmed_at timestamptz,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on web_portal.account_invitations (candidate_id, sent_at desc);
-- Who joined lately and was not invited yet.
create index on web_portal.centre_candidates (joined_at);

-- Codes mailed to the address of a record, for a person who gave its number and birth date. A wrong pair gets a line too:
-- nothing tells them apart.
create table web_portal.account_codes (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  candidate_id uuid references web_portal.candidates,
  code_hash bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  wrong_tries integer not null default 0,
  used_at timestamptz
);
create index on web_portal.account_codes (person_id, asked_at desc);

-- Which record was linked to which person, and when it ended. Only grows.
create table web_portal.account_links (
  id uuid primary key default uuidv7(),
  candidate_id uuid not null references web_portal.candidates,
  person_id uuid not null references accounts.people,
  act text not null check (act in ('linked', 'ended')),
  how text not null check (how in ('invitation', 'code', 'awarding_body', 'earlier')),
  reason text,
  at timestamptz not null,
  by_person_id uuid references accounts.people,
  check (act = 'linked' or reason <> '')
);
create index on web_portal.account_links (candidate_id, at desc);
insert into web_portal.account_links (candidate_id, person_id, act, how, at)
  select id, person_id, 'linked', 'earlier', created_at from web_portal.candidates where person_id is not null;

alter table web_portal.account_invitations enable row level security;
alter table web_portal.account_codes enable row level security;
alter table web_portal.account_links enable row level security;
create policy own_centre on web_portal.account_invitations to {{centre}} using (centre_id = (select platform.centre_id()))
  with check (centre_id = (select platform.centre_id()) and exists (select from web_portal.centre_candidates j
    where j.candidate_id = account_invitations.candidate_id and j.centre_id = account_invitations.centre_id));
create policy everything_body_system on web_portal.account_invitations to {{body}}, {{system}} using (true) with check (true);
create policy everything_system on web_portal.account_codes to {{system}} using (true) with check (true);
create policy own_centre on web_portal.account_links for select to {{centre}} using (exists (
  select from web_portal.centre_candidates j where j.candidate_id = account_links.candidate_id and j.centre_id = (select platform.centre_id())));
create policy own_person on web_portal.account_links for select to {{person}} using (person_id = (select platform.person_id()));
create policy everything_body_system on web_portal.account_links to {{body}}, {{system}} using (true) with check (true);

grant select, insert, update (withdrawn_at) on web_portal.account_invitations to {{centre}}, {{body}};
grant select, insert, update (wrong_tries, confirmed_at, used_at, withdrawn_at) on web_portal.account_invitations to {{system}};
grant select, insert, update (wrong_tries, used_at), delete on web_portal.account_codes to {{system}};
grant select on web_portal.account_links to {{centre}}, {{person}};
grant select, insert on web_portal.account_links to {{body}}, {{system}};
