-- Search: one table of entries and one of their words, filled from a view of each owner, read by one function for each
-- scope (docs/decisions/016-search.md). Nobody reads or writes the tables directly.

-- What can be found. The audience says who may find entries of a kind at all: a centre its own, everyone, or the
-- awarding body alone. The source is a view of the owner's schema with the columns subject_id, centre_id, title, detail,
-- place, href, words (one text), keys (found only when typed whole).
create table platform.search_kinds (
  kind text primary key check (kind ~ '^[a-z-]+$'),
  audience text not null check (audience in ('centre', 'everyone', 'awarding_body')),
  source text not null,
  mended_at timestamptz not null default now()
);
create table platform.search_entries (
  id bigint generated always as identity primary key,
  kind text not null references platform.search_kinds,
  subject_id uuid not null,
  centre_id uuid,
  title text not null,
  detail text not null,
  -- Where it belongs, for those who see more than one centre: "centre 04417".
  place text not null,
  href text not null,
  -- All words, sorted, with a space before and after each.
  words text collate "C" not null,
  keys text[] not null,
  unique nulls not distinct (kind, subject_id, centre_id)
);
-- One line for each word of an entry: the word and then the title, so that a range of this index is the answer in its
-- order, and the same for each whole key, with '=' before it. The entry's words stand here again, so that lines can be
-- sorted out by further words within the index.
create table platform.search_lines (
  kind text not null,
  line text collate "C" not null,
  entry_id bigint not null,
  centre_id uuid,
  words text collate "C" not null,
  primary key (kind, line, entry_id) include (words)
);
create index search_lines_centre on platform.search_lines (centre_id, kind, line, entry_id) where centre_id is not null;
alter table platform.search_kinds enable row level security;
alter table platform.search_entries enable row level security;
alter table platform.search_lines enable row level security;

-- Text as it is compared: lower case, without accents and marks; apostrophes are all alike. The same rule as
-- src/systems/connect/search-words (a test holds them together).
create function platform.search_fold(in_text text) returns text
language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when octet_length(in_text) = length(in_text) then translate(lower(in_text collate pg_c_utf8), '`', '''') else translate(
    replace(replace(replace(replace(
      regexp_replace(
        normalize(lower(normalize(in_text, NFKD) collate pg_c_utf8), NFKD),
        '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    'łđðøıħŧŋς’‘`´ʻʼ′', 'lddoihtnσ''''''''''''''') end
$$;

-- The words of a text, sorted, each once: what stands between other signs, and for a word with signs in it (O'Neill,
-- Smith-Jones, 500/6771/0) also the whole of it without them. An e-mail address is one word: half of a centre shares the
-- words of its end.
create function platform.search_words(in_text text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct word collate "C" order by word collate "C"), '{}')
  from (
    select left(part, 40) as word
    from regexp_split_to_table(platform.search_fold(in_text), '[\u0001-\u0020\u0085\u1680\u2028\u2029\ufeff]+') as chunk,
      lateral (
        select part from regexp_split_to_table(chunk collate pg_c_utf8, '[^[:alnum:]]+') as part where strpos(chunk, '@') = 0
        union all
        select regexp_replace(chunk collate pg_c_utf8, '[^[:alnum:]]+', '', 'g')
      ) parts
    where part <> ''
  ) found
$$;

create function platform.search_lines_of(in_title text, in_words text, in_keys text[]) returns setof text
language sql immutable parallel safe set search_path = pg_catalog as $$
  select word || ' ' || left(platform.search_fold(in_title), 60) from unnest(string_to_array(btrim(in_words), ' ')) as word where word <> ''
  union all
  select distinct '=' || key from unnest(in_keys) as key
$$;

-- Makes the entries of a kind equal to what its source says: those of one subject, or all of them with their lines.
-- Returns how many entries and lines of entries were wrong, missing or too many; 0 says that all was right.
create function platform.mend_search(in_kind text, in_subject_id uuid default null) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_source regclass := (select source::regclass from platform.search_kinds where kind = in_kind);
  one text := case when in_subject_id is null then '' else ' and subject_id = $2' end;
  wanted text := format('select s.subject_id, s.centre_id, s.title, s.detail, s.place, s.href, '' '' || array_to_string(platform.search_words(s.words), '' '') || '' '' as words, s.keys from %s s where true%s',
    the_source, one);
  -- A kind that has entries is looked through line by line too; one that is filled for the first time need not be.
  with_lines boolean := in_subject_id is null and exists (select from platform.search_entries e where e.kind = in_kind);
  the_removed bigint := 0;
  the_added bigint;
  the_lines bigint := 0;
