-- Centres Hub: films that the awarding body adds to the tasks of "How to".

create table centres_hub.help_videos (
  id uuid primary key default uuidv7(),
  -- The task, by the part of its address: content/help.
  task text not null check (task ~ '^[a-z][a-z-]{2,59}$'),
  title text not null check (length(title) between 1 and 120),
  media_type text not null check (media_type in ('video/webm', 'video/mp4')),
  bytes integer not null check (bytes between 1 and 20971520),
  sha256 bytea not null check (length(sha256) = 32),
  -- WebVTT, as checked.
  captions text not null,
  transcript text not null,
  added_at timestamptz not null,
  added_by uuid references accounts.people,
  -- The film that this one takes the place of.
  replaces_id uuid unique references centres_hub.help_videos,
  removed_at timestamptz,
  removed_by uuid references accounts.people,
  removed_reason text,
  check ((removed_at is null) = (removed_reason is null))
);
create index on centres_hub.help_videos (task) where removed_at is null;

-- The film in pieces of 262,144 bytes, the last one shorter: a part of it is read without the whole.
create table centres_hub.help_video_pieces (
  video_id uuid not null references centres_hub.help_videos,
  number integer not null check (number >= 0),
  content bytea not null check (length(content) between 1 and 262144),
  primary key (video_id, number)
);

alter table centres_hub.help_videos enable row level security;
alter table centres_hub.help_video_pieces enable row level security;
create policy current_videos on centres_hub.help_videos for select to {{centre}} using (removed_at is null);
create policy everything_body_system on centres_hub.help_videos to {{body}}, {{system}} using (true) with check (true);
create policy current_videos on centres_hub.help_video_pieces for select to {{centre}}
  using (exists (select from centres_hub.help_videos v where v.id = video_id and v.removed_at is null));
create policy everything_body_system on centres_hub.help_video_pieces to {{body}}, {{system}} using (true) with check (true);
grant select on centres_hub.help_videos, centres_hub.help_video_pieces to {{centre}};
grant select, insert, update (removed_at, removed_by, removed_reason) on centres_hub.help_videos to {{body}};
grant select, insert on centres_hub.help_video_pieces to {{body}};
grant select, insert on centres_hub.help_videos, centres_hub.help_video_pieces to {{system}};
