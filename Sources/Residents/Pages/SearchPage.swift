internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Searching by name, within what one may see.
struct SearchPage {
  private let typed: String
  private let found: [(resident: ResidentID, name: String, phase: Phase?, municipality: String?)]

  init(_ typed: String, _ candidates: [ResidentID], _ looker: Looker) throws {
    self.typed = typed
    let sights = try looker.sights(of: looker.seen(among: candidates, atMost: 60))
    guard !sights.isEmpty else {
      found = []
      return
    }
    let ids = Array(sights.keys)
    let residents = try looker.reader.all(Resident.self, "where id in (\(list: ids))")
    let phases = Dictionary(
      try looker.reader.all(Journey.self, "where ended_on is null and resident in (\(list: ids))").map {
        ($0.resident, $0.phase)
      },
      uniquingKeysWith: { first, _ in first })
    let words = typed.split(separator: " ").map { folded(String($0)) }
    found = residents.compactMap { resident in
      guard let sight = sights[resident.key], sight.allows(.read, .identity) else { return nil }
      let name = sight.name(of: resident)
      let parts = name.split(whereSeparator: { $0 == " " || $0 == "-" }).map { folded(String($0)) }
      // Somebody who may know only the first name doesn't find by the last.
      guard words.allSatisfy({ word in parts.contains { $0.hasPrefix(word) } }) else { return nil }
      let seesJourney = sight.shows(.journey)
      return (
        resident.key, name, seesJourney ? phases[resident.key] : nil,
        seesJourney ? Municipality.with(code: resident.municipality)?.name : nil
      )
    }.sorted { folded($0.name) < folded($1.name) }.prefix(30).map { $0 }
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
          html(.p, .class("soft small"), .role("status"), text: t("search.found", count: found.count))
          html(.ul, .class("people")) { html in
            for (resident, name, phase, municipality) in found {
              html(.li) { html in
                html.face(name)
                html(.div) { html in
                  html(.p) { html in html.link(name, to: "/residents/\(resident)") }
                  html(
                    .p, .class("small soft"),
                    text: [phase.map { t("phase.\($0.rawValue)") }, municipality].compactMap { $0 }.joined(
                      separator: " · "))
                }
              }
            }
          }
        }
      }
    }
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
        let typed = visit.form["q"] ?? ""
        let candidates = typed.isEmpty ? [] : directory.find(typed)
        return try await trail.look(visit, as: "search", event: "search") { looker in
          try SearchPage(typed, candidates, looker).reply(visit)
        }
      },
    ]
  }
}
