-- Web Portal: one candidate for life. A candidate is a person's lifelong record; centres join it
-- (docs/decisions/018-one-candidate-for-life.md).

-- A centre and a candidate of it. Every query of a centre begins here: the policy of the candidates asks this table.
create table web_portal.centre_candidates (
  centre_id uuid not null references centres_hub.centres,
  candidate_id uuid not null references web_portal.candidates,
  -- How the centre's own records name the candidate.
  centre_reference text,
  -- What lists search: the candidate's line, former numbers and the reference; kept by triggers.
  search_text text not null default '',
  how text not null check (how in ('registered', 'transferred', 'merged')),
  joined_at timestamptz not null,
  joined_by uuid references accounts.people,
  primary key (centre_id, candidate_id)
);
create index on web_portal.centre_candidates (candidate_id);

insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, search_text, how, joined_at, joined_by)
  select centre_id, id, centre_reference, search_text, 'registered', created_at, created_by from web_portal.candidates;
create index centre_candidates_search on web_portal.centre_candidates using gin (search_text gin_trgm_ops);

-- Everything that said "candidate of the centre" says it of the table above.
alter table web_portal.registrations drop constraint registrations_candidate_id_centre_id_fkey;
alter table web_portal.registrations add foreign key (centre_id, candidate_id) references web_portal.centre_candidates;
alter table web_portal.access_arrangements drop constraint access_arrangements_candidate_id_centre_id_fkey;
alter table web_portal.access_arrangements add foreign key (centre_id, candidate_id) references web_portal.centre_candidates;
drop index web_portal.access_arrangements_current;
create unique index access_arrangements_current on web_portal.access_arrangements (candidate_id, centre_id) where ended_at is null;

drop view web_portal.published_candidates;
drop view web_portal.search_candidates;
drop trigger note_for_search on web_portal.candidates;
drop policy own_centre on web_portal.candidates;
drop index web_portal.candidates_uln, web_portal.candidates_search;

alter table web_portal.candidates
  drop constraint candidates_id_centre_id_key,
  drop column centre_id,
  drop column centre_reference,
  -- Scottish candidate number (src/systems/web-portal/scottish-number).
  add column scottish_number text check (scottish_number ~ '^\d{9}$'),
  -- The record that this one was found to be the same person as. It stays, joined by no centre, for its number.
  add column merged_into uuid references web_portal.candidates check (merged_into <> id);
alter table web_portal.candidates drop constraint candidates_check;
alter table web_portal.candidates
  add constraint candidates_learner_number check ((uln is null and scottish_number is null) = (uln_absent_reason is not null));
create index on web_portal.candidates (birth_date);
create index on web_portal.candidates (name_key, birth_date);

-- Two records that may be one person: found at an entry, or proposed by a centre. An officer settles it.
create table web_portal.identity_questions (
  id uuid primary key default uuidv7(),
  -- The centre that entered the candidate or proposes.
  centre_id uuid not null references centres_hub.centres,
  -- The record entered, or the one proposed to be merged; and the one that was known. Both follow later merges.
  candidate_id uuid not null references web_portal.candidates,
  other_id uuid not null references web_portal.candidates,
  -- Their numbers when it was asked, for ever.
  candidate_number text not null,
  other_number text not null,
  source text not null check (source in ('entry', 'proposal', 'earlier_records')),
  -- What of the entry agreed with the known record: of name, birth_date, uln, scottish_number.
  agrees text[] not null,
  -- What the centre said; not asked when a learner number alone agreed.
  centre_says text not null check (centre_says in ('same', 'another', 'not_asked')),
  reason text,
  -- Learner numbers that were typed and belong to the other record: a number is never held twice.
  uln_set_aside text,
  scottish_number_set_aside text,
  asked_at timestamptz not null,
  asked_by uuid references accounts.people,
  -- overtaken: another decision settled it.
  state text not null default 'open' check (state in ('open', 'same', 'another', 'overtaken')),
  decided_at timestamptz,
  decided_by uuid references accounts.people,
  decision_reason text,
  check ((state = 'open') = (decided_at is null)),
  check (state = 'open' or decision_reason <> ''),
  check (source <> 'proposal' or reason <> '')
);
create unique index identity_questions_open on web_portal.identity_questions (least(candidate_id, other_id), greatest(candidate_id, other_id))
  where state = 'open';
create index on web_portal.identity_questions (candidate_id);
create index on web_portal.identity_questions (other_id);
create index on web_portal.identity_questions (centre_id, asked_at desc);
create index on web_portal.identity_questions (asked_at desc, id desc);

