internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One plan: goals in the resident's words, small steps with who and when, and a reward for a step that is done.
struct PlanPage {
  private let head: FileHead
  private let goals: [(goal: Goal, steps: [Step])]
  private let story: OwnStory?
  private let companions: [CircleMember]
  private let mayWrite: Bool
  private let seesAll: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let me = try Step.names(of: sight, reader)
    let steps = try reader.all(Step.self, "where resident = \(sight.resident) and dropped_on is null order by id")
      .filter { $0.isSeen(sight, me) }
    let visibleGoals = Set(steps.map(\.goal))
    goals = try reader.all(Goal.self, "where resident = \(sight.resident) and ended_on is null order by id")
      .filter { sight.sees($0.id, .plan) || visibleGoals.contains($0.id) }
      .map { goal in (goal, steps.filter { $0.goal == goal.id }) }
    story =
      sight.shows(.plan)
      ? try reader.first(OwnStory.self, "where resident = \(sight.resident)") : nil
    mayWrite = sight.allows(.write, .plan)
    seesAll = sight.allows(.read, .plan)
    companions =
      mayWrite
      ? try reader.all(CircleMember.self, "where resident = \(sight.resident) and until_on is null")
        .filter { sight.sees($0.id, .network) } : []
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .plan) { html in
      html(.div, .class("row between wrap no-print")) { html in
        html(.p, .class("soft"), text: t(head.isOwn ? "plan.leadOwn" : "plan.lead"))
        html(.button, .class("button quiet"), .type("button"), .data("data-print"), text: t("plan.print"))
      }
      if goals.isEmpty { html.card(nil) { html in html.empty(t(seesAll ? "plan.empty" : "plan.nothingShared")) } }
      for domain in LifeDomain.allCases {
        let here = goals.filter { $0.goal.domain == domain }
        if !here.isEmpty {
          html.card(t("domain.\(domain.rawValue)")) { html in
            for (goal, steps) in here { show(goal, steps, visit, &html) }
          }
        }
      }
      if mayWrite {
        addGoal(visit, &html)
        visit.advice(at: .planAndSteps, &html)
      }
      if story != nil || mayWrite { ownStory(visit, &html) }
    }
  }

  private func show(_ goal: Goal, _ steps: [Step], _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.article, .class("goal")) { html in
      html(.h3, text: goal.words)
      if let reached = goal.reachedOn {
        html(.p) { html in html.state(.good, t("goal.reached", ["date": t.date(reached)])) }
      }
      html(.ul, .class("steps")) { html in
        for step in steps { show(step, visit, &html) }
      }
      if mayWrite && goal.reachedOn == nil { addStep(to: goal, visit, &html) }
      if head.isOwn && goal.reachedOn == nil {
        visit.button(
          &html, to: "/residents/\(head.resident)/goals/\(goal.id)/reached", t("goal.iReached"), class: "button")
      }
    }
  }

  private func show(_ step: Step, _ visit: Visit, _ html: inout HTML) {
    StepLine(
      step: step, resident: head.resident, companion: companions.first { $0.id == step.companion }?.name,
      mayTick: mayWrite
    )
    .show(visit, &html)
  }

  private func addStep(to goal: Goal, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let action = "/residents/\(head.resident)/goals/\(goal.id)/steps"
    html(.details, .class("no-print"), visit.isAgain(action) ? .open : nil) { html in
      html(.summary, text: t("step.add"))
      visit.form(
        &html, to: action, submit: t("form.save"), class: "stack tight",
        fields: StepForm.fields(companions, t).map { $0.within(goal.id.description) })
    }
  }

  private func addGoal(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let action = "/residents/\(head.resident)/plan"
    html(.details, .class("card no-print"), goals.isEmpty || visit.isAgain(action) ? .open : nil) { html in
      html(.summary, text: t("goal.add"))
      visit.form(&html, to: action, submit: t("goal.addSubmit"), fields: GoalForm.fields(t), draft: true)
    }
  }

  private func ownStory(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("story.title")) { html in
      if let story {
        for line in story.words.split(separator: "\n") { html(.p, text: String(line)) }
        html(.p, .class("small soft"), text: t("story.changed", ["date": t.date(story.changedOn)]))
      } else {
        html.empty(t("story.none"))
      }
      if mayWrite { html.link(t("story.write"), to: "/residents/\(head.resident)/story", class: "button no-print") }
    }
  }
}

