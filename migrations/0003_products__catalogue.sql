-- Products: what the awarding body offers. A version is never overwritten; registrations point at versions.

create schema products;
grant usage on schema products to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};

create table products.products (
  id uuid primary key default uuidv7(),
  code text not null unique,
  qualification_number text unique check (qualification_number ~ '^\d{3}/\d{4}/[\dX]$'),
  title text not null,
  kind text not null check (kind in ('qualification', 'accreditation', 'quality_assured_programme')),
  level integer not null check (level between 0 and 8),
  regulated boolean not null,
  created_at timestamptz not null default now()
);

create table products.versions (
  id uuid primary key default uuidv7(),
  product_id uuid not null references products.products,
  version integer not null,
  published_at timestamptz,
  operational_start date not null,
  operational_end date,
  certification_end date,
  credits integer,
  guided_learning_hours integer,
  total_qualification_time integer,
  figures_invented boolean not null default true,
  -- The rule of combination: a tree of groups over unit codes (src/systems/products/rule-of-combination).
  rule jsonb not null,
  grading text not null default 'pass' check (grading in ('pass', 'pass_merit_distinction')),
  unique (product_id, version)
);

create table products.units (
  id uuid primary key default uuidv7(),
  version_id uuid not null references products.versions,
  code text not null,
  reference text check (reference ~ '^[A-Z]/\d{3}/\d{4}$'),
  title text not null,
  level integer not null,
  credits integer,
  guided_learning_hours integer,
  figures_invented boolean not null default true,
  assessed_by text not null check (assessed_by in ('online_test', 'portfolio')),
  position integer not null,
  unique (version_id, code)
);

alter table products.products enable row level security;
alter table products.versions enable row level security;
alter table products.units enable row level security;
create policy readable_centre_person_visitor_seat on products.products for select to {{centre}}, {{person}}, {{visitor}}, {{seat}} using (true);
create policy readable_centre_person_visitor_seat on products.versions for select to {{centre}}, {{person}}, {{visitor}}, {{seat}} using (published_at is not null);
create policy readable_centre_person_visitor_seat on products.units for select to {{centre}}, {{person}}, {{visitor}}, {{seat}} using (true);
create policy everything_body_system on products.products to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on products.versions to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on products.units to {{body}}, {{system}} using (true) with check (true);
grant select on products.products, products.versions, products.units to {{centre}}, {{person}}, {{visitor}}, {{seat}};
grant select, insert, update on products.products, products.versions, products.units to {{body}}, {{system}};

create view products.published_products with (security_invoker = true) as
  select id, code, qualification_number, title, kind, level, regulated from products.products;
create view products.published_versions with (security_invoker = true) as
  select id, product_id, version, operational_start, operational_end, certification_end, credits,
    guided_learning_hours, total_qualification_time, rule, grading
  from products.versions where published_at is not null;
create view products.published_units with (security_invoker = true) as
  select id, version_id, code, reference, title, level, credits, assessed_by, position from products.units;
grant select on products.published_products, products.published_versions, products.published_units
  to {{centre}}, {{body}}, {{person}}, {{visitor}}, {{seat}}, {{system}};
