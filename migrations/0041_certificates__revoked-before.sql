-- Certificates: after a revocation the awarding body decides, also when the registration has moved to another centre since.

-- Whether a certificate of the registration was revoked, here or where it was before a transfer; nothing of whose it was.
create function certificates.revoked_before(in_registration_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (
    select from web_portal.published_registration_chains o
    join web_portal.published_registration_chains e on e.origin_id = o.origin_id
    join certificates.claims c on c.registration_id = e.registration_id and c.state = 'revoked'
    where o.registration_id = in_registration_id and (platform.centre_id() is null or o.centre_id = platform.centre_id()))
$$;
revoke all on function certificates.revoked_before from public;
grant execute on function certificates.revoked_before to {{centre}}, {{body}}, {{system}};

-- As before but for that question.
create or replace function certificates.issue(in_claim_id uuid, in_serial text, in_content jsonb, in_content_sha256 bytea, in_signature text,
  in_key_id text, in_family_name_key text, in_check_code text, in_pdf bytea, in_issued_on date, in_at timestamptz)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
  the_claim certificates.claims;
  the_registration record;
  the_id uuid;
begin
  select c.* into the_claim from certificates.claims c where c.id = in_claim_id for update;
  if the_claim.id is null or (platform.centre_id() is not null and the_claim.centre_id <> platform.centre_id()) then
    raise exception 'There is no such claim.';
  end if;
  if the_claim.state <> 'submitted' then raise exception 'The claim is %.', the_claim.state; end if;
  select r.candidate_id, r.product_id, r.centre_id into strict the_registration
    from web_portal.published_registrations r where r.id = the_claim.registration_id;
  if the_registration.centre_id <> the_claim.centre_id then raise exception 'The registration is of another centre.'; end if;
  if platform.centre_id() is not null then
    if not exists (select from centres_hub.published_approvals a
        where a.centre_id = the_claim.centre_id and a.product_id = the_registration.product_id and a.direct_claims) then
      raise exception 'The centre may not claim this product directly.';
    end if;
    if exists (select from centres_hub.published_switches s
        where s.centre_id = the_claim.centre_id and s.capability in ('claim', 'claim_direct')
          and (s.product_id is null or s.product_id = the_registration.product_id) and (s.until is null or s.until > in_at)) then
      raise exception 'Claims of the centre are stopped.';
    end if;
    if certificates.revoked_before(the_claim.registration_id) then
      raise exception 'A certificate of this registration was revoked: the awarding body decides.';
    end if;
  end if;
  insert into certificates.certificates (serial, centre_id, claim_id, registration_id, candidate_id, content, content_sha256, signature,
      key_id, family_name_key, check_code, pdf, pdf_sha256, issued_on, issued_at)
    values (in_serial, the_claim.centre_id, the_claim.id, the_claim.registration_id, the_registration.candidate_id, in_content,
      in_content_sha256, in_signature, in_key_id, in_family_name_key, in_check_code, in_pdf, sha256(in_pdf), in_issued_on, in_at)
    returning id into the_id;
  insert into certificates.certificate_states (centre_id, certificate_id, state, at, person_id, reason)
    values (the_claim.centre_id, the_id, 'issued', in_at, platform.person_id(), 'Claimed and issued');
  update certificates.claims set state = 'issued', decided_at = in_at, decided_by = platform.person_id() where id = the_claim.id;
  return the_id;
end $$;
