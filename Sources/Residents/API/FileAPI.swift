internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One resident's file by API: who, how far, what is arranged, contacts, signals.
extension ResidentSlice {
  var fileAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}", name: "resident", .identity,
        Operation("One resident, as far as you may know them.", tag: "residents", answer: Shapes.resident.schema)
      ) { _, looker, sight in
        let resident = try looker.reader.get(Resident.self, sight.resident.retyped())
        let journey = try Journey.open(of: sight.resident, looker.reader)
        return .json(Shapes.resident.json(ResidentView(resident, journey, sight)))
      },
      trail.apiRead(
        "/residents/{resident}/access", name: "access", .identity, isShown: false,
        Operation(
          "What you may see and change of this resident now.", tag: "residents",
          answer: .items("AccessList", Shapes.access.schema))
      ) { _, _, sight in
        let rows = Category.allCases.map { category in
          (category, sight.allows(.read, category), sight.allows(.add, category), sight.allows(.write, category))
        }
        return .json(.of(["items": .array(rows.map(Shapes.access.json))]))
      },
      trail.apiRead(
        "/residents/{resident}/journey", name: "journey", .journey,
        Operation(
          "The open journey, what is needed next, who was accountable when.", tag: "journey",
          answer: Shapes.journey.schema)
      ) { _, looker, sight in
        guard let journey = try Journey.open(of: sight.resident, looker.reader) else { throw Problem.notFound }
        return .json(Shapes.journey.json(try JourneyView(journey, looker.reader, sight)), version: journey.version)
      },
      trail.apiRead(
        "/residents/{resident}/facts", name: "facts", .readiness,
        Operation("What is arranged.", tag: "journey", answer: .items("FactList", Shapes.fact.schema))
      ) { _, looker, sight in
        let facts = try Fact.current(sight.resident, looker.reader).values
          .filter { sight.shows($0.kind.category) }.sorted { $0.kind.rawValue < $1.kind.rawValue }
        return .json(.of(["items": .array(facts.map(Shapes.fact.json))]))
      },
      trail.apiRead(
        "/residents/{resident}/contacts", name: "contacts", .contacts,
        Operation(
          "Contacts, newest first.", tag: "contacts", answer: .items("ContactList", Shapes.contact.schema),
          isPaged: true)
      ) { visit, looker, sight in
        let place = try visit.query["after"].map { typed in
          guard let place = ContactLog.Place(typed) else { throw Problem.invalid("after", "form.notAChoice") }
          return place
        }
        // One more than is shown tells that there are more.
        let found = try ContactLog(sight, after: place, atMost: visit.limit + 1, looker.reader).contacts
        return .page(found, visit, "/residents/\(sight.resident)/contacts") { contact in
          (json: Shapes.contact.json(contact), key: ContactLog.Place(contact).description)
        }
      },
      trail.apiRead(
        "/residents/{resident}/signals", name: "signals", .signal,
        Operation("Open signals.", tag: "signals", answer: .items("SignalList", Shapes.signal.schema))
      ) { _, looker, sight in
        let found = try looker.reader.all(
          Signal.self, "where resident = \(sight.resident) and settled_at is null order by due_at, id")
        let items = found.map {
          Shapes.signal.json(($0, sight.show(.signalText, $0.words), sight.show(.signalText, $0.done)))
        }
        return .json(.of(["items": .array(items)]))
      },
    ]
  }
}
