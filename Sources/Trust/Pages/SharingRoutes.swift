internal import Kernel
internal import Site
internal import Store

/// What I share, and who looked.
extension TrustSlice {
  var sharingRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/sharing", name: "sharing", .sharing) { visit, looker, sight in
        try SharingPage(looker.reader, sight).reply(visit)
      },
      trail.residentVerb(
        "/residents/{resident}/sharing", name: "sharing.choose", .sharing, .write
      ) { visit, transaction, sight in
        try choose(visit, transaction, sight)
      },
      Route(.get, "/residents/{resident}/trail", name: "trail", policy: .resident(.audit, .read)) { visit in
        try await trail.noting(visit, "trail") { try await showTrail(visit) }
      },
    ]
  }

  func choose(_ visit: Visit, _ transaction: Transaction, _ sight: Sight) throws -> Reply {
    // A page has one form for each person, whose buttons say category and choice together.
    let asked = (visit.form["choice"] ?? "").split(separator: " ").map(String.init)
    let named = visit.form["category"] ?? asked.first ?? ""
    guard let category = Category(rawValue: named) else { throw Problem.notFound }
    let person: ID<Account>? = visit.form.id("account")
    let role = visit.form["role"].flatMap(Role.init(rawValue:))
    // One person by account, or everyone who sees through an office or a team, by role.
    let isThere = try Relation.openOnes(of: sight.resident, transaction).contains {
      $0.role != .resident && (person != nil ? $0.account == person : $0.account == nil && $0.role == role)
    }
    guard isThere, let about = person.map(Consent.About.account) ?? role.map(Consent.About.role) else {
      throw Problem.notFound
    }
    let choice = asked.last.flatMap(Consent.Choice.init(rawValue:))
    // What can't be read is no choice, least of all one that shows more.
    guard choice != nil || asked.last == "usual" else { throw Problem.notFound }
    if choice == .show && person == nil { throw Problem.notFound }
    // Nobody widens what they see themselves: not by showing, nor by taking back what the resident hid from them.
    let isForSelf = person == sight.viewer.account.retyped() || role.map(sight.has) ?? false
    if isForSelf && choice != .hide && !sight.isOwn { throw Problem.refused("sharing.notForYourself") }
    try Consent.choose(
      choice, sight.resident, about: about, category: category, by: sight.viewer.account.retyped(), transaction)
    return .go(to: "/residents/\(sight.resident)/sharing?done=sharing.chosen")
  }
}

/// Who sees what of me, and on what ground; one tap gives less, or more.
struct SharingPage {
  /// One person, or everyone who sees through an office or a team.
  struct Watcher {
    let account: Account?
    let name: String
    let organisation: String?
    let role: Role
    /// The last day on which they see, when that is agreed.
    let until: LocalDate?
    let items: [(category: Category, level: Level, usual: Level, isTask: Bool)]

    /// How a choice names whom it is about.
    var key: (name: String, value: String) {
      account.map { ("account", $0.id.description) } ?? ("role", role.rawValue)
    }
  }

  let watchers: [Watcher]
  /// Who recorded a choice, where it was not the resident: shown, so that it can be undone.
  private let recorders: [String: String]
  private let mayChoose: Bool
  private let isOwn: Bool
  private let resident: ResidentID

  init(_ reader: Reader, _ sight: Sight) throws {
    resident = sight.resident
    mayChoose = sight.allows(.write, .sharing)
    isOwn = sight.isOwn
    let relations = try Relation.openOnes(of: sight.resident, reader).filter { $0.role != .resident }
    let accounts = try Account.names(relations.compactMap(\.account), reader)
    let organisations = try Organisation.names(relations.compactMap(\.organisation), reader)
    let teams = Dictionary(
      try relations.compactMap(\.team).map { ($0, try reader.get(Team.self, $0).name) },
      uniquingKeysWith: { name, _ in name })
    let consents = try Consent.inForce(sight.resident, reader)
    recorders = try Self.recorders(consents, sight.resident, reader)
    let people = Relation.onePerPerson(relations.filter { $0.account != nil })
    watchers = (people + relations.filter { $0.account == nil }).map { relation in
      let account = relation.account.flatMap { accounts[$0] }
      let organisation = relation.organisation.flatMap { organisations[$0]?.name }
      let office = relation.team.flatMap { teams[$0] } ?? organisation ?? ""
      return Watcher(
        account: account, name: account?.name ?? office, organisation: account == nil ? nil : organisation,
        role: relation.role,
        until: relation.untilAt.map { RegionTime.amsterdam.date(of: $0.adding(.hours(-1))) },
        items: Self.items(relation, consents, reader.now))
    }
  }

