-- Web Portal: registration of many candidates by a file (docs/decisions/019-bulk-registration.md).

-- Who pays for the programme, as far as the centre says it.
alter table web_portal.registrations add column funding text check (funding in ('funded', 'not_funded'));

create table web_portal.imports (
  id uuid primary key default uuidv7(),
  centre_id uuid not null references centres_hub.centres,
  file_name text not null check (file_name <> ''),
  sha256 bytea not null,
  bytes integer not null,
  format text not null check (format in ('csv', 'xlsx')),
  -- Of a CSV file, so that the file of errors comes back in the same form.
  encoding text check (encoding in ('utf-8', 'utf-8-mark', 'utf-16le', 'utf-16be', 'windows-1252')),
  delimiter text check (length(delimiter) = 1),
  headings text[] not null,
  -- For each heading the field it fills, or an empty text: left out.
  columns text[] not null,
  -- What holds for every row, by field.
  common jsonb not null default '{}',
  state text not null check (state in ('uploaded', 'mapped', 'checked', 'registering', 'registered', 'undone', 'discarded')),
  state_changed_at timestamptz not null,
  -- Counts every change of columns, rows and choices: what is confirmed is what was seen.
  version integer not null default 1,
  row_count integer not null,
  ready_count integer not null default 0,
  fault_count integer not null default 0,
  undecided_count integer not null default 0,
  left_out_count integer not null default 0,
  late_count integer not null default 0,
  registered_count integer not null default 0,
  uploaded_at timestamptz not null,
  uploaded_by uuid references accounts.people,
  confirmed_at timestamptz,
  confirmed_by uuid references accounts.people,
  registered_at timestamptz,
  -- Why the last attempt to register was refused whole.
  refusal text,
  unique (id, centre_id)
);
create index on web_portal.imports (centre_id, uploaded_at desc, id desc);
create index on web_portal.imports (uploaded_at desc, id desc);
create index on web_portal.imports (centre_id, sha256);
create index imports_at_work on web_portal.imports (confirmed_at) where state = 'registering';

-- How far a registration has come: written beside its transaction, so that others see it. No key to the import: its row
-- is locked meanwhile.
create table web_portal.import_progress (
  import_id uuid primary key,
  centre_id uuid not null,
  done integer not null,
  total integer not null
);

create table web_portal.import_rows (
  import_id uuid not null,
  centre_id uuid not null,
  -- As a spreadsheet counts: the headings are row 1.
  row_number integer not null check (row_number > 1),
  cells text[] not null,
  -- Counts the changes of the row.
  version integer not null default 1,
  state text not null default 'new' check (state in ('new', 'ready', 'fault', 'undecided', 'left_out')),
  -- What the centre says of a row that asks: leave_out, another, or same:ID of a candidate.
  choice text check (choice ~ '^(leave_out|another|same:[0-9a-f-]{36})$'),
  -- [{"field", "message"}]
  faults jsonb not null default '[]',
  -- [{"kind", "message", "candidateId"}]
  warnings jsonb not null default '[]',
  -- What is compared among the rows of one file.
  uln text,
  birth_date date,
  name_key text,
  registration_id uuid,
  primary key (import_id, row_number),
  foreign key (import_id, centre_id) references web_portal.imports (id, centre_id),
  foreign key (registration_id, centre_id) references web_portal.registrations (id, centre_id)
);
create index on web_portal.import_rows (import_id, state, row_number);
create index on web_portal.import_rows (import_id, uln) where uln is not null;
create index on web_portal.import_rows (import_id, birth_date) where birth_date is not null;

-- The columns as a centre last confirmed them for the same headings.
create table web_portal.import_columns (
  centre_id uuid not null references centres_hub.centres,
  headings text[] not null,
  columns text[] not null,
  confirmed_at timestamptz not null,
  primary key (centre_id, headings)
);

-- Who changed the state of an import, when and why. Never changed.
create table web_portal.import_states (
  id uuid primary key default uuidv7(),
  centre_id uuid not null,
  import_id uuid not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  person_id uuid,
  reason text,
  foreign key (import_id, centre_id) references web_portal.imports (id, centre_id)
);
create index on web_portal.import_states (import_id, at);

alter table web_portal.imports enable row level security;
alter table web_portal.import_progress enable row level security;
alter table web_portal.import_rows enable row level security;
alter table web_portal.import_columns enable row level security;
alter table web_portal.import_states enable row level security;
create policy own_centre on web_portal.imports to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.import_progress to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.import_rows to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.import_columns to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.import_states to {{centre}} using (centre_id = (select platform.centre_id())) with check (centre_id = (select platform.centre_id()));
-- The awarding body sees that there are imports and what became of them; the rows of a file are the centre's own.
create policy everything_body on web_portal.imports for select to {{body}} using (true);
create policy everything_body on web_portal.import_progress for select to {{body}} using (true);
create policy everything_body on web_portal.import_states for select to {{body}} using (true);
create policy everything_system on web_portal.imports to {{system}} using (true) with check (true);
create policy everything_system on web_portal.import_progress to {{system}} using (true) with check (true);
create policy everything_system on web_portal.import_rows to {{system}} using (true) with check (true);
create policy everything_system on web_portal.import_columns to {{system}} using (true) with check (true);
create policy everything_system on web_portal.import_states to {{system}} using (true) with check (true);
grant select on web_portal.imports, web_portal.import_progress, web_portal.import_states to {{body}};
grant select, insert,
  update (columns, common, state, state_changed_at, version, ready_count, fault_count, undecided_count, left_out_count, late_count,
    registered_count, confirmed_at, confirmed_by, registered_at, refusal)
  on web_portal.imports to {{centre}}, {{system}};