-- A ULN is held by one record. Where two records of two centres held one, the later gives it up and is asked about.
insert into web_portal.identity_questions (centre_id, candidate_id, other_id, candidate_number, other_number, source, agrees, centre_says,
    uln_set_aside, asked_at)
  select j.centre_id, c.id, k.id, c.candidate_number, k.candidate_number, 'earlier_records',
    array_remove(array['uln', case when c.birth_date = k.birth_date then 'birth_date' end, case when c.name_key = k.name_key then 'name' end], null),
    'not_asked', c.uln, now()
  from web_portal.candidates c
  join web_portal.centre_candidates j on j.candidate_id = c.id
  join lateral (select o.id, o.candidate_number, o.birth_date, o.name_key from web_portal.candidates o where o.uln = c.uln
    order by o.created_at, o.id limit 1) k on k.id <> c.id;
update web_portal.candidates c set uln = null, uln_absent_reason = 'Given for two candidates: the awarding body asks whose it is'
  from web_portal.identity_questions q where q.candidate_id = c.id and q.uln_set_aside is not null;
create unique index candidates_uln on web_portal.candidates (uln) where uln is not null;
create unique index candidates_scottish_number on web_portal.candidates (scottish_number) where scottish_number is not null;

-- Numbers of records that were merged, and the record that each leads to now.
create table web_portal.former_candidates (
  former_id uuid primary key references web_portal.candidates,
  candidate_number text not null unique,
  candidate_id uuid not null references web_portal.candidates,
  check (former_id <> candidate_id)
);
create index on web_portal.former_candidates (candidate_id);

-- What was merged, as it was. Never changed.
create table web_portal.candidate_merges (
  id uuid primary key default uuidv7(),
  question_id uuid not null references web_portal.identity_questions,
  kept_id uuid not null references web_portal.candidates,
  merged_id uuid not null unique references web_portal.candidates,
  -- The merged record and its centres as they were, and what moved, in the words of the preview.
  merged_record jsonb not null,
  moved jsonb not null,
  reason text not null check (reason <> ''),
  merged_at timestamptz not null,
  merged_by uuid references accounts.people
);
create index on web_portal.candidate_merges (kept_id);

alter table web_portal.centre_candidates enable row level security;
alter table web_portal.identity_questions enable row level security;
alter table web_portal.former_candidates enable row level security;
alter table web_portal.candidate_merges enable row level security;
create policy own_centre on web_portal.centre_candidates for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_centre on web_portal.candidates for select to {{centre}} using (exists (
  select from web_portal.centre_candidates j where j.candidate_id = candidates.id and j.centre_id = (select platform.centre_id())));
create policy own_centre on web_portal.former_candidates for select to {{centre}} using (exists (
  select from web_portal.centre_candidates j where j.candidate_id = former_candidates.candidate_id and j.centre_id = (select platform.centre_id())));
create policy own_centre on web_portal.identity_questions for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy own_person on web_portal.centre_candidates for select to {{person}} using (candidate_id in (
  select c.id from web_portal.candidates c where c.person_id = (select platform.person_id())));
create policy everything_body_system on web_portal.centre_candidates to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.identity_questions to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.former_candidates to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on web_portal.candidate_merges to {{body}}, {{system}} using (true) with check (true);

-- Candidates are entered and joined by the functions below alone; a record belongs to more than one centre, so that a
-- centre does not write it by itself.
revoke insert, update on web_portal.candidates from {{centre}};
revoke insert on web_portal.candidates from {{body}}, {{system}};
grant select on web_portal.centre_candidates to {{centre}}, {{person}};
grant select, insert, delete on web_portal.centre_candidates to {{body}}, {{system}};
grant select on web_portal.former_candidates to {{centre}};
grant select, insert, update (candidate_id) on web_portal.former_candidates to {{body}}, {{system}};
grant select, insert on web_portal.candidate_merges to {{body}}, {{system}};
-- A centre reads of a question that it is open and how it ended, never whom it was asked about.
grant select (id, centre_id, candidate_id, source, centre_says, reason, asked_at, state, decided_at) on web_portal.identity_questions to {{centre}};
grant select, insert, update (candidate_id, other_id, state, decided_at, decided_by, decision_reason)
  on web_portal.identity_questions to {{body}}, {{system}};
-- What a merge moves.
grant update (candidate_id) on web_portal.registrations, web_portal.access_arrangements to {{body}}, {{system}};
grant update (candidate_id) on centres_hub.conflict_declarations to {{body}}, {{system}};

