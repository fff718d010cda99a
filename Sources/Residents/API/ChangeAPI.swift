internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Changes in one resident's file by API: the same verbs as the pages.
extension ResidentSlice {
  private static let words = Schema.Property("words", .text, isRequired: true)
  private static let maybeWords = Schema.Property("words", .text, isRequired: false)

  var changeAPI: [Route] { journeyAPI + workAPI + handoverAPI }

  /// The journey as it is now, for a call that was sent before.
  private static let journeyAgain: Trail.AgainPage = { _, reader, sight in
    guard let journey = try Journey.open(of: sight.resident, reader) else { throw Problem.notFound }
    return .json(Shapes.journey.json(try JourneyView(journey, reader, sight)), version: journey.version)
  }

  private var journeyAPI: [Route] {
    [
      trail.apiChange(
        .post, "/residents/{resident}/journey/phases", name: "journey.advance", .journey, .write,
        Operation(
          "Go to the next phase; a coordinator may pass a guard with a reason.", tag: "journey",
          input: Input("Advance", [Schema.Property("reason", .text, isRequired: false)]), answer: Shapes.journey.schema),
        again: Self.journeyAgain
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        let after = try journey.advance(
          reason: visit.form["reason"], mayPass: sight.has(.coordinator), by: sight.viewer.account.retyped(),
          transaction)
        return .json(Shapes.journey.json(try JourneyView(after, transaction, sight)), version: after.version)
      },
      trail.apiChange(
        .post, "/residents/{resident}/journey/setbacks", name: "journey.setback", .journey, .write,
        Operation(
          "Record a setback.", tag: "journey", input: Input("Setback", [Self.words]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        try journey.setback(visit.form["words"] ?? "", by: sight.viewer.account.retyped(), transaction)
        return .made(journey.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/journey/returns", name: "journey.return", .journey, .write,
        Operation(
          "Support stops without a handover: back to the access team.", tag: "journey",
          input: Input("Return", [Self.words]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        guard sight.hasAny([.supportWorker, .standInActive, .teamLeader]) else { throw Problem.notFound }
        let journey = try Journey.needed(of: sight.resident, transaction)
        try Accountability.returnToAccess(journey, words: visit.form["words"], transaction)
        return .made(journey.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/journey/ending", name: "journey.end", .journey, .write,
        Operation(
          "End the journey; a lost home goes on in the next one.", tag: "journey",
          input: Input(
            "Ending",
            [
              Schema.Property(
                "ending", .enumeration(Journey.Ending.allCases.filter { $0 != .merged }.map(\.rawValue)),
                isRequired: true), Self.maybeWords,
            ]), answer: .made)
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        let next = try journey.end(
          visit.form.choice("ending") ?? .otherHelp, words: visit.form["words"],
          by: sight.viewer.account.retyped(), transaction)
        return .made(next?.id ?? journey.id)
      },
      trail.apiChange(
        .put, "/residents/{resident}/journey/agreement", name: "journey.agree", .support, .write,
        Operation(
          "What is agreed about contact and hours; what is left out follows the region.", tag: "journey",
          input: Input(
            "Agreement",
            [
              Schema.Property("contactEveryDays", .integer(1...366), isRequired: false),
              Schema.Property("hoursMin", .integer(0...168), isRequired: false),
              Schema.Property("hoursMax", .integer(0...168), isRequired: false),
            ]), answer: Shapes.journey.schema, needsVersion: true), again: Self.journeyAgain
      ) { visit, transaction, sight in
        try sight.require(.write, .journey)
        let journey = try Journey.needed(of: sight.resident, transaction)
        try visit.withMatchedVersion().mustHaveSeen(
          journey.version, in: Journey.table.name, journey.id.description)
        let after = try journey.agree(
          SupportAgreement(visit.form), by: sight.viewer.account.retyped(), transaction)
        return .json(Shapes.journey.json(try JourneyView(after, transaction, sight)), version: after.version)
      },
      trail.apiChange(
        .put, "/residents/{resident}/journey/open-door", name: "journey.openDoor", .sharing, .write,
        Operation(
          "No rhythm, one invitation a year; the resident's choice.", tag: "journey",
          input: Input("OpenDoor", [Schema.Property("isOpen", .boolean, isRequired: true)]), answer: .made)
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        return .made(
          try journey.setOpenDoor(
            visit.form.flag("isOpen") ?? true, by: sight.viewer.account.retyped(), transaction
          ).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/sharing/seen", name: "sharing.seen", .sharing, .write,
        Operation(
          "The resident has seen who sees what; a condition for preparing.", tag: "sharing", input: .nothing,
          answer: .made)
      ) { _, transaction, sight in
        try Resident.sawSharing(sight.resident, transaction)
        return .made(sight.resident)
      },
      trail.apiChange(
        .put, "/residents/{resident}/facts/{kind}", name: "fact.report", .readiness, .read,
        Operation(
          "Say how something stands.", tag: "journey",
          input: Input(
            "FactReport",
            [
              Schema.Property("standing", .enumeration(Fact.Standing.allCases.map(\.rawValue)), isRequired: true),
              Self.maybeWords,
            ]), answer: Shapes.fact.schema),
        placeSchemas: ["kind": .enumeration(Fact.Kind.allCases.map(\.rawValue))],
        again: { visit, reader, sight in
          guard let kind = visit.places["kind"].flatMap(Fact.Kind.init(rawValue:)), sight.shows(kind.category),
            let fact = try Fact.current(kind, of: sight.resident, reader)
          else { throw Problem.notFound }
          return .json(Shapes.fact.json(fact))
        }
      ) { visit, transaction, sight in
        guard let kind = visit.places["kind"].flatMap(Fact.Kind.init(rawValue:)) else { throw Problem.notFound }
        try sight.require(.read, kind.category)
        try sight.require(.write, kind.writtenAs)
        let fact = try Fact.report(
          kind, visit.form.choice("standing") ?? .partly, words: visit.form["words"], sight.resident,
          by: sight.viewer.account.retyped(), transaction)
        _ = sight.shows(kind.category)
        return .json(Shapes.fact.json(fact))
      },
      trail.apiChange(
        .post, "/residents/{resident}/landed", name: "journey.sayLanded", .journey, .read,
        Operation(
          "I have landed; only the resident says so.", tag: "journey", input: Input("Landed", [Self.maybeWords]),
          answer: Shapes.journey.schema), again: Self.journeyAgain
      ) { visit, transaction, sight in
        guard sight.isOwn else { throw Problem.notFound }
        let after = try Journey.needed(of: sight.resident, transaction)
          .sayLanded(words: visit.form["words"], by: sight.viewer.account.retyped(), transaction)
        return .json(Shapes.journey.json(try JourneyView(after, transaction, sight)), version: after.version)
      },
    ]
  }

  private var workAPI: [Route] {
    [
      trail.apiChange(
        .post, "/residents/{resident}/contacts", name: "contact.log", .contacts, .write,
        Operation(
          "Log a contact, or a try.", tag: "contacts",
          input: Input(
            "ContactEntry",
            [
              Schema.Property("at", .instant, isRequired: false),
              Schema.Property("channel", .enumeration(Contact.Channel.allCases.map(\.rawValue)), isRequired: true),
              Schema.Property("isReached", .boolean, isRequired: true),
              Schema.Property("minutes", .integer(0...1440), isRequired: false), Self.maybeWords,
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let form = visit.form
        let entry = Contact.Entry(
          at: form.instant("at") ?? transaction.now, channel: form.choice("channel") ?? .call,
          isReached: form.flag("isReached") ?? true, minutes: form.number("minutes") ?? 0, words: form["words"])
        let contact = try Contact.log(
          entry, with: sight.resident, by: sight.viewer.account.retyped(), transaction)
        return .made(contact.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/concerns", name: "signal.concern", .signal, .add,
        Operation(
          "Report a worry.", tag: "signals", input: Input("Concern", [Self.words]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        let signal = try Signal.raise(
          .concern, .amber, journey, cause: "concern:\(visit.requestID)", words: visit.form["words"],
          by: sight.viewer.account.retyped(), transaction)
        return signal.map { .made($0.id, status: 201) } ?? .json(.of([:]))
      },
      trail.apiChange(
        .post, "/residents/{resident}/warning-states", name: "warning.colour", .signal, .add,
        Operation(
          "Say which colour it is now.", tag: "warning",
          input: Input(
            "WarningState",
            [
              Schema.Property("colour", .enumeration(WarningState.Colour.allCases.map(\.rawValue)), isRequired: true),
              Self.maybeWords,
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let state = try WarningState.set(
          visit.form.choice("colour") ?? .amber, words: visit.form["words"], sight.resident,
          by: sight.viewer.account.retyped(), transaction)
        return .made(state.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/signals/{signal}/settlement", name: "signal.settle", .signal, .read,
        Operation(
          "Settle a signal with what was done.", tag: "signals",
          input: Input("Settlement", [Schema.Property("done", .text, isRequired: true)]), answer: .made)
      ) { visit, transaction, sight in
        .made(try Signal.settled(visit.id("signal"), visit.form["done"], sight, transaction).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/signals/{signal}/reopening", name: "signal.reopen", .signal, .read,
        Operation("Open a signal again that was settled by mistake.", tag: "signals", answer: .made)
      ) { visit, transaction, sight in
        .made(try Signal.reopened(visit.id("signal"), sight, transaction).id)
      },
    ]
  }
}