begin
  if the_source is null then raise exception 'There is no kind % to search.', in_kind; end if;
  if in_subject_id is not null or with_lines then
    execute format($sql$
    with gone as (
      delete from platform.search_entries e where e.kind = $1%s and not exists (
        select from (%s) w where w.subject_id = e.subject_id and w.centre_id is not distinct from e.centre_id
          and (w.title, w.detail, w.place, w.href, w.words, w.keys) = (e.title, e.detail, e.place, e.href, e.words, e.keys))
      returning e.*),
    lines as (
      delete from platform.search_lines l using gone g, platform.search_lines_of(g.title, g.words, g.keys) as made (line)
      where l.kind = g.kind and l.line = made.line and l.entry_id = g.id)
    select count(*) from gone$sql$, one, wanted)
      into the_removed using in_kind, in_subject_id;
  end if;
  execute format($sql$
    with new as (
      insert into platform.search_entries (kind, subject_id, centre_id, title, detail, place, href, words, keys)
      select $1, w.subject_id, w.centre_id, w.title, w.detail, w.place, w.href, w.words, w.keys from (%s) w
      where not exists (select from platform.search_entries e
        where e.kind = $1 and e.subject_id = w.subject_id and e.centre_id is not distinct from w.centre_id)
      returning *),
    lines as (
      insert into platform.search_lines (kind, line, entry_id, centre_id, words)
      select n.kind, made.line, n.id, n.centre_id, n.words from new n, platform.search_lines_of(n.title, n.words, n.keys) as made (line))
    select count(*) from new$sql$, wanted)
    into the_added using in_kind, in_subject_id;
  if with_lines then
    with wanted as materialized (
      select made.line, e.id, e.centre_id, e.words from platform.search_entries e, platform.search_lines_of(e.title, e.words, e.keys) as made (line)
      where e.kind = in_kind),
    gone as (
      delete from platform.search_lines l where l.kind = in_kind and not exists (select from wanted w
        where w.line = l.line and w.id = l.entry_id and w.centre_id is not distinct from l.centre_id and w.words = l.words)
      returning l.entry_id)
    select count(distinct entry_id) into the_lines from gone;
    with new as (
      insert into platform.search_lines (kind, line, entry_id, centre_id, words)
      select e.kind, made.line, e.id, e.centre_id, e.words from platform.search_entries e, platform.search_lines_of(e.title, e.words, e.keys) as made (line)
      where e.kind = in_kind and not exists (select from platform.search_lines l
        where l.kind = e.kind and l.line = made.line and l.entry_id = e.id)
      returning entry_id)
    select the_lines + count(distinct entry_id) into the_lines from new;
  end if;
  return greatest(the_removed, the_added) + the_lines;
end $$;
revoke all on function platform.mend_search from public;
grant execute on function platform.mend_search to {{system}};

-- Looks through the kind that was not looked through for the longest time, when that is a day or more: its name, and how
-- much was mended. Triggers keep everything in step; this finds what a fault or a hand at the database left behind.
create function platform.mend_search_when_due(in_now timestamptz) returns table (kind text, mended bigint)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_kind text;
begin
  select k.kind into the_kind from platform.search_kinds k where k.mended_at <= in_now - interval '1 day'
    order by k.mended_at, k.kind limit 1 for update skip locked;
  if the_kind is null then return; end if;
  update platform.search_kinds k set mended_at = in_now where k.kind = the_kind;
  return query select the_kind, platform.mend_search(the_kind);
end $$;
revoke all on function platform.mend_search_when_due from public;
grant execute on function platform.mend_search_when_due to {{system}};

