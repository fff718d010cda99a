internal import Kernel
internal import Site
internal import Store

/// What one person saw, or changed, of a resident in one day.
struct TrailEntry: Sendable {
  /// One kind of thing they did, how often, and when last.
  struct Act: Sendable {
    /// `read`, `list`, `search`, `export`, `change` …
    let event: String
    /// The page or verb, by its name.
    let object: String
    let categories: [Category]
    let count: Int
    let lastAt: Instant
  }

  let day: LocalDate
  let account: ID<Account>?
  let organisation: ID<Organisation>?
  let role: String?
  let acts: [Act]

  /// What they saw or changed, all acts together.
  var categories: [Category] {
    let all = Set(acts.flatMap(\.categories))
    return Category.allCases.filter(all.contains)
  }

  var lastAt: Instant { acts.map(\.lastAt).max() ?? Instant(milliseconds: 0) }

  /// Done by Geland itself when it was due.
  var isAutomatic: Bool { account == nil && acts.allSatisfy { $0.object.hasPrefix("job.") } }
}

/// Some days of a resident's trail, latest first, and the day from which it goes on.
struct TrailDays: Sendable {
  let entries: [TrailEntry]
  /// Days before this one are on the next page; nil when there are none.
  let before: LocalDate?
}

extension TrustSlice {
  private static let daysAPage = 14
  /// A busy file has fewer days on a page: it stays small on a phone.
  private static let entriesAPage = 12
  /// How far back a trail is read; lines are kept five years (Stcrt. 2019-38007).
  private static let yearsBack = 5

  /// The trail of a resident: what was seen, from the audit; what was changed, from the journal itself. It is read day by
  /// day, so that no number of lines of one day pushes another away.
  func trailDays(of resident: ResidentID, before: LocalDate?, _ visit: Visit) async throws -> TrailDays {
    let start = RegionTime.amsterdam.instant(visit.today.adding(months: -12 * Self.yearsBack))
    var end = before.map { RegionTime.amsterdam.instant($0) } ?? visit.now.adding(.minutes(1))
    var entries: [TrailEntry] = []
    for _ in 0..<Self.daysAPage where entries.count < Self.entriesAPage {
      guard let last = try await lastMoment(of: resident, from: start, before: end) else {
        return TrailDays(entries: entries, before: nil)
      }
      let day = RegionTime.amsterdam.date(of: last)
      let from = RegionTime.amsterdam.instant(day)
      entries += try await self.entries(of: resident, on: day, from: from, until: end)
      end = from
    }
    let more = try await lastMoment(of: resident, from: start, before: end) != nil
    return TrailDays(entries: entries, before: more ? RegionTime.amsterdam.date(of: end) : nil)
  }

  private func lastMoment(of resident: ResidentID, from: Instant, before: Instant) async throws -> Instant? {
    let seen = try await audit.last(about: resident, from: from, before: before)
    let changed = try await database.read { try $0.lastChange(about: resident, from: from, before: before) }
    return [seen, changed].compactMap(\.self).max()
  }

  private func entries(
    of resident: ResidentID, on day: LocalDate, from: Instant, until: Instant
  ) async throws -> [TrailEntry] {
    let seen = try await audit.groups(about: resident, from: from, until: until)
    let changed = try await database.read { try $0.changes(about: resident, from: from, until: until) }
    struct Who: Hashable {
      let account: ID<Anything>?
      let organisation: ID<Anything>?
      let role: String?
    }
    func categories(_ fields: String) -> [Category] {
      fields.split(separator: " ").compactMap { Category(rawValue: String($0)) }
    }
    var acts: [Who: [TrailEntry.Act]] = [:]
    for group in seen {
      acts[Who(account: group.account, organisation: group.organisation, role: group.role), default: []].append(
        TrailEntry.Act(
          event: group.event, object: group.object, categories: categories(group.fields), count: group.count,
          lastAt: group.lastAt))
    }
    for group in changed {
      acts[Who(account: group.account, organisation: group.organisation, role: group.role), default: []].append(
        TrailEntry.Act(
          event: "change", object: group.verb, categories: categories(group.fields), count: group.count,
          lastAt: group.lastAt))
    }
    return acts.map { who, acts in
      TrailEntry(
        day: day, account: who.account?.retyped(), organisation: who.organisation?.retyped(), role: who.role,
        acts: acts.sorted { $0.lastAt > $1.lastAt })
    }.sorted { $0.lastAt > $1.lastAt }
  }

