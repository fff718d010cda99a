internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Story, early-warning plan and circle by API.
extension ResidentSlice {
  var planAPI: [Route] { goalsAPI + stepsAPI + checkInsAPI + wordsAPI + circleAPI }

  private var checkInsAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/check-ins", name: "checkIns", .plan,
        Operation(
          "Check-ins of the last weeks.", tag: "plan", answer: .items("CheckInList", Shapes.checkIn.schema))
      ) { _, looker, sight in
        let found = try CheckIn.recent(sight.resident, looker.reader)
        return .json(.of(["items": .array(found.map(Shapes.checkIn.json))]))
      },
      trail.apiChange(
        .post, "/residents/{resident}/check-ins", name: "checkIn.give", .plan, .write,
        Operation(
          "How am I; only the resident.", tag: "plan",
          input: Input(
            "NewCheckIn",
            [
              Schema.Property("score", .integer(1...5), isRequired: true),
              Schema.Property("sentence", .text, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        guard sight.isOwn else { throw Problem.notFound }
        let given = try CheckIn.give(
          visit.form.number("score") ?? 0, sentence: visit.form["sentence"], sight.resident, transaction)
        return .made(given.id, status: 201)
      },
    ]
  }

  /// Texts that several people edit: read with a version, changed with `If-Match`.
  private var wordsAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/story", name: "story", .plan,
        Operation("The own story.", tag: "plan", answer: Shapes.story.schema)
      ) { _, looker, sight in
        try Self.storyAnswer(looker.reader, sight)
      },
      trail.apiChange(
        .put, "/residents/{resident}/story", name: "story.save", .plan, .write,
        Operation(
          "Write the own story; If-Match \"0\" for the first time.", tag: "plan",
          input: Input("StoryText", [Schema.Property("words", .text, isRequired: true)]), answer: Shapes.story.schema,
          needsVersion: true), again: { _, reader, sight in try Self.storyAnswer(reader, sight) }
      ) { visit, transaction, sight in
        try OwnStory.save(try visit.withMatchedVersion(), sight, transaction)
        return try Self.storyAnswer(transaction, sight)
      },
      trail.apiRead(
        "/residents/{resident}/early-warning-plan", name: "warning", .warning,
        Operation("The early-warning plan.", tag: "warning", answer: Shapes.warningPlan.schema)
      ) { _, looker, sight in
        try Self.warningAnswer(looker.reader, sight)
      },
      trail.apiChange(
        .put, "/residents/{resident}/early-warning-plan", name: "warning.save", .warning, .write,
        Operation(
          "Write the early-warning plan; If-Match \"0\" for the first time.", tag: "warning",
          input: Input(
            "WarningPlanText",
            ["goodSigns", "amberSigns", "redSigns"].map { Schema.Property($0, .text, isRequired: true) }
              + [
                "protects", "amberMe", "amberOthers", "amberWorker", "redMe", "redOthers", "redWorker", "contacts",
                "medication",
              ].map { Schema.Property($0, .text, isRequired: false) }), answer: Shapes.warningPlan.schema,
          needsVersion: true), again: { _, reader, sight in try Self.warningAnswer(reader, sight) }
      ) { visit, transaction, sight in
        try EarlyWarningPlan.save(try visit.withMatchedVersion(), sight, transaction)
        return try Self.warningAnswer(transaction, sight)
      },
    ]
  }

  private static func storyAnswer(_ reader: Reader, _ sight: Sight) throws -> Reply {
    guard let story = try reader.first(OwnStory.self, "where resident = \(sight.resident)") else {
      throw Problem.notFound
    }
    _ = sight.shows(.plan)
    return .json(Shapes.story.json(story), version: story.version)
  }

  private static func warningAnswer(_ reader: Reader, _ sight: Sight) throws -> Reply {
    guard let plan = try EarlyWarningPlan.of(sight.resident, reader) else { throw Problem.notFound }
    _ = sight.shows(.warning)
    let seesMedication = sight.show(.health, plan.medication) != nil
    return .json(Shapes.warningPlan.json((plan, seesMedication)), version: plan.version)
  }

  private var circleAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/circle", name: "circle", .network, itemwise: true,
        Operation(
          "The circle, with who was in it before.", tag: "circle",
          answer: .items("CircleList", Shapes.member.schema))
      ) { _, looker, sight in
        let found = try looker.reader.all(
          CircleMember.self, "where resident = \(sight.resident) order by from_on, id"
        ).filter { sight.sees($0.id, .network) }
        return .json(.of(["items": .array(found.map(Shapes.member.json))]))
      },
      trail.apiChange(
        .post, "/residents/{resident}/circle", name: "circle.add", .network, .write,
        Operation(
          "Add somebody to the circle.", tag: "circle",
          input: Input(
            "NewCircleMember",
            [
              Schema.Property("name", .text, isRequired: true),
              Schema.Property(
                "role", .enumeration((CirclePage.informalRoles + CirclePage.otherRoles).map(\.rawValue)),
                isRequired: true),
              Schema.Property("phone", .text, isRequired: false), Schema.Property("words", .text, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let member = try CircleMember.add(
          name: visit.form["name"] ?? "", role: visit.form.choice("role") ?? .relative, phone: visit.form["phone"],
          words: visit.form["words"], sight.resident, transaction)
        return .made(member.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/circle/{member}/leaving", name: "circle.leave", .network, .write,
        Operation(
          "Somebody is no longer in the circle.", tag: "circle", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        let member = try transaction.get(CircleMember.self, visit.id("member"))
        guard member.resident == sight.resident else { throw Problem.notFound }
        try member.leave(transaction)
        return .made(member.id)
      },
    ]
  }
}
