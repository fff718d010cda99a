internal import Kernel
internal import Site
internal import Store

/// Sharing, who looked, and the partners of the region, by API.
extension TrustSlice {
  private static let shared = Shape<(watcher: SharingPage.Watcher, category: Category, level: Level)>(
    "Shared",
    [
      .id(maybe: "account") { $0.watcher.account?.id }, .text("name") { $0.watcher.name },
      .choice("role") { $0.watcher.role },
      .choice("category") { $0.category },
      .text("level") { String(describing: $0.level) },
    ])

  private static let looked = Shape<TrailLine>(
    "TrailLine",
    [
      .date("day") { $0.entry.day }, .instant("at") { $0.act.lastAt }, .text("event") { $0.act.event },
      .id(maybe: "account") { $0.entry.account }, .id(maybe: "organisation") { $0.entry.organisation },
      .text(maybe: "role") { $0.entry.role }, .text("object") { $0.act.object }, .integer("times") { $0.act.count },
      .texts("categories") { $0.act.categories.map(\.rawValue) },
    ])

  private struct TrailLine {
    let entry: TrailEntry
    let act: TrailEntry.Act
  }

  static let organisation = Shape<Organisation>(
    "Organisation",
    [
      .id("id") { $0.id }, .text("name") { $0.name }, .choice("kind") { $0.kind },
      .text(maybe: "municipality") { $0.municipality }, .text(maybe: "phone") { $0.phone },
      .integer("version") { $0.version },
    ])

  private static let categories = Schema.enumeration(Category.allCases.map(\.rawValue))

  var apiRoutes: [Route] { sharingAPI + partnersAPI + adminAPI + editingAPI + approvalAPI }

  private var sharingAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/sharing", name: "sharing", .sharing,
        Operation(
          "Who sees what of this resident.", tag: "sharing", answer: .items("SharedList", Self.shared.schema))
      ) { _, looker, sight in
        let watchers = try SharingPage(looker.reader, sight).watchers
        let items = watchers.flatMap { watcher in
          watcher.items.map { Self.shared.json((watcher, $0.category, $0.level)) }
        }
        return .json(.of(["items": .array(items)]))
      },
      trail.apiChange(
        .put, "/residents/{resident}/sharing/{account}/{category}", name: "sharing.choose", .sharing, .write,
        Operation(
          "Share less or more with one person; usual goes back. Recorded as yours, also on the resident's behalf.",
          tag: "sharing",
          input: Input(
            "SharingChoice", [Schema.Property("choice", .enumeration(["hide", "show", "usual"]), isRequired: true)]),
          answer: .made),
        placeSchemas: ["category": Self.categories]
      ) { visit, transaction, sight in
        var asked = visit
        asked.form = visit.form.with("account", visit.places["account"] ?? "")
          .with("category", visit.places["category"] ?? "")
        _ = try choose(asked, transaction, sight)
        return .json(.of(["id": .string(visit.places["account"] ?? "")]))
      },
      Route(
        .get, "/api/v1/residents/{resident}/trail", name: "api.trail", policy: .resident(.audit, .read),
        operation: Operation(
          "Who saw or changed something of this resident: each person, day and kind of thing once, with how often; latest "
            + "days first. `next` is the day before which to go on.", tag: "sharing",
          answer: .items("TrailList", Self.looked.schema),
          query: [Schema.Property("before", .date, isRequired: false)])
      ) { visit in
        let resident: ResidentID = try visit.id("resident")
        return try await trail.noting(visit, "api.trail") {
          try await trail.look(visit, as: "api.trail") { try $0.sight(of: resident).require(.read, .audit) }
          let days = try await trailDays(of: resident, before: visit.query.date("before"), visit)
          let lines = days.entries.flatMap { entry in entry.acts.map { TrailLine(entry: entry, act: $0) } }
          return .json(
            .of([
              "items": .array(lines.map(Self.looked.json)),
              "next": days.before.map { JSON.string($0.description) },
            ]),
            next: days.before.map { "/api/v1/residents/\(resident)/trail?before=\($0)" })
        }
      },
    ]
  }

  private var partnersAPI: [Route] {
    let duties = duties
    return [
      trail.apiList(
        "/organisations", name: "organisations", policy: .signedIn,
        Operation(
          "The partners of the region.", tag: "partners",
          answer: .items("OrganisationList", Self.organisation.schema))
      ) { _, looker in
        .json(.of(["items": .array(try Organisation.current(looker.reader).map(Self.organisation.json))]))
      },
      trail.apiMake(
        "/organisations", name: "organisation.add", policy: Self.administrators,
        Operation(
          "Add a partner.", tag: "partners",
          input: Input(
            "NewOrganisation",
            [
              Schema.Property("name", .text, isRequired: true),
              Schema.Property("kind", .enumeration(Organisation.Kind.allCases.map(\.rawValue)), isRequired: true),
              Schema.Property("municipality", .text, isRequired: false),
              Schema.Property("phone", .text, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, looker in
        guard Charge(looker.viewer).organisation == nil else { throw Problem.notFound }
        let made = try Organisation.add(visit.form, duties, transaction)
        return .json(.of(["id": .string(made.id.description)]), status: 201)
      },
    ]
  }
}
