internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Searching by name, telephone number or client number, within what one may see.
struct SearchPage {
  /// Whom the directory found, and how.
  struct Asked {
    enum Way { case name, nearly, number }

    let typed: String
    let way: Way
    /// Asked only when nobody was found before.
    let candidates: @Sendable () -> [ResidentID]
  }

  private struct Line {
    let resident: ResidentID
    let name: String
    let phase: Phase?
    let municipality: String?
    let phone: String?
  }

  private static let shownMost = 30
  private static let countedMost = 100

  private let typed: String
  private let way: Asked.Way
  private let found: [Line]
  /// How many there are that one may see.
  private let count: Int
  private var isMore: Bool { count > found.count }

  init(_ typed: String, _ asked: [Asked], _ looker: Looker) throws {
    for one in asked {
      let page = try SearchPage(one, looker)
      if page.count > 0 {
        self = page
        return
      }
    }
    (self.typed, way, found, count) = (typed, asked.first?.way ?? .name, [], 0)
  }

  private init(_ asked: Asked, _ looker: Looker) throws {
    (typed, way) = (asked.typed, asked.way)
    // Who may be seen at all is told apart before anything is cut.
    let seen = try looker.seen(among: asked.candidates(), atMost: Self.countedMost + 1)
    var lines: [Line] = []
    var looked = 0
    while lines.count < Self.shownMost && looked < seen.count {
      let part = Array(seen[looked..<min(looked + Self.shownMost, seen.count)])
      let more = try Self.lines(part, asked, looker)
      let room = Self.shownMost - lines.count
      lines += more.prefix(room)
      looked += more.count > room ? room : part.count
    }
    found = lines
    count = lines.count + seen.count - looked
  }

  private static func lines(_ ids: [ResidentID], _ asked: Asked, _ looker: Looker) throws -> [Line] {
    let sights = try looker.sights(of: ids)
    guard !sights.isEmpty else { return [] }
    let residents = Dictionary(
      uniqueKeysWithValues: try looker.reader.all(Resident.self, "where id in (\(list: ids))").map { ($0.key, $0) })
    let phases = Dictionary(
      try looker.reader.all(Journey.self, "where ended_on is null and resident in (\(list: ids))").map {
        ($0.resident, $0.phase)
      },
      uniquingKeysWith: { first, _ in first })
    return ids.compactMap { id in
      guard let resident = residents[id], let sight = sights[id], sight.allows(.read, .identity),
        mayFind(resident, asked, sight)
      else { return nil }
      let phone = asked.way == .number && asked.isPhone(of: resident) ? sight.show(.contact, resident.phone) : nil
      let seesJourney = sight.shows(.journey)
      return Line(
        resident: id, name: sight.name(of: resident), phase: seesJourney ? phases[id] : nil,
        municipality: seesJourney ? Municipality.with(code: resident.municipality)?.name : nil, phone: phone)
    }
  }

  /// Somebody who may know only the first name doesn't find by the last; by a number finds who may know the number.
  private static func mayFind(_ resident: Resident, _ asked: Asked, _ sight: Sight) -> Bool {
    if asked.way == .number {
      return asked.isPhone(of: resident) ? sight.allows(.read, .contact) : !sight.seesFirstNameOnly
    }
    guard sight.seesFirstNameOnly else { return true }
    var index = NameIndex()
    index.put(NameIndex.Entry(resident: resident.key, firstName: resident.firstName, lastName: ""))
    return asked.way == .nearly ? !index.findNearly(asked.typed).isEmpty : !index.find(asked.typed).isEmpty
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("search.title"), width: .letter) { html in
      html.heading(t("search.title"))
      html(.form, .method("post"), .action("/search"), .class("row search"), .role("search")) { html in
        visit.formKeys(&html)
        html(.label, .for("q"), .class("visually-hidden"), text: t("search.name"))
        html(
          .input, .type("search"), .id("q"), .name("q"), .value(typed), .placeholder(t("search.name")),
          .autocomplete("off"), .autofocus)
        html(.button, .class("button main"), text: t("search.go"))
      }
      if !typed.isEmpty {
        html.card(nil) { html in
          html(.p, .class("soft small"), .role("status"), text: told(t))
          html(.ul, .class("people")) { html in for line in found { row(line, t, &html) } }
          if isMore { html(.p, .class("soft"), text: t("search.narrow")) }
        }
      }
    }
  }

  /// How many were found, and when that is not all of them, how many there are.
  private func told(_ t: Texts) -> String {
    if way == .nearly { return t("search.didYouMean", ["typed": typed]) }
    if count > Self.countedMost {
      return t("search.shownOfMany", ["shown": String(found.count), "n": String(Self.countedMost)])
    }
    if isMore { return t("search.shownOf", ["shown": String(found.count), "n": String(count)]) }
    return t("search.found", count: count)
  }

  private func row(_ line: Line, _ t: Texts, _ html: inout HTML) {
    html(.li) { html in
      html.face(line.name)
      html(.div) { html in
        html(.p) { html in html.link(line.name, to: "/residents/\(line.resident)") }
        html(
          .p, .class("small soft"),
          text: [line.phase.map { t("phase.\($0.rawValue)") }, line.municipality, line.phone].compactMap { $0 }
            .joined(separator: " · "))
      }
    }
  }
}

extension SearchPage.Asked {
  /// Was it this person's telephone number that was typed?
  func isPhone(of resident: Resident) -> Bool {
    guard let asked = PhoneOrClient.phoneKey(typed) else { return false }
    return resident.phone.flatMap(PhoneOrClient.phoneKey) == asked
  }
}

extension ResidentSlice {
  var searchRoutes: [Route] {
    [
      Route(.get, "/search", name: "search.form", policy: .signedIn) { visit in
        try await trail.look(visit, as: "search.form", event: "list") { try SearchPage("", [], $0).reply(visit) }
      },
      // Sent as a form: a name does not belong in an address, where history and logs keep it.
      Route(.post, "/search", name: "search", policy: .signedIn) { visit in
        let typed = String((visit.form["q"] ?? "").prefix(200))
        let ways = asked(typed)
        let owed = directory.owed()
        return try await trail.look(visit, as: "search", event: "search") { looker in
          try directory.settle(owed, looker.reader)
          return try SearchPage(typed, ways, looker).reply(visit)
        }
      },
    ]
  }

  /// What is typed may be a number or a name; when nobody is called so, somebody may be called nearly so.
  private func asked(_ typed: String) -> [SearchPage.Asked] {
    let byNumber = SearchPage.Asked(typed: typed, way: .number) { [directory] in directory.find(number: typed) }
    let byName = SearchPage.Asked(typed: typed, way: .name) { [directory] in directory.find(typed) }
    let nearly = SearchPage.Asked(typed: typed, way: .nearly) { [directory] in directory.findNearly(typed) }
    return PhoneOrClient.isNumber(typed) ? [byNumber, byName] : [byName, nearly]
  }
}
