-- Centres Hub: files with an entry of a request's thread.

create index on centres_hub.request_files (entry_id) where entry_id is not null;
-- A note is read by the awarding body alone, and so are its files: the centre sees the files of what it may read.
drop policy own_centre on centres_hub.request_files;
create policy own_centre on centres_hub.request_files to {{centre}}
  using (centre_id = (select platform.centre_id())
    and (entry_id is null or entry_id in (select e.id from centres_hub.request_entries e where e.centre_id = (select platform.centre_id()) and e.kind <> 'note')))
  with check (centre_id = (select platform.centre_id()));
