internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What others chose for a resident in the last weeks: who sees more or less, letters for their account, and who sees on
/// for a while. Told to the resident, who can change it (domain §7).
struct ChosenForYou {
  private static let days = 30

  private enum Item {
    case choice(Consent, who: String?, by: String, on: LocalDate)
    case letter(by: String, agreedBy: String?, on: LocalDate)
    case along(name: String, until: LocalDate)
  }

  private let items: [Item]
  private let resident: ResidentID

  init(_ sight: Sight, _ reader: Reader) throws {
    resident = sight.resident
    let own = try Self.ownAccounts(sight.resident, reader)
    let since = reader.now.adding(.days(-Self.days))
    let choices = try Consent.inForce(sight.resident, reader).filter {
      $0.fromAt > since && !own.contains($0.recordedBy)
    }
    let letters = try Letter.recent(for: own, reader).filter { $0.madeAt > since && !own.contains($0.madeBy) }
    let along = try Relation.openOnes(of: sight.resident, reader).filter { $0.untilAt != nil && $0.account != nil }
    let names = try Account.names(
      choices.flatMap { [$0.account, $0.recordedBy] }.compactMap(\.self)
        + letters.flatMap { [$0.madeBy, $0.agreedBy] }.compactMap(\.self) + along.compactMap(\.account), reader)
    func day(_ moment: Instant) -> LocalDate { RegionTime.amsterdam.date(of: moment) }
    items =
      choices.map {
        .choice(
          $0, who: $0.account.flatMap { names[$0]?.name }, by: names[$0.recordedBy]?.name ?? "", on: day($0.fromAt))
      }
      + letters.map {
        .letter(
          by: names[$0.madeBy]?.name ?? "", agreedBy: $0.agreedBy.flatMap { names[$0]?.name }, on: day($0.madeAt))
      }
      + along.map {
        .along(
          name: $0.account.flatMap { names[$0]?.name } ?? "", until: day($0.untilAt?.adding(.hours(-1)) ?? reader.now))
      }
    if !items.isEmpty { _ = sight.shows(.sharing) }
  }

  private static func ownAccounts(_ resident: ResidentID, _ reader: Reader) throws -> [ID<Account>] {
    try reader.rows("select id from account where resident = \(resident) and role = 'resident'")
      .compactMap { $0.id("id") }
  }

  func show(_ visit: Visit, _ html: inout HTML) {
    guard !items.isEmpty else { return }
    let t = visit.texts
    html.card(t("chosen.title")) { html in
      html(.p, .class("soft"), text: t("chosen.lead"))
      html(.ul, .class("lines")) { html in
        for item in items { html(.li, text: Self.words(item, visit)) }
      }
      html.link(t("chosen.change"), to: "/residents/\(resident)/sharing", class: "button")
    }
  }

  private static func words(_ item: Item, _ visit: Visit) -> String {
    let t = visit.texts
    func when(_ day: LocalDate) -> String { t.shortDate(day, today: visit.today) }
    switch item {
    case .choice(let consent, let who, let by, let on):
      return t(
        "chosen.\(consent.choice.rawValue)",
        [
          "by": by, "date": when(on), "what": t("category.\(consent.category.rawValue)"),
          "who": who ?? consent.role.map { t("role.\($0.rawValue)") } ?? "",
        ])
    case .letter(let by, let agreedBy?, let on):
      return t("chosen.letterAgreed", ["by": by, "agreed": agreedBy, "date": when(on)])
    case .letter(let by, nil, let on): return t("chosen.letter", ["by": by, "date": when(on)])
    case .along(let name, let until): return t("chosen.along", ["name": name, "date": t.date(until)])
    }
  }
}
