internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The numbers this region works with, each with since when and where that stands; the administrator chooses others.
struct RulesPage {
  /// One number, as it is and as it will be.
  struct Line {
    let name: RegionRules.Name
    let value: Int
    /// nil for Geland's own number.
    let chosen: Setting?
    let coming: [Setting]
  }

  let lines: [Line]
  private let mayChoose: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, faults: [Problem.Fault]) throws {
    let today = RegionTime.amsterdam.date(of: looker.reader.now)
    let all = Dictionary(
      grouping: try looker.reader.all(Setting.self, "where id is not null order by from_on"), by: \.name)
    let rules = try RegionRules.inForce(looker.reader)
    lines = RegionRules.Name.allCases.map { name in
      let settings = all[name.rawValue] ?? []
      return Line(
        name: name, value: rules[name], chosen: settings.last { $0.fromOn <= today },
        coming: settings.filter { $0.fromOn > today })
    }
    mayChoose = looker.viewer.role == .systemAdministrator
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("rules.title")) { html in
      html.heading(t("rules.title"), t("rules.lead"))
      html.card(nil) { html in table(t, &html) }
      if mayChoose { html.card(t("rules.choose")) { html in form(visit, &html) } }
    }
  }

  private func table(_ t: Texts, _ html: inout HTML) {
    html(.table, .class("cards-when-narrow")) { html in
      html(.thead) { html in
        html(.tr) { html in
          for key in ["what", "number", "since", "source"] {
            html(.th, .scope("col"), text: t("rules.column.\(key)"))
          }
        }
      }
      html(.tbody) { html in
        for line in lines { row(line, t, &html) }
      }
    }
  }

  private func row(_ line: Line, _ t: Texts, _ html: inout HTML) {
    html(.tr) { html in
      html(.th, .scope("row"), text: t("rules.name.\(line.name.rawValue)"))
      html(.td, .data("data-label", t("rules.column.number"))) { html in
        html.text(amount(line.value, line.name, t))
        for one in line.coming {
          html(
            .p, .class("small soft"),
            text: t("rules.coming", ["amount": amount(one.value, line.name, t), "date": t.date(one.fromOn)]))
        }
      }
      html(
        .td, .data("data-label", t("rules.column.since")),
        text: line.chosen.map { t.date($0.fromOn) } ?? t("rules.always"))
      html(.td, .data("data-label", t("rules.column.source")), text: line.chosen?.source ?? t("rules.standard"))
    }
  }

  private func amount(_ value: Int, _ name: RegionRules.Name, _ t: Texts) -> String {
    t("rules.unit.\(name.unit)", count: value)
  }

  private func form(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p, .class("soft small"), text: t("rules.chooseLead"))
    visit.form(
      &html, to: "/admin/rules", submit: t("form.save"), faults: faults,
      fields: [
        Field(
          "name", t("rules.column.what"),
          .choice(
            [Field.Option("", t("form.choose"))]
              + RegionRules.Name.allCases.map { Field.Option($0.rawValue, t("rules.name.\($0.rawValue)")) }),
          isRequired: true),
        Field("value", t("rules.column.number"), .number, isRequired: true),
        Field("from", t("rules.from"), .date, value: visit.today.description, isRequired: true),
        Field("source", t("rules.column.source"), hint: t("rules.sourceHint"), isRequired: true),
      ])
  }
}

extension ResidentSlice {
  private static let readers = RoutePolicy.roles([
    .systemAdministrator, .coordinator, .teamLeader, .supportWorker, .policyAdviser, .privacyOfficer,
  ])
  private static let choosers = RoutePolicy.roles([.systemAdministrator])

  var rulesRoutes: [Route] {
    trail.form(
      "/admin/rules", name: "rules", policy: Self.readers, changing: Self.choosers,
      show: { visit, looker, faults in try RulesPage(looker, faults: faults).reply(visit) },
      perform: { visit, transaction, _ in
        try Setting.choose(visit.form, transaction)
        return .go(to: "/admin/rules?done=rules.chosen")
      }) + rulesAPI
  }

  private static let rule = Shape<RulesPage.Line>(
    "Rule",
    [
      .choice("name") { $0.name }, .integer("value") { $0.value }, .text("unit") { $0.name.unit },
      .date(maybe: "from") { $0.chosen?.fromOn }, .text(maybe: "source") { $0.chosen?.source },
    ])

  private var rulesAPI: [Route] {
    [
      trail.apiList(
        "/rules", name: "rules", policy: Self.readers,
        Operation(
          "The numbers this region works with today.", tag: "region",
          answer: .items("RuleList", Self.rule.schema))
      ) { _, looker in
        .json(.of(["items": .array(try RulesPage(looker, faults: []).lines.map(Self.rule.json))]))
      },
      trail.apiMake(
        "/rules", name: "rule.choose", policy: Self.choosers,
        Operation(
          "Choose a number from a day on, with where that stands.", tag: "region",
          input: Input(
            "NewRule",
            [
              Schema.Property(
                "name", .enumeration(RegionRules.Name.allCases.map(\.rawValue)), isRequired: true),
              Schema.Property("value", .integer(0...366), isRequired: true),
              Schema.Property("from", .date, isRequired: false),
              Schema.Property("source", .text, isRequired: true),
            ]), answer: .made, status: 201)
      ) { visit, transaction, _ in .made(try Setting.choose(visit.form, transaction).id, status: 201) },
    ]
  }
}
