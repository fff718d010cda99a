internal import Store

enum ResidentMigrations {
  static let all = [
    Migration(
      "residents-001",
      """
      create table household (id text not null primary key, version integer not null, made_on text not null);
      create table resident (
        id text not null primary key, version integer not null, household text not null references household (id),
        first_name blob not null, last_name blob not null, birth_date blob, bsn blob, bsn_blind text,
        name_birth_blind text, phone blob, email blob, address blob, municipality text not null, neighbourhood text,
        wish_for_worker blob, registered_by text not null references organisation (id), sharing_seen_on text,
        merged_into text references resident (id)
      );
      create index resident_bsn on resident (bsn_blind);
      create index resident_name_birth on resident (name_birth_blind);
      create table external_id (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        organisation text not null references organisation (id), external_id text not null,
        unique (organisation, external_id)
      );
      create index external_id_resident on external_id (resident);
      create table journey (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        kind text not null, is_home_first integer not null, phase text not null, phase_since text not null,
        started_on text not null, access text not null references organisation (id), is_open_door integer not null,
        contact_every_days integer, hours_min integer, hours_max integer, moved_on text, ended_on text, ending text,
        continues text references journey (id),
        check ((phase = 'closed') = (ended_on is not null)),
        check ((ended_on is null) = (ending is null)),
        check (contact_every_days is null or contact_every_days between 1 and 366),
        check (hours_min is null or hours_min >= 0),
        check (hours_max is null or hours_max >= hours_min)
      );
      create unique index journey_one_open on journey (resident) where ended_on is null;
      create index journey_resident on journey (resident);
      create index journey_access on journey (access, phase) where ended_on is null;
      create table journey_event (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        journey text not null references journey (id), at bigint not null, kind text not null, detail text, words blob,
        by text references account (id)
      );
      create index journey_event_resident on journey_event (resident, at);
      create index journey_event_journey on journey_event (journey, kind);
      create table accountability (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        journey text not null references journey (id), organisation text not null references organisation (id),
        worker text not null references account (id), stand_in text references account (id), reason text not null,
        from_at bigint not null, until_at bigint,
        check (until_at is null or until_at >= from_at)
      );
      create unique index accountability_one_now on accountability (journey) where until_at is null;
      create index accountability_resident on accountability (resident, from_at);
      create index accountability_worker on accountability (worker) where until_at is null;
      create index accountability_organisation on accountability (organisation) where until_at is null;
      create table circle_member (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        account text references account (id), name blob not null, role text not null,
        organisation text references organisation (id), phone blob, words blob, from_on text not null, until_on text
      );
      create index circle_member_resident on circle_member (resident);
      create table fact (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        kind text not null, standing blob not null, words blob, since_on text not null, until_on text,
        source text not null, by text references account (id)
      );
      create unique index fact_one_now on fact (resident, kind) where until_on is null;
      create table merge_candidate (
        id text not null primary key, version integer not null, known text not null references resident (id),
        added text not null references resident (id), matched text not null,
        access text not null references organisation (id), raised_at bigint not null, decision text,
        decided_by text references account (id), decided_at bigint,
        unique (known, added)
      );
      create index merge_candidate_open on merge_candidate (access) where decision is null;
      create table handover (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        journey text not null references journey (id), from_organisation text not null references organisation (id),
        from_worker text not null references account (id), to_organisation text not null references organisation (id),
        to_worker text not null references account (id), area text, state text not null, offered_at bigint not null,
        expires_at bigint not null, decided_at bigint, along_until text, talk_on text, agreements blob not null,
        finances blob, warning blob, network blob, activities blob, open_matters blob, answer blob
      );
      create unique index handover_one_offered on handover (journey) where state = 'offered' and area is null;
      create index handover_resident on handover (resident);
      create index handover_journey on handover (journey, state);
      create index handover_to on handover (to_worker, state);
      create index handover_from on handover (from_worker, state);
      create table signal (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        journey text not null references journey (id), kind text not null, colour text not null,
        owner text not null references account (id), level text not null, raised_at bigint not null,
        due_at bigint not null, cause text not null, words blob, settled_at bigint,
        settled_by text references account (id), done blob,
        check ((settled_at is null) = (done is null))
      );
      create unique index signal_one_open on signal (cause) where settled_at is null;
      create index signal_resident on signal (resident, settled_at);
      create index signal_owner on signal (owner) where settled_at is null;
      create index signal_due on signal (due_at) where settled_at is null;
      create table goal (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        domain text not null, words blob not null, made_on text not null, reached_on text, ended_on text
      );
      create index goal_resident on goal (resident);
      create table step (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        goal text not null references goal (id), words blob not null, companion text references circle_member (id),
        due_on text, reward blob, done_on text, dropped_on text
      );
      create index step_resident on step (resident);
      create table check_in (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        at bigint not null, score blob not null, sentence blob
      );
      create index check_in_resident on check_in (resident, at);
      create table own_story (
        id text not null primary key, version integer not null,
        resident text not null unique references resident (id), words blob not null, changed_on text not null
      );
      create table contact (
        id text not null primary key, version integer not null, resident text references resident (id),
        by text not null references account (id), organisation text references organisation (id), at bigint not null,
        channel text not null, is_reached integer not null, minutes integer not null, words blob, partner blob,
        check (minutes between 0 and 1440)
      );
      create index contact_resident on contact (resident, at);
      create index contact_by on contact (by, at);
      create table early_warning_plan (
        id text not null primary key, version integer not null,
        resident text not null unique references resident (id), protects blob, good_signs blob not null,
        amber_signs blob not null, amber_me blob, amber_others blob, amber_worker blob, red_signs blob not null,
        red_me blob, red_others blob, red_worker blob, contacts blob, medication blob, changed_on text not null
      );
      create table warning_state (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        colour blob not null, at bigint not null, by text not null references account (id), words blob
      );
      create index warning_state_resident on warning_state (resident, at);
      create table setting (
        id text not null primary key, version integer not null, name text not null, value integer not null,
        from_on text not null, source text not null, unique (name, from_on)
      );
      """),
    Migration(
      "residents-002",
      """
      alter table circle_member add column invited_email blob;
      alter table circle_member add column invited_blind text;
      create index circle_member_invited on circle_member (invited_blind);
      alter table signal add column by text references account (id);
      create table help_number (
        id text not null primary key, version integer not null, kind text not null, name text, number text not null,
        days text not null, from_minute integer not null, until_minute integer not null, from_on text not null,
        ended_on text, source text not null,
        check (from_minute between 0 and 1440), check (until_minute between 0 and 1440)
      );
      """),
    // Doubles are looked for among all who were born on one day, as names are spelt in more than one way.
    Migration(
      "residents-names-001",
      """
      drop index resident_name_birth;
      alter table resident drop column name_birth_blind;
      alter table resident add column birth_blind text;
      create index resident_birth on resident (birth_blind);
      insert into job (kind, subject, due_at) select 'resident.keepAgain', id, 0 from resident;
      """),
    Migration(
      "residents-plan",
      """
      alter table goal add column side text;
      alter table goal add column is_own_words integer;
      alter table goal add column ended_why blob;
      alter table step add column place integer;
      alter table step add column is_own_words integer;
      alter table step add column worker text references account (id);
      alter table step add column reward_given_on text;
      alter table step add column reward_given_by text references account (id);
      alter table step add column dropped_why blob;
      """),
    Migration(
      "residents-handover-life",
      """
      alter table handover add column decided_by text references account (id);
      create table handover_question (
        id text not null primary key, version integer not null, resident text not null references resident (id),
        handover text not null references handover (id), by text not null references account (id), at bigint not null,
        words blob not null, answer blob, answered_by text references account (id), answered_at bigint,
        check ((answer is null) = (answered_at is null))
      );
      create index handover_question_handover on handover_question (handover);
      """),
    Migration(
      "residents-merging",
      """
      alter table signal add column merged_from text references resident (id);
      alter table merge_candidate add column ended_journey text references journey (id);
      alter table merge_candidate add column ended_first text references accountability (id);
      alter table merge_candidate add column phase_before text;
      alter table merge_candidate add column phase_since_before text;
      alter table merge_candidate add column begun_journey text references journey (id);
      alter table merge_candidate add column undone_at bigint;
      alter table merge_candidate add column undone_by text references account (id);
      create index merge_candidate_decided on merge_candidate (access, decided_at);
      create index resident_merged on resident (merged_into) where merged_into is not null;
      """),
  ]
}
