// Written by `npm run describe-database` from the migrated database. Do not edit.
import type { ColumnType, Generated } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
// Every reader parses what it takes from a jsonb column.
type Json = ColumnType<unknown, string, string>;
type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface Schema {
  'accounts.authenticator_apps': {
    id: Generated<string>;
    person_id: string;
    secret: Buffer;
    secret_lookup: Buffer;
    added_at: Timestamp;
    last_step: number;
    used_at: Timestamp;
    removed_at: Timestamp | null;
  };
  'accounts.client_artefacts': {
    kind: string;
    id_hash: Buffer;
    grant_hash: Buffer | null;
    payload: Json;
    consumed_at: Timestamp | null;
    expires_at: Timestamp;
  };
  'accounts.client_centres': {
    client_id: string;
    organisation_id: string;
  };
  'accounts.client_entries': {
    id: Generated<string>;
    client_id: string;
    person_id: string;
    organisation_id: string;
    session_hash: Buffer;
    subject: string;
    passes_on: string[];
    entered_at: Timestamp;
    told_at: Timestamp | null;
  };
  'accounts.client_subjects': {
    client_id: string;
    person_id: string;
    subject: string;
    told: string[] | null;
    told_at: Timestamp | null;
  };
  'accounts.clients': {
    id: Generated<string>;
    name: string;
    supplier: string;
    description: string;
    launch_address: string;
    redirect_addresses: string[];
    log_out_addresses: Generated<string[]>;
    audience: 'all_centres' | 'chosen_centres' | 'awarding_body';
    roles: string[];
    passes_on: string[];
    secret_hash: Buffer;
    secret_changed_at: Timestamp;
    status: Generated<'on' | 'off'>;
    status_reason: string | null;
    created_at: Timestamp;
    created_by: string | null;
    changed_at: Timestamp;
  };
  'accounts.credentials': {
    person_id: string;
    username: string;
    password_hash: string;
    changed_at: GeneratedTimestamp;
  };
  'accounts.email_changes': {
    id: Generated<string>;
    person_id: string;
    old_email: string | null;
    new_email: string;
    asked_at: Timestamp;
    expires_at: Timestamp;
    old_token_hash: Buffer | null;
    new_token_hash: Buffer;
    old_confirmed_at: Timestamp | null;
    new_confirmed_at: Timestamp | null;
    done_at: Timestamp | null;
    cancelled_at: Timestamp | null;
  };
  'accounts.first_administrator_links': {
    token_hash: Buffer;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  'accounts.invitations': {
    id: Generated<string>;
    person_id: string;
    organisation_id: string;
    email: string;
    token_hash: Buffer;
    sent_at: GeneratedTimestamp;
    sent_by: string | null;
    expires_at: Timestamp;
    used_at: Timestamp | null;
    withdrawn_at: Timestamp | null;
    opened_at: Timestamp | null;
    withdrawn_by: string | null;
    withdraw_reason: string | null;
  };
  'accounts.mail_requests': {
    id: Generated<string>;
    kind: 'username' | 'password' | 'account';
    typed: string;
    given_names: string | null;
    family_name: string | null;
    asked_at: Timestamp;
    attempts: Generated<number>;
  };
  'accounts.memberships': {
    id: Generated<string>;
    person_id: string;
    organisation_id: string;
    role: 'coordinator' | 'administrator' | 'invigilator' | 'assessor' | 'iqa' | 'champion' | 'candidate' | 'officer' | 'quality' | 'author' | 'reviewer' | 'results' | 'finance' | 'body_administrator';
    started_at: GeneratedTimestamp;
    started_by: string | null;
    ended_at: Timestamp | null;
    ended_by: string | null;
    end_reason: string | null;
  };
  'accounts.merges': {
    id: Generated<string>;
    merged_person_id: string;
    kept_person_id: string;
    at: Timestamp;
    merged_by: string;
    reason: string;
    email: string | null;
    email_confirmed_at: Timestamp | null;
  };
  'accounts.new_account_links': {
    id: Generated<string>;
    given_names: string;
    family_name: string;
    email: string;
    token_hash: Buffer;
    asked_at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
    withdrawn_at: Timestamp | null;
  };
  'accounts.organisations': {
    id: Generated<string>;
    kind: 'centre' | 'awarding_body';
    number: string;
    name: string;
    features: Generated<string[]>;
    created_at: GeneratedTimestamp;
  };
  'accounts.passkey_challenges': {
    token_hash: Buffer;
    challenge: string;
    purpose: 'log-in' | 'second-step' | 'confirmation' | 'registration';
    person_id: string | null;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  'accounts.passkeys': {
    id: Generated<string>;
    person_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: Generated<string[]>;
    name: string;
    backed_up: boolean;
    added_at: Timestamp;
    used_at: Timestamp | null;
    removed_at: Timestamp | null;
  };
  'accounts.password_resets': {
    id: Generated<string>;
    person_id: string;
    email: string;
    token_hash: Buffer;
    replaces: Buffer;
    asked_at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
    withdrawn_at: Timestamp | null;
  };
  'accounts.pending_log_ins': {
    token_hash: Buffer;
    person_id: string;
    next: string;
    began_at: Timestamp;
    password_changed_at: Timestamp;
    expires_at: Timestamp;
    tries: Generated<number>;
    used_at: Timestamp | null;
  };
  'accounts.people': {
    id: Generated<string>;
    given_names: string;
    family_name: string;
    email: string | null;
    email_confirmed_at: Timestamp | null;
    status: Generated<'active' | 'suspended' | 'merged'>;
    created_at: GeneratedTimestamp;
    second_factor_exempt: Generated<boolean>;
    merged_into: string | null;
  };
  'accounts.pins': {
    id: Generated<string>;
    person_id: string;
    organisation_id: string;
    ciphertext: Buffer;
    lookup: Buffer;
    created_at: GeneratedTimestamp;
    activated_at: Timestamp | null;
    withdrawn_at: Timestamp | null;
  };
  'accounts.published_current_roles': {
    person_id: string;
    organisation_id: string;
    organisation_kind: string | null;
    role: 'coordinator' | 'administrator' | 'invigilator' | 'assessor' | 'iqa' | 'champion' | 'candidate' | 'officer' | 'quality' | 'author' | 'reviewer' | 'results' | 'finance' | 'body_administrator';
    opened: boolean | null;
  };
  'accounts.published_organisations': {
    id: string;
    kind: 'centre' | 'awarding_body';
    number: string;
    name: string;
    features: string[];
  };
  'accounts.published_people': {
    id: string;
    given_names: string;
    family_name: string;
    email: string | null;
    status: 'active' | 'suspended' | 'merged';
  };
  'accounts.recovery_codes': {
    id: Generated<string>;
    person_id: string;
    code_lookup: Buffer;
    made_at: Timestamp;
    used_at: Timestamp | null;
    withdrawn_at: Timestamp | null;
  };
  'accounts.remembered_devices': {
    id: Generated<string>;
    token_hash: Buffer;
    person_id: string;
    device: string | null;
    address: string | null;
    remembered_at: Timestamp;
    password_changed_at: Timestamp;
    used_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
    end_reason: string | null;
  };
  'accounts.search_users': {
    subject_id: string | null;
    centre_id: string | null;
    title: string | null;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'accounts.sessions': {
    token_hash: Buffer;
    person_id: string;
    acting_organisation_id: string | null;
    opened_at: Timestamp;
    confirmed_at: Timestamp;
    seen_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
    end_reason: string | null;
    address: string | null;
    device: string | null;
    acts_as_self: Generated<boolean>;
    second_factor_at: Timestamp | null;
    id: Generated<string>;
  };
  'accounts.suspensions': {
    id: Generated<string>;
    person_id: string;
    began_at: Timestamp;
    began_by: string;
    reason: string;
    ended_at: Timestamp | null;
    ended_by: string | null;
    end_reason: string | null;
  };
  'centres_hub.approvals': {
    id: Generated<string>;
    centre_id: string;
    product_id: string;
    granted_at: GeneratedTimestamp;
    granted_by: string | null;
    approved_from: string;
    last_registration_on: string | null;
    last_certification_on: string | null;
    direct_claims: Generated<boolean>;
    ended_at: Timestamp | null;
    ended_by: string | null;
    end_reason: string | null;
  };
  'centres_hub.capability_switches': {
    id: Generated<string>;
    centre_id: string;
    product_id: string | null;
    capability: 'register' | 'sit' | 'claim' | 'claim_direct';
    switched_off_at: GeneratedTimestamp;
    switched_off_by: string | null;
    reason: string;
    until: Timestamp | null;
    switched_on_at: Timestamp | null;
    switched_on_by: string | null;
    switched_on_reason: string | null;
  };
  'centres_hub.centres': {
    id: string;
    status: Generated<'approved' | 'suspended' | 'withdrawn'>;
    address: Generated<string[]>;
    town: string;
    postcode: string;
    telephone: string | null;
    email: string | null;
    ukprn: string | null;
    approved_on: string;
    next_review_on: string | null;
    eportfolio_set_up_at: Timestamp | null;
  };
  'centres_hub.published_approvals': {
    id: string;
    centre_id: string;
    product_id: string;
    approved_from: string;
    last_registration_on: string | null;
    last_certification_on: string | null;
    direct_claims: boolean;
  };
  'centres_hub.published_centres': {
    id: string;
    number: string;
    name: string;
    status: 'approved' | 'suspended' | 'withdrawn';
    town: string;
    postcode: string;
    next_review_on: string | null;
    eportfolio_set_up_at: Timestamp | null;
  };
  'centres_hub.published_sites': {
    id: string;
    centre_id: string;
    name: string;
    rooms: string[];
  };
  'centres_hub.published_switches': {
    id: string;
    centre_id: string;
    product_id: string | null;
    capability: 'register' | 'sit' | 'claim' | 'claim_direct';
    switched_off_at: Timestamp;
    reason: string;
    until: Timestamp | null;
  };
  'centres_hub.search_centres': {
    subject_id: string | null;
    centre_id: string | null;
    title: string | null;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'centres_hub.sites': {
    id: Generated<string>;
    centre_id: string;
    name: string;
    rooms: Generated<string[]>;
  };
  'centres_hub.staff_members': {
    id: Generated<string>;
    centre_id: string;
    person_id: string | null;
    given_names: string;
    family_name: string;
    email: string | null;
    function: string;
    recorded_at: GeneratedTimestamp;
    recorded_by: string | null;
    left_at: Timestamp | null;
    left_by: string | null;
    left_reason: string | null;
  };
  'certificates.certificate_states': {
    id: Generated<string>;
    centre_id: string;
    certificate_id: string;
    state: 'issued' | 'replaced' | 'revoked';
    at: Timestamp;
    person_id: string | null;
    reason: string;
  };
  'certificates.certificates': {
    id: Generated<string>;
    serial: string;
    centre_id: string;
    claim_id: string;
    registration_id: string;
    candidate_id: string;
    content: Json;
    content_sha256: Buffer;
    signature: string;
    key_id: string;
    family_name_key: string;
    check_code: string;
    pdf: Buffer;
    pdf_sha256: Buffer;
    issued_on: string;
    issued_at: Timestamp;
  };
  'certificates.claims': {
    id: Generated<string>;
    centre_id: string;
    registration_id: string;
    kind: 'full' | 'partial';
    state: 'submitted' | 'issued' | 'returned' | 'revoked';
    claimed_at: Timestamp;
    claimed_by: string;
    decided_at: Timestamp | null;
    decided_by: string | null;
    reason: string | null;
  };
  'certificates.search_certificates': {
    subject_id: string | null;
    centre_id: string;
    title: string | null;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'connect.notice_acknowledgements': {
    notice_id: string;
    person_id: string;
    version: number;
    words: string;
    acknowledged_at: Timestamp;
  };
  'connect.notice_readings': {
    notice_id: string;
    person_id: string;
    version: number;
    read_at: Timestamp;
  };
  'connect.notice_reminders': {
    id: Generated<string>;
    notice_id: string;
    sent_at: Timestamp;
    sent_by: string | null;
    people: number;
  };
  'connect.notice_versions': {
    notice_id: string;
    version: number;
    title: string;
    body: string;
    reach: 'everybody' | 'centres' | 'product' | 'roles';
    product_id: string | null;
    roles: Generated<string[]>;
    shows_from: string;
    shows_until: string | null;
    acknowledge_words: string | null;
    correction: string | null;
    renewed: boolean;
    written_at: Timestamp;
    written_by: string | null;
    published_at: Timestamp | null;
    published_by: string | null;
  };
  'connect.notices': {
    id: Generated<string>;
    state: Generated<'draft' | 'published' | 'ended'>;
    created_at: Timestamp;
    created_by: string | null;
    published_version: number | null;
    renewed_version: number | null;
    told_version: number | null;
    ended_at: Timestamp | null;
    ended_by: string | null;
    end_reason: string | null;
  };
  'online_assessments.answers': {
    sitting_id: string;
    epoch: number;
    seq: number;
    kind: 'answer' | 'flag' | 'visit';
    item: number;
    value: string;
    monotonic_ms: number;
    previous: Buffer;
    head: Buffer;
    at: Timestamp;
  };
  'online_assessments.former_seats': {
    token_hash: Buffer;
    centre_id: string;
    sitting_id: string;
    epoch: number;
    ended_at: Timestamp;
  };
  'online_assessments.held_events': {
    id: Generated<string>;
    centre_id: string;
    sitting_id: string;
    epoch: number;
    seq: number;
    event: Json;
    why: 'late' | 'closed' | 'lease_lost' | 'fork';
    received_at: Timestamp;
  };
  'online_assessments.imports': {
    id: Generated<string>;
    bank_id: string;
    file_name: string;
    file_sha256: Buffer;
    format: 'qti3_package' | 'csv' | 'csv_package';
    items_new: number;
    items_changed: number;
    items_same: number;
    pictures: number;
    warnings: Json;
    imported_at: GeneratedTimestamp;
    imported_by: string | null;
  };
  'online_assessments.incidents': {
    id: Generated<string>;
    centre_id: string;
    session_id: string | null;
    sitting_id: string | null;
    kind: string;
    detail: string;
    at: Timestamp;
    reported_by: string | null;
  };
  'online_assessments.item_banks': {
    id: Generated<string>;
    code: string;
    title: string;
    created_at: GeneratedTimestamp;
    created_by: string | null;
  };
  'online_assessments.item_keys': {
    item_version_id: string;
    key: Json;
  };
  'online_assessments.item_pictures': {
    item_version_id: string;
    name: string;
    sha256: Buffer;
  };
  'online_assessments.item_versions': {
    id: Generated<string>;
    item_id: string;
    version: number;
    content: Json;
    content_sha256: Buffer;
    import_id: string | null;
    created_at: GeneratedTimestamp;
  };
  'online_assessments.items': {
    id: Generated<string>;
    bank_id: string;
    code: string;
    group_code: string;
    topic: string;
    status: Generated<'live' | 'retired'>;
    current_version_id: string | null;
  };
  'online_assessments.outage_credits': {
    sitting_id: string;
    outage_id: string;
    centre_id: string;
    credited_ms: number;
    at: Timestamp;
  };
  'online_assessments.pictures': {
    sha256: Buffer;
    media_type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
    bytes: Buffer;
    width: number;
    height: number;
  };
  'online_assessments.published_results': {
    id: string;
    centre_id: string;
    sitting_id: string;
    candidate_id: string;
    registration_id: string;
    unit_id: string;
    version: number;
    score: number;
    maximum: number;
    pass_mark: number;
    passed: boolean;
    topics: Json;
    released_at: Timestamp | null;
    next_sitting_from: Timestamp | null;
  };
  'online_assessments.results': {
    id: Generated<string>;
    centre_id: string;
    sitting_id: string;
    candidate_id: string;
    registration_id: string;
    unit_id: string;
    version: number;
    score: number;
    maximum: number;
    pass_mark: number;
    passed: boolean;
    topics: Json;
    log_head: Buffer;
    scoring_version: string;
    released_at: Timestamp | null;
    next_sitting_from: Timestamp | null;
    created_at: Timestamp;
  };
  'online_assessments.search_item_banks': {
    subject_id: string | null;
    centre_id: string | null;
    title: string;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'online_assessments.search_test_forms': {
    subject_id: string | null;
    centre_id: string | null;
    title: string;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'online_assessments.session_invigilators': {
    session_id: string;
    centre_id: string;
    person_id: string;
    added_at: GeneratedTimestamp;
  };
  'online_assessments.sessions': {
    id: Generated<string>;
    centre_id: string;
    site_id: string | null;
    room: string;
    starts_at: Timestamp;
    code: string;
    state: 'planned' | 'open' | 'closed' | 'cancelled';
    created_at: Timestamp;
    created_by: string | null;
    opened_at: Timestamp | null;
    opened_by: string | null;
    closed_at: Timestamp | null;
    closed_by: string | null;
  };
  'online_assessments.sitting_papers': {
    sitting_id: string;
    order_seed: Buffer;
    paper: Json;
  };
  'online_assessments.sitting_states': {
    id: Generated<string>;
    centre_id: string;
    sitting_id: string;
    from_state: string | null;
    to_state: string;
    at: Timestamp;
    person_id: string | null;
    reason: string;
  };
  'online_assessments.sittings': {
    id: Generated<string>;
    centre_id: string;
    session_id: string;
    registration_id: string;
    candidate_id: string;
    unit_id: string;
    test_form_id: string;
    seat: number;
    state: 'booked' | 'cancelled' | 'absent' | 'checked_in' | 'running' | 'paused' | 'handed_in' | 'timed_out' | 'ended_by_invigilator' | 'marked' | 'released' | 'held' | 'void';
    state_changed_at: Timestamp;
    booked_at: Timestamp;
    booked_by: string | null;
    extra_time_percent: Generated<number>;
    added_seconds: Generated<number>;
    arrived_at: Timestamp | null;
    seat_token_hash: Buffer | null;
    identity_document: string | null;
    identity_confirmed_at: Timestamp | null;
    identity_confirmed_by: string | null;
    started_at: Timestamp | null;
    allowed_ms: number | null;
    used_ms: Generated<number>;
    running_since: Timestamp | null;
    deadline_at: Timestamp | null;
    late_until: Timestamp | null;
    epoch: Generated<number>;
    device_key: Json | null;
    last_seq: Generated<number>;
    head: Generated<Buffer>;
    seen_at: Timestamp | null;
    left_window_count: Generated<number>;
    left_window_seen: Generated<number>;
    held_seen: Generated<number>;
    ended_at: Timestamp | null;
  };
  'online_assessments.submission_receipts': {
    sitting_id: string;
    centre_id: string;
    content: Json;
    signature: string;
    words: string;
    at: Timestamp;
  };
  'online_assessments.test_forms': {
    id: Generated<string>;
    code: string;
    version: number;
    title: string;
    bank_id: string;
    product_id: string | null;
    unit_code: string | null;
    blueprint: Json;
    questions: number;
    pass_mark: number;
    base_seconds: number;
    hours_after_registration: Generated<number>;
    hours_after_fail: Generated<number>;
    sittings_allowed: number | null;
    published_at: Timestamp | null;
    published_by: string | null;
    withdrawn_at: Timestamp | null;
    created_at: GeneratedTimestamp;
    created_by: string | null;
  };
  'platform.audit_chains': {
    chain: string;
    seq: Generated<number>;
    head: Generated<Buffer>;
  };
  'platform.audit_events': {
    id: Generated<string>;
    chain: string;
    seq: number;
    at: Timestamp;
    centre_id: string | null;
    person_id: string | null;
    acting_organisation_id: string | null;
    kind: string;
    subject_kind: string;
    subject_id: string;
    payload: Json;
    request_id: string | null;
    previous: Buffer;
    head: Buffer;
  };
  'platform.digests': {
    person_id: string;
    day: string;
    items: number;
    written_at: Timestamp;
  };
  'platform.heartbeat': {
    singleton: Generated<boolean>;
    beat_at: Timestamp;
  };
  'platform.kept_forms': {
    id: Generated<string>;
    person_id: string;
    url: string;
    fields: Json;
    kept_at: GeneratedTimestamp;
  };
  'platform.mails': {
    id: Generated<string>;
    kind: string;
    centre_id: string | null;
    person_id: string | null;
    to_address: string;
    subject: string;
    body: string;
    written_at: GeneratedTimestamp;
    sent_at: Timestamp | null;
    attempts: Generated<number>;
    next_attempt_at: Timestamp | null;
    last_error: string | null;
    sent_by: string | null;
  };
  'platform.notification_ways': {
    person_id: string;
    kind: string;
    way: 'page' | 'mail' | 'both' | 'digest';
    changed_at: Timestamp;
  };
  'platform.notifications': {
    id: Generated<string>;
    person_id: string;
    kind: string;
    organisation_id: string | null;
    subject: string;
    body: string;
    href: string;
    way: 'page' | 'mail' | 'both' | 'digest';
    at: Timestamp;
    read_at: Timestamp | null;
    mailed_at: Timestamp | null;
    digest_day: string | null;
  };
  'platform.outages': {
    id: Generated<string>;
    began_at: Timestamp;
    ended_at: Timestamp;
  };
  'platform.search_entries': {
    id: Generated<number>;
    kind: string;
    subject_id: string;
    centre_id: string | null;
    title: string;
    detail: string;
    place: string;
    href: string;
    words: string;
    keys: string[];
  };
  'platform.search_kinds': {
    kind: string;
    audience: 'centre' | 'everyone' | 'awarding_body';
    source: string;
    mended_at: GeneratedTimestamp;
  };
  'platform.search_lines': {
    kind: string;
    line: string;
    entry_id: number;
    centre_id: string | null;
    words: string;
  };
  'platform.submissions': {
    id: string;
    person_id: string | null;
    at: GeneratedTimestamp;
    location: string | null;
  };
  'platform.throttles': {
    key: string;
    points: Generated<number>;
    expire: number | null;
  };
  'products.products': {
    id: Generated<string>;
    code: string;
    qualification_number: string | null;
    title: string;
    kind: 'qualification' | 'accreditation' | 'quality_assured_programme';
    level: number;
    regulated: boolean;
    created_at: GeneratedTimestamp;
  };
  'products.published_products': {
    id: string;
    code: string;
    qualification_number: string | null;
    title: string;
    kind: 'qualification' | 'accreditation' | 'quality_assured_programme';
    level: number;
    regulated: boolean;
  };
  'products.published_units': {
    id: string;
    version_id: string;
    code: string;
    reference: string | null;
    title: string;
    level: number;
    credits: number | null;
    assessed_by: 'online_test' | 'portfolio';
    position: number;
  };
  'products.published_versions': {
    id: string;
    product_id: string;
    version: number;
    operational_start: string;
    operational_end: string | null;
    certification_end: string | null;
    credits: number | null;
    guided_learning_hours: number | null;
    total_qualification_time: number | null;
    rule: Json;
    grading: 'pass' | 'pass_merit_distinction';
  };
  'products.search_products': {
    subject_id: string | null;
    centre_id: string | null;
    title: string;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'products.units': {
    id: Generated<string>;
    version_id: string;
    code: string;
    reference: string | null;
    title: string;
    level: number;
    credits: number | null;
    guided_learning_hours: number | null;
    figures_invented: Generated<boolean>;
    assessed_by: 'online_test' | 'portfolio';
    position: number;
  };
  'products.versions': {
    id: Generated<string>;
    product_id: string;
    version: number;
    published_at: Timestamp | null;
    operational_start: string;
    operational_end: string | null;
    certification_end: string | null;
    credits: number | null;
    guided_learning_hours: number | null;
    total_qualification_time: number | null;
    figures_invented: Generated<boolean>;
    rule: Json;
    grading: Generated<'pass' | 'pass_merit_distinction'>;
  };
  'web_portal.candidates': {
    id: Generated<string>;
    centre_id: string;
    candidate_number: string;
    person_id: string | null;
    given_names: string;
    family_name: string;
    birth_date: string;
    uln: string | null;
    uln_absent_reason: string | null;
    postcode: string | null;
    email: string | null;
    centre_reference: string | null;
    name_key: string;
    search_text: string;
    created_at: Timestamp;
    created_by: string | null;
  };
  'web_portal.published_candidates': {
    id: string;
    centre_id: string;
    candidate_number: string;
    person_id: string | null;
    given_names: string;
    family_name: string;
    birth_date: string;
    search_text: string;
  };
  'web_portal.published_registrations': {
    id: string;
    centre_id: string;
    candidate_id: string;
    product_id: string;
    product_version_id: string;
    programme_start: string;
    assessment_language: 'en' | 'cy';
    registered_at: Timestamp;
    late: boolean;
    state: 'active' | 'completed' | 'withdrawn' | 'transferred' | 'lapsed' | 'void';
    units_needed: number;
    units_achieved: number;
    requirements_met_at: Timestamp | null;
  };
  'web_portal.published_unit_achievements': {
    id: string;
    centre_id: string;
    registration_id: string;
    unit_id: string;
    achieved_at: Timestamp;
    grade: 'pass' | 'merit' | 'distinction';
    source_kind: 'sitting' | 'portfolio' | 'recognition_of_prior_learning';
    source_id: string;
  };
  'web_portal.registration_states': {
    id: Generated<string>;
    centre_id: string;
    registration_id: string;
    from_state: string | null;
    to_state: string;
    at: Timestamp;
    person_id: string | null;
    reason: string;
  };
  'web_portal.registrations': {
    id: Generated<string>;
    centre_id: string;
    candidate_id: string;
    product_id: string;
    product_version_id: string;
    site_id: string | null;
    order_reference: string | null;
    assessment_language: Generated<'en' | 'cy'>;
    programme_start: string;
    registered_at: Timestamp;
    registered_by: string | null;
    days_used: number;
    late: boolean;
    state: 'active' | 'completed' | 'withdrawn' | 'transferred' | 'lapsed' | 'void';
    state_changed_at: Timestamp;
    units_needed: number;
    units_achieved: Generated<number>;
    requirements_met_at: Timestamp | null;
  };
  'web_portal.search_candidates': {
    subject_id: string | null;
    centre_id: string;
    title: string | null;
    detail: string | null;
    place: string | null;
    href: string | null;
    words: string | null;
    keys: string[] | null;
  };
  'web_portal.unit_achievements': {
    id: Generated<string>;
    centre_id: string;
    registration_id: string;
    unit_id: string;
    achieved_at: Timestamp;
    grade: Generated<'pass' | 'merit' | 'distinction'>;
    source_kind: 'sitting' | 'portfolio' | 'recognition_of_prior_learning';
    source_id: string;
    recorded_by: string | null;
  };
}