-- What was built on a registration is of the candidate of that registration, also after a merge, and at every moment.
alter table web_portal.registrations add unique (id, candidate_id);
alter table online_assessments.sittings add foreign key (registration_id, candidate_id)
  references web_portal.registrations (id, candidate_id) on update cascade;
alter table online_assessments.results add foreign key (registration_id, candidate_id)
  references web_portal.registrations (id, candidate_id) on update cascade;
alter table certificates.certificates add foreign key (registration_id, candidate_id)
  references web_portal.registrations (id, candidate_id) on update cascade;

create view web_portal.published_candidates with (security_invoker = true) as
  select c.id, j.centre_id, c.candidate_number, c.person_id, c.given_names, c.family_name, c.birth_date, j.search_text
  from web_portal.centre_candidates j join web_portal.candidates c on c.id = j.candidate_id;
grant select on web_portal.published_candidates to {{centre}}, {{body}}, {{person}}, {{system}};

create view web_portal.published_former_candidates with (security_invoker = true) as
  select candidate_number, candidate_id from web_portal.former_candidates;
grant select on web_portal.published_former_candidates to {{centre}}, {{body}}, {{system}};

-- The line that lists search, kept where it is searched.
create function web_portal.search_line(in_candidate_id uuid, in_reference text) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select concat_ws(' ', c.search_text,
    (select string_agg(f.candidate_number, ' ') from web_portal.former_candidates f where f.candidate_id = c.id),
    lower(in_reference))
  from web_portal.candidates c where c.id = in_candidate_id
$$;
create function web_portal.keep_search_line() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_id uuid;
begin
  if tg_table_name = 'centre_candidates' then
    new.search_text := coalesce(web_portal.search_line(new.candidate_id, new.centre_reference), lower(new.centre_reference), '');
    return new;
  end if;
  the_id := case when tg_table_name = 'candidates' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'candidate_id' end;
  update web_portal.centre_candidates j set search_text = web_portal.search_line(j.candidate_id, j.centre_reference)
    where j.candidate_id = the_id;
  return null;
end $$;
revoke all on function web_portal.search_line, web_portal.keep_search_line from public;
create trigger keep_search_line before insert or update of centre_reference on web_portal.centre_candidates
  for each row execute function web_portal.keep_search_line();
create trigger keep_search_line after update of search_text on web_portal.candidates
  for each row execute function web_portal.keep_search_line();
create trigger keep_search_line after insert or update on web_portal.former_candidates
  for each row execute function web_portal.keep_search_line();

-- Records elsewhere that an entry at a centre agrees with, for the functions below alone. Agreement is the whole name (in
-- any order, accents and marks apart) with the birth date, or a learner number with the birth date; a learner number by
-- itself only where it has to be set aside.
create function web_portal.agreeing_elsewhere(in_centre_id uuid, in_name_key text, in_birth_date date, in_uln text, in_scottish_number text)
returns table (id uuid, candidate_number text, agrees text[])
language sql stable security definer set search_path = pg_catalog as $$
  select k.id, k.candidate_number, array_remove(array[
      case when k.name_key = in_name_key then 'name' end, case when k.birth_date = in_birth_date then 'birth_date' end,
      case when k.uln = in_uln then 'uln' end, case when k.scottish_number = in_scottish_number then 'scottish_number' end], null)
  from web_portal.candidates k
  where k.merged_into is null
    and ((k.name_key = in_name_key and k.birth_date = in_birth_date) or k.uln = in_uln or k.scottish_number = in_scottish_number)
    and not exists (select from web_portal.centre_candidates j where j.candidate_id = k.id and j.centre_id = in_centre_id)
$$;
revoke all on function web_portal.agreeing_elsewhere from public;

-- Asked by a centre while it enters somebody: which of the things typed agree with somebody known elsewhere, and a token
-- that stands for the answer. Nothing else of the known person is told. Who was settled to be another person than the
-- centre's own candidate of that name and birth date, or is in question with it, is not asked about again.
create function web_portal.known_elsewhere(in_name_key text, in_birth_date date, in_uln text, in_scottish_number text)
returns table (token text, agrees text[])
language sql stable security definer set search_path = pg_catalog as $$
  select left(encode(sha256(convert_to(k.id || ':' || platform.centre_id(), 'UTF8')), 'hex'), 24), k.agrees
  from web_portal.agreeing_elsewhere(platform.centre_id(), in_name_key, in_birth_date, in_uln, in_scottish_number) k
  where 'birth_date' = any (k.agrees)
    and not exists (
      select from web_portal.identity_questions q
      join web_portal.candidates own on own.id = case when q.candidate_id = k.id then q.other_id else q.candidate_id end
      join web_portal.centre_candidates j on j.candidate_id = own.id and j.centre_id = platform.centre_id()
      where k.id in (q.candidate_id, q.other_id) and q.state in ('open', 'another')
        and own.birth_date = in_birth_date and own.name_key = in_name_key)
  order by 1 limit 5
