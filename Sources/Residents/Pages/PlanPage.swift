internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One plan: goals in the resident's words, small steps with who and when, and a reward for a step that is done.
struct PlanPage {
  private let head: FileHead
  private let goals: [(goal: Goal, steps: [Step])]
  /// What is not wanted any more, newest first; it can be taken up again.
  private let dropped: (goals: [Goal], steps: [Step])
  private let story: OwnStory?
  private let companions: Companions
  private let givers: RewardGivers
  private let mayWrite: Bool
  private let seesAll: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let me = try Step.names(of: sight, reader)
    let steps = try reader.all(Step.self, "where resident = \(sight.resident) order by coalesce(place, 0), id")
      .filter { $0.isSeen(sight, me) }
    let visibleGoals = Set(steps.filter { $0.droppedOn == nil }.map(\.goal))
    let all = try reader.all(Goal.self, "where resident = \(sight.resident) order by id")
      .filter { sight.sees($0.id, .plan) || visibleGoals.contains($0.id) }
    goals = all.filter { $0.endedOn == nil }
      .map { goal in (goal, steps.filter { $0.goal == goal.id && $0.droppedOn == nil }) }
    let going = Set(goals.map { $0.goal.id })
    dropped = (
      all.filter { $0.endedOn != nil }, steps.filter { $0.droppedOn != nil && going.contains($0.goal) }
    )
    story =
      sight.shows(.plan)
      ? try reader.first(OwnStory.self, "where resident = \(sight.resident)") : nil
    mayWrite = sight.allows(.write, .plan)
    companions = try Companions(sight, reader)
    givers = try RewardGivers(steps, Journey.open(of: sight.resident, reader), reader)
    seesAll = sight.allows(.read, .plan)
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
      if !dropped.goals.isEmpty || !dropped.steps.isEmpty { notAnyMore(visit, &html) }
      if mayWrite {
        addGoal(visit, &html)
        visit.advice(at: .planAndSteps, &html)
      }
      if story != nil || mayWrite { ownStory(visit, &html) }
    }
  }

  private func show(_ goal: Goal, _ steps: [Step], _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let path = "/residents/\(head.resident)/goals/\(goal.id)"
    html(.article, .class("goal"), .id("goal-\(goal.id)")) { html in
      html(.div, .class("row between wrap")) { html in
        html(.h3, text: goal.words)
        if mayWrite {
          html(.a, .class("button quiet no-print"), .href(path + "/change")) { html in
            html.text(t("step.change"))
            html(.span, .class("visually-hidden"), text: ": " + goal.words)
          }
        }
      }
      if let side = goal.side { html.tag(t("side.\(side.rawValue)")) }
      if let reached = goal.reachedOn {
        html(.p) { html in html.state(.good, t("goal.reached", ["date": t.date(reached)])) }
      }
      html(.ul, .class("steps")) { html in
        for step in steps {
          StepLine(
            step: step, resident: head.resident, companion: companions.name(of: step), mayTick: mayWrite,
            giver: givers.name(of: step), isOpenable: mayWrite
          ).show(visit, &html)
        }
      }
      if mayWrite && goal.reachedOn == nil { addStep(to: goal, visit, &html) }
      if head.isOwn {
        let isReached = goal.reachedOn != nil
        visit.button(
          &html, to: path + "/reached", t(isReached ? "goal.iDidNot" : "goal.iReached"),
          class: isReached ? "button quiet" : "button", hidden: isReached ? ["reached": "no"] : [:])
      }
    }
  }

  private func notAnyMore(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.details, .class("card no-print"), visit.query["done"]?.hasSuffix(".dropped") == true ? .open : nil) { html in
      html(.summary, text: t("plan.dropped", count: dropped.goals.count + dropped.steps.count))
      html(.ul, .class("lines")) { html in
        for goal in dropped.goals {
          line(goal.words, goal.endedOn, goal.endedWhy, "goals/\(goal.id)", visit, &html)
        }
        for step in dropped.steps {
          line(step.words, step.droppedOn, step.droppedWhy, "steps/\(step.id)", visit, &html)
        }
      }
    }
  }

  private func line(
    _ words: String, _ day: LocalDate?, _ why: String?, _ place: String, _ visit: Visit, _ html: inout HTML
  ) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.p, text: words)
        html(.p, .class("small soft"), text: [day.map(t.date), why].compactMap { $0 }.joined(separator: " · "))
      }
      if mayWrite {
        visit.button(
          &html, to: "/residents/\(head.resident)/\(place)/resume", t("plan.resume"), class: "button quiet")
      }
    }
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