-- A trigger of the owners' tables: arguments are the kind and the column that holds the subject's id.
create function platform.note_for_search() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  was uuid := case when tg_op <> 'INSERT' then (to_jsonb(old) ->> tg_argv[1])::uuid end;
  is_now uuid := case when tg_op <> 'DELETE' then (to_jsonb(new) ->> tg_argv[1])::uuid end;
begin
  if was is distinct from is_now and was is not null then perform platform.mend_search(tg_argv[0], was); end if;
  if is_now is not null then perform platform.mend_search(tg_argv[0], is_now); end if;
  return null;
end $$;
revoke all on function platform.note_for_search from public;

-- The search itself, for the functions below alone: entries of these kinds that have a word beginning with each of
-- in_words, or one of in_keys; kind by kind, at most in_limit of each. Follows the lines of the word that the fewest
-- entries have (counted up to 2,000), whole words first, then by title. Over all centres at most 20,000 lines are followed:
-- where two words each begin so many names and hardly meet, more letters are asked for.
create function platform.search_rows(in_audiences text[], in_centre_id uuid, in_kinds text[], in_words text[], in_keys text[],
  in_limit integer, in_offset integer)
returns table (kind text, subject_id uuid, title text, detail text, place text, href text, is_exact boolean)
language plpgsql stable set search_path = pg_catalog set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  the_kind record;
  lead text;
  others text[];
  fewest integer;
  found integer;
  word text;
begin
  for the_kind in select k.kind, k.audience = 'centre' and in_centre_id is not null as own
    from platform.search_kinds k where k.kind = any (in_kinds) and k.audience = any (in_audiences) loop
    if in_offset = 0 and cardinality(in_keys) > 0 then
      return query select e.kind, e.subject_id, e.title, e.detail, e.place, e.href, true
        from platform.search_lines l join platform.search_entries e on e.id = l.entry_id
        where l.kind = the_kind.kind and l.line in (select '=' || key from unnest(in_keys) as key)
          and (not the_kind.own or l.centre_id = in_centre_id)
        order by e.id limit in_limit;
    end if;
    continue when cardinality(in_words) = 0;
    lead := in_words[1];
    if cardinality(in_words) > 1 then
      fewest := null;
      foreach word in array in_words loop
        if the_kind.own then
          select count(*) into found from (select from platform.search_lines l
            where l.centre_id = in_centre_id and l.kind = the_kind.kind and l.line >= word and l.line < word || U&'\+10FFFF' limit 2000) s;
        else
          select count(*) into found from (select from platform.search_lines l
            where l.kind = the_kind.kind and l.line >= word and l.line < word || U&'\+10FFFF' limit 2000) s;
        end if;
        if fewest is null or found < fewest then
          fewest := found;
          lead := word;
        end if;
      end loop;
      continue when fewest = 0;
    end if;
    others := array_remove(in_words, lead);
    -- An entry with two words that begin with the leading one has two lines here: the first of them counts.
    if the_kind.own then
      return query select e.kind, e.subject_id, e.title, e.detail, e.place, e.href, starts_with(l.line, lead || ' ') and lead ~ '\d'
        from (select r.line, r.entry_id from (select r.line, r.entry_id, r.words from platform.search_lines r
            where r.centre_id = in_centre_id and r.kind = the_kind.kind and r.line >= lead and r.line < lead || U&'\+10FFFF'
            order by r.line, r.entry_id) r
          where starts_with(substr(r.words, position(' ' || lead in r.words)), ' ' || split_part(r.line, ' ', 1) || ' ')
            and not exists (select from unnest(others) as other where position(' ' || other in r.words) = 0)
          order by r.line, r.entry_id limit in_limit offset in_offset) l
        join platform.search_entries e on e.id = l.entry_id order by l.line, l.entry_id;
    else
      return query select e.kind, e.subject_id, e.title, e.detail, e.place, e.href, starts_with(l.line, lead || ' ') and lead ~ '\d'
        from (select r.line, r.entry_id from (select r.line, r.entry_id, r.words from platform.search_lines r
            where r.kind = the_kind.kind and r.line >= lead and r.line < lead || U&'\+10FFFF'
            order by r.line, r.entry_id limit 20000) r
          where starts_with(substr(r.words, position(' ' || lead in r.words)), ' ' || split_part(r.line, ' ', 1) || ' ')
            and not exists (select from unnest(others) as other where position(' ' || other in r.words) = 0)
          order by r.line, r.entry_id limit in_limit offset in_offset) l
        join platform.search_entries e on e.id = l.entry_id order by l.line, l.entry_id;
    end if;
  end loop;
