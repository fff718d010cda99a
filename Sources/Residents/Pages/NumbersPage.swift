internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The region's telephone numbers with their hours, each with since when and where that stands; the administrator keeps
/// them.
struct NumbersPage {
  let numbers: [HelpNumber]
  private let coming: [HelpNumber]
  private let mayKeep: Bool

  init(_ looker: Looker) throws {
    let today = RegionTime.amsterdam.date(of: looker.reader.now)
    numbers = try HelpNumber.inForce(looker.reader)
    coming = try looker.reader.all(
      HelpNumber.self, "where from_on > \(today) and ended_on is null order by from_on, id")
    mayKeep = looker.viewer.role == .systemAdministrator
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("numbers.title")) { html in
      html.heading(t("numbers.title"), t("numbers.lead"))
      html(.div, .class("columns")) { html in
        html.card(nil) { html in
          html(.ul, .class("people")) { html in
            for number in numbers + coming { row(number, visit, &html) }
          }
        }
        if mayKeep { html.card(t("numbers.add")) { html in form(visit, &html) } }
      }
    }
  }

  private func row(_ number: HelpNumber, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.p) { html in
          html(.b, text: number.name ?? t("help.kind.\(number.kind.rawValue)"))
          html.text(" · ")
          html.link(number.number, to: "tel:\(dialled(number.number))")
        }
        let since = number.source.isEmpty ? t("numbers.national") : t("numbers.since", ["date": t.date(number.fromOn)])
        html(
          .p, .class("small soft"),
          text: [NumberHours(number).text(t), since, number.source].filter { !$0.isEmpty }.joined(separator: " · "))
      }
      if mayKeep && !number.source.isEmpty {
        visit.button(&html, to: "/admin/numbers/\(number.id)/end", t("numbers.end"), class: "button quiet")
      }
    }
  }

  private func form(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    visit.form(
      &html, to: "/admin/numbers", submit: t("form.save"),
      fields: [
        Field(
          "kind", t("numbers.kind"),
          .choice(
            [Field.Option("", t("form.choose"))]
              + HelpNumber.Kind.allCases.map { Field.Option($0.rawValue, t("help.kind.\($0.rawValue)")) }),
          isRequired: true),
        Field("name", t("numbers.name"), hint: t("numbers.nameHint")),
        Field("number", t("numbers.number"), .telephone, isRequired: true),
        Field(
          "days", t("numbers.days"),
          .radio(HelpNumber.Days.allCases.map { Field.Option($0.rawValue, t("help.days.\($0.rawValue)")) }),
          isRequired: true),
        Field("fromTime", t("numbers.fromTime"), .time, hint: t("numbers.timeHint")),
        Field("untilTime", t("numbers.untilTime"), .time),
        Field("from", t("rules.from"), .date, value: visit.today.description, isRequired: true),
        Field("source", t("rules.column.source"), hint: t("rules.sourceHint"), isRequired: true),
      ])
  }
}

extension ResidentSlice {
  private static let readers = RoutePolicy.roles(TrustSlice.staffRoles)
  private static let keepers = RoutePolicy.roles([.systemAdministrator])

  private static let helpNumber = Shape<HelpNumber>(
    "HelpNumber",
    [
      .choice("kind") { $0.kind }, .text(maybe: "name") { $0.name }, .text("number") { $0.number },
      .choice("days") { $0.days }, .integer("fromMinute") { $0.fromMinute }, .integer("untilMinute") { $0.untilMinute },
      .date("from") { $0.fromOn },
    ])

  var numberRoutes: [Route] {
    let host: Trail.ListPage = { visit, looker in try NumbersPage(looker).reply(visit) }
    return [
      trail.page("/admin/numbers", name: "numbers", policy: Self.readers, show: host),
      trail.verb("/admin/numbers", name: "numbers.keep", policy: Self.keepers, on: host) { visit, transaction, _ in
        try HelpNumber.keep(visit.form, transaction)
        return .go(to: "/admin/numbers?done=numbers.kept")
      },
      trail.verb("/admin/numbers/{number}/end", name: "numbers.end", policy: Self.keepers) { visit, transaction, _ in
        var number = try transaction.get(HelpNumber.self, visit.id("number"))
        number.endedOn = max(visit.today, number.fromOn)
        try transaction.put(number)
        return .go(to: "/admin/numbers?done=numbers.ended")
      },
      trail.apiList(
        "/help-numbers", name: "numbers", policy: .signedIn,
        Operation(
          "The region's telephone numbers with their hours.", tag: "region",
          answer: .items("HelpNumberList", Self.helpNumber.schema))
      ) { _, looker in
        .json(.of(["items": .array(try HelpNumber.inForce(looker.reader).map(Self.helpNumber.json))]))
      },
    ]
  }
}
