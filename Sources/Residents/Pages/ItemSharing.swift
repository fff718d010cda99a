internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What of the plan, the circle or the early-warning plan one person sees, thing by thing, where the matrix says so.
struct ItemSharingPage {
  private let resident: ResidentID
  private let isOwn: Bool
  private let person: Account
  private let category: Category
  private let items: [(id: ID<Anything>, words: String, isStep: Bool, isShared: Bool)]
  private let mayChoose: Bool

  init(_ looker: Looker, _ sight: Sight, _ person: ID<Account>, _ category: Category) throws {
    let reader = looker.reader
    try Self.mustBeItemwise(person, category, sight.resident, reader)
    resident = sight.resident
    isOwn = sight.isOwn
    self.person = try reader.get(Account.self, person)
    self.category = category
    mayChoose = sight.allows(.write, .sharing)
    let shared = Set(
      try Consent.inForce(resident, reader)
        .filter { $0.category == category && $0.choice == .show && $0.account == person }.compactMap(\.item))
    let all = sight.shows(category) ? try Self.things(category, sight.resident, reader) : []
    items = all.map { ($0.id, $0.words, $0.isStep, shared.contains($0.id)) }
  }

  /// Only somebody who sees this thing by thing; for others there is nothing to choose.
  static func mustBeItemwise(
    _ person: ID<Account>, _ category: Category, _ resident: ResidentID, _ reader: Reader
  ) throws {
    guard SharingGroup.itemwise.contains(category),
      try Relation.openOnes(of: resident, reader).contains(where: {
        $0.account == person && SharingMatrix.standard.level($0.role, category) == .shared
      })
    else { throw Problem.notFound }
  }

  static func things(
    _ category: Category, _ resident: ResidentID, _ reader: Reader
  ) throws -> [(id: ID<Anything>, words: String, isStep: Bool)] {
    switch category {
    case .plan:
      let steps = try reader.all(Step.self, "where resident = \(resident) and dropped_on is null order by id")
      return try reader.all(Goal.self, "where resident = \(resident) and ended_on is null order by id")
        .flatMap { goal in
          [(goal.id.retyped(), goal.words, false)]
            + steps.filter { $0.goal == goal.id }.map { ($0.id.retyped(), $0.words, true) }
        }
    case .network:
      return try reader.all(CircleMember.self, "where resident = \(resident) and until_on is null order by from_on")
        .map { ($0.id.retyped(), $0.name, false) }
    case .warning:
      return try EarlyWarningPlan.of(resident, reader).map { [($0.id.retyped(), $0.goodSigns, false)] } ?? []
    default: return []
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let what = t("category.\(category.rawValue)")
    let title = t("sharing.itemsTitle", ["name": person.name, "what": what])
    return visit.page(title, width: .letter) { html in
      html.heading(title, t("sharing.itemsLead"))
      html.card(nil) { html in
        if items.isEmpty { html.empty(t("sharing.itemsNone")) }
        html(.ul, .class("lines")) { html in
          for item in items { row(item, visit, &html) }
        }
      }
      html.link(
        t("sharing.itemsBack"),
        to: "/residents/\(resident)/sharing?open=\(person.id)#\(category.rawValue)-\(person.id)",
        class: "button quiet")
    }
  }

  private func row(
    _ item: (id: ID<Anything>, words: String, isStep: Bool, isShared: Bool), _ visit: Visit, _ html: inout HTML
  ) {
    let t = visit.texts
    html(.li, .id("item-\(item.id)"), .class(item.isStep ? "within" : "")) { html in
      html(.div) { html in
        html(.p, text: item.words)
        html(.p) { html in
          html.state(item.isShared ? .good : .unknown, t(item.isShared ? "sharing.itemSeen" : "sharing.itemNotSeen"))
        }
      }
      if mayChoose {
        html(
          .form, .method("post"), .action("/residents/\(resident)/sharing/\(person.id)/\(category.rawValue)"),
          .class("inline")
        ) { html in
          visit.formKeys(&html)
          html(.input, .type("hidden"), .name("item"), .value(item.id.description))
          html(
            .button, .class("button"), .name("choice"), .value(item.isShared ? "usual" : "show")
          ) { html in
            html.text(t(item.isShared ? "sharing.hide" : "sharing.show"))
            html(.span, .class("visually-hidden"), text: ": " + item.words)
          }
        }
      }
    }
  }
}

extension ResidentSlice {
  var itemSharingRoutes: [Route] {
    let path = "/residents/{resident}/sharing/{account}/{category}"
    return [
      trail.residentPage(path, name: "sharing.items", .sharing) { visit, looker, sight in
        try ItemSharingPage(looker, sight, visit.id("account"), Self.category(visit)).reply(visit)
      },
      trail.residentVerb(path, name: "sharing.chooseItem", .sharing, .write) { visit, transaction, sight in
        let person: ID<Account> = try visit.id("account")
        let category = try Self.category(visit)
        try ItemSharingPage.mustBeItemwise(person, category, sight.resident, transaction)
        // Only what the chooser can see themselves, and what is this resident's.
        try sight.require(.read, category)
        guard let item: ID<Anything> = visit.form.id("item"),
          try ItemSharingPage.things(category, sight.resident, transaction).contains(where: { $0.id == item })
        else { throw Problem.notFound }
        let choice = visit.form["choice"] == "show" ? Consent.Choice.show : nil
        if person == sight.viewer.account.retyped() && choice != nil {
          throw Problem.refused("sharing.notForYourself")
        }
        try Consent.choose(
          choice, sight.resident, about: .account(person), category: category, item: item,
          by: sight.viewer.account.retyped(), transaction)
        return .go(
          to: "/residents/\(sight.resident)/sharing/\(person)/\(category.rawValue)?done=sharing.chosen#item-\(item)")
      },
    ]
  }

  private static func category(_ visit: Visit) throws -> Category {
    guard let category = Category(rawValue: visit.places["category"] ?? "") else { throw Problem.notFound }
    return category
  }
}

extension Step {
  /// May this viewer see the step: because of the plan, because it was shared, or because it names them.
  func isSeen(_ sight: Sight, _ me: Set<ID<CircleMember>>) -> Bool {
    if sight.sees(id, .plan) { return true }
    guard let companion, me.contains(companion), sight.has(.relative) else { return false }
    return sight.isItemwise(.plan) && sight.showsAsAddressee(.plan)
  }

  /// As whom the viewer stands in the circle.
  static func names(of sight: Sight, _ reader: Reader) throws -> Set<ID<CircleMember>> {
    Set(
      try reader.all(
        CircleMember.self,
        "where resident = \(sight.resident) and account = \(sight.viewer.account) and until_on is null"
      ).map(\.id))
  }
}
