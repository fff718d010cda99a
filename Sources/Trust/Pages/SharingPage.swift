internal import Kernel
internal import Site
internal import Store

/// Who sees what of me, in five groups, and on what ground; one tap gives less, or more.
struct SharingPage {
  /// One person, or everyone who sees through an office or a team.
  struct Watcher {
    let account: Account?
    let name: String
    let organisation: String?
    let role: Role
    /// The last day on which they see, when that is agreed.
    let until: LocalDate?
    let items: [SharedItem]
    /// Where they stand on the page: two offices may see in the same role.
    let place: String

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
  private let seesTrail: Bool
  private let resident: ResidentID

  init(_ reader: Reader, _ sight: Sight) throws {
    resident = sight.resident
    mayChoose = sight.allows(.write, .sharing)
    isOwn = sight.isOwn
    seesTrail = sight.allows(.read, .audit)
    let relations = try Relation.openOnes(of: sight.resident, reader).filter { $0.role != .resident }
    let accounts = try Account.names(relations.compactMap(\.account), reader)
    let organisations = try Organisation.names(relations.compactMap(\.organisation), reader)
    let teams = Dictionary(
      try relations.compactMap(\.team).map { ($0, try reader.get(Team.self, $0).name) },
      uniquingKeysWith: { name, _ in name })
    let consents = try Consent.inForce(sight.resident, reader)
    recorders = try Self.recorders(consents, sight.resident, reader)
    let people = Relation.onePerPerson(relations.filter { $0.account != nil })
    watchers = (people + relations.filter { $0.account == nil }).enumerated().map { number, relation in
      let account = relation.account.flatMap { accounts[$0] }
      let organisation = relation.organisation.flatMap { organisations[$0]?.name }
      let office = relation.team.flatMap { teams[$0] } ?? organisation ?? ""
      return Watcher(
        account: account, name: account?.name ?? office, organisation: account == nil ? nil : organisation,
        role: relation.role,
        until: relation.untilAt.map { RegionTime.amsterdam.date(of: $0.adding(.hours(-1))) },
        items: Self.items(relation, consents, reader.now),
        place: account?.id.description ?? "\(relation.role.rawValue)-\(number)")
    }
  }

  static func items(_ relation: Relation, _ consents: [Consent], _ now: Instant) -> [SharedItem] {
    let subject = Subject(
      account: relation.account ?? ID(high: 0, low: 0), organisation: relation.organisation, role: relation.role,
      ground: relation.ground, fromAt: relation.fromAt, untilAt: relation.untilAt)
    return Category.allCases.compactMap { category in
      let usual = SharingMatrix.standard.level(relation.role, category)
      guard usual != .never, usual != .aggregate, category != .audit, category != .sharing else { return nil }
      let shared = consents.filter {
        $0.item != nil && $0.category == category && $0.choice == .show && $0.account == subject.account
          && $0.isInForce(at: now)
      }.count
      return SharedItem(
        category: category, level: decideLevel(subject, category, consents: consents, now: now), usual: usual,
        isTask: isTask(subject, category), shared: shared,
        isForThem: relation.role == .relative && (category == .plan || category == .warning))
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
        if seesTrail { html.link(t("trail.title"), to: "/residents/\(resident)/trail", class: "button quiet") }
        if !isOwn { html.link(t("sharing.back"), to: "/residents/\(resident)", class: "button quiet") }
      }
    }
  }

