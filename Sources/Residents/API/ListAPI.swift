internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Lists over residents by API, and registering.
extension ResidentSlice {
  var listAPI: [Route] {
    [
      trail.apiList(
        "/residents", name: "residents", policy: .signedIn,
        Operation(
          "Residents you may know, in the order of their ids.", tag: "residents",
          answer: .items("ResidentList", Shapes.resident.schema), isPaged: true,
          query: [Schema.Property("phase", .enumeration(Phase.allCases.map(\.rawValue)), isRequired: false)])
      ) { visit, looker in try Self.residents(visit, looker) },
      trail.apiMake(
        "/residents", name: "resident.register", policy: .roles([.coordinator, .supportWorker, .teamLeader]),
        Operation(
          "Register somebody. Whether they are known already makes no difference to the answer.", tag: "residents",
          input: Input(
            "Registration",
            [
              Schema.Property("firstName", .text, isRequired: true),
              Schema.Property("lastName", .text, isRequired: false),
              Schema.Property("birthDate", .date, isRequired: false), Schema.Property("bsn", .text, isRequired: false),
              Schema.Property("phone", .text, isRequired: false), Schema.Property("email", .text, isRequired: false),
              Schema.Property("address", .text, isRequired: false),
              Schema.Property("municipality", .enumeration(Municipality.all.map(\.code)), isRequired: true),
              Schema.Property("kind", .enumeration(Journey.Kind.allCases.map(\.rawValue)), isRequired: false),
              Schema.Property("isHomeFirst", .boolean, isRequired: false),
              Schema.Property("isOutreach", .boolean, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, looker in
        guard Self.mayRegister(visit) else { throw Problem.notFound }
        let form = visit.form
        let made = try Resident.register(
          Registration(
            firstName: form["firstName"] ?? "", lastName: form["lastName"] ?? "", birthDate: form.date("birthDate"),
            bsn: form["bsn"], phone: form["phone"], email: form["email"], address: form["address"],
            municipality: form["municipality"] ?? "", kind: form.choice("kind") ?? .move,
            isHomeFirst: form.flag("isHomeFirst") ?? false, isOutreach: form.flag("isOutreach") ?? false),
          by: looker.viewer.account.retyped(), role: looker.viewer.role, transaction)
        return .json(
          .of(["id": .string(made.resident.id.description)]), status: 201,
          location: "/api/v1/residents/\(made.resident.id)")
      },
      trail.apiMake(
        "/hours", name: "contact.hours",
        policy: .roles([.supportWorker, .teamLeader, .clinician, .peerWorker, .communityWorker]),
        Operation(
          "Log hours that are not about one resident: consultation, team meetings.", tag: "contacts",
          input: Input(
            "HoursEntry",
            [
              Schema.Property("partner", .text, isRequired: true),
              Schema.Property("minutes", .integer(0...1440), isRequired: true),
              Schema.Property("words", .text, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, looker in
        let entry = Contact.Entry(
          at: transaction.now, channel: .meeting, minutes: visit.form.number("minutes") ?? 0,
          words: visit.form["words"],
          partner: visit.form["partner"])
        return .made(
          try Contact.log(entry, with: nil, by: looker.viewer.account.retyped(), transaction).id, status: 201)
      },
      trail.apiList(
        "/signals", name: "signals.open", policy: .signedIn,
        Operation(
          "Open signals you own, soonest due first.", tag: "signals",
          answer: .items("OwnSignalList", Shapes.signal.schema))
      ) { _, looker in
        let found = try looker.reader.all(
          Signal.self, "where owner = \(looker.viewer.account) and settled_at is null order by due_at, id limit 200")
        let sights = try looker.sights(of: found.map(\.resident))
        let items = found.compactMap { signal -> JSON? in
          guard let sight = sights[signal.resident], sight.shows(.signal) else { return nil }
          return Shapes.signal.json((signal, sight.show(.signalText, signal.words), nil))
        }
        return .json(.of(["items": .array(items)]))
      },
    ]
  }

  private static func residents(_ visit: Visit, _ looker: Looker) throws -> Reply {
    let after = visit.query["after"] ?? ""
    let phase: Phase? = visit.query.choice("phase")
    let byPhase: SQL = phase.map { "and j.phase = \($0)" } ?? ""
    let rows = try looker.reader.rows(
      """
      select j.resident as resident from journey j where j.ended_on is null and j.resident > \(after) \(part: byPhase)
      and exists (select 1 from relation where relation.resident = j.resident
        and \(part: Looker.inForce(looker.viewer, looker.reader.now)))
      order by j.resident limit \(visit.limit + 1)
      """)
    let ids = rows.compactMap { $0.id("resident", of: ResidentMark.self) }
    let sights = try looker.sights(of: Array(ids.prefix(visit.limit)))
    let residents = try ids.isEmpty ? [] : looker.reader.all(Resident.self, "where id in (\(list: ids)) order by id")
    let journeys = Dictionary(
      try
        (ids.isEmpty
        ? []
        : looker.reader.all(
          Journey.self, "where ended_on is null and resident in (\(list: ids))")).map { ($0.resident, $0) },
      uniquingKeysWith: { first, _ in first })
    return .page(residents, visit, "/residents") { resident in
      let sight = sights[resident.key]
      let json = sight.map { Shapes.resident.json(ResidentView(resident, journeys[resident.key], $0)) }
      return (json: json ?? .null, key: resident.id.description)
    }
  }
}
