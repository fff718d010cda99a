internal import Kernel
internal import Site
internal import Store
internal import Trust

extension Coverage.Tool {
  func name(_ t: Texts) -> String { name ?? t("basicSet.tool.\(key)") }
}

extension Coverage {
  init(_ reader: Reader) throws {
    self.init(
      try BasicSetEntry.current(reader), own: try BasicSetTool.own(reader),
      municipalities: Municipality.all.map { ($0.code, $0.name) })
  }
}

/// All municipalities and all tools on one page, with what is missing above it.
struct BasicSetPage {
  private let coverage: Coverage
  private let own: [BasicSetTool]
  private let mayAdd: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, faults: [Problem.Fault]) throws {
    coverage = try Coverage(looker.reader)
    own = try BasicSetTool.own(looker.reader)
    mayAdd = looker.viewer.role == .policyAdviser
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("basicSet.title")) { html in
      html.heading(t("basicSet.title"), t("basicSet.lead")) { html in
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      html.card(t("basicSet.gaps")) { html in gaps(t, &html) }
      html.card(t("basicSet.all")) { html in
        html(.ul, .class("row wrap small legend")) { html in
          for key in ["available", "waiting", "partly", "missing", "unknown"] {
            html(.li, text: "\(Self.shape(key)) \(t("basicSet.state.\(key)"))")
          }
        }
        matrix(visit, &html)
      }
      if mayAdd { html.card(t("basicSet.ownTools"), class: "no-print") { html in tools(visit, &html) } }
    }
  }

  /// Available, waiting, partly, missing or unknown.
  static func key(_ standing: Coverage.Standing) -> String {
    guard case .known(let entry) = standing else { return "unknown" }
    return entry.state == .available && entry.isGap ? "waiting" : entry.state.rawValue
  }

  static func shape(_ key: String) -> String {
    switch key {
    case "available": "●"
    case "waiting": "◆"
    case "partly": "▲"
    case "missing": "■"
    default: "○"
    }
  }

  private func gaps(_ t: Texts, _ html: inout HTML) {
    let gaps = coverage.gaps
    if gaps.isEmpty { return html(.p, text: t("basicSet.noGaps")) }
    html(.dl, .class("facts")) { html in
      for (tool, places) in gaps {
        html(.dt, text: tool.name(t))
        html(.dd) { html in
          if places.count == coverage.municipalities.count,
            places.allSatisfy({ coverage.standing($0.code, tool) == .unknown })
          {
            html.text(t("basicSet.nowhereTold"))
            return
          }
          for key in ["missing", "partly", "waiting", "unknown"] {
            let here = places.filter { Self.key(coverage.standing($0.code, tool)) == key }
            if here.isEmpty { continue }
            html(.p) { html in
              html.text("\(Self.shape(key)) \(t("basicSet.state.\(key)")): ")
              for (place, municipality) in here.enumerated() {
                if place > 0 { html.text(", ") }
                html.link(municipality.name, to: "/knowledge/basic-set/\(municipality.code)")
                html.text(weeks(municipality.code, tool, t))
              }
            }
          }
        }
      }
    }
  }

  private func weeks(_ municipality: String, _ tool: Coverage.Tool, _ t: Texts) -> String {
    guard case .known(let entry) = coverage.standing(municipality, tool), let weeks = entry.waitingWeeks, weeks > 0
    else { return "" }
    return " (\(t("basicSet.weeks", count: weeks)))"
  }

  private func matrix(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.div, .class("scroll"), .tabIndex(0), .role("region"), .aria(.label, t("basicSet.title"))) { html in
      html(.table, .class("matrix")) { html in
        html(.thead) { html in
          html(.tr) { html in
            html(.td)
            for tool in coverage.tools { html(.th, .scope("col"), text: tool.name(t)) }
          }
        }
        html(.tbody) { html in
          for municipality in coverage.municipalities {
            html(.tr) { html in
              html(.th, .scope("row")) { html in
                html.link(municipality.name, to: "/knowledge/basic-set/\(municipality.code)")
              }
              for tool in coverage.tools { cell(coverage.standing(municipality.code, tool), visit, &html) }
            }
          }
          html(.tr) { html in
            html(.th, .scope("row"), text: t("basicSet.covered"))
            for tool in coverage.tools {
              html(.td, text: "\(coverage.covered(tool))/\(coverage.municipalities.count)")
            }
          }
        }
      }
    }
  }

  private func cell(_ standing: Coverage.Standing, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let key = Self.key(standing)
    html(.td) { html in
      html(.span, .class("standing \(key)"), .aria(.hidden, "true"), text: Self.shape(key))
      html(.span, .class("visually-hidden"), text: t("basicSet.state.\(key)"))
      if case .known(let entry) = standing {
        if let weeks = entry.waitingWeeks, weeks > 0 {
          html(.span, .class("small soft"), text: t("basicSet.weeksShort", ["n": String(weeks)]))
        }
        if Coverage.isStale(entry, today: visit.today) {
          html(.span, .class("small soft"), text: t("basicSet.staleShort"))
        }
      }
    }
  }

  private func tools(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p, .class("soft small"), text: t("basicSet.ownLead"))
    for tool in own {
      html(.div, .class("row wrap between")) { html in
        html.text(tool.name)
        visit.button(
          &html, to: "/knowledge/basic-set/tools/\(tool.id)/end", t("basicSet.endTool"), class: "button quiet")
      }
    }
    visit.form(
      &html, to: "/knowledge/basic-set", submit: t("basicSet.addTool"), class: "stack tight", faults: faults,
      fields: [Field("name", t("basicSet.toolName"), isRequired: true)])
  }
}