end $$;
revoke all on function platform.search_rows from public;

-- As a centre: its own candidates, users and certificates, and what everyone may find.
create function platform.search_own_centre(in_kinds text[], in_words text[], in_keys text[], in_limit integer, in_offset integer)
returns table (kind text, subject_id uuid, title text, detail text, place text, href text, is_exact boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if platform.centre_id() is null then raise exception 'A search as a centre must say which centre.'; end if;
  return query select * from platform.search_rows('{centre,everyone}', platform.centre_id(), in_kinds, in_words, in_keys, in_limit, in_offset);
end $$;
-- As the awarding body: everything.
create function platform.search_everything(in_kinds text[], in_words text[], in_keys text[], in_limit integer, in_offset integer)
returns table (kind text, subject_id uuid, title text, detail text, place text, href text, is_exact boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select * from platform.search_rows('{centre,everyone,awarding_body}', null, in_kinds, in_words, in_keys, in_limit, in_offset)
$$;
-- As anybody: what everyone may find.
create function platform.search_public(in_kinds text[], in_words text[], in_keys text[], in_limit integer, in_offset integer)
returns table (kind text, subject_id uuid, title text, detail text, place text, href text, is_exact boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select * from platform.search_rows('{everyone}', null, in_kinds, in_words, in_keys, in_limit, in_offset)
$$;
revoke all on function platform.search_own_centre, platform.search_everything, platform.search_public from public;
grant execute on function platform.search_own_centre to {{centre}};
grant execute on function platform.search_everything to {{body}};
grant execute on function platform.search_public to {{person}}, {{visitor}};

-- Accounts: the users of a centre. A candidate's membership makes no user; a role of the awarding body makes none here.
create view accounts.search_users with (security_invoker = true) as
  select p.id as subject_id, o.id as centre_id, p.given_names || ' ' || p.family_name as title, coalesce(p.email, '') as detail,
    'centre ' || o.number as place, '/centres-hub/users/' || p.id || '?centre=' || o.number as href,
    concat_ws(' ', p.given_names, p.family_name, p.email) as words, '{}'::text[] as keys
  from accounts.people p join accounts.organisations o on o.kind = 'centre' and exists (select from accounts.memberships m
    where m.person_id = p.id and m.organisation_id = o.id and m.ended_at is null and m.role <> 'candidate');
create trigger note_for_search after insert or delete or update of person_id, organisation_id, role, ended_at on accounts.memberships
  for each row execute function platform.note_for_search('user', 'person_id');
create trigger note_for_search after delete or update of given_names, family_name, email on accounts.people
  for each row execute function platform.note_for_search('user', 'id');

-- Products: those with a published version.
create view products.search_products with (security_invoker = true) as
  select p.id as subject_id, null::uuid as centre_id, p.title,
    case p.kind when 'qualification' then 'Qualification' when 'accreditation' then 'Accreditation' else 'Quality assured programme' end
      || coalesce(' ' || p.qualification_number, '') || ', level ' || p.level as detail,
    '' as place, '/products/' || p.code as href, concat_ws(' ', p.title, p.code, p.qualification_number) as words, '{}'::text[] as keys
  from products.products p where exists (select from products.versions v where v.product_id = p.id and v.published_at is not null);
create trigger note_for_search after delete or update on products.products
  for each row execute function platform.note_for_search('product', 'id');
create trigger note_for_search after insert or delete or update of product_id, published_at on products.versions
  for each row execute function platform.note_for_search('product', 'product_id');

-- Centres Hub: centres, for the awarding body.
create view centres_hub.search_centres with (security_invoker = true) as
  select c.id as subject_id, null::uuid as centre_id, o.name as title, o.number || ', ' || c.town as detail, '' as place,
    '/centres-hub?centre=' || o.number as href, concat_ws(' ', o.name, o.number, c.town, c.postcode, replace(c.postcode, ' ', '')) as words,
    '{}'::text[] as keys
  from centres_hub.centres c join accounts.published_organisations o on o.id = c.id;
create trigger note_for_search after insert or delete or update of town, postcode on centres_hub.centres
  for each row execute function platform.note_for_search('centre', 'id');
create trigger note_for_centre_search after update of name, number on accounts.organisations
  for each row execute function platform.note_for_search('centre', 'id');

-- Web Portal: candidates.
create view web_portal.search_candidates with (security_invoker = true) as
  select c.id as subject_id, c.centre_id, c.family_name || ', ' || c.given_names as title,
    c.candidate_number || coalesce(', ' || c.centre_reference, '') as detail, 'centre ' || o.number as place,
    '/web-portal/candidates/' || c.id as href,
    concat_ws(' ', c.family_name, c.given_names, c.candidate_number, c.uln, c.centre_reference, c.email) as words, '{}'::text[] as keys
  from web_portal.candidates c join accounts.published_organisations o on o.id = c.centre_id;
create trigger note_for_search after insert or delete
    or update of centre_id, candidate_number, given_names, family_name, uln, email, centre_reference on web_portal.candidates
  for each row execute function platform.note_for_search('candidate', 'id');

-- Online Assessments: item banks and test forms, for the awarding body.
create view online_assessments.search_item_banks with (security_invoker = true) as
  select b.id as subject_id, null::uuid as centre_id, b.title, b.code as detail, '' as place,
    '/online-assessments/item-bank/' || b.code as href, concat_ws(' ', b.title, b.code) as words, '{}'::text[] as keys
  from online_assessments.item_banks b;
create trigger note_for_search after insert or delete or update of title, code on online_assessments.item_banks
  for each row execute function platform.note_for_search('item-bank', 'id');
create view online_assessments.search_test_forms with (security_invoker = true) as
  select f.id as subject_id, null::uuid as centre_id, f.title, f.code || ', version ' || f.version
      || case when f.withdrawn_at is not null then ', withdrawn' when f.published_at is null then ', draft' else '' end as detail,
    '' as place, '/online-assessments/test-forms/' || f.id as href, concat_ws(' ', f.title, f.code, f.unit_code) as words, '{}'::text[] as keys
  from online_assessments.test_forms f;
create trigger note_for_search after insert or delete or update of title, code, version, unit_code, published_at, withdrawn_at on online_assessments.test_forms
  for each row execute function platform.note_for_search('test-form', 'id');

-- Certificates: by the name on them and by their title; by their number only when it is typed whole.
create view certificates.search_certificates with (security_invoker = true) as
  select f.id as subject_id, f.centre_id, concat_ws(', ', f.content #>> '{holder,familyName}', f.content #>> '{holder,givenNames}') as title,
    f.content ->> 'title' || case when s.state in ('replaced', 'revoked') then ', ' || s.state else '' end as detail,
    'centre ' || (f.content #>> '{centre,number}') as place, '/certificates/' || f.id as href,
    concat_ws(' ', f.content #>> '{holder,familyName}', f.content #>> '{holder,givenNames}', f.content #>> '{holder,candidateNumber}',
      f.content ->> 'title') as words,
    array[f.serial] as keys
  from certificates.certificates f
  left join lateral (select t.state from certificates.certificate_states t where t.certificate_id = f.id order by t.at desc, t.id desc limit 1) s on true;
create trigger note_for_search after insert or delete on certificates.certificates
  for each row execute function platform.note_for_search('certificate', 'id');
create trigger note_for_search after insert or delete on certificates.certificate_states
  for each row execute function platform.note_for_search('certificate', 'certificate_id');

insert into platform.search_kinds (kind, audience, source) values
  ('candidate', 'centre', 'web_portal.search_candidates'),
  ('user', 'centre', 'accounts.search_users'),
  ('certificate', 'centre', 'certificates.search_certificates'),
  ('product', 'everyone', 'products.search_products'),
  ('centre', 'awarding_body', 'centres_hub.search_centres'),
  ('item-bank', 'awarding_body', 'online_assessments.search_item_banks'),
  ('test-form', 'awarding_body', 'online_assessments.search_test_forms');
-- The rows that exist.
select platform.mend_search(kind) from platform.search_kinds;
