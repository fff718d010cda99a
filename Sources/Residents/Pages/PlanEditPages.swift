internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One goal: its words, area of life and side of recovery; or not any more.
struct GoalPage {
  private let head: FileHead
  private let goal: Goal
  private let isTheirs: Bool

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    goal = try looker.reader.get(Goal.self, visit.id("goal"), of: sight.resident)
    guard goal.endedOn == nil, sight.shows(.plan) else { throw Problem.notFound }
    isTheirs = GoalForm.isTheirs(goal.isOwnWords, sight)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let path = "/residents/\(head.resident)/goals/\(goal.id)"
    return head.page(visit, .plan, title: t("goal.change")) { html in
      html.card(t("goal.change")) { html in
        if isTheirs { theirWords(goal.words, t, &html) }
        visit.form(
          &html, to: path + "/change", submit: t("form.save"), fields: GoalForm.fields(of: goal, isTheirs: isTheirs, t),
          version: goal.version, draft: true)
      }
      dropForm(path + "/drop", t("goal.drop"), t("goal.dropLead"), visit, &html)
      html(.p) { html in html.link(t("plan.back"), to: head.path(.plan) + "#goal-\(goal.id)") }
    }
  }
}

/// One step: its words, day, companion and reward; under another goal, earlier or later; or not any more.
struct StepPage {
  private let head: FileHead
  private let step: Step
  private let goals: [Goal]
  private let companions: Companions
  private let isTheirs: Bool

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    head = try FileHead(looker, sight)
    step = try reader.get(Step.self, visit.id("step"), of: sight.resident)
    guard step.droppedOn == nil, sight.shows(.plan) else { throw Problem.notFound }
    let own = step.goal
    goals = try reader.all(
      Goal.self, "where resident = \(sight.resident) and (ended_on is null or id = \(own)) order by id")
    companions = try Companions(sight, keeping: step, reader)
    isTheirs = GoalForm.isTheirs(step.isOwnWords, sight)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let path = "/residents/\(head.resident)/steps/\(step.id)"
    return head.page(visit, .plan, title: t("step.changeTitle")) { html in
      html.card(t("step.changeTitle")) { html in
        if isTheirs { theirWords(step.words, t, &html) }
        let goal = Field(
          "goal", t("step.goal"), .choice(goals.map { Field.Option($0.id.description, $0.words) }),
          value: step.goal.description)
        visit.form(
          &html, to: path + "/change", submit: t("form.save"),
          fields: StepForm.fields(of: step, isTheirs: isTheirs, companions, t) + [goal], version: step.version,
          draft: true)
      }
      html.card(t("step.place")) { html in
        html(.div, .class("actions")) { html in
          visit.button(&html, to: path + "/move", t("step.up"), hidden: ["way": "up"])
          visit.button(&html, to: path + "/move", t("step.down"), hidden: ["way": "down"])
        }
      }
      if step.doneOn == nil { dropForm(path + "/drop", t("step.drop"), t("step.dropLead"), visit, &html) }
      html(.p) { html in html.link(t("plan.back"), to: head.path(.plan) + "#step-\(step.id)") }
    }
  }
}

/// What the resident wrote, as it stands; others change what is around it.
private func theirWords(_ words: String, _ t: Texts, _ html: inout HTML) {
  html(.blockquote, text: words)
  html(.p, .class("small soft"), text: t("plan.theirWordsLead"))
}

private func dropForm(_ action: String, _ title: String, _ lead: String, _ visit: Visit, _ html: inout HTML) {
  html(.details, .class("card"), visit.isAgain(action) ? .open : nil) { html in
    html(.summary, text: title)
    html(.p, .class("soft"), text: lead)
    visit.form(
      &html, to: action, submit: title, class: "stack tight",
      fields: [Field("why", visit.texts("plan.why"), .area(rows: 2), isRequired: true)])
  }
}