grant select, insert, update, delete on web_portal.import_progress to {{centre}}, {{system}};
grant select, insert, delete, update (cells, version, state, choice, faults, warnings, uln, birth_date, name_key, registration_id)
  on web_portal.import_rows to {{centre}}, {{system}};
grant select, insert, update (columns, confirmed_at) on web_portal.import_columns to {{centre}}, {{system}};
grant select, insert on web_portal.import_states to {{centre}}, {{system}};

-- Appends many events of one moment to one chain, in the order given: each [kind, subject kind, subject id, payload]. The
-- same chain, link by link, as append_audit_event makes, with the chain's own row written once.
create function platform.append_audit_events(
  in_at timestamptz, in_centre_id uuid, in_person_id uuid, in_acting_organisation_id uuid, in_events jsonb, in_request_id text
) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_chain text := coalesce(in_centre_id::text, 'awarding-body');
  the_seq bigint;
  the_previous bytea;
  the_head bytea;
  the_event jsonb;
begin
  insert into platform.audit_chains (chain) values (the_chain) on conflict do nothing;
  select seq, head into the_seq, the_head from platform.audit_chains where chain = the_chain for update;
  for the_event in select e from jsonb_array_elements(in_events) with ordinality as x (e, place) order by place loop
    the_seq := the_seq + 1;
    the_previous := the_head;
    the_head := sha256(the_previous || convert_to(jsonb_build_array(
      the_chain, the_seq, extract(epoch from in_at), in_centre_id, in_person_id, in_acting_organisation_id,
      the_event ->> 0, the_event ->> 1, the_event ->> 2, the_event -> 3, in_request_id)::text, 'UTF8'));
    insert into platform.audit_events (chain, seq, at, centre_id, person_id, acting_organisation_id, kind,
      subject_kind, subject_id, payload, request_id, previous, head)
    values (the_chain, the_seq, in_at, in_centre_id, in_person_id, in_acting_organisation_id, the_event ->> 0,
      the_event ->> 1, the_event ->> 2, the_event -> 3, in_request_id, the_previous, the_head);
  end loop;
  update platform.audit_chains set seq = the_seq, head = the_head where chain = the_chain;
end $$;
revoke all on function platform.append_audit_events from public;
grant execute on function platform.append_audit_events to {{centre}}, {{body}}, {{system}};

-- Enters many candidates of one centre at once, as enter_candidate does one: [{"place", "number", "givenNames", ...}] gives
-- for each place the record's id and how many questions the awarding body is asked. Where another centre enters the same
-- learner number at the same moment, the unique index refuses one of the two; who was refused asks again.
create function web_portal.enter_candidates(in_centre_id uuid, in_people jsonb, in_at timestamptz, in_by uuid)
returns table (place integer, id uuid, questions integer)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if platform.centre_id() is not null and platform.centre_id() <> in_centre_id then
    raise exception 'A centre enters its own candidates.';
  end if;
  insert into web_portal.candidates (candidate_number, given_names, family_name, birth_date, uln, scottish_number, uln_absent_reason,
      postcode, email, name_key, search_text, created_at, created_by)
    select p.number, p."givenNames", p."familyName", p."birthDate", p.kept_uln, p.kept_scottish,
      case when p.kept_uln is null and p.kept_scottish is null then coalesce(p."ulnAbsentReason", 'Given before: the awarding body asks whose it is') end,
      p.postcode, p.email, p."nameKey", p."searchText", in_at, in_by
    from (select e.*,
        case when not exists (select from web_portal.candidates c where c.uln = e.uln) then e.uln end as kept_uln,
        case when not exists (select from web_portal.candidates c where c.scottish_number = e."scottishNumber") then e."scottishNumber" end as kept_scottish
      from jsonb_to_recordset(in_people) as e (place integer, number text, "givenNames" text, "familyName" text, "birthDate" date,
        uln text, "scottishNumber" text, "ulnAbsentReason" text, postcode text, email text, "nameKey" text, "searchText" text)) p
    order by p.place;
  -- Joined before the questions: what this centre has is not elsewhere.
  insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, how, joined_at, joined_by)
    select in_centre_id, c.id, p."centreReference", 'registered', in_at, in_by
    from jsonb_to_recordset(in_people) as p (place integer, number text, "centreReference" text)
    join web_portal.candidates c on c.candidate_number = p.number;
  insert into web_portal.identity_questions (centre_id, candidate_id, other_id, candidate_number, other_number, source, agrees, centre_says,
      uln_set_aside, scottish_number_set_aside, asked_at, asked_by)
    select in_centre_id, c.id, k.id, p.number, k.candidate_number, 'entry', k.agrees, 'not_asked',
      case when 'uln' = any (k.agrees) then p.uln end, case when 'scottish_number' = any (k.agrees) then p."scottishNumber" end, in_at, in_by
    from jsonb_to_recordset(in_people) as p (number text, "birthDate" date, uln text, "scottishNumber" text, "nameKey" text)
    join web_portal.candidates c on c.candidate_number = p.number,
    lateral web_portal.agreeing_elsewhere(in_centre_id, p."nameKey", p."birthDate", p.uln, p."scottishNumber") k;
  return query
    select p.place, c.id, (select count(*)::integer from web_portal.identity_questions q where q.candidate_id = c.id)
    from jsonb_to_recordset(in_people) as p (place integer, number text) join web_portal.candidates c on c.candidate_number = p.number;
end $$;
revoke all on function web_portal.enter_candidates from public;
grant execute on function web_portal.enter_candidates to {{centre}}, {{system}};
