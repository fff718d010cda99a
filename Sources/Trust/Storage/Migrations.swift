internal import Store

enum TrustMigrations {
  static let all = [
    Migration(
      "trust-001",
      """
      create table organisation (
        id text not null primary key, version integer not null, name text not null, kind text not null,
        municipality text, ended_on text,
        check ((kind = 'municipality') = (municipality is not null))
      );
      create unique index organisation_municipality on organisation (municipality) where ended_on is null;
      create table team (id text not null primary key, version integer not null, name text not null, ended_on text);
      create table account (
        id text not null primary key, version integer not null, name blob not null, email blob, email_blind text unique,
        organisation text references organisation (id), role text not null, language text not null,
        may_register integer not null, resident text, disabled_at bigint
      );
      create index account_organisation on account (organisation);
      create index account_resident on account (resident);
      create table team_membership (
        id text not null primary key, version integer not null, team text not null references team (id),
        account text not null references account (id), from_at bigint not null, until_at bigint
      );
      create unique index team_membership_open on team_membership (team, account) where until_at is null;
      create index team_membership_account on team_membership (account);
      create table absence (
        id text not null primary key, version integer not null, account text not null references account (id),
        from_on text not null, until_on text, check (until_on is null or until_on >= from_on)
      );
      create index absence_account on absence (account);
      create table relation (
        id text not null primary key, version integer not null, resident text not null,
        account text references account (id), team text references team (id),
        organisation text references organisation (id), role text not null, ground text not null,
        stands_in_for text references account (id), from_at bigint not null, until_at bigint,
        check (account is not null or team is not null or organisation is not null),
        check (until_at is null or until_at >= from_at)
      );
      create index relation_resident
        on relation (resident, account, organisation, role, team, from_at, until_at);
      create index relation_account on relation (account, until_at, from_at, resident);
      create index relation_team on relation (team, until_at);
      create index relation_organisation
        on relation (organisation, role, account, team, until_at, from_at, resident);
      create table consent (
        id text not null primary key, version integer not null, resident text not null,
        account text references account (id), organisation text references organisation (id), role text,
        category text not null, item text, choice text not null, from_at bigint not null, until_at bigint,
        recorded_by text not null references account (id)
      );
      create index consent_resident on consent (resident);
      create table credential (
        account text not null primary key, hash text not null, salt text not null, rounds integer not null,
        block_size integer not null, parallelism integer not null
      );
      create table session (
        token_hash text not null primary key, account text not null, created_at bigint not null,
        seen_at bigint not null
      );
      create index session_account on session (account);
      create table invitation (
        code_hash text not null primary key, account text not null, expires_at bigint not null
      );
      create index invitation_account on invitation (account);
      create table sign_in_try (
        subject text not null primary key, count integer not null, blocked_until bigint not null
      );
      create table demo_person (place integer not null primary key, account text not null references account (id));
      create table api_token (
        token_hash text not null primary key, account text not null, label text not null, made_at bigint not null
      );
      """),
    // What gives sight in bulk needs a second person; letters are told to whom they open (domain §7).
    Migration(
      "trust-002",
      """
      create table approval (
        id text not null primary key, version integer not null, kind text not null,
        account text references account (id), team text references team (id), resident text, name blob, email blob,
        role text, organisation text references organisation (id), asked_by text not null references account (id),
        asked_at bigint not null, decision text, decided_by text references account (id), decided_at bigint,
        used_at bigint,
        check ((decision is null) = (decided_at is null)), check ((decision is null) = (decided_by is null)),
        check (decided_by is null or decided_by <> asked_by)
      );
      create index approval_open on approval (asked_at) where decision is null;
      create index approval_account on approval (account, kind);
      create table letter (
        id text not null primary key, version integer not null, account text not null references account (id),
        resident text, made_by text not null references account (id), agreed_by text references account (id),
        made_at bigint not null
      );
      create index letter_account on letter (account, made_at);
      alter table absence add column stand_in text references account (id);
      alter table absence add column reported_by text references account (id);
      update absence set reported_by = account;
      alter table absence add column ended_at bigint;
      alter table account add column wanted_email blob;
      alter table account add column phone blob;
      alter table organisation add column phone text;
      drop table sign_in_try;
      create table sign_in_try (
        subject text not null primary key, count integer not null, blocked_until bigint not null, at bigint not null
      );
      create index sign_in_try_at on sign_in_try (at);
      create table known_device (
        device_hash text not null, account text not null references account (id), seen_at bigint not null,
        primary key (device_hash, account)
      );
      create index known_device_seen on known_device (seen_at);
      create index session_seen on session (seen_at);
      create index invitation_expires on invitation (expires_at);
      alter table api_token add column expires_at bigint;
      alter table api_token add column may_only_read integer not null default 0;
      alter table invitation add column tries integer not null default 0;
      """),
    // A second factor beside the password; what happened with an account is told to who uses it.
    Migration(
      "trust-003",
      """
      create table second_factor (
        id text not null primary key, version integer not null, account text not null references account (id),
        resident text, secret blob not null, made_at bigint not null, confirmed_at bigint, ended_at bigint
      );
      create unique index second_factor_in_use
        on second_factor (account) where confirmed_at is not null and ended_at is null;
      create index second_factor_account on second_factor (account);
      create table factor_step (factor text not null primary key, step bigint not null);
      create table recovery_code (
        account text not null, code_hash text not null, primary key (account, code_hash)
      );
      create table account_event (
        id text not null primary key, version integer not null, account text not null references account (id),
        resident text, kind text not null, by text references account (id), at bigint not null
      );
      create index account_event_account on account_event (account, at);
      alter table account add column label text;
      alter table session add column stage text not null default 'full';
      alter table session add column factor_at bigint;
      alter table session add column browser text;
      alter table invitation add column opens text not null default 'password';
      """),
    // Two accounts of one person, or two organisations that went on as one: the old one stays and leads to the new.
    Migration(
      "trust-004",
      """
      alter table account add column merged_into text references account (id);
      alter table organisation add column merged_into text references organisation (id);
      alter table approval add column into_account text references account (id);
      alter table approval add column into_organisation text references organisation (id);
      create index relation_stands_in on relation (stands_in_for) where stands_in_for is not null;
      """),
    // Who came with a list and is still to be invited.
    Migration(
      "trust-arrival-001",
      """
      create table arrival (
        id text not null primary key, version integer not null, account text not null references account (id),
        organisation text references organisation (id), at bigint not null, by text references account (id)
      );
      create index arrival_account on arrival (account);
      """),
  ]
}
