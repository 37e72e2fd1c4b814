-- Centres Hub: what a centre may write of its requests, and confidential forms.

-- A centre begins drafts and moves them on; what was submitted stays as it was, and what is over does not move.
drop policy own_centre on centres_hub.requests;
create policy own_centre on centres_hub.requests for select to {{centre}} using (centre_id = (select platform.centre_id()));
create policy begun_as_draft on centres_hub.requests for insert to {{centre}}
  with check (centre_id = (select platform.centre_id()) and state = 'draft');
-- Every state can be locked; the trigger below says which can be changed.
create policy moved_by_centre on centres_hub.requests for update to {{centre}} using (centre_id = (select platform.centre_id()))
  with check (centre_id = (select platform.centre_id()) and state in ('draft', 'submitted', 'withdrawn'));
revoke insert on centres_hub.requests from {{centre}};
grant insert (form_version_id, centre_id, answers, begun_at, begun_by, saved_at, saved_by) on centres_hub.requests to {{centre}};

create function centres_hub.keep_submitted() returns trigger language plpgsql as $$
begin
  -- The name comes in quotes.
  if current_user <> trim(both '"' from '{{centre}}') then return new; end if;
  if old.state = 'draft' and (new.state = 'submitted') = (new.submitted_at is not null) then return new; end if;
  if old.state in ('submitted', 'question') and new.state in ('submitted', 'withdrawn')
    and (new.form_version_id, new.answers, new.revision, new.saved_at, new.saved_by)
      is not distinct from (old.form_version_id, old.answers, old.revision, old.saved_at, old.saved_by)
    and (new.signed_name, new.submitted_at, new.submitted_by, new.days_allowed)
      is not distinct from (old.signed_name, old.submitted_at, old.submitted_by, old.days_allowed)
    -- The clock goes on with the answer to a question, and then alone.
    and (new.due_on is not distinct from old.due_on or (old.state = 'question' and new.state = 'submitted'))
  then return new; end if;
  raise insufficient_privilege using message = 'a centre does not change what it has submitted';
end $$;
create trigger keep_submitted before update on centres_hub.requests for each row execute function centres_hub.keep_submitted();

-- What the form promised those who have sent it already.
update centres_hub.form_versions v set definition = definition || '{"confidential": true}'
  from centres_hub.forms f where f.id = v.form_id and f.code = 'malpractice-notification'
    and definition ->> 'introduction' like '%Only our quality and compliance team reads this form%';
update centres_hub.forms set draft = draft || '{"confidential": true}'
  where code = 'malpractice-notification' and draft ->> 'introduction' like '%Only our quality and compliance team reads this form%';
