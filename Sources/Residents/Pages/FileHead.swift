internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What stands beside every page of a resident's file: who, phase, who is first, how they are landing.
struct FileHead {
  enum Tab: String, CaseIterable {
    case overview, plan, circle, journey, contacts, warning, handovers, sharing

    var category: Category {
      switch self {
      case .overview: .identity
      case .plan: .plan
      case .circle: .network
      case .journey, .handovers: .journey
      case .contacts: .contacts
      case .warning: .warning
      case .sharing: .sharing
      }
    }
  }

  /// Pages that show item by item what was shared with somebody.
  private static let itemwise: Set<Tab> = [.plan, .circle, .warning]

  let resident: ResidentID
  let name: String
  let contact: (phone: String?, email: String?, address: String?)?
  let birthDate: LocalDate?
  let journey: Journey?
  let first: (organisation: String, worker: String, standIn: String?)?
  let firstWorker: ID<Account>?
  let silentDays: Int?
  let tabs: [Tab]
  let mayLog: Bool
  private let seesDetails: Bool
  let isOwn: Bool
  /// Registrations of the same person that became one with this file, to be read from every page of it.
  private let merged: [(resident: ResidentID, at: Instant?)]

  init(_ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    resident = sight.resident
    let person = try reader.get(Resident.self, sight.resident.retyped())
    name = sight.name(of: person)
    birthDate = sight.seesFirstNameOnly ? nil : sight.show(.identity, person.birthDate)
    let hasContact = person.phone != nil || person.address != nil
    contact = hasContact && sight.shows(.contact) ? (person.phone, person.email, person.address) : nil
    let open = try Journey.open(of: sight.resident, reader)
    journey = sight.show(.journey, open)
    let accountable = try journey.flatMap { try Accountability.now($0.id, reader) }
    firstWorker = accountable?.worker
    if let accountable {
      let people = try Account.names([accountable.worker, accountable.standIn].compactMap { $0 }, reader)
      let organisation = try reader.find(Organisation.self, accountable.organisation)
      first = (
        organisation?.name ?? "", people[accountable.worker]?.name ?? "",
        accountable.standIn.flatMap { people[$0]?.name }
      )
    } else {
      first = nil
    }
    let today = RegionTime.amsterdam.date(of: reader.now)
    silentDays =
      sight.allows(.read, .contacts)
      ? sight.show(.contacts, try Contact.lastReached(sight.resident, reader).map { today.days(since: $0) }) : nil
    tabs = Tab.allCases.filter {
      sight.allows(.read, $0.category) || Self.itemwise.contains($0) && sight.isItemwise($0.category)
    }
    seesDetails = sight.allows(.read, .identity) && !sight.seesFirstNameOnly
    mayLog = sight.allows(.write, .contacts)
    isOwn = sight.isOwn
    merged = sight.allows(.read, .identity) ? try MergedFiles.into(sight.resident, reader) : []
  }

  /// The whole page: quiet left column, tabs, and what the tab shows.
  func page(_ visit: Visit, _ tab: Tab, content: (inout HTML) -> Void) -> Reply {
    let t = visit.texts
    return visit.page("\(name) · \(t("file.tab.\(tab.rawValue)"))") { html in
      html(.div, .class("file")) { html in
        html(.aside, .class("file-head"), .aria(.label, t("file.head"))) { html in head(visit, &html) }
        html(.div, .class("file-main stack")) { html in
          html(.nav, .class("tabs"), .aria(.label, t("file.tabs"))) { html in
            for one in tabs {
              html(
                .a, .href(path(one)), one == tab ? .aria(.current, "page") : nil, text: t("file.tab.\(one.rawValue)"))
            }
          }
          content(&html)
        }
      }
    }
  }

  func path(_ tab: Tab) -> String { "/residents/\(resident)" + (tab == .overview ? "" : "/\(tab.rawValue)") }

  private func head(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.h1, text: name)
    if let birthDate {
      let age = visit.today.months(since: birthDate) / 12
      html(.p, .class("soft small"), text: t("file.age", ["n": String(age)]))
    }
    if let journey {
      html(.p) { html in
        html.tag(t("phase.\(journey.phase.rawValue)"), "teal")
        html.text(" ")
        html(
          .span, .class("soft small"),
          text: t("file.since", ["date": t.shortDate(journey.phaseSince, today: visit.today)]))
      }
    }
    if let first {
      html(.p, .class("small")) { html in
        html(.span, .class("soft"), text: t("file.first") + " ")
        html(.b, text: first.worker)
        html(.br)
        html.text(first.organisation)
        if let standIn = first.standIn {
          html(.br)
          html(.span, .class("soft"), text: t("file.standIn", ["name": standIn]))
        }
      }
    }
    if let contact {
      html(.p, .class("small")) { html in
        if let phone = contact.phone { html.link(phone, to: "tel:\(dialled(phone))") }
        if let address = contact.address {
          html(.br)
          html.text(address)
        }
      }
    }
    if let silentDays {
      let last = silentDays == 0 ? t("file.lastContactToday") : t("file.lastContact", count: silentDays)
      html(.p, .class("soft small"), text: last)
    }
    if seesDetails {
      html(.p, .class("small")) { html in html.link(t("details.title"), to: "/residents/\(resident)/details") }
    }
    for (number, one) in merged.enumerated() {
      html(.p, .class("small")) { html in
        html.link(
          t(
            "merged.link",
            ["n": String(number + 2), "date": one.at.map { t.date(RegionTime.amsterdam.date(of: $0)) } ?? ""]),
          to: "/residents/\(resident)/merged/\(one.resident)")
      }
    }
    if mayLog && !isOwn {
      html(.p) { html in html.link(t("contact.log"), to: "/residents/\(resident)/contacts/new", class: "button main") }
    }
  }
}

extension Sight {
  /// The name as this viewer may know it.
  func name(of resident: Resident) -> String {
    guard shows(.identity) else { return "" }
    return seesFirstNameOnly ? resident.firstName : resident.fullName
  }
}
