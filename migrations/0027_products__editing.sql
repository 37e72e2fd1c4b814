-- Products: drafts of the awarding body, all that a version states, and the changes of its dates.

alter table products.products drop constraint products_kind_check;
alter table products.products add constraint products_kind_check
  check (kind in ('qualification', 'accreditation', 'quality_assured_programme', 'end_point_assessment'));

-- A version keeps the words and numbers that were published with it; products.products carries those of the newest.
alter table products.versions
  add title text,
  add kind text check (kind in ('qualification', 'accreditation', 'quality_assured_programme', 'end_point_assessment')),
  add level integer check (level between 0 and 8),
  add qualification_number text,
  -- How long an achievement is good for; null: without end. IMI Accreditation: 36 months, renewed.
  add validity_months integer check (validity_months between 1 and 240),
  add renewable boolean not null default false,
  add languages text[] not null default '{en}' check (cardinality(languages) > 0),
  -- How the grade is worked out from the units (src/systems/products/progress; General Condition H5.4).
  add aggregation jsonb not null default '{"kind": "pass"}',
  -- Named choices, each with the units that it makes mandatory.
  add pathways jsonb not null default '[]',
  -- When the awarding body looks at the version again.
  add review_on date,
  add published_by uuid references accounts.people,
  add publish_reason text;
update products.versions v set title = p.title, kind = p.kind, level = p.level, qualification_number = p.qualification_number
  from products.products p where p.id = v.product_id;
alter table products.versions alter title set not null, alter kind set not null, alter level set not null;
-- One floor became several: credits needed at a level or above it, for as many levels as wanted.
update products.versions set rule = (rule - 'minimumCreditsAtLevel') || jsonb_build_object('creditFloors', jsonb_build_array(rule->'minimumCreditsAtLevel'))
  where rule ? 'minimumCreditsAtLevel';

-- Learning outcomes with their assessment criteria, in order; an outcome is named by its number within the unit.
alter table products.units add outcomes jsonb not null default '[]';

-- What nobody but the awarding body sees. At most one draft of a product; it goes when it is published or thrown away.
create table products.drafts (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[A-Z][A-Z0-9-]{1,19}$'),
  -- Null: no version of the product has been published yet.
  product_id uuid unique references products.products,
  content jsonb not null,
  -- Counts each save: who publishes or throws away what was changed meanwhile is told.
  revision integer not null default 1,
  made_at timestamptz not null,
  made_by uuid references accounts.people,
  saved_at timestamptz not null,
  saved_by uuid references accounts.people
);

-- Who set the last dates of a product, when and why. Never changed.
create table products.date_changes (
  id uuid primary key default uuidv7(),
  product_id uuid not null references products.products,
  at timestamptz not null,
  person_id uuid references accounts.people,
  reason text not null check (reason <> ''),
  before jsonb not null,
  after jsonb not null
);
create index on products.date_changes (product_id, at);

alter table products.drafts enable row level security;
alter table products.date_changes enable row level security;
create policy everything_body_system on products.drafts to {{body}}, {{system}} using (true) with check (true);
create policy everything_body_system on products.date_changes to {{body}}, {{system}} using (true) with check (true);
grant select, insert, update (content, revision, saved_at, saved_by), delete on products.drafts to {{body}}, {{system}};
grant select, insert on products.date_changes to {{body}}, {{system}};

-- A version that is published is never overwritten; only its last dates may be set later, for a withdrawal.
revoke update on products.versions, products.units from {{body}}, {{system}};
grant update (operational_end, certification_end, review_on) on products.versions to {{body}}, {{system}};

create or replace view products.published_versions with (security_invoker = true) as
  select id, product_id, version, operational_start, operational_end, certification_end, credits,
    guided_learning_hours, total_qualification_time, rule, grading, title, validity_months, renewable, languages, aggregation, pathways
  from products.versions where published_at is not null;
