internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The contacts log, with a year at a glance.
struct ContactsPage {
  private let head: FileHead
  private let contacts: [(contact: Contact, by: String, organisation: String)]
  private let year: [Contact]
  private let next: ContactLog.Place?

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let place = try visit.query["before"].map { typed in
      guard let place = ContactLog.Place(typed) else { throw Problem.invalid("before", "form.notAChoice") }
      return place
    }
    let log = try ContactLog(sight, after: place, atMost: 40, reader)
    let found = log.contacts
    let people = try Account.names(found.map(\.by), reader)
    let organisations = try Organisation.names(found.compactMap(\.organisation), reader)
    contacts = found.map {
      ($0, people[$0.by]?.name ?? "", $0.organisation.flatMap { organisations[$0]?.name } ?? "")
    }
    next = log.next
    // Whoever sees the last ten sees no year of them.
    year =
      sight.reads(.contacts, onlyAs: .deskWorker)
      ? found.reversed()
      : try reader.all(
        Contact.self, "where resident = \(sight.resident) and at > \(visit.now.adding(.days(-364))) order by at")
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .contacts) { html in
      html.card(t("contact.year")) { html in
        ContactStrip(year, today: visit.today, movedOn: head.journey?.movedOn).show(t, &html)
      }
      html.card(t("contact.title")) { html in
        if contacts.isEmpty { html.empty(t("contact.none")) }
        html(.ol, .class("lines")) { html in
          for (contact, by, organisation) in contacts { row(contact, by, organisation, t, &html) }
        }
        if let next {
          html.link(t("list.earlier"), to: "\(head.path(.contacts))?before=\(next.description)", class: "button")
        }
      }
    }
  }

  private func row(_ contact: Contact, _ by: String, _ organisation: String, _ t: Texts, _ html: inout HTML) {
    html(.li) { html in
      html(.div) { html in
        html(.p) { html in
          html(.b, text: t("channel.\(contact.channel.rawValue)"))
          if !contact.isReached { html.tag(t("contact.noAnswer"), "mind") }
          if contact.minutes > 0 {
            html(.span, .class("soft small"), text: " " + t("contact.minutes", ["n": String(contact.minutes)]))
          }
        }
        if let words = contact.words { html(.p, text: words) }
        html(.p, .class("small soft"), text: "\(t.moment(contact.at)) · \(by) · \(organisation)")
      }
    }
  }
}

/// The quick log: one hand, under twenty seconds.
struct LogContactPage {
  let resident: ResidentID
  let name: String
  let faults: [Problem.Fault]
  /// What this contact may end; none is chosen beforehand.
  private let asked: [Signal]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    resident = sight.resident
    name = sight.name(of: try looker.reader.get(Resident.self, sight.resident.retyped()))
    asked = try Self.settleable(sight, looker.reader)
    if !asked.isEmpty { _ = sight.shows(.signal) }
    self.faults = faults
  }

  /// Open signals that having spoken to somebody can end. A silence ends by itself.
  static func settleable(_ sight: Sight, _ reader: Reader) throws -> [Signal] {
    guard sight.allows(.read, .signal) else { return [] }
    let me: ID<Account> = sight.viewer.account.retyped()
    return try reader.all(
      Signal.self,
      """
      where resident = \(sight.resident) and settled_at is null
      and kind in ('concern', 'checkIn', 'setback', 'warningAmber', 'warningRed') order by due_at, id
      """
    ).filter { $0.owner == me || sight.allows(.write, .signal) }
  }

  private func settles(_ visit: Visit) -> [Field] {
    guard !asked.isEmpty else { return [] }
    let t = visit.texts
    let options = asked.map {
      Field.Option(
        $0.id.description,
        t("contact.settlesOne", ["kind": t("signal.kind.\($0.kind.rawValue)"), "date": t.moment($0.raisedAt)]))
    }
    return [Field("settles", t("contact.settles"), .checks(options), hint: t("contact.settlesHint"))]
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("contact.logWith", ["name": name]), width: .letter) { html in
      html.heading(t("contact.logWith", ["name": name]), t("contact.logLead"))
      visit.form(
        &html, to: "/residents/\(resident)/contacts/new", submit: nil, class: "stack quick",
        faults: faults,
        fields: [
          Field(
            "channel", t("contact.how"),
            .radio(
              [Contact.Channel.call, .visit, .message, .walk, .videoCall].map {
                Field.Option($0.rawValue, t("channel.\($0.rawValue)"))
              }), isRequired: true),
          Field("words", t("contact.words"), .report(rows: 3), hint: t("contact.wordsHint")),
          Field("on", t("contact.on"), .date, value: visit.today.description, isRequired: true),
        ] + settles(visit) + [
          // Last, and each a way to send it: two presses for what happens most.
          Field(
            "minutes", t("contact.howLong"),
            .presses(
              [0, 15, 30, 60, 90].map {
                Field.Option(String($0), $0 == 0 ? t("contact.short") : t("contact.minutes", ["n": String($0)]))
              })),
          Field("reached", t("contact.orNot"), .presses([Field.Option("no", t("contact.noAnswer"))])),
        ])
    }
  }
}