  private func card(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.section, .class("card"), .id("who-\(watcher.place)"), .aria(.label, watcher.name)) { html in
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
      html(.ul, .class("shares small")) { html in
        for group in SharingGroup.allCases { glance(group, watcher, t, &html) }
      }
      opened(watcher, visit, &html)
    }
  }

  /// One person's list at a time, so that the page stays small on a phone.
  private func opened(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let isOpen = visit.query["open"] == watcher.place
    let address = "/residents/\(resident)/sharing" + (isOpen ? "" : "?open=\(watcher.place)") + "#who-\(watcher.place)"
    html(.p) { html in
      html(.a, .class("button"), .href(address)) { html in
        html.text(t(isOpen ? "sharing.close" : mayChoose ? "sharing.change" : "sharing.showAll"))
        html(.span, .class("visually-hidden"), text: ": " + watcher.name)
      }
    }
    guard isOpen else { return }
    guard mayChoose else { return groups(watcher, visit, &html) }
    html(.form, .method("post"), .action("/residents/\(resident)/sharing")) { html in
      visit.formKeys(&html)
      html(.input, .type("hidden"), .name(watcher.key.name), .value(watcher.key.value))
      html(.input, .type("hidden"), .name("place"), .value(watcher.place))
      all(watcher, visit, &html)
      groups(watcher, visit, &html)
    }
  }

  /// How much of a group somebody sees.
  private func glance(_ group: SharingGroup, _ watcher: Watcher, _ t: Texts, _ html: inout HTML) {
    let here = watcher.items.filter { group.categories.contains($0.category) }
    let extent: SharedItem.Extent =
      here.allSatisfy { $0.extent == .none }
      ? .none : here.allSatisfy { $0.extent == .all } && here.count == group.categories.count ? .all : .some
    html(.li, .class(extent == .none ? "soft" : "")) { html in
      Icon.group(group.rawValue, &html)
      html(.span, text: t("sharing.group.\(group.rawValue)"))
      html(.span, .class("extent"), text: t("sharing.extent.\(extent)"))
    }
  }

  /// Everything that may be stopped for this person, in one press; and back again.
  private func all(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if visit.query["chosen"] == "all" { chosen(t, &html) }
    html(.p, .class("actions")) { html in
      if watcher.items.contains(where: \.canStop) {
        html(.button, .class("button"), .name("choice"), .value("all hide")) { html in
          html.text(t("sharing.stopAll"))
          html(.span, .class("visually-hidden"), text: " " + watcher.name)
        }
      }
      if watcher.items.contains(where: { $0.level != $0.usual }) {
        html(.button, .class("button quiet"), .name("choice"), .value("all usual")) { html in
          html.text(t("sharing.usualAll"))
          html(.span, .class("visually-hidden"), text: " " + watcher.name)
        }
      }
    }
    if watcher.items.contains(where: \.isTask) { html(.p, .class("small soft"), text: t("sharing.taskStays")) }
  }

  private func chosen(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("notice good small"), .role("status"), text: t("done.sharing.chosen"))
  }

  private func groups(_ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    for group in SharingGroup.allCases {
      let here = watcher.items.filter { group.categories.contains($0.category) }
      if !here.isEmpty {
        html(.h3, .class("group")) { html in
          Icon.group(group.rawValue, &html)
          html.text(visit.texts("sharing.group.\(group.rawValue)"))
        }
        html(.ul, .class("lines")) { html in
          for item in here { row(item, watcher, visit, &html) }
        }
      }
    }
  }

  private func row(_ item: SharedItem, _ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let place = watcher.place
    html(.li, .id("\(item.category.rawValue)-\(place)")) { html in
      html(.div) { html in
        html(.span, text: t("category.\(item.category.rawValue)"))
        html(.p, .class("small soft"), text: words(item, t))
        if let name = recorders["\(watcher.key.value) \(item.category.rawValue)"] {
          html(.p, .class("small soft"), text: t("sharing.recordedBy", ["name": name]))
        }
        if visit.query["chosen"] == item.category.rawValue { chosen(t, &html) }
      }
      if mayChoose && !item.isTask {
        html(.div, .class("actions")) { html in choice(item, watcher, visit, &html) }
      }
    }
  }

  private func words(_ item: SharedItem, _ t: Texts) -> String {
    if item.isTask { return t("sharing.byLaw") }
    guard item.level == .shared else { return t("sharing.level.\(item.level)") }
    let theirs = item.isForThem ? t("sharing.forThem.\(item.category.rawValue)") : nil
    let pieces = item.shared > 0 ? t("sharing.pieces", count: item.shared) : nil
    let said = [theirs, pieces].compactMap(\.self).joined(separator: " ")
    return said.isEmpty ? t("sharing.level.shared") : said
  }

  private func choice(_ item: SharedItem, _ watcher: Watcher, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let category = t("category.\(item.category.rawValue)")
    func offer(_ label: String, _ choice: String) {
      html(
        .button, .class("button quiet"), .name("choice"), .value("\(item.category.rawValue) \(choice)")
      ) { html in
        html.text(label)
        html(.span, .class("visually-hidden"), text: ": \(category), \(watcher.name)")
      }
    }
    if let account = watcher.account, item.level == .shared, SharingGroup.itemwise.contains(item.category) {
      html(
        .a, .class("button quiet"), .href("/residents/\(resident)/sharing/\(account.id)/\(item.category.rawValue)")
      ) { html in
        html.text(t("sharing.onePerOne"))
        html(.span, .class("visually-hidden"), text: ": \(category), \(watcher.name)")
      }
    }
    if item.level != item.usual {
      offer(t(item.usuallySees ? "sharing.shareAgain" : "sharing.stopSharing"), "usual")
    } else if item.extent != .none {
      offer(t("sharing.hide"), "hide")
    } else if watcher.account != nil {
      offer(t("sharing.show"), "show")
    }
  }
}
