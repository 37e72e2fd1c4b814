-- Centres Hub: the whole profile of a centre, its documents and agreement, how a centre comes to be, conditions, withdrawal.

alter table centres_hub.centres
  add column trading_name text,
  add column owner text,
  add column website text,
  -- The first day on which the centre is no longer one, by a withdrawal that was decided; null: none was.
  add column withdrawn_from date;
-- A centre changes at once what nothing else hangs on; name, address, head and owner go by a request.
create policy own_contact_data on centres_hub.centres for update to {{centre}}
  using (id = (select platform.centre_id())) with check (id = (select platform.centre_id()));
grant update (ukprn, telephone, email, website) on centres_hub.centres to {{centre}};

alter table centres_hub.sites
  add column kind text not null default 'site' check (kind in ('site', 'satellite')),
  add column address text;
grant update (kind, address) on centres_hub.sites to {{centre}};

-- How the profile came to read as it does. The name of who did it is kept as it was that day.
create table centres_hub.profile_changes (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  at timestamptz not null,
  person_id uuid references accounts.people,
  who text not null check (who <> ''),
  -- What changed, in words: "Telephone", "Contact: finance".
  what text not null check (what <> ''),
  before text,
  after text,
  request_id uuid references centres_hub.requests
);
create index on centres_hub.profile_changes (centre_id, at desc, id desc);

-- Changes that the awarding body granted; one whose day has not come waits for it.
create table centres_hub.granted_changes (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  request_id uuid references centres_hub.requests,
  what text not null check (what in ('name', 'trading-name', 'address', 'head-of-centre', 'owner')),
  wording text not null check (wording <> ''),
  takes_effect_on date not null,
  granted_at timestamptz not null,
  granted_by uuid references accounts.people,
  applied_at timestamptz
);
create index on centres_hub.granted_changes (takes_effect_on) where applied_at is null;

-- One person for each function at a time; who had it before stays on record.
create table centres_hub.contacts (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  function text not null check (function in ('head_of_centre', 'coordinator', 'finance', 'quality', 'data_protection', 'out_of_term')),
  name text not null check (name <> ''),
  email text,
  telephone text,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people
);
create unique index contacts_current on centres_hub.contacts (centre_id, function) where ended_at is null;

-- What was found of a room: the newest of a room counts.
create table centres_hub.room_checks (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  site_id uuid not null references centres_hub.sites,
  room text not null,
  seats integer not null check (seats between 0 and 500),
  fit_for_tests boolean not null,
  note text,
  checked_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts.people
);
create index on centres_hub.room_checks (site_id, room, id desc);

-- Insurance and policies. A newer one replaces the older; none is changed.
create table centres_hub.documents (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  kind text not null,
  reference text not null check (reference <> ''),
  expires_on date,
  file_name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((ended_at is null) = (end_reason is null))
);
create index on centres_hub.documents (centre_id) where ended_at is null;
create index on centres_hub.documents (expires_on) where ended_at is null;
-- So many days before the expiry the centre was told; never twice.
create table centres_hub.document_reminders (
  document_id uuid not null references centres_hub.documents,
  centre_id uuid not null references centres_hub.centres,
  days_before integer not null,
  at timestamptz not null,
  primary key (document_id, days_before)
);

-- The agreement between awarding body and centre, as published.
create table centres_hub.agreement_versions (
  id uuid primary key default uuidv7(),
  number integer not null unique check (number > 0),
  title text not null,
  words text not null,
  sign_by date not null,
  published_at timestamptz not null,
  published_by uuid references accounts.people
);
create table centres_hub.agreement_signatures (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  agreement_version_id uuid not null references centres_hub.agreement_versions,
  -- As typed; it is the name of the head of centre of that day.
  signed_name text not null,
  signed_at timestamptz not null,
  -- In whose log-in session; null where the centre signed while it applied.
  signed_by uuid references accounts.people,
  unique (centre_id, agreement_version_id)
);

-- Organisations that want to become a centre. No centre reads these rows.
create table centres_hub.applications (
  id uuid primary key default uuidv7(),
  -- "A-20001"
  number integer generated always as identity (start with 20001) unique,
  state text not null check (state in ('asked', 'interested', 'invited', 'submitted', 'review', 'agreement', 'signed', 'approved', 'refused', 'withdrawn')),
  state_changed_at timestamptz not null,
  organisation text not null,
  contact_name text not null,
  email text not null,
  postcode text not null,
  products text not null,
  message text not null,
  asked_at timestamptz not null,
  -- The link that confirms the address, and after the invitation the one that opens the application.
  token_hash bytea unique,
  token_expires_at timestamptz,
  -- What the applicant typed, saved as it is; as submitted from 'submitted' on. Counts each save.
  answers jsonb not null default '{}',
  revision integer not null default 0,
  saved_at timestamptz,
  agreement_version_id uuid references centres_hub.agreement_versions,
  signed_name text,
  signed_at timestamptz,
  centre_id uuid references centres_hub.centres,
  check ((signed_name is null) = (signed_at is null)),
  check ((state = 'approved') = (centre_id is not null))
);
create index on centres_hub.applications (state, state_changed_at);
create index on centres_hub.applications (lower(email));
-- Each change of state and what was said with it.
create table centres_hub.application_steps (
  id uuid primary key default uuidv7(),
  application_id uuid not null references centres_hub.applications,
  at timestamptz not null,
  person_id uuid references accounts.people,
  who text not null,
  act text not null,
  to_state text not null,
  words text
);
create index on centres_hub.application_steps (application_id, id);
-- Due diligence: the newest of a check counts.
create table centres_hub.application_checks (
  id uuid primary key default uuidv7(),
  application_id uuid not null references centres_hub.applications,
  name text not null,
  outcome text not null check (outcome in ('done', 'failed')),
  words text not null,
  at timestamptz not null,
  checked_by uuid references accounts.people,
  who text not null
);
create index on centres_hub.application_checks (application_id, name, id desc);
create table centres_hub.application_reports (
  id uuid primary key default uuidv7(),
  application_id uuid not null references centres_hub.applications,
  manner text not null check (manner in ('visit', 'desk')),
  held_on date not null,
  words text not null,
  at timestamptz not null,
  written_by uuid references accounts.people,
  who text not null
);

