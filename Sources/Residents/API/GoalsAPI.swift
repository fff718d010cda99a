internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Goals and steps by API: the same verbs as the plan's pages.
extension ResidentSlice {
  private static let why = Schema.Property("why", .text, isRequired: true)

  var goalsAPI: [Route] {
    let fields = [
      Schema.Property("domain", .enumeration(LifeDomain.allCases.map(\.rawValue)), isRequired: true),
      Schema.Property("words", .text, isRequired: true),
      Schema.Property("side", .enumeration(RecoverySide.allCases.map(\.rawValue)), isRequired: false),
    ]
    return [
      trail.apiRead(
        "/residents/{resident}/goals", name: "goals", .plan, itemwise: true,
        Operation("Goals with their steps.", tag: "plan", answer: .items("GoalList", Shapes.goal.schema))
      ) { _, looker, sight in try Self.goals(looker, sight, areDropped: false) },
      trail.apiRead(
        "/residents/{resident}/dropped-goals", name: "goals.dropped", .plan,
        Operation(
          "What is no goal or step any more, and why: dropped goals, and goals with the steps of theirs that were dropped.",
          tag: "plan", answer: .items("DroppedGoalList", Shapes.goal.schema))
      ) { _, looker, sight in try Self.goals(looker, sight, areDropped: true) },
      trail.apiChange(
        .post, "/residents/{resident}/goals", name: "goal.add", .plan, .write,
        Operation(
          "Add a goal, in the resident's words.", tag: "plan", input: Input("NewGoal", fields), answer: .made,
          status: 201)
      ) { visit, transaction, sight in
        let form = try GoalForm(visit.form, sight)
        let goal = try Goal.add(
          form.words, form.domain, side: form.side, isOwnWords: sight.isOwn, sight.resident, transaction)
        return .made(goal.id, status: 201)
      },
      trail.apiChange(
        .put, "/residents/{resident}/goals/{goal}", name: "goal.change", .plan, .write,
        Operation(
          "Change a goal. What the resident wrote only the resident rewords.", tag: "plan",
          input: Input("GoalChange", fields), answer: Shapes.goal.schema, needsVersion: true),
        again: { visit, reader, sight in try Self.goalAnswer(visit.id("goal"), reader, sight) }
      ) { visit, transaction, sight in
        let goal = try Goal.change(try visit.withMatchedVersion(), sight, transaction)
        return try Self.goalAnswer(goal.id, transaction, sight)
      },
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/dropping", name: "goal.drop", .plan, .write,
        Operation(
          "Not a goal any more; why is kept.", tag: "plan", input: Input("Dropping", [Self.why]), answer: .made)
      ) { visit, transaction, sight in
        let goal = try transaction.get(Goal.self, visit.id("goal"), of: sight.resident)
        return .made(try goal.drop(why: visit.form["why"] ?? "", transaction).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/resumption", name: "goal.resume", .plan, .write,
        Operation("Take a dropped goal up again.", tag: "plan", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        .made(try transaction.get(Goal.self, visit.id("goal"), of: sight.resident).resume(transaction).id)
      },
    ] + reachedAPI
  }

  private var reachedAPI: [Route] {
    [(true, "reached", "A goal is reached"), (false, "not-reached", "A goal is not reached after all")].map {
      isReached, place, says in
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/\(place)", name: isReached ? "goal.reached" : "goal.unreached",
        .plan, .write,
        Operation("\(says); only the resident says so.", tag: "plan", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        guard sight.isOwn else { throw Problem.notFound }
        return .made(
          try Goal.reached(visit.id("goal"), isReached: isReached, of: sight.resident, transaction).id)
      }
    }
  }

  var stepsAPI: [Route] {
    let fields = [
      Schema.Property("words", .text, isRequired: true), Schema.Property("dueOn", .date, isRequired: false),
      Schema.Property("companion", .id, isRequired: false), Schema.Property("reward", .text, isRequired: false),
    ]
    return [
      trail.apiChange(
        .post, "/residents/{resident}/goals/{goal}/steps", name: "step.add", .plan, .write,
        Operation(
          "Add a small step. Its companion is somebody of the circle, or an account that works for the resident.",
          tag: "plan", input: Input("NewStep", fields), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let goal = try transaction.get(Goal.self, visit.id("goal"), of: sight.resident)
        let form = try StepForm(visit.form, sight, transaction)
        return .made(try Step.add(form.entry, to: goal, isOwnWords: sight.isOwn, transaction).id, status: 201)
      },
      trail.apiChange(
        .put, "/residents/{resident}/steps/{step}", name: "step.change", .plan, .write,
        Operation(
          "Change a step, or put it under another goal. What the resident wrote only the resident rewords.",
          tag: "plan",
          input: Input("StepChange", fields + [Schema.Property("goal", .id, isRequired: false)]),
          answer: Shapes.step.schema, needsVersion: true),
        again: { visit, reader, sight in try Self.stepAnswer(visit.id("step"), reader, sight) }
      ) { visit, transaction, sight in
        let step = try Step.change(try visit.withMatchedVersion(), sight, transaction)
        return try Self.stepAnswer(step.id, transaction, sight)
      },
      trail.apiChange(
        .put, "/residents/{resident}/steps/{step}/done", name: "step.tick", .plan, .write,
        Operation(
          "Done, or not after all.", tag: "plan",
          input: Input("StepDone", [Schema.Property("isDone", .boolean, isRequired: true)]), answer: .made)
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        try step.setDone(visit.form.flag("isDone") ?? true, transaction)
        return .made(step.id)
      },
      trail.apiChange(
        .put, "/residents/{resident}/steps/{step}/reward", name: "reward.give", .plan, .write,
        Operation(
          "The reward that was agreed was given, or not after all.", tag: "plan",
          input: Input("RewardGiven", [Schema.Property("isGiven", .boolean, isRequired: true)]), answer: .made)
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        return .made(
          try step.setRewardGiven(
            visit.form.flag("isGiven") ?? true, by: sight.viewer.account.retyped(), transaction
          ).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/steps/{step}/moves", name: "step.move", .plan, .write,
        Operation(
          "One up or down among the steps of its goal.", tag: "plan",
          input: Input(
            "StepMove", [Schema.Property("way", .enumeration(Step.Way.allCases.map(\.rawValue)), isRequired: true)]),
          answer: .made)
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        try step.move(visit.form.choice("way") ?? .up, transaction)
        return .made(step.id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/steps/{step}/dropping", name: "step.drop", .plan, .write,
        Operation(
          "Not a step any more; why is kept.", tag: "plan", input: Input("Dropping", [Self.why]), answer: .made)
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        return .made(try step.drop(why: visit.form["why"] ?? "", transaction).id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/steps/{step}/resumption", name: "step.resume", .plan, .write,
        Operation("Take a dropped step up again.", tag: "plan", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        .made(try transaction.get(Step.self, visit.id("step"), of: sight.resident).resume(transaction).id)
      },
    ]
  }

  private static func goals(_ looker: Looker, _ sight: Sight, areDropped: Bool) throws -> Reply {
    let steps = try looker.reader.all(
      Step.self, "where resident = \(sight.resident) order by coalesce(place, 0), id"
    ).filter { ($0.droppedOn != nil) == areDropped && sight.sees($0.id, .plan) }
    let with = Set(steps.map(\.goal))
    let goals = try looker.reader.all(Goal.self, "where resident = \(sight.resident) order by id").filter { goal in
      if areDropped { return goal.endedOn != nil || with.contains(goal.id) }
      return goal.endedOn == nil && (sight.sees(goal.id, .plan) || with.contains(goal.id))
    }
    let items = goals.map { goal in Shapes.goal.json((goal, steps.filter { $0.goal == goal.id })) }
    return .json(.of(["items": .array(items)]))
  }

  private static func goalAnswer(_ id: ID<Goal>, _ reader: Reader, _ sight: Sight) throws -> Reply {
    let goal = try reader.get(Goal.self, id, of: sight.resident)
    let steps = try reader.all(
      Step.self, "where goal = \(id) and dropped_on is null order by coalesce(place, 0), id")
    _ = sight.shows(.plan)
    return .json(Shapes.goal.json((goal, steps)), version: goal.version)
  }

  private static func stepAnswer(_ id: ID<Step>, _ reader: Reader, _ sight: Sight) throws -> Reply {
    let step = try reader.get(Step.self, id, of: sight.resident)
    _ = sight.shows(.plan)
    return .json(Shapes.step.json(step), version: step.version)
  }
}
