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
  /// What one calls them.
  private let firstName: String
  let contact: (phone: String?, email: String?, address: String?)?
  let birthDate: LocalDate?
  let journey: Journey?
  let first: (organisation: String, worker: String, phone: String?, standIn: String?)?
  /// How it is now, when it asks something of somebody.
  private let colour: StateColour?
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
    firstName = sight.allows(.read, .identity) ? person.firstName : ""
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
      let worker = people[accountable.worker]
      first = (
        organisation?.name ?? "", worker?.name ?? "",
        accountable.worker == looker.viewer.account.retyped() ? nil : worker?.phone ?? organisation?.phone,
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
    colour = sight.isOwn ? nil : try Self.colour(sight, reader)
  }

  /// The worst of the open signals and of the plan's own colour, as far as the viewer may know them.
  private static func colour(_ sight: Sight, _ reader: Reader) throws -> StateColour? {
    var colours: [StateColour] = []
    if sight.allows(.read, .signal) {
      let open = try reader.all(Signal.self, "where resident = \(sight.resident) and settled_at is null")
      let worst = open.map { $0.colour == .red || $0.dueAt < reader.now ? StateColour.alarm : .mind }.max()
      if let worst = sight.show(.signal, worst) { colours.append(worst) }
    }
    if sight.allows(.read, .warning), let state = try WarningState.latest(sight.resident, reader) {
      let colour: StateColour? = state.colour == .red ? .alarm : state.colour == .amber ? .mind : nil
      if let colour = sight.show(.warning, colour) { colours.append(colour) }
    }
    return colours.max()
  }

  /// The whole page: a head of two lines, the tabs in one row, and what the tab shows.
  /// - Parameter title: what a page below a tab is called, so that no two have one name.
  func page(_ visit: Visit, _ tab: Tab, title: String? = nil, content: (inout HTML) -> Void) -> Reply {
    let t = visit.texts
    return visit.page("\(name) · \(title ?? t("file.tab.\(tab.rawValue)"))") { html in
      html(.div, .class("file stack")) { html in
        html(.header, .class("file-head")) { html in head(visit, &html) }
        html(.nav, .class("tabs"), .aria(.label, t("file.tabs"))) { html in
          for one in tabs {
            html(.a, .href(path(one)), one == tab ? .aria(.current, "page") : nil, text: t("file.tab.\(one.rawValue)"))
          }
        }
        html(.div, .class("file-main stack")) { html in content(&html) }
      }
    }
  }

  func path(_ tab: Tab) -> String { "/residents/\(resident)" + (tab == .overview ? "" : "/\(tab.rawValue)") }

  private func head(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.face(name)
    html(.div, .class("who")) { html in
      html(.h1, text: name)
      html(.p, .class("small soft")) { html in line(visit, &html) }
    }
    if !isOwn {
      html(.div, .class("actions")) { html in
        if let phone = contact?.phone {
          html.link(t("file.call", ["name": firstName]), to: "tel:\(dialled(phone))", class: "button")
        }
        if mayLog { html.link(t("contact.log"), to: "/residents/\(resident)/contacts/new", class: "button main") }
      }
    }
    rest(visit, &html)
  }

  /// How it is, where on the way, and whom to call first.
  private func line(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if let colour { html.state(colour, t("landing.colour.\(colour.rawValue)")) }
    if let journey { html.tag(PhaseLine.words(journey, visit), "teal") }
    if let age = age(visit) { html(.span, .class("wide-only"), text: age) }
    if let first {
      html(.span) { html in
        html.text(t("file.first") + " ")
        if let phone = first.phone {
          html(.a, .href("tel:\(dialled(phone))")) { html in
            html(.b, text: first.worker)
            html(.span, .class("visually-hidden"), text: " " + t("help.call", ["number": phone]))
          }
        } else {
          html(.b, text: first.worker)
        }
      }
    }
    if let address = contact?.address { html(.span, .class("wide-only"), text: address) }
  }

  private func age(_ visit: Visit) -> String? {
    birthDate.map { visit.texts("file.age", ["n": String(visit.today.months(since: $0) / 12)]) }
  }

  /// What one needs less often, folded away.
  private func rest(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    var facts: [(String, String)] = []
    if let age = age(visit) { facts.append((t("file.ageIs"), age)) }
    if let journey {
      facts.append(
        (
          t("phase.\(journey.phase.rawValue)"),
          t("file.since", ["date": t.shortDate(journey.phaseSince, today: visit.today)])
        ))
    }
    if let first {
      facts.append((t("file.organisation"), first.organisation))
      if let standIn = first.standIn { facts.append((t("file.standIn"), standIn)) }
    }
    if let address = contact?.address { facts.append((t("details.field.address"), address)) }
    if let silentDays {
      facts.append(
        (t("file.lastContactIs"), silentDays == 0 ? t("relative.today") : t("relative.ago", count: silentDays)))
    }
    guard !facts.isEmpty || seesDetails || !merged.isEmpty else { return }
    html(.details, .class("more")) { html in
      html(.summary, text: t("file.more", ["name": name]))
      html(.dl, .class("facts small")) { html in
        for (what, words) in facts {
          html(.dt, text: what)
          html(.dd, text: words)
        }
        if let phone = contact?.phone {
          html(.dt, text: t("details.field.phone"))
          html(.dd) { html in html.link(phone, to: "tel:\(dialled(phone))") }
        }
      }
      if seesDetails { html.link(t("details.title"), to: "/residents/\(resident)/details", class: "button quiet") }
      for (number, one) in merged.enumerated() {
        let date = one.at.map { t.date(RegionTime.amsterdam.date(of: $0)) } ?? ""
        html(.p, .class("small")) { html in
          html.link(
            t("merged.link", ["n": String(number + 2), "date": date]),
            to: "/residents/\(resident)/merged/\(one.resident)")
        }
      }
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