-- What an approval, or the approval of a centre, depends on.
create table centres_hub.conditions (
  id uuid primary key default uuidv7(),
  -- Null while the centre is still an application.
  centre_id uuid references centres_hub.centres,
  application_id uuid references centres_hub.applications,
  approval_id uuid references centres_hub.approvals,
  words text not null check (words <> ''),
  due_on date not null,
  set_at timestamptz not null,
  set_by uuid references accounts.people,
  met_at timestamptz,
  met_by uuid references accounts.people,
  met_by_name text,
  met_words text,
  check (num_nonnulls(centre_id, application_id) > 0),
  check ((met_at is null) = (met_words is null))
);
create index on centres_hub.conditions (centre_id) where met_at is null;
create index on centres_hub.conditions (application_id);

-- A product or a whole centre (product null) is given up or taken away, with its dates.
create table centres_hub.withdrawals (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  product_id uuid references products.products,
  state text not null check (state in ('asked', 'decided', 'refused', 'taken_back')),
  side text not null check (side in ('centre', 'body')),
  reason text not null check (reason <> ''),
  last_registration_on date not null,
  last_certification_on date not null,
  asked_at timestamptz not null,
  asked_by uuid references accounts.people,
  asked_by_name text not null,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  ended_by_name text,
  ended_words text,
  check ((state = 'asked') = (ended_at is null)),
  check (last_certification_on >= last_registration_on)
);
create unique index withdrawals_asked on centres_hub.withdrawals (centre_id, product_id) nulls not distinct where state = 'asked';
create index on centres_hub.withdrawals (centre_id, asked_at desc);

-- The last dates of an approval come nearer by a withdrawal; the withdrawals say why and by whom.
grant update (last_registration_on, last_certification_on) on centres_hub.approvals to {{body}}, {{system}};

-- Who stopped and allowed, by the name of that day: a centre cannot read the awarding body's people.
alter table centres_hub.capability_switches
  add column switched_off_by_name text,
  add column switched_on_by_name text;
grant update (switched_on_by_name) on centres_hub.capability_switches to {{body}}, {{system}};

do $$
declare t text;
begin
  foreach t in array array['profile_changes', 'granted_changes', 'contacts', 'room_checks', 'documents', 'document_reminders',
    'agreement_versions', 'agreement_signatures', 'applications', 'application_steps', 'application_checks', 'application_reports',
    'conditions', 'withdrawals'] loop
    execute format('alter table centres_hub.%I enable row level security', t);
    execute format('create policy everything_body_system on centres_hub.%I to {{body}}, {{system}} using (true) with check (true)', t);
    execute format('grant select, insert on centres_hub.%I to {{body}}, {{system}}', t);
  end loop;
  foreach t in array array['profile_changes', 'contacts', 'room_checks', 'documents', 'agreement_signatures', 'withdrawals'] loop
    execute format('create policy own_centre on centres_hub.%I to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()))', t);
    execute format('grant select, insert on centres_hub.%I to {{centre}}', t);
  end loop;
  foreach t in array array['granted_changes', 'document_reminders', 'conditions'] loop
    execute format('create policy own_centre on centres_hub.%I for select to {{centre}} using (centre_id = (select platform.centre_id()))', t);
    execute format('grant select on centres_hub.%I to {{centre}}', t);
  end loop;
end $$;
create policy published_agreements on centres_hub.agreement_versions for select to {{centre}} using (true);
grant select on centres_hub.agreement_versions to {{centre}};
grant update (applied_at) on centres_hub.granted_changes to {{body}}, {{system}};
grant update (ended_at, ended_by) on centres_hub.contacts to {{centre}}, {{body}}, {{system}};
grant update (ended_at, ended_by, end_reason) on centres_hub.documents to {{centre}}, {{body}}, {{system}};
grant update (state, state_changed_at, token_hash, token_expires_at, answers, revision, saved_at, agreement_version_id, signed_name, signed_at, centre_id)
  on centres_hub.applications to {{body}}, {{system}};
grant update (centre_id, met_at, met_by, met_by_name, met_words) on centres_hub.conditions to {{body}}, {{system}};
grant update (state, ended_at, ended_by, ended_by_name, ended_words) on centres_hub.withdrawals to {{centre}}, {{body}}, {{system}};