  private static func items(
    _ relation: Relation, _ consents: [Consent], _ now: Instant
  ) -> [(category: Category, level: Level, usual: Level, isTask: Bool)] {
    let subject = Subject(
      account: relation.account ?? ID(high: 0, low: 0), organisation: relation.organisation, role: relation.role,
      ground: relation.ground, fromAt: relation.fromAt, untilAt: relation.untilAt)
    return Category.allCases.compactMap { category in
      let usual = SharingMatrix.standard.level(relation.role, category)
      guard usual != .never, usual != .aggregate, category != .audit, category != .sharing else { return nil }
      return (category, decideLevel(subject, category, consents: consents, now: now), usual, isTask(subject, category))
    }
  }

  private static func recorders(
    _ consents: [Consent], _ resident: ResidentID, _ reader: Reader
  ) throws -> [String: String] {
    let own = Set(
      try reader.rows("select id from account where resident = \(resident) and role = 'resident'")
        .compactMap { $0.id("id", of: Account.self) })
    let others = consents.filter { !own.contains($0.recordedBy) }
    let names = try Account.names(others.map(\.recordedBy), reader)
    return Dictionary(
      others.compactMap { consent in
        guard let about = consent.account?.description ?? consent.role?.rawValue,
          let name = names[consent.recordedBy]?.name
        else { return nil }
        return ("\(about) \(consent.category.rawValue)", name)
      }, uniquingKeysWith: { $1 })
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t(isOwn ? "sharing.title" : "sharing.titleOther")
    return visit.page(title, width: .letter) { html in
      html.heading(title, t(isOwn ? "sharing.lead" : "sharing.leadOther"))
      if watchers.isEmpty { html.empty(t("sharing.nobody")) }
      for watcher in watchers { card(watcher, visit, &html) }
      html(.p, .class("row wrap")) { html in
        html.link(t("trail.title"), to: "/residents/\(resident)/trail", class: "button quiet")
        if !isOwn { html.link(t("sharing.back"), to: "/residents/\(resident)", class: "button quiet") }
      }
    }
  }

  private func card(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.section, .class("card"), .aria(.label, watcher.name)) { html in
      html(.div, .class("row")) { html in
        html.face(watcher.name)
        html(.div) { html in
          html(.h2, text: watcher.name)
          let role = t("role.\(watcher.role.rawValue)")
          html(.p, .class("small soft"), text: [role, watcher.organisation].compactMap { $0 }.joined(separator: " · "))
          if let until = watcher.until {
            html(.p, .class("small soft"), text: t("sharing.until", ["date": t.date(until)]))
          }
        }
      }
      let seen = watcher.items.filter { allows($0.level, .read) || $0.level == .shared }
      html(
        .p, .class("small"),
        text: seen.isEmpty
          ? t("sharing.seesNothing")
          : t("sharing.sees", ["what": seen.map { t("category.\($0.category.rawValue)") }.joined(separator: ", ")]))
      html(.details) { html in
        html(.summary, text: mayChoose ? t("sharing.change") : t("sharing.showAll"))
        if mayChoose {
          html(.form, .method("post"), .action("/residents/\(resident)/sharing")) { html in
            visit.formKeys(&html)
            html(.input, .type("hidden"), .name(watcher.key.name), .value(watcher.key.value))
            list(watcher, visit, &html)
          }
        } else {
          list(watcher, visit, &html)
        }
      }
    }
  }

  private func list(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    html(.ul, .class("lines")) { html in
      for item in watcher.items { row(item, watcher, visit, &html) }
    }
  }

  private func row(
    _ item: (category: Category, level: Level, usual: Level, isTask: Bool), _ watcher: Watcher, _ visit: Visit,
    _ html: inout HTML
  ) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.span, text: t("category.\(item.category.rawValue)"))
        html(.p, .class("small soft"), text: item.isTask ? t("sharing.byLaw") : t("sharing.level.\(item.level)"))
        if let name = recorders["\(watcher.key.value) \(item.category.rawValue)"] {
          html(.p, .class("small soft"), text: t("sharing.recordedBy", ["name": name]))
        }
      }
      if mayChoose && !item.isTask { choice(item, watcher, visit, &html) }
    }
  }

  private func choice(
    _ item: (category: Category, level: Level, usual: Level, isTask: Bool), _ watcher: Watcher, _ visit: Visit,
    _ html: inout HTML
  ) {
    let t = visit.texts
    func offer(_ label: String, _ choice: String) {
      html(
        .button, .class("button quiet"), .name("choice"), .value("\(item.category.rawValue) \(choice)"), text: label)
    }
    let usuallySees = item.usual == .read || item.usual == .write || item.usual == .shared
    if item.level != item.usual {
      offer(t(usuallySees ? "sharing.shareAgain" : "sharing.stopSharing"), "usual")
    } else if usuallySees {
      offer(t("sharing.hide"), "hide")
    } else if watcher.account != nil {
      offer(t("sharing.show"), "show")
    }
  }
}
