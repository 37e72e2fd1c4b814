-- Centres Hub: what a centre may write of a withdrawal: its own question, and that it is taken back.

drop policy own_centre on centres_hub.withdrawals;
create policy own_centre on centres_hub.withdrawals to {{centre}}
  using (centre_id = (select platform.centre_id()))
  with check (centre_id = (select platform.centre_id()) and side = 'centre' and state in ('asked', 'taken_back'));
