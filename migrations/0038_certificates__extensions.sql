-- Web Portal: the first of a chain of moves, for rules that look at the whole chain.
create view web_portal.published_registration_chains with (security_invoker = true) as
  select id as registration_id, centre_id, candidate_id, coalesce(origin_id, id) as origin_id from web_portal.registrations;
grant select on web_portal.published_registration_chains to {{body}}, {{system}};

-- Online Assessments: what was sat for a unit before the registration moved to where it is now: how often, and when the
-- last one that was not passed ended. It bears on when the candidate may sit again; the sittings themselves stay with
-- the centre that held them, and a registration that has ended is told nothing of what follows elsewhere.
create function online_assessments.sat_before_transfer(in_registration_id uuid, in_unit_id uuid)
returns table (sat integer, last_failed_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int, max(s.ended_at) filter (where x.passed = false)
  from web_portal.published_registrations r
  join web_portal.published_registration_chains c on c.registration_id = r.id
  join web_portal.published_registration_chains e on e.origin_id = c.origin_id and e.registration_id <> r.id
    and r.candidate_id = e.candidate_id
  join online_assessments.sittings s on s.registration_id = e.registration_id and s.unit_id = in_unit_id
    and s.state not in ('cancelled', 'absent', 'void')
  left join lateral (select o.passed from online_assessments.results o
    where o.sitting_id = s.id and o.released_at is not null order by o.version desc limit 1) x on true
  where r.id = in_registration_id and r.state = 'active'
    and (platform.centre_id() is null or r.centre_id = platform.centre_id())
$$;
revoke all on function online_assessments.sat_before_transfer from public;
grant execute on function online_assessments.sat_before_transfer to {{centre}}, {{body}}, {{system}};
