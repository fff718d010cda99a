internal import Store

enum KnowledgeMigrations {
  static let all: [Migration] = [
    Migration(
      "knowledge-001",
      """
      create table knowledge_verdict (
        id text not null primary key, version integer not null, account text not null, lesson text not null,
        moment text not null, word text not null check (word in ('helped', 'notForMe')), given_on text not null,
        unique (account, lesson, moment)
      );
      create index knowledge_verdict_lesson on knowledge_verdict (lesson);
      """),
    Migration(
      "knowledge-002",
      """
      create table knowledge_project (
        id text not null primary key, version integer not null, name text not null,
        organisation text not null references organisation (id), municipalities text not null, blocks text not null,
        pilot text, started_on text, ended_on text
      );
      create table knowledge_quickscan (
        id text not null primary key, version integer not null,
        project text not null references knowledge_project (id), round integer not null check (round > 0),
        way text not null, opened_on text not null, answers blob not null, handed_in_on text, handed_in_by text,
        unique (project, round), check ((handed_in_on is null) = (handed_in_by is null))
      );
      create table knowledge_lesson (
        id text not null primary key, version integer not null, title text not null, words text not null,
        title_english text, words_english text, blocks text not null, pilots text not null, audiences text not null,
        ground text not null, phases text not null, moments text not null, municipalities text not null,
        source text not null, origin text,
        origin_id text, quickscan text references knowledge_quickscan (id), question text, added_on text not null,
        withdrawn_on text, unique (origin, origin_id), check ((origin is null) = (origin_id is null)),
        check ((title_english is null) = (words_english is null))
      );
      create index knowledge_lesson_quickscan on knowledge_lesson (quickscan);
      create table learning_meeting (
        id text not null primary key, version integer not null, title text not null, held_on text not null, time text,
        place text, blocks text not null, agenda blob not null, notes blob, cancelled_on text
      );
      create index learning_meeting_day on learning_meeting (held_on);
      create table meeting_action (
        id text not null primary key, version integer not null,
        meeting text not null references learning_meeting (id), words blob not null,
        owner text not null references account (id), due_on text not null, done_on text, dropped_on text
      );
      create index meeting_action_meeting on meeting_action (meeting);
      create index meeting_action_owner on meeting_action (owner) where done_on is null and dropped_on is null;
      create table knowledge_settings (
        id text not null primary key, version integer not null, region_name text, is_open integer not null
      );
      """),
    Migration(
      "knowledge-003",
      """
      create table self_scan (
        id text not null primary key, version integer not null, municipality text not null,
        neighbourhood text not null, opened_on text not null, code blob not null, code_blind text not null unique,
        closed_on text, conclusion blob
      );
      create table self_scan_form (
        id text not null primary key, version integer not null, scan text not null references self_scan (id),
        party text not null, scores text not null, words blob, given_on text not null, left_out_on text
      );
      create index self_scan_form_scan on self_scan_form (scan);
      create table basic_set_tool (
        id text not null primary key, version integer not null, name text not null, ended_on text
      );
      create table basic_set_entry (
        id text not null primary key, version integer not null, municipality text not null, tool text not null,
        state text not null, waiting_weeks integer check (waiting_weeks between 0 and 520), provider text, words text,
        since_on text not null, checked_on text not null, ended_on text
      );
      create unique index basic_set_entry_current on basic_set_entry (municipality, tool) where ended_on is null;
      """),
    Migration(
      "knowledge-004",
      """
      create table preferred_word (
        id text not null primary key, version integer not null, language text not null, word text not null,
        forms text not null, instead text not null, is_off integer not null, changed_on text not null,
        unique (language, word)
      );
      """),
  ]
}