extension ResidentSlice {
  var contactRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/contacts", name: "contacts", .contacts) { visit, looker, sight in
        try ContactsPage(visit, looker, sight).reply(visit)
      }
    ]
      + trail.residentForm(
        "/residents/{resident}/contacts/new", name: "contact.log", .contacts, .write,
        show: { visit, looker, sight, faults in
          try LogContactPage(looker, sight, faults: faults).reply(visit)
        },
        perform: { visit, transaction, sight in
          let entry = try Contact.Entry(visit, notBefore: Resident.bornOn(sight.resident, transaction))
          let signals = try Signal.askedToSettle(visit.form, entry, sight, transaction)
          try Contact.log(entry, with: sight.resident, by: sight.viewer.account.retyped(), transaction)
          for signal in signals {
            try signal.settle(
              entry.words ?? SettledBy.contact(entry.channel), by: sight.viewer.account.retyped(), transaction)
          }
          return .go(
            to: visit.form.isOn("stay") ? "/residents/\(sight.resident)/contacts" : "/today?done=contact.logged")
        }) + hoursRoutes
  }

  /// Hours for residents in general: consultation, team meetings.
  private var hoursRoutes: [Route] {
    trail.form(
      "/hours", name: "contact.hours",
      policy: .roles([.supportWorker, .teamLeader, .clinician, .peerWorker, .communityWorker]),
      show: { visit, looker, faults in try HoursPage(visit, looker.reader, looker.viewer, faults: faults).reply(visit)
      },
      perform: { visit, transaction, looker in
        var entry = try Contact.Entry(visit, isTried: false)
        var form = FormReader(visit.form)
        entry.partner = form.text("partner", atMost: 400)
        try form.check()
        try Contact.log(entry, with: nil, by: looker.viewer.account.retyped(), transaction)
        return .go(to: "/hours?done=hours.logged")
      })
  }
}

extension Signal {
  /// What the quick log says is ended with this contact. Having tried is not having spoken.
  fileprivate static func askedToSettle(
    _ form: Fields, _ entry: Contact.Entry, _ sight: Sight, _ transaction: Transaction
  ) throws -> [Signal] {
    let chosen = Set(form.all("settles"))
    guard !chosen.isEmpty else { return [] }
    guard entry.isReached else { throw Problem.invalid("settles", "contact.settlesNothing") }
    let signals = try LogContactPage.settleable(sight, transaction).filter { chosen.contains($0.id.description) }
    guard signals.count == chosen.count else { throw Problem.invalid("settles", "form.notAChoice") }
    return signals
  }
}

extension Contact.Entry {
  /// Reads the quick log's form. What was said about it is one press: how long, or that nobody answered.
  /// - Parameter isTried: it may be that nobody answered, as with one resident and not with a meeting.
  init(_ visit: Visit, notBefore first: LocalDate? = nil, isTried: Bool = true) throws {
    var form = FormReader(visit.form)
    let channel: Contact.Channel? = form.choice("channel")
    let outcome: Outcome? = form.maybeChoice("reached")
    let minutes = form.number("minutes", in: 0...1440)
    let day = form.neededDate("on", in: (first ?? FormReader.years.lowerBound)...FormReader.years.upperBound)
    if let day, day > visit.today { form.add("on", "contact.inFuture") }
    let words = form.maybe("words")
    if outcome == nil && minutes == nil {
      form.add(isTried ? "reached" : "minutes", isTried ? "contact.sayHow" : "form.needed")
    }
    try form.check()
    guard let channel, let day else { throw Problem(.invalid) }
    let at = day == visit.today ? visit.now : RegionTime.amsterdam.instant(day, hour: 12)
    self.init(at: at, channel: channel, isReached: outcome != .no, minutes: minutes ?? 0, words: words)
  }

  private enum Outcome: String { case yes, no }
}

/// Hours without one resident, which per-person funding loses sight of.
struct HoursPage {
  private let entries: [Contact]
  private let minutesThisMonth: Int
  private let faults: [Problem.Fault]

  init(_ visit: Visit, _ reader: Reader, _ viewer: Viewer, faults: [Problem.Fault]) throws {
    self.faults = faults
    entries = try reader.all(
      Contact.self, "where by = \(viewer.account) and resident is null order by at desc limit 30")
    let month = RegionTime.amsterdam.instant(visit.today.adding(days: 1 - visit.today.day))
    minutesThisMonth =
      try reader.row(
        """
        select coalesce(sum(minutes), 0) as minutes from contact
        where by = \(viewer.account) and resident is null and at >= \(month)
        """)?.integer("minutes") ?? 0
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("hours.title"), width: .letter) { html in
      html.heading(t("hours.title"), t("hours.lead"))
      html.card(t("hours.add")) { html in
        visit.form(
          &html, to: "/hours", submit: t("form.save"), faults: faults,
          fields: [
            Field(
              "channel", t("contact.how"),
              .radio(
                [Contact.Channel.meeting, .call, .videoCall].map {
                  Field.Option($0.rawValue, t("channel.\($0.rawValue)"))
                }), isRequired: true),
            Field("partner", t("hours.with"), hint: t("hours.withHint"), isRequired: true),
            Field("minutes", t("hours.minutes"), .number, isRequired: true),
            Field("words", t("hours.subject"), .report(rows: 2), hint: t("hours.subjectHint")),
            Field("on", t("contact.on"), .date, value: visit.today.description, isRequired: true),
          ])
      }
      html.card(t("hours.thisMonth", ["hours": "\(minutesThisMonth / 60)", "minutes": "\(minutesThisMonth % 60)"])) {
        html in
        if entries.isEmpty { html.empty(t("hours.none")) }
        html(.ol, .class("lines")) { html in
          for entry in entries {
            html(.li) { html in
              html(.div) { html in
                html(.p, text: "\(entry.partner ?? "") · \(t("contact.minutes", ["n": String(entry.minutes)]))")
                html(
                  .p, .class("small soft"),
                  text: [t.date(RegionTime.amsterdam.date(of: entry.at)), entry.words].compactMap { $0 }.joined(
                    separator: " · "))
              }
            }
          }
        }
      }
    }
  }
}