$$;
revoke all on function web_portal.known_elsewhere from public;
grant execute on function web_portal.known_elsewhere to {{centre}};

-- Enters a candidate and joins the centre, at once. A learner number that another record holds is set aside; each record
-- elsewhere that the entry agrees with becomes a question for the awarding body.
create function web_portal.enter_candidate(in_centre_id uuid, in_candidate_number text, in_given_names text, in_family_name text,
  in_birth_date date, in_uln text, in_scottish_number text, in_uln_absent_reason text, in_postcode text, in_email text,
  in_centre_reference text, in_name_key text, in_search_text text, in_centre_says text, in_at timestamptz, in_by uuid)
returns table (id uuid, questions integer)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_id uuid;
  uln_elsewhere boolean;
  scottish_elsewhere boolean;
  kept_uln text;
  kept_scottish text;
  the_count integer;
begin
  if platform.centre_id() is not null and platform.centre_id() <> in_centre_id then
    raise exception 'A centre enters its own candidates.';
  end if;
  -- Two centres that enter one learner number at the same time wait for each other here.
  if in_uln is not null then perform pg_advisory_xact_lock(hashtextextended('web-portal.uln:' || in_uln, 0)); end if;
  if in_scottish_number is not null then perform pg_advisory_xact_lock(hashtextextended('web-portal.scn:' || in_scottish_number, 0)); end if;
  uln_elsewhere := in_uln is not null and exists (select from web_portal.candidates c where c.uln = in_uln);
  scottish_elsewhere := in_scottish_number is not null
    and exists (select from web_portal.candidates c where c.scottish_number = in_scottish_number);
  kept_uln := case when not uln_elsewhere then in_uln end;
  kept_scottish := case when not scottish_elsewhere then in_scottish_number end;
  insert into web_portal.candidates (candidate_number, given_names, family_name, birth_date, uln, scottish_number, uln_absent_reason,
      postcode, email, name_key, search_text, created_at, created_by)
    values (in_candidate_number, in_given_names, in_family_name, in_birth_date, kept_uln, kept_scottish,
      case when kept_uln is null and kept_scottish is null then coalesce(in_uln_absent_reason, 'Given before: the awarding body asks whose it is') end,
      in_postcode, in_email, in_name_key, in_search_text, in_at, in_by)
    returning candidates.id into the_id;
  insert into web_portal.identity_questions (centre_id, candidate_id, other_id, candidate_number, other_number, source, agrees, centre_says,
      uln_set_aside, scottish_number_set_aside, asked_at, asked_by)
    select in_centre_id, the_id, k.id, in_candidate_number, k.candidate_number, 'entry', k.agrees,
      case when 'birth_date' = any (k.agrees) then in_centre_says else 'not_asked' end,
      case when 'uln' = any (k.agrees) then in_uln end, case when 'scottish_number' = any (k.agrees) then in_scottish_number end, in_at, in_by
    from web_portal.agreeing_elsewhere(in_centre_id, in_name_key, in_birth_date, in_uln, in_scottish_number) k where k.id <> the_id;
  get diagnostics the_count = row_count;
  insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, how, joined_at, joined_by)
    values (in_centre_id, the_id, in_centre_reference, 'registered', in_at, in_by);
  return query select the_id, the_count;
end $$;
revoke all on function web_portal.enter_candidate from public;
grant execute on function web_portal.enter_candidate to {{centre}}, {{body}}, {{system}};

-- Asked by a centre that has two records of one person: both must be its own. Returns the question.
create function web_portal.propose_merge(in_candidate_id uuid, in_other_id uuid, in_reason text, in_at timestamptz, in_by uuid)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_id uuid;
begin
  if (select count(*) from web_portal.centre_candidates j
      where j.centre_id = platform.centre_id() and j.candidate_id in (in_candidate_id, in_other_id)) <> 2 then
    raise exception 'A centre proposes its own candidates.';
  end if;
  insert into web_portal.identity_questions (centre_id, candidate_id, other_id, candidate_number, other_number, source, agrees, centre_says,
      reason, asked_at, asked_by)
    select platform.centre_id(), c.id, k.id, c.candidate_number, k.candidate_number, 'proposal', array_remove(array[
        case when k.name_key = c.name_key then 'name' end, case when k.birth_date = c.birth_date then 'birth_date' end], null),
      'same', in_reason, in_at, in_by
    from web_portal.candidates c, web_portal.candidates k where c.id = in_candidate_id and k.id = in_other_id
    returning identity_questions.id into the_id;
  return the_id;
