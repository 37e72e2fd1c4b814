-- Centres Hub: whatever was chosen in a request that was sent, so that those about a candidate are found without reading all.
create index requests_about on centres_hub.requests using gin (jsonb_path_query_array(answers, '$.*[*]')) where submitted_at is not null;
