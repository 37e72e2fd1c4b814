-- Accounts: changes of e-mail address, ends of log-in sessions; in whose name a mail was written.

-- A change takes effect when the links mailed to the old and the new address were both used, in either order.
create table accounts.email_changes (
  id uuid primary key default uuidv7(),
  person_id uuid not null references accounts.people,
  -- The confirmed address at the time of asking; null for somebody who had none, whose new one alone decides.
  old_email text,
  new_email text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  old_token_hash bytea unique,
  new_token_hash bytea not null unique,
  old_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  done_at timestamptz,
  cancelled_at timestamptz,
  check ((old_email is null) = (old_token_hash is null)),
  check (done_at is null or cancelled_at is null),
  check (done_at is null or (new_confirmed_at is not null and (old_email is null or old_confirmed_at is not null)))
);
create unique index email_changes_open on accounts.email_changes (person_id) where done_at is null and cancelled_at is null;
alter table accounts.email_changes enable row level security;
create policy everything_system on accounts.email_changes to {{system}} using (true) with check (true);
grant select, insert, update (old_confirmed_at, new_confirmed_at, done_at, cancelled_at) on accounts.email_changes to {{system}};

-- Names a log-in session on its owner's page; it stays when the session gets a new token.
alter table accounts.sessions add column id uuid not null default uuidv7();

-- Ends the sessions of a person whose roles changed. A centre ends those of its own members alone.
create function accounts.end_sessions_of(in_person_id uuid, in_now timestamptz, in_reason text, in_except bytea)
returns void language sql security definer set search_path = pg_catalog as $$
  update accounts.sessions set ended_at = in_now, end_reason = in_reason
  where person_id = in_person_id and ended_at is null and token_hash is distinct from in_except
    and (platform.centre_id() is null or exists (select from accounts.memberships m
      where m.person_id = in_person_id and m.organisation_id = platform.centre_id()))
$$;
revoke all on function accounts.end_sessions_of from public;
grant execute on function accounts.end_sessions_of to {{centre}}, {{body}}, {{system}};

-- "Sent by NAME for ORGANISATION": who caused a mail to somebody else; null for the product's own.
alter table platform.mails add column sent_by text;
