internal import Kernel
internal import Site
internal import Store
internal import Trust

/// How a step is ticked, and whether a reward was given.
private enum Answer: String { case yes, no }

extension ResidentSlice {
  var planHost: Trail.Host {
    Trail.Host("plan.form", .plan, itemwise: true) { visit, looker, sight in
      try PlanPage(looker, sight).reply(visit)
    }
  }

  private var goalHost: Trail.Host {
    Trail.Host("goal.change.form", .plan) { visit, looker, sight in try GoalPage(visit, looker, sight).reply(visit) }
  }

  private var stepHost: Trail.Host {
    Trail.Host("step.change.form", .plan) { visit, looker, sight in try StepPage(visit, looker, sight).reply(visit) }
  }

  var planRoutes: [Route] { goalRoutes + stepRoutes + stepPlaceRoutes + storyRoutes }

  private var goalRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/plan", name: "plan", .plan, .read, itemwise: true,
      show: { visit, looker, sight, _ in try PlanPage(looker, sight).reply(visit) },
      perform: { visit, transaction, sight in
        try sight.require(.write, .plan)
        let form = try GoalForm(visit.form, sight)
        let goal = try Goal.add(
          form.words, form.domain, side: form.side, isOwnWords: sight.isOwn, sight.resident, transaction)
        return .plan(of: sight, done: "goal.added", at: "goal-\(goal.id)")
      })
      + trail.residentForm(
        "/residents/{resident}/goals/{goal}/change", name: "goal.change", .plan, .write,
        show: { visit, looker, sight, _ in try GoalPage(visit, looker, sight).reply(visit) },
        perform: { visit, transaction, sight in
          let goal = try Goal.change(visit, sight, transaction)
          return .plan(of: sight, done: "goal.changed", at: "goal-\(goal.id)")
        }) + [
        trail.residentVerb(
          "/residents/{resident}/goals/{goal}/drop", name: "goal.drop", .plan, .write, on: goalHost
        ) { visit, transaction, sight in
          let why = try visit.sent { $0.text("why", atMost: 1000) }
          try transaction.get(Goal.self, visit.id("goal"), of: sight.resident).drop(why: why, transaction)
          return .plan(of: sight, done: "goal.dropped")
        },
        trail.residentVerb(
          "/residents/{resident}/goals/{goal}/resume", name: "goal.resume", .plan, .write, on: planHost
        ) { visit, transaction, sight in
          let goal = try transaction.get(Goal.self, visit.id("goal"), of: sight.resident).resume(transaction)
          return .plan(of: sight, done: "goal.resumed", at: "goal-\(goal.id)")
        },
        trail.residentVerb("/residents/{resident}/goals/{goal}/reached", name: "goal.reached", .plan, .write) {
          visit, transaction, sight in
          // Only the resident says that a goal is reached (BT, Gebiedsgericht werken).
          guard sight.isOwn else { throw Problem.notFound }
          let isReached = try visit.sent { $0.maybeChoice("reached") as Answer? } != .no
          let goal = try Goal.reached(visit.id("goal"), isReached: isReached, of: sight.resident, transaction)
          return .plan(of: sight, done: isReached ? "goal.reached" : "goal.unreached", at: "goal-\(goal.id)")
        },
      ]
  }

  private var stepRoutes: [Route] {
    [
      trail.residentVerb("/residents/{resident}/goals/{goal}/steps", name: "step.add", .plan, .write, on: planHost) {
        visit, transaction, sight in
        let goal = try transaction.get(Goal.self, visit.id("goal"), of: sight.resident)
        let form = try StepForm(visit.form, sight, transaction)
        let step = try Step.add(form.entry, to: goal, isOwnWords: sight.isOwn, transaction)
        return .plan(of: sight, done: "step.added", at: "step-\(step.id)")
      },
      trail.residentVerb("/residents/{resident}/steps/{step}", name: "step.tick", .plan, .write, on: planHost) {
        visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        let isDone = try visit.sent { $0.choice("done") as Answer? } == .yes
        try step.setDone(isDone, transaction)
        // One stays where one ticked, with the way back beside it.
        let isHome = sight.isOwn && Reply.place(visit.form["at"])?.split(separator: "?").first == "/home"
        let place = isHome ? "/home" : "/residents/\(sight.resident)/plan"
        return .go(to: "\(place)?ticked=\(step.id)#step-\(step.id)")
      },
      trail.residentVerb(
        "/residents/{resident}/steps/{step}/reward", name: "reward.give", .plan, .write, on: planHost
      ) { visit, transaction, sight in
        let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
        let isGiven = try visit.sent { $0.choice("given") as Answer? } == .yes
        try step.setRewardGiven(isGiven, by: sight.viewer.account.retyped(), transaction)
        return .plan(of: sight, done: isGiven ? "reward.given" : "reward.notGiven", at: "step-\(step.id)")
      },
    ]
  }

  private var stepPlaceRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/steps/{step}/change", name: "step.change", .plan, .write,
      show: { visit, looker, sight, _ in try StepPage(visit, looker, sight).reply(visit) },
      perform: { visit, transaction, sight in
        let step = try Step.change(visit, sight, transaction)
        return .plan(of: sight, done: "step.changed", at: "step-\(step.id)")
      }) + [
        trail.residentVerb(
          "/residents/{resident}/steps/{step}/move", name: "step.move", .plan, .write, on: stepHost
        ) { visit, transaction, sight in
          let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
          guard let way = try visit.sent({ $0.choice("way") as Step.Way? }) else { throw Problem(.invalid) }
          try step.move(way, transaction)
          return .plan(of: sight, done: "step.moved", at: "step-\(step.id)")
        },
        trail.residentVerb(
          "/residents/{resident}/steps/{step}/drop", name: "step.drop", .plan, .write, on: stepHost
        ) { visit, transaction, sight in
          let why = try visit.sent { $0.text("why", atMost: 1000) }
          try transaction.get(Step.self, visit.id("step"), of: sight.resident).drop(why: why, transaction)
          return .plan(of: sight, done: "step.dropped")
        },
        trail.residentVerb(
          "/residents/{resident}/steps/{step}/resume", name: "step.resume", .plan, .write, on: planHost
        ) { visit, transaction, sight in
          let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident).resume(transaction)
          return .plan(of: sight, done: "step.resumed", at: "step-\(step.id)")
        },
      ]
  }

  private var storyRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/story", name: "story", .plan, .write,
      show: { visit, looker, sight, faults in
        let head = try FileHead(looker, sight)
        let story = sight.show(
          .plan, try looker.reader.first(OwnStory.self, "where resident = \(sight.resident)"))
        let t = visit.texts
        return head.page(visit, .plan, title: t("story.title")) { html in
          html.card(t("story.title")) { html in
            html(.p, .class("soft"), text: t("story.lead"))
            visit.form(
              &html, to: "/residents/\(sight.resident)/story", submit: t("form.save"), faults: faults,
              fields: [Field("words", t("story.words"), .area(rows: 12), value: story?.words, isRequired: true)],
              version: story?.version ?? 0, draft: true)
          }
        }
      },
      perform: { visit, transaction, sight in
        try OwnStory.save(visit, sight, transaction)
        return .go(to: "/residents/\(sight.resident)/plan?done=story.saved")
      })
  }
}