end $$;
revoke all on function web_portal.propose_merge from public;
grant execute on function web_portal.propose_merge to {{centre}};

-- What is known of two records that a centre wants to have merged, both its own: 'open' or 'another', or null.
create function web_portal.identity_state(in_candidate_id uuid, in_other_id uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select q.state from web_portal.identity_questions q
  where least(q.candidate_id, q.other_id) = least(in_candidate_id, in_other_id)
    and greatest(q.candidate_id, q.other_id) = greatest(in_candidate_id, in_other_id) and q.state in ('open', 'another')
    and (select count(*) from web_portal.centre_candidates j
      where j.centre_id = platform.centre_id() and j.candidate_id in (in_candidate_id, in_other_id)) = 2
  order by q.state = 'open' desc limit 1
$$;
revoke all on function web_portal.identity_state from public;
grant execute on function web_portal.identity_state to {{centre}};

-- Units that a candidate of the asking centre achieved at other centres: unit, grade and day, because they may count again;
-- never where.
create function web_portal.achieved_elsewhere(in_candidate_id uuid)
returns table (unit_id uuid, unit text, unit_code text, product text, grade text, achieved_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.title, coalesce(u.reference, u.code), p.title, a.grade, (a.achieved_at at time zone 'Europe/London')::date
  from web_portal.registrations r
  join web_portal.unit_achievements a on a.registration_id = r.id
  join products.units u on u.id = a.unit_id
  join products.products p on p.id = r.product_id
  where r.candidate_id = in_candidate_id and r.centre_id <> platform.centre_id() and r.state <> 'void'
    and exists (select from web_portal.centre_candidates j where j.candidate_id = in_candidate_id and j.centre_id = platform.centre_id())
  order by a.achieved_at desc, u.title
$$;
revoke all on function web_portal.achieved_elsewhere from public;
grant execute on function web_portal.achieved_elsewhere to {{centre}};

-- Whether a candidate of the asking centre has a registration in progress for a product at another one: there is one at a
-- time, wherever it is.
create function web_portal.in_progress_elsewhere(in_candidate_id uuid, in_product_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from web_portal.registrations r
    where r.candidate_id = in_candidate_id and r.product_id = in_product_id and r.state = 'active' and r.centre_id <> platform.centre_id()
      and exists (select from web_portal.centre_candidates j where j.candidate_id = in_candidate_id and j.centre_id = platform.centre_id()))
$$;
revoke all on function web_portal.in_progress_elsewhere from public;
grant execute on function web_portal.in_progress_elsewhere to {{centre}}, {{body}}, {{system}};

-- Search: an entry for each centre of a candidate; a former number finds the record that it leads to.
create view web_portal.search_candidates with (security_invoker = true) as
  select c.id as subject_id, j.centre_id, c.family_name || ', ' || c.given_names as title,
    c.candidate_number || coalesce(', ' || j.centre_reference, '') as detail, 'centre ' || o.number as place,
    '/web-portal/candidates/' || c.id as href,
    concat_ws(' ', c.family_name, c.given_names, c.candidate_number, c.uln, c.scottish_number, j.centre_reference, c.email,
      (select string_agg(f.candidate_number, ' ') from web_portal.former_candidates f where f.candidate_id = c.id)) as words, '{}'::text[] as keys
  from web_portal.candidates c
  join web_portal.centre_candidates j on j.candidate_id = c.id
  join accounts.published_organisations o on o.id = j.centre_id;
create trigger note_for_search after update of candidate_number, given_names, family_name, uln, scottish_number, email on web_portal.candidates
  for each row execute function platform.note_for_search('candidate', 'id');
create trigger note_for_search after insert or delete or update of centre_id, candidate_id, centre_reference on web_portal.centre_candidates
  for each row execute function platform.note_for_search('candidate', 'candidate_id');
create trigger note_for_search after insert or update or delete on web_portal.former_candidates
  for each row execute function platform.note_for_search('candidate', 'candidate_id');
select platform.mend_search('candidate');
