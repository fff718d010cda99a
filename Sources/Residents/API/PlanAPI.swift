internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Plan, story, early-warning plan and circle by API.
extension ResidentSlice {
  var planAPI: [Route] { goalsAPI + wordsAPI + circleAPI }

  private var goalsAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/goals", name: "goals", .plan, itemwise: true,
        Operation("Goals with their steps.", tag: "plan", answer: .items("GoalList", Shapes.goal.schema))
      ) { _, looker, sight in
        let steps = try looker.reader.all(
          Step.self, "where resident = \(sight.resident) and dropped_on is null order by id"
        ).filter { sight.sees($0.id, .plan) }
        let goals = try looker.reader.all(
          Goal.self, "where resident = \(sight.resident) and ended_on is null order by id"
        ).filter { goal in sight.sees(goal.id, .plan) || steps.contains { $0.goal == goal.id } }
        let items = goals.map { goal in Shapes.goal.json((goal, steps.filter { $0.goal == goal.id })) }
        return .json(.of(["items": .array(items)]))
      },
      trail.apiChange(
        .post, "/residents/{resident}/goals", name: "goal.add", .plan, .write,
        Operation(
          "Add a goal, in the resident's words.", tag: "plan",
          input: Input(
            "NewGoal",
            [
              Schema.Property("domain", .enumeration(LifeDomain.allCases.map(\.rawValue)), isRequired: true),
              Schema.Property("words", .text, isRequired: true),
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let goal = try Goal.add(
          visit.form["words"] ?? "", visit.form.choice("domain") ?? .home, sight.resident, transaction)
        return .made(goal.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/reached", name: "goal.reached", .plan, .write,
        Operation("A goal is reached; only the resident says so.", tag: "plan", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        guard sight.isOwn else { throw Problem.notFound }
        return .made(try Goal.reached(visit.id("goal"), of: sight.resident, transaction).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/steps", name: "step.add", .plan, .write,
        Operation(
          "Add a small step.", tag: "plan",
          input: Input(
            "NewStep",
            [
              Schema.Property("words", .text, isRequired: true), Schema.Property("dueOn", .date, isRequired: false),
              Schema.Property("companion", .id, isRequired: false), Schema.Property("reward", .text, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let goal = try transaction.get(Goal.self, visit.id("goal"))
        let companion: ID<CircleMember>? = visit.form.id("companion")
        guard goal.resident == sight.resident,
          try companion.map({ try transaction.get(CircleMember.self, $0).resident == sight.resident }) ?? true
        else { throw Problem.notFound }
        let step = try Step.add(
          visit.form["words"] ?? "", to: goal, dueOn: visit.form.date("dueOn"), companion: companion,
          reward: visit.form["reward"], transaction)
        return .made(step.id, status: 201)
      },
      trail.apiChange(
        .put, "/residents/{resident}/steps/{step}/done", name: "step.tick", .plan, .write,
        Operation(
          "Done, or not after all.", tag: "plan",
          input: Input("StepDone", [Schema.Property("isDone", .boolean, isRequired: true)]), answer: .made)
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"))
        guard step.resident == sight.resident else { throw Problem.notFound }
        try step.setDone(visit.form.flag("isDone") ?? true, transaction)
        return .made(step.id)
      },
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
