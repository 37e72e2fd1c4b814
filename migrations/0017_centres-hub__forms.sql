-- Centres Hub: forms as data, requests, what is written about them, files.

-- A form of the awarding body: what it is called for good, and the draft that its designers work on.
create table centres_hub.forms (
  id uuid primary key default uuidv7(),
  -- Part of addresses; never changes: 'reasonable-adjustment'.
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{2,59}$'),
  made_at timestamptz not null default now(),
  made_by uuid references accounts.people,
  -- The definition under work, checked by forms/definition.ts; null: nothing is under work.
  draft jsonb,
  -- Counts each save of the draft: who saves upon an older one is told.
  draft_revision integer not null default 0,
  draft_saved_at timestamptz,
  draft_saved_by uuid references accounts.people,
  check (draft is null or draft_saved_at is not null)
);

-- As published: never changes again, so that what was submitted stays as worded that day.
create table centres_hub.form_versions (
  id uuid primary key default uuidv7(),
  form_id uuid not null references centres_hub.forms,
  number integer not null check (number > 0),
  definition jsonb not null,
  published_at timestamptz not null,
  published_by uuid references accounts.people,
  -- A version that is replaced or withdrawn takes no new requests; drafts of it are led to the current one.
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts.people,
  withdrawn_reason text,
  unique (form_id, number),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create unique index form_versions_current on centres_hub.form_versions (form_id) where withdrawn_at is null;

create table centres_hub.requests (
  id uuid primary key default uuidv7(),
  -- "R-10001": what people say on the telephone.
  number integer generated always as identity (start with 10001) unique,
  form_version_id uuid not null references centres_hub.form_versions,
  centre_id uuid not null references centres_hub.centres,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'question', 'decided', 'withdrawn')),
  -- Question key to answer, as typed while a draft; as submitted afterwards.
  answers jsonb not null default '{}',
  -- Counts each save of the answers: who saves upon an older one is told.
  revision integer not null default 0,
  begun_at timestamptz not null,
  begun_by uuid not null references accounts.people,
  saved_at timestamptz not null,
  saved_by uuid not null references accounts.people,
  -- The name typed as signature, and the role that signed; with the form's statement in the version.
  signed_name text,
  submitted_at timestamptz,
  submitted_by uuid references accounts.people,
  -- The clock: working days allowed, the last day, and since when it stands still (a question to the centre is open).
  days_allowed integer,
  due_on date,
  paused_at timestamptz,
  assigned_to uuid references accounts.people,
  decided_at timestamptz,
  decided_by uuid references accounts.people,
  outcome text check (outcome in ('granted', 'granted_in_part', 'refused', 'answered')),
  decision_reasons text,
  check ((state = 'draft') = (submitted_at is null) or state = 'withdrawn'),
  check ((state = 'decided') = (decided_at is not null)),
  check ((decided_at is null) = (outcome is null)),
  check ((decided_at is null) = (decision_reasons is null)),
  check ((state = 'question') = (paused_at is not null))
);
create index on centres_hub.requests (centre_id, state);
create index on centres_hub.requests (due_on) where state in ('submitted', 'question');
create index on centres_hub.requests (form_version_id);

-- The thread: questions, answers, notes, and each change of state. Nothing in it changes.
create table centres_hub.request_entries (
  id uuid primary key default uuidv7(),
  request_id uuid not null references centres_hub.requests,
  centre_id uuid not null references centres_hub.centres,
  at timestamptz not null,
  person_id uuid references accounts.people,
  side text not null check (side in ('centre', 'body', 'system')),
  kind text not null check (kind in ('submitted', 'question', 'answer', 'remark', 'note', 'assigned', 'decided', 'effect', 'withdrawn')),
  words text not null
);
create index on centres_hub.request_entries (request_id, id);

-- Files of a request: with a question of the form, or with an entry of the thread. Content as uploaded, named by its hash.
create table centres_hub.request_files (
  id uuid primary key default uuidv7(),
  request_id uuid not null references centres_hub.requests,
  centre_id uuid not null references centres_hub.centres,
  question_key text,
  entry_id uuid references centres_hub.request_entries,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  added_at timestamptz not null,
  added_by uuid not null references accounts.people,
  -- Taken off a draft again; what was submitted with the form stays.
  removed_at timestamptz,
  check (question_key is null or entry_id is null)
);
create index on centres_hub.request_files (request_id) where removed_at is null;

-- How content the centre was with a decided request; one answer each.
create table centres_hub.request_feedback (
  request_id uuid primary key references centres_hub.requests,
  centre_id uuid not null references centres_hub.centres,
  score integer not null check (score between 1 and 5),
  words text,
  given_at timestamptz not null,
  given_by uuid not null references accounts.people
);

alter table centres_hub.forms enable row level security;
alter table centres_hub.form_versions enable row level security;
alter table centres_hub.requests enable row level security;
alter table centres_hub.request_entries enable row level security;
alter table centres_hub.request_files enable row level security;
alter table centres_hub.request_feedback enable row level security;
-- Forms are the awarding body's; centres read what is published.
create policy everything_body_system on centres_hub.forms to {{body}}, {{system}} using (true) with check (true);
create policy published_forms on centres_hub.forms for select to {{centre}} using (true);
create policy everything_body_system on centres_hub.form_versions to {{body}}, {{system}} using (true) with check (true);
create policy published_versions on centres_hub.form_versions for select to {{centre}} using (true);
create policy own_centre on centres_hub.requests to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.request_entries to {{centre}} using (centre_id = (select platform.centre_id()) and kind <> 'note') with check (centre_id = (select platform.centre_id()) and side = 'centre');
create policy own_centre on centres_hub.request_files to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.request_feedback to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body_system on centres_hub.requests to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.request_entries to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.request_files to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.request_feedback to {{body}}, {{system}} using (true) with check (true);
grant select (id, code) on centres_hub.forms to {{centre}};
grant select on centres_hub.form_versions to {{centre}};
grant select, insert, update (draft, draft_revision, draft_saved_at, draft_saved_by) on centres_hub.forms to {{body}}, {{system}};
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawn_reason) on centres_hub.form_versions to {{body}}, {{system}};
grant select, insert, update (form_version_id, state, answers, revision, saved_at, saved_by, signed_name, submitted_at, submitted_by, days_allowed, due_on, paused_at)
  on centres_hub.requests to {{centre}};
grant select, insert, update (state, due_on, paused_at, assigned_to, decided_at, decided_by, outcome, decision_reasons)
  on centres_hub.requests to {{body}};
grant select, insert, update on centres_hub.requests to {{system}};
grant select, insert on centres_hub.request_entries, centres_hub.request_feedback to {{centre}}, {{body}}, {{system}};
grant select, insert, update (removed_at) on centres_hub.request_files to {{centre}};
grant select, insert on centres_hub.request_files to {{body}}, {{system}};