/// A step with a box to tick, as plan and *Mijn thuis* show it.
struct StepLine {
  let step: Step
  let resident: ResidentID
  let companion: String?
  let mayTick: Bool

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let isDone = step.doneOn != nil
    html(.li, .id("step-\(step.id)"), .class(isDone ? "done" : "")) { html in
      if mayTick {
        html(.form, .method("post"), .action("/residents/\(resident)/steps/\(step.id)"), .class("inline keep")) {
          html in
          visit.formKeys(&html)
          html(.input, .type("hidden"), .name("done"), .value(isDone ? "no" : "yes"))
          html(.input, .type("hidden"), .name("back"), .value(visit.path))
          html(
            .button, .class("box"), .aria(.pressed, isDone ? "true" : "false"),
            .aria(.label, t("step.tick", ["step": step.words]))
          ) { html in
            if isDone { html.raw(Icon.check) }
          }
        }
      } else {
        html(.span, .class("box"), .aria(.hidden, "true")) { html in
          if isDone { html.raw(Icon.check) }
        }
      }
      html(.div) { html in
        html(.p, text: step.words)
        let due = step.dueOn.map { isDone ? t.date($0) : t.relative($0, today: visit.today) }
        let facts = [due, companion.map { t("step.together", ["name": $0]) }].compactMap { $0 }
        if !facts.isEmpty { html(.p, .class("small soft"), text: facts.joined(separator: " · ")) }
        if mayTick && isDone && visit.query["ticked"] == step.id.description {
          html(.p, .class("row wrap")) { html in
            html(.span, .class("state good"), .role("status"), text: t("done.step.done"))
            visit.button(
              &html, to: "/residents/\(resident)/steps/\(step.id)", t("step.undo"), class: "button quiet",
              hidden: ["done": "no", "back": visit.path])
          }
        }
        if let reward = step.reward { html.tag(t("step.rewardIs", ["reward": reward]), "teal") }
      }
    }
  }
}

extension ResidentSlice {
  var planHost: Trail.Host {
    Trail.Host("plan.form", .plan, itemwise: true) { visit, looker, sight in
      try PlanPage(looker, sight).reply(visit)
    }
  }

  var planRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/plan", name: "plan", .plan, .read, itemwise: true,
      show: { visit, looker, sight, _ in try PlanPage(looker, sight).reply(visit) },
      perform: { visit, transaction, sight in
        try sight.require(.write, .plan)
        let form = try GoalForm(visit.form)
        try Goal.add(form.words, form.domain, sight.resident, transaction)
        return .go(to: "/residents/\(sight.resident)/plan?done=goal.added")
      }) + [
        trail.residentVerb("/residents/{resident}/goals/{goal}/steps", name: "step.add", .plan, .write, on: planHost) {
          visit, transaction, sight in
          let goal = try transaction.get(Goal.self, visit.id("goal"))
          guard goal.resident == sight.resident else { throw Problem.notFound }
          let form = try StepForm(visit.form, sight.resident, transaction)
          try Step.add(
            form.words, to: goal, dueOn: form.dueOn, companion: form.companion, reward: form.reward, transaction)
          return .go(to: "/residents/\(sight.resident)/plan?done=step.added")
        },
        trail.residentVerb("/residents/{resident}/steps/{step}", name: "step.tick", .plan, .write) {
          visit, transaction, sight in
          let step = try transaction.get(Step.self, visit.id("step"))
          guard step.resident == sight.resident else { throw Problem.notFound }
          try step.setDone(visit.form["done"] == "yes", transaction)
          let back = visit.form["back"] ?? ""
          let place = back == "/home" && sight.isOwn ? back : "/residents/\(sight.resident)/plan"
          // One stays where one was, and can take it back there.
          return .go(to: "\(place)?ticked=\(step.id)#step-\(step.id)")
        },
        trail.residentVerb("/residents/{resident}/goals/{goal}/reached", name: "goal.reached", .plan, .write) {
          visit, transaction, sight in
          // Only the resident says that a goal is reached (BT, Gebiedsgericht werken).
          guard sight.isOwn else { throw Problem.notFound }
          try Goal.reached(visit.id("goal"), of: sight.resident, transaction)
          return .go(to: "/residents/\(sight.resident)/plan?done=goal.reached")
        },
      ] + storyRoutes
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