  func showTrail(_ visit: Visit) async throws -> Reply {
    let resident: ResidentID = try visit.id("resident")
    // Whoever may not see it waits for nothing that could tell whether there is anything.
    try await trail.look(visit, as: "trail") { try $0.sight(of: resident).require(.read, .audit) }
    let before = visit.query.date("before")
    let isUnreadable = visit.query["before"] != nil && before == nil
    let faults = isUnreadable ? [Problem.Fault(field: "before", "form.dateUnreadable")] : []
    let days = try await trailDays(of: resident, before: before, visit)
    return try await database.read { reader in
      try TrailPage(days, resident, visit.signedIn(), reader, faults).reply(visit)
    }
  }
}

/// Who looked at my file: one line a person a day, with all they saw and did below it.
struct TrailPage {
  private let days: [(day: LocalDate, entries: [Named])]
  private let before: LocalDate?
  private let resident: ResidentID
  private let faults: [Problem.Fault]

  private struct Named {
    let entry: TrailEntry
    let who: String
    let organisation: String?
  }

  init(
    _ days: TrailDays, _ resident: ResidentID, _ viewer: Viewer, _ reader: Reader, _ faults: [Problem.Fault]
  ) throws {
    self.resident = resident
    self.faults = faults
    before = days.before
    // What the resident did in their own file says nothing about others.
    let others = days.entries.filter { $0.account == nil || $0.account != viewer.account.retyped() }
    let accounts = try Account.names(others.compactMap(\.account), reader)
    let organisations = try Organisation.names(others.compactMap(\.organisation), reader)
    let named = others.map { entry in
      Named(
        entry: entry, who: entry.account.flatMap { accounts[$0]?.name } ?? "",
        organisation: entry.organisation.flatMap { organisations[$0]?.name })
    }
    self.days = Dictionary(grouping: named) { $0.entry.day }.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("trail.title"), width: .letter) { html in
      html.heading(t("trail.title"), t("trail.lead"))
      filter(visit, &html)
      if days.isEmpty { html.empty(t("trail.nobody")) }
      for (day, entries) in days {
        html.card("\(t.weekdayAndDate(day)) \(day.year)") { html in
          for entry in entries { show(entry, t, &html) }
        }
      }
      html(.p, .class("actions")) { html in
        if let before {
          html.link(t("list.earlier"), to: "/residents/\(resident)/trail?before=\(before)", class: "button")
        }
        html.link(t("sharing.title"), to: "/residents/\(resident)/sharing", class: "button quiet")
      }
    }
  }

  private func filter(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if !faults.isEmpty { visit.errorSummary(&html, faults) }
    html(.form, .method("get"), .action("/residents/\(resident)/trail"), .class("row wrap no-print")) { html in
      html(.label, .for("field-before"), text: t("trail.before"))
      html(
        .input, .type("date"), .id("field-before"), .name("before"), .value(visit.query["before"] ?? ""),
        faults.isEmpty ? nil : .aria(.invalid, "true"))
      html(.button, .class("button"), text: t("list.show"))
    }
  }

  private func show(_ named: Named, _ t: Texts, _ html: inout HTML) {
    let entry = named.entry
    html(.details, .class("looked")) { html in
      html(.summary) { html in
        html(.b, text: entry.isAutomatic ? t("trail.automatic") : named.who)
        let role = entry.role.map { t("role.\($0)") } ?? (entry.isAutomatic ? nil : t("trail.commandLine"))
        html.text([role, named.organisation].compactMap { $0 }.map { " · " + $0 }.joined())
        html(
          .span, .class("small soft"), text: " " + entry.categories.map { t("category.\($0)") }.joined(separator: ", "))
      }
      html(.ul, .class("small")) { html in
        for act in entry.acts {
          let what = act.categories.map { t("category.\($0)") }.joined(separator: ", ")
          let times = act.count > 1 ? " (\(t("trail.times", count: act.count)))" : ""
          html(.li, text: "\(t.time(act.lastAt)) · \(t("trail.event.\(act.event)")): \(what)\(times)")
        }
      }
    }
  }
}
