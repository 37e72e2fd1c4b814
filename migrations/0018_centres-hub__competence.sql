-- Centres Hub: who does what, occupational competence, conflicts of interest, coordinators who are gone, declarations of equipment.

-- Somebody of the centre profile does this for a product (null: every product) at a site (null: every site), from a day on.
create table centres_hub.staff_functions (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  staff_member_id uuid not null references centres_hub.staff_members,
  function text not null check (function in ('assessor', 'iqa', 'invigilator', 'expert_witness', 'tutor', 'administrator')),
  product_id uuid references products.products,
  site_id uuid references centres_hub.sites,
  starts_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((ended_at is null) = (end_reason is null))
);
create unique index staff_functions_current on centres_hub.staff_functions (staff_member_id, function, product_id, site_id)
  nulls not distinct where ended_at is null;
create index on centres_hub.staff_functions (centre_id) where ended_at is null;

-- What proves competence. A record is never changed: a correction supersedes it, and one that was wrong is withdrawn.
create table centres_hub.competence_records (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  staff_member_id uuid not null references centres_hub.staff_members,
  kind text not null check (kind in ('qualification', 'cv', 'cpd', 'standardisation', 'licence')),
  title text not null,
  -- Awarded on, took place on, issued on.
  happened_on date not null,
  -- Who awarded or issued it.
  issuer text,
  -- Of continuing professional development: how long it took.
  minutes integer check (minutes > 0),
  -- What was learnt, what was agreed.
  words text,
  number text,
  -- Of a licence: the product it is needed for; null: every product.
  product_id uuid references products.products,
  -- Of a licence: its last day.
  expires_on date,
  recorded_at timestamptz not null,
  recorded_by uuid references accounts.people,
  supersedes_id uuid unique references centres_hub.competence_records,
  withdrawn_at timestamptz,
  withdrawn_by uuid references accounts.people,
  withdrawn_reason text,
  check ((kind = 'licence') = (expires_on is not null)),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index on centres_hub.competence_records (staff_member_id, kind);
create index on centres_hub.competence_records (centre_id);
create index on centres_hub.competence_records (expires_on) where withdrawn_at is null;

-- What the awarding body decided of somebody's competence as assessor or internal quality assurer of a product.
create table centres_hub.competence_decisions (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  staff_member_id uuid not null references centres_hub.staff_members,
  function text not null check (function in ('assessor', 'iqa')),
  product_id uuid not null references products.products,
  outcome text not null check (outcome in ('approved', 'refused')),
  reasons text not null,
  -- First and last day of an approval.
  valid_from date,
  valid_until date,
  decided_at timestamptz not null,
  decided_by uuid references accounts.people,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check ((outcome = 'approved') = (valid_from is not null)),
  check ((valid_from is null) = (valid_until is null)),
  check (valid_until >= valid_from),
  check ((ended_at is null) = (end_reason is null))
);
create index on centres_hub.competence_decisions (staff_member_id, function, product_id, decided_at);
create index on centres_hub.competence_decisions (centre_id);
create index on centres_hub.competence_decisions (valid_until) where ended_at is null;

-- What was told of a licence or an approval that runs out, once for each distance in days; 0: it has run out.
create table centres_hub.competence_reminders (
  about_id uuid not null,
  days_before integer not null check (days_before in (90, 30, 7, 0)),
  about text not null check (about in ('licence', 'approval')),
  centre_id uuid not null references centres_hub.centres,
  staff_member_id uuid not null references centres_hub.staff_members,
  last_day date not null,
  written_at timestamptz not null,
  -- False: a nearer one was told in its place, because the server slept over it.
  told boolean not null,
  primary key (about_id, days_before)
);
create index on centres_hub.competence_reminders (staff_member_id);
create index on centres_hub.competence_reminders (centre_id);

-- A personal interest (General Condition A4): in a candidate, in somebody of the centre profile, or in somebody named in words.
create table centres_hub.conflict_declarations (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  person_id uuid not null references accounts.people,
  relation text not null check (relation in ('relative', 'employment', 'own_work', 'other')),
  -- Candidates belong to the Web Portal, whose keys are not ours to refer to.
  candidate_id uuid,
  other_staff_member_id uuid references centres_hub.staff_members,
  -- The other one as named on the day.
  about_name text,
  words text not null,
  declared_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references accounts.people,
  end_reason text,
  check (candidate_id is null or other_staff_member_id is null),
  check ((ended_at is null) = (end_reason is null))
);
create index on centres_hub.conflict_declarations (centre_id, person_id) where ended_at is null;
create index on centres_hub.conflict_declarations (other_staff_member_id) where ended_at is null;

-- The coordinator is gone: somebody of the centre asks the awarding body to become coordinator.
create table centres_hub.coordinator_recoveries (
  id uuid primary key default uuidv7(),
  number integer generated always as identity (start with 101) unique,
  centre_id uuid not null references centres_hub.centres,
  person_id uuid not null references accounts.people,
  state text not null default 'waiting' check (state in ('waiting', 'granted', 'refused', 'withdrawn')),
  reasons text not null,
  asked_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references accounts.people,
  closing_words text,
  check ((state = 'waiting') = (closed_at is null)),
  check (state not in ('granted', 'refused') or closing_words is not null)
);
create unique index coordinator_recoveries_waiting on centres_hub.coordinator_recoveries (centre_id, person_id) where state = 'waiting';
create index on centres_hub.coordinator_recoveries (centre_id);

-- What coordinators of the centre say against it. Nothing in it changes.
create table centres_hub.coordinator_objections (
  id uuid primary key default uuidv7(),
  recovery_id uuid not null references centres_hub.coordinator_recoveries,
  centre_id uuid not null references centres_hub.centres,
  person_id uuid not null references accounts.people,
  words text not null,
  written_at timestamptz not null
);
create index on centres_hub.coordinator_objections (recovery_id);
create index on centres_hub.coordinator_objections (centre_id);

-- Files that prove a competence record or a recovery. Content as uploaded.
create table centres_hub.evidence_files (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  record_id uuid references centres_hub.competence_records,
  recovery_id uuid references centres_hub.coordinator_recoveries,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  added_at timestamptz not null,
  added_by uuid references accounts.people,
  check (num_nonnulls(record_id, recovery_id) = 1)
);
create index on centres_hub.evidence_files (record_id);
create index on centres_hub.evidence_files (recovery_id);
create index on centres_hub.evidence_files (centre_id);

-- Given once a year for each site: form filling by browsers is off on all equipment used for tests.
create table centres_hub.equipment_declarations (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  site_id uuid not null references centres_hub.sites,
  valid_from date not null,
  valid_until date not null,
  declared_at timestamptz not null,
  declared_by uuid references accounts.people,
  unique (site_id, valid_from),
  check (valid_until > valid_from)
);
create index on centres_hub.equipment_declarations (centre_id, site_id, valid_until);

alter table centres_hub.staff_functions enable row level security;
alter table centres_hub.competence_records enable row level security;
alter table centres_hub.competence_decisions enable row level security;
alter table centres_hub.competence_reminders enable row level security;
alter table centres_hub.conflict_declarations enable row level security;
alter table centres_hub.coordinator_recoveries enable row level security;
alter table centres_hub.coordinator_objections enable row level security;
alter table centres_hub.evidence_files enable row level security;
alter table centres_hub.equipment_declarations enable row level security;
create policy own_centre on centres_hub.staff_functions to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.competence_records to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.competence_decisions for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.competence_reminders for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.conflict_declarations to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.coordinator_recoveries to {{centre}} using (centre_id = (select platform.centre_id()))
  with check (centre_id = (select platform.centre_id()) and state in ('waiting', 'withdrawn'));
create policy own_centre on centres_hub.coordinator_objections to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.evidence_files to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on centres_hub.equipment_declarations to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy everything_body_system on centres_hub.staff_functions to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.competence_records to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.competence_decisions to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.competence_reminders to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.conflict_declarations to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.coordinator_recoveries to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.coordinator_objections to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.evidence_files to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on centres_hub.equipment_declarations to {{body}}, {{system}} using (true) with check (true);
-- What was recorded, decided or declared stays as it was; only how it ended may be added. A merge of two people moves entries.
grant select, insert, update (ended_at, ended_by, end_reason) on centres_hub.staff_functions to {{centre}};
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawn_reason) on centres_hub.competence_records to {{centre}};
grant select on centres_hub.competence_decisions, centres_hub.competence_reminders to {{centre}};
grant select, insert, update (ended_at, ended_by, end_reason) on centres_hub.conflict_declarations to {{centre}};
grant select, insert, update (state, closed_at, closed_by, closing_words) on centres_hub.coordinator_recoveries to {{centre}};
grant select, insert on centres_hub.coordinator_objections, centres_hub.evidence_files, centres_hub.equipment_declarations to {{centre}};
grant select, insert, update (staff_member_id, ended_at, ended_by, end_reason) on centres_hub.staff_functions to {{body}}, {{system}};
grant select, insert, update (staff_member_id, withdrawn_at, withdrawn_by, withdrawn_reason) on centres_hub.competence_records to {{body}}, {{system}};
grant select, insert, update (staff_member_id, ended_at, ended_by, end_reason) on centres_hub.competence_decisions to {{body}}, {{system}};
grant select, insert, update (staff_member_id) on centres_hub.competence_reminders to {{body}}, {{system}};
grant select, insert, update (person_id, other_staff_member_id, ended_at, ended_by, end_reason) on centres_hub.conflict_declarations to {{body}}, {{system}};
grant select, insert, update (person_id, state, closed_at, closed_by, closing_words) on centres_hub.coordinator_recoveries to {{body}}, {{system}};
grant select, insert on centres_hub.coordinator_objections, centres_hub.evidence_files, centres_hub.equipment_declarations to {{body}}, {{system}};