extension KnowledgeSlice {
  private static let tellers = RoutePolicy.roles([.policyAdviser, .coordinator])

  var basicSetRoutes: [Route] {
    trail.form(
      "/knowledge/basic-set", name: "basicSet", policy: Self.readers, changing: .roles([.policyAdviser]),
      show: { visit, looker, faults in try BasicSetPage(looker, faults: faults).reply(visit) },
      perform: { visit, transaction, _ in
        _ = try BasicSetTool.add(visit.form, transaction)
        return .go(to: "/knowledge/basic-set?done=basicSet.toolAdded")
      })
      + trail.form(
        "/knowledge/basic-set/{municipality}", name: "basicSet.tell", policy: Self.readers, changing: Self.tellers,
        show: { visit, looker, faults in
          try MunicipalityPage(looker, Self.municipality(visit), faults: faults).reply(visit)
        },
        perform: { visit, transaction, looker in
          let municipality = try Self.municipality(visit)
          guard try BasicSetRights.may(looker.viewer, tell: municipality.code, transaction) else {
            throw Problem.notFound
          }
          _ = try BasicSetEntry.tell(visit.form, municipality, transaction)
          return .go(to: "/knowledge/basic-set/\(municipality.code)?done=basicSet.told")
        })
      + [
        trail.verb("/knowledge/basic-set/tools/{tool}/end", name: "basicSet.endTool", policy: .roles([.policyAdviser]))
        {
          visit, transaction, _ in
          _ = try transaction.get(BasicSetTool.self, visit.id("tool")).end(transaction)
          return .go(to: "/knowledge/basic-set?done=basicSet.toolEnded")
        },
        trail.verb("/knowledge/basic-set/entries/{entry}/confirm", name: "basicSet.confirm", policy: Self.tellers) {
          visit, transaction, looker in
          let entry = try transaction.get(BasicSetEntry.self, visit.id("entry"))
          guard try BasicSetRights.may(looker.viewer, tell: entry.municipality, transaction) else {
            throw Problem.notFound
          }
          _ = try entry.confirm(transaction)
          return .go(to: "/knowledge/basic-set/\(entry.municipality)?done=basicSet.told")
        },
      ]
  }

  private static func municipality(_ visit: Visit) throws -> Municipality {
    guard let found = visit.places["municipality"].flatMap(Municipality.with(code:)) else { throw Problem.notFound }
    return found
  }
}
