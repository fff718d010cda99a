internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One municipality: tool by tool, with whom, since when, and how long one waits.
struct MunicipalityPage {
  private let municipality: Municipality
  private let coverage: Coverage
  private let history: [BasicSetEntry]
  private let mayTell: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ municipality: Municipality, faults: [Problem.Fault]) throws {
    self.municipality = municipality
    coverage = try Coverage(looker.reader)
    history = try looker.reader.all(
      BasicSetEntry.self,
      "where municipality = \(municipality.code) and ended_on is not null order by ended_on desc, id")
    mayTell = try BasicSetRights.may(looker.viewer, tell: municipality.code, looker.reader)
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(municipality.name, width: .letter) { html in
      html(.p, .class("small soft")) { html in html.link(t("basicSet.title"), to: "/knowledge/basic-set") }
      html.heading(t("basicSet.of", ["municipality": municipality.name]))
      for tool in coverage.tools {
        html.card(tool.name(t)) { html in
          standing(coverage.standing(municipality.code, tool), visit, &html)
          if mayTell { tell(tool, visit, &html) }
          before(tool, t, &html)
        }
      }
    }
  }

  private func standing(_ standing: Coverage.Standing, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    guard case .known(let entry) = standing else { return html.empty(t("basicSet.notTold")) }
    let colour: StateColour = entry.state == .missing ? .alarm : entry.isGap ? .mind : .good
    html(.p) { html in
      html.state(colour, t("basicSet.state.\(entry.state.rawValue)"))
      if let weeks = entry.waitingWeeks, weeks > 0 { html.text(", " + t("basicSet.weeks", count: weeks)) }
    }
    if let provider = entry.provider { html(.p, text: t("basicSet.with", ["provider": provider])) }
    if let words = entry.words { html(.p, .class("lines-kept"), text: words) }
    html(
      .p, .class("small soft"),
      text: t("basicSet.since", ["since": t.date(entry.sinceOn), "checked": t.date(entry.checkedOn)]))
    if Coverage.isStale(entry, today: visit.today) { html.tag(t("basicSet.stale"), "mind") }
    if mayTell {
      visit.button(
        &html, to: "/knowledge/basic-set/entries/\(entry.id)/confirm", t("basicSet.confirm"), class: "button quiet")
    }
  }

  private func tell(_ tool: Coverage.Tool, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let isThis = visit.form["tool"] == tool.key
    var shown = visit
    if !isThis { shown.form = Fields() }
    var entry: BasicSetEntry?
    if case .known(let known) = coverage.standing(municipality.code, tool) { entry = known }
    // Each tool has a form of its own on one page: fields carry the tool in their ids.
    html(.details, .class("no-print"), isThis ? .open : nil) { html in
      html(.summary, text: t(entry == nil ? "basicSet.tell" : "basicSet.change"))
      shown.form(
        &html, to: "/knowledge/basic-set/\(municipality.code)", submit: t("form.save"),
        faults: isThis ? faults : [],
        fields: [
          Field(
            "state", t("basicSet.state"),
            .choice(
              [Field.Option("", t("form.choose"))]
                + BasicSetEntry.State.allCases.map { Field.Option($0.rawValue, t("basicSet.state.\($0.rawValue)")) }),
            value: entry?.state.rawValue, isRequired: true),
          Field("waitingWeeks", t("basicSet.waitingWeeks"), .number, value: entry?.waitingWeeks.map(String.init)),
          Field("provider", t("basicSet.provider"), value: entry?.provider),
          // Empty: what changed is so from today, and what did not change keeps its day.
          Field("sinceOn", t("basicSet.sinceOn"), .date, hint: t("basicSet.sinceHint")),
          Field("words", t("basicSet.words"), value: entry?.words),
        ].map { $0.within(tool.key) }
      ) { html in
        html(.input, .type("hidden"), .name("tool"), .value(tool.key))
      }
    }
  }

  /// How it was before.
  private func before(_ tool: Coverage.Tool, _ t: Texts, _ html: inout HTML) {
    let earlier = history.filter { $0.tool == tool.key }
    if earlier.isEmpty { return }
    html(.details) { html in
      html(.summary, text: t("basicSet.before"))
      html(.ul, .class("small")) { html in
        for entry in earlier {
          let weeks = entry.waitingWeeks.map { $0 > 0 ? ", " + t("basicSet.weeks", count: $0) : "" } ?? ""
          html(
            .li,
            text: t(
              "basicSet.was",
              [
                "state": t("basicSet.state.\(entry.state.rawValue)") + weeks, "from": t.date(entry.sinceOn),
                "until": t.date(entry.endedOn ?? entry.checkedOn),
              ]))
        }
      }
    }
  }
}