extension Reply {
  /// Back to the plan, at what was changed.
  fileprivate static func plan(of sight: Sight, done: String, at place: String? = nil) -> Reply {
    .go(to: "/residents/\(sight.resident)/plan?done=\(done)" + (place.map { "#\($0)" } ?? ""))
  }
}

extension Goal {
  /// A change as it was sent, by a page or by the API, when it is based on the version that is stored.
  static func change(_ visit: Visit, _ sight: Sight, _ transaction: Transaction) throws -> Goal {
    let goal = try transaction.get(Goal.self, visit.id("goal"), of: sight.resident)
    try visit.mustHaveSeen(goal.version, in: table.name, goal.id.description)
    let form = try GoalForm(visit.form, changing: goal, sight)
    return try goal.change(form.words, form.domain, side: form.side, byResident: sight.isOwn, transaction)
  }
}

extension Step {
  /// A change as it was sent, by a page or by the API, when it is based on the version that is stored.
  static func change(_ visit: Visit, _ sight: Sight, _ transaction: Transaction) throws -> Step {
    let step = try transaction.get(Step.self, visit.id("step"), of: sight.resident)
    try visit.mustHaveSeen(step.version, in: table.name, step.id.description)
    let form = try StepForm(visit.form, changing: step, sight, transaction)
    let goal = try transaction.get(Goal.self, form.goal ?? step.goal)
    return try step.change(form.entry, to: goal, byResident: sight.isOwn, transaction)
  }
}

extension OwnStory {
  /// Keeps the story as it was sent, by a page or by the API, when it is based on the version that is stored.
  @discardableResult
  static func save(_ visit: Visit, _ sight: Sight, _ transaction: Transaction) throws -> OwnStory {
    guard let words = visit.form["words"] else { throw Problem.invalid("words", "form.needed") }
    let stored = try transaction.first(OwnStory.self, "where resident = \(sight.resident)")
    var story =
      stored
      ?? OwnStory(id: transaction.freshID(), resident: sight.resident, words: words, changedOn: visit.today)
    try visit.mustHaveSeen(stored?.version ?? 0, in: table.name, story.id.description)
    if story.words != words { story.changedOn = visit.today }
    story.words = words
    return try transaction.put(story)
  }
}
