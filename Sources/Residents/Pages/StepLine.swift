internal import Kernel
internal import Site
internal import Store
internal import Trust

/// A step with a box to tick, as plan and *Mijn thuis* show it.
struct StepLine {
  let step: Step
  let resident: ResidentID
  let companion: String?
  let mayTick: Bool
  /// Whose it is to give the reward, or who gave it.
  var giver: String?
  /// Its own page, where everything of it can be changed, is one press away.
  var isOpenable = false

  private var path: String { "/residents/\(resident)/steps/\(step.id)" }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let isDone = step.doneOn != nil
    html(.li, .id("step-\(step.id)"), .class(isDone ? "done" : "")) { html in
      box(isDone, visit, &html)
      html(.div) { html in
        html(.p, text: step.words)
        let day =
          step.doneOn.map { t("step.doneOn", ["date": t.date($0)]) }
          ?? step.dueOn.map { t.relative($0, today: visit.today) }
        let facts = [day, companion.map { t("step.together", ["name": $0]) }].compactMap { $0 }
        if !facts.isEmpty { html(.p, .class("small soft"), text: facts.joined(separator: " · ")) }
        reward(visit, &html)
        if isDone && mayTick && visit.query["ticked"] == step.id.description {
          html(.div, .class("row wrap")) { html in
            html(.span, .class("state good"), .role("status"), text: t("done.step.done"))
            visit.button(&html, to: path, t("step.undo"), class: "button quiet", hidden: ["done": "no"])
          }
        }
      }
      if isOpenable {
        html(.a, .class("button quiet no-print"), .href(path + "/change")) { html in
          html.text(t("step.change"))
          html(.span, .class("visually-hidden"), text: ": " + step.words)
        }
      }
    }
  }

  private func box(_ isDone: Bool, _ visit: Visit, _ html: inout HTML) {
    guard mayTick else {
      return html(.span, .class("box"), .aria(.hidden, "true")) { html in
        if isDone { html.raw(Icon.check) }
      }
    }
    html(.form, .method("post"), .action(path), .class("inline keep")) { html in
      visit.formKeys(&html)
      html(.input, .type("hidden"), .name("done"), .value(isDone ? "no" : "yes"))
      html(
        .button, .class("box"), .aria(.pressed, isDone ? "true" : "false"),
        .aria(.label, visit.texts("step.tick", ["step": step.words]))
      ) { html in
        if isDone { html.raw(Icon.check) }
      }
    }
  }

  /// What was agreed for when it is done; once due, whose it is to give, and when it was given.
  private func reward(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    guard let reward = step.reward else { return }
    let values = ["reward": reward, "name": giver ?? ""]
    if let given = step.rewardGivenOn {
      html(.div, .class("small soft row wrap")) { html in
        html(.span, text: t("reward.given", values.merging(["date": t.date(given)]) { $1 }))
        if mayTick {
          visit.button(&html, to: path + "/reward", t("reward.notGiven"), class: "link", hidden: ["given": "no"])
        }
      }
    } else if step.isRewardDue {
      html(.p) { html in html.state(.mind, t(giver == nil ? "reward.isDue" : "reward.isDueOf", values)) }
      if mayTick {
        visit.button(&html, to: path + "/reward", t("reward.give"), class: "button", hidden: ["given": "yes"])
      }
    } else {
      html.tag(t("step.rewardIs", values), "teal")
    }
  }
}

/// Who gives, or gave, the rewards of some steps of one resident, by name.
struct RewardGivers {
  private let names: [ID<Step>: String]

  init(_ steps: [Step], _ journey: Journey?, _ reader: Reader) throws {
    let steps = steps.filter { $0.isRewardDue || $0.rewardGivenBy != nil }
    guard let resident = steps.first?.resident else {
      names = [:]
      return
    }
    let first = try journey.flatMap { try Accountability.now($0.id, reader)?.worker }
    let working = Set(try Relation.openOnes(of: resident, reader).compactMap(\.account))
    let givers = steps.compactMap { step in
      (step.rewardGivenBy ?? RewardGiver.of(step, first: first, working: working)).map { (step.id, $0) }
    }
    let people = try Account.names(givers.map { $0.1 }, reader)
    names = Dictionary(givers.compactMap { step, giver in people[giver].map { (step, $0.name) } }) { one, _ in one }
  }

  func name(of step: Step) -> String? { names[step.id] }
}
