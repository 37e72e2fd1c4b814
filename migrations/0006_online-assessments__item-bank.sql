-- Online Assessments, item bank: banks, items, keys (apart), pictures, imports, test forms.

create schema online_assessments;
grant usage on schema online_assessments to {{centre}}, {{body}}, {{person}}, {{seat}}, {{system}}, {{delivery}};

create table online_assessments.item_banks (
  id uuid primary key default uuidv7(),
  code text not null unique,
  title text not null,
  created_at timestamptz not null default now(),
  created_by uuid references accounts.people
);

create table online_assessments.imports (
  id uuid primary key default uuidv7(),
  bank_id uuid not null references online_assessments.item_banks,
  file_name text not null,
  file_sha256 bytea not null,
  format text not null check (format in ('qti3_package', 'csv', 'csv_package')),
  items_new integer not null,
  items_changed integer not null,
  items_same integer not null,
  pictures integer not null,
  -- Sentences to read, such as which files were left out.
  warnings jsonb not null,
  imported_at timestamptz not null default now(),
  imported_by uuid references accounts.people
);

-- Pictures by content; served only through the item that holds them.
create table online_assessments.pictures (
  sha256 bytea primary key,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
  bytes bytea not null,
  width integer not null,
  height integer not null
);

create table online_assessments.items (
  id uuid primary key default uuidv7(),
  bank_id uuid not null references online_assessments.item_banks,
  code text not null,
  group_code text not null,
  topic text not null,
  status text not null default 'live' check (status in ('live', 'retired')),
  current_version_id uuid,
  unique (bank_id, code)
);
create index on online_assessments.items (bank_id, group_code) where status = 'live';

create table online_assessments.item_versions (
  id uuid primary key default uuidv7(),
  item_id uuid not null references online_assessments.items,
  version integer not null,
  -- ItemContent of src/qti: what a candidate may see, before redaction and shuffling.
  content jsonb not null,
  content_sha256 bytea not null,
  import_id uuid references online_assessments.imports,
  created_at timestamptz not null default now(),
  unique (item_id, version)
);
alter table online_assessments.items add foreign key (current_version_id) references online_assessments.item_versions;

-- The key of a version: apart from the content, so that no page of a candidate or centre can read it even by mistake.
create table online_assessments.item_keys (
  item_version_id uuid primary key references online_assessments.item_versions,
  key jsonb not null
);

create table online_assessments.item_pictures (
  item_version_id uuid not null references online_assessments.item_versions,
  name text not null,
  sha256 bytea not null references online_assessments.pictures,
  primary key (item_version_id, name)
);

-- A test form: so many items of each group, its time and pass mark. Published forms never change; a new version is a new row.
create table online_assessments.test_forms (
  id uuid primary key default uuidv7(),
  code text not null,
  version integer not null,
  title text not null,
  bank_id uuid not null references online_assessments.item_banks,
  product_id uuid references products.products,
  unit_code text,
  -- [{group, count}], drawn anew for each sitting from its seed.
  blueprint jsonb not null,
  questions integer not null check (questions > 0),
  pass_mark integer not null check (pass_mark > 0),
  base_seconds integer not null check (base_seconds between 60 and 28800),
  hours_after_registration integer not null default 48 check (hours_after_registration >= 0),
  hours_after_fail integer not null default 48 check (hours_after_fail >= 0),
  sittings_allowed integer check (sittings_allowed > 0),
  published_at timestamptz,
  published_by uuid references accounts.people,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  -- Who wrote the draft: somebody else publishes it.
  created_by uuid references accounts.people,
  unique (code, version),
  check (pass_mark <= questions)
);
create index on online_assessments.test_forms (product_id, unit_code) where published_at is not null and withdrawn_at is null;

alter table online_assessments.item_banks enable row level security;
alter table online_assessments.imports enable row level security;
alter table online_assessments.pictures enable row level security;
alter table online_assessments.items enable row level security;
alter table online_assessments.item_versions enable row level security;
alter table online_assessments.item_keys enable row level security;
alter table online_assessments.item_pictures enable row level security;
alter table online_assessments.test_forms enable row level security;
-- Live material is confidential (General Condition G4): centres and candidates read no bank; a sitting's paper is served by the system role.
create policy everything_body_system on online_assessments.item_banks to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on online_assessments.imports to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on online_assessments.pictures to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on online_assessments.items to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on online_assessments.item_versions to {{body}}, {{system}} using (true) with check (true);
-- Authors write keys; they are read by the system role alone (marking, and the page of an item).
create policy everything_system on online_assessments.item_keys to {{system}} using (true) with check (true);
create policy write_body on online_assessments.item_keys for insert to {{body}} with check (true);
create policy everything_body_system on online_assessments.item_pictures to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on online_assessments.test_forms to {{body}}, {{system}} using (true) with check (true);
create policy published_centre_person_seat on online_assessments.test_forms for select to {{centre}}, {{person}}, {{seat}} using (published_at is not null);
grant select, insert on online_assessments.imports, online_assessments.pictures, online_assessments.item_versions,
  online_assessments.item_pictures to {{body}}, {{system}};
grant insert on online_assessments.item_keys to {{body}};
grant select, insert on online_assessments.item_keys to {{system}};
grant select, insert, update on online_assessments.item_banks, online_assessments.items, online_assessments.test_forms to {{body}}, {{system}};
grant select on online_assessments.test_forms to {{centre}}, {{person}}, {{seat}};
