internal import Kernel

/// One forward step of the tables, brought along by a slice and never changed after it landed.
public struct Migration: Sendable {
  /// `slice-NNN`, unique and in order within its slice.
  public let name: String
  let script: String

  public init(_ name: String, _ script: StaticString) {
    self.name = name
    self.script = "\(script)"
  }

  static let ofStore = [
    Migration(
      "store-001",
      """
      create table journal (
        position integer primary key,
        id text not null unique,
        at bigint not null,
        verb text not null,
        account text,
        organisation text,
        role text,
        on_behalf_of text,
        request text,
        resident text,
        changes text not null
      );
      create index journal_resident on journal (resident, at);
      create table resident_key (
        resident text not null primary key,
        wrapped blob not null
      );
      create table job (
        kind text not null,
        subject text not null,
        due_at bigint not null,
        attempts integer not null default 0,
        failure text,
        primary key (kind, subject)
      );
      create index job_due on job (due_at);
      create table idempotency (
        account text not null,
        key text not null,
        request_hash text not null,
        result text not null,
        at bigint not null,
        primary key (account, key)
      );
      create trigger journal_unchanging before update on journal
        begin select raise(abort, 'the journal is never changed'); end;
      create trigger journal_undeleted before delete on journal
        begin select raise(abort, 'the journal is never deleted'); end;
      """),
    // An entry is known by its position: an identifier of its own was never asked for, and its index was a twelfth of
    // the database.
    Migration(
      "store-002",
      """
      create table journal_by_position (
        position integer primary key,
        at bigint not null,
        verb text not null,
        account text,
        organisation text,
        role text,
        on_behalf_of text,
        request text,
        resident text,
        changes text not null
      );
      insert into journal_by_position
        select position, at, verb, account, organisation, role, on_behalf_of, request, resident, changes from journal;
      drop table journal;
      alter table journal_by_position rename to journal;
      create index journal_resident on journal (resident, at);
      create trigger journal_unchanging before update on journal
        begin select raise(abort, 'the journal is never changed'); end;
      create trigger journal_undeleted before delete on journal
        begin select raise(abort, 'the journal is never deleted'); end;
      """),
    // The trail of changes is the journal itself: whom a change is about and what of theirs, for everyone it touched.
    // Keys of forms remember where they led, never what was shown.
    Migration(
      "store-003",
      """
      alter table journal add column fields text;
      alter table journal add column agreed_by text;
      alter table resident_key add column spare blob;
      create table store_mark (name text not null primary key, value blob not null);
      create table journal_about (
        resident text not null,
        position integer not null,
        fields text not null,
        primary key (resident, position)
      );
      create trigger journal_about_unchanging before update on journal_about
        begin select raise(abort, 'the journal is never changed'); end;
      create trigger journal_about_undeleted before delete on journal_about
        begin select raise(abort, 'the journal is never deleted'); end;
      drop table idempotency;
      create table idempotency (
        account text not null,
        key text not null,
        request_hash text not null,
        status integer not null,
        place text,
        made text,
        version integer,
        at bigint not null,
        primary key (account, key)
      );
      create index idempotency_at on idempotency (at);
      """),
  ]
}

extension Database {
  func migrate(_ migrations: [Migration]) async throws {
    let known = Set(migrations.map(\.name))
    try await engine.write { connection in
      try connection.script("create table if not exists migration (name text not null primary key)")
      let done = Set(try connection.query("select name from migration").compactMap { $0.text("name") })
      if let unknown = done.subtracting(known).sorted().first { throw StoreError.unknownSchema(unknown) }
      for migration in migrations where !done.contains(migration.name) {
        try connection.script(migration.script)
        _ = try connection.run("insert into migration (name) values (\(migration.name))")
      }
    }
  }
}
