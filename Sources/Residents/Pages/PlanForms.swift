internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What is sent about a goal, by a page or by the API.
struct GoalForm {
  let words: String
  let domain: LifeDomain
  let side: RecoverySide?

  /// - Parameter goal: the goal it changes. What the resident wrote stands on nobody else's form.
  init(_ fields: Fields, changing goal: Goal? = nil, _ sight: Sight) throws {
    var form = FormReader(fields)
    let chosen: LifeDomain? = form.choice("domain")
    side = form.maybeChoice("side")
    let isTheirs = goal.map { Self.isTheirs($0.isOwnWords, sight) } ?? false
    words = isTheirs && fields["words"] == nil ? goal?.words ?? "" : form.text("words")
    try form.check()
    guard let chosen else { throw Problem(.invalid) }
    domain = chosen
  }

  /// Did the resident write it, and is it somebody else who looks?
  static func isTheirs(_ isOwnWords: Bool?, _ sight: Sight) -> Bool { isOwnWords == true && !sight.isOwn }

  static func fields(of goal: Goal? = nil, isTheirs: Bool = false, _ t: Texts) -> [Field] {
    let domains = LifeDomain.allCases.map { Field.Option($0.rawValue, t("domain.\($0.rawValue)")) }
    let sides = RecoverySide.allCases.map { Field.Option($0.rawValue, t("side.\($0.rawValue)")) }
    let words = Field(
      "words", t("goal.words"), .area(rows: 2), hint: t("goal.wordsHint"), value: goal?.words, isRequired: true)
    return [
      Field(
        "domain", t("goal.domain"), .choice([Field.Option("", t("form.choose"))] + domains),
        value: goal?.domain.rawValue, isRequired: true)
    ] + (isTheirs ? [] : [words]) + [
      Field(
        "side", t("goal.side"), .choice([Field.Option("", t("form.none"))] + sides), hint: t("goal.sideHint"),
        value: goal?.side?.rawValue)
    ]
  }
}

/// What is sent about a step, by a page or by the API.
struct StepForm {
  let entry: Step.Entry
  /// The goal it goes to; nil when it stays.
  let goal: ID<Goal>?

  /// - Parameter step: the step it changes. What the resident wrote stands on nobody else's form.
  init(_ fields: Fields, changing step: Step? = nil, _ sight: Sight, _ reader: Reader) throws {
    var form = FormReader(fields)
    let isTheirs = step.map { GoalForm.isTheirs($0.isOwnWords, sight) } ?? false
    var entry = Step.Entry(
      isTheirs && fields["words"] == nil
        ? step?.words ?? "" : form.text("words", atMost: 400, missing: "step.wordsNeeded"))
    entry.dueOn = form.date("dueOn")
    entry.reward = form.maybe("reward", atMost: 400)
    if let chosen = fields["companion"] {
      let one = try Companions(sight, keeping: step, isShown: false, reader).with(chosen)
      if one == nil { form.add("companion", "form.notAChoice") }
      (entry.companion, entry.worker) = (one?.member, one?.worker)
    }
    goal = form.maybeID("goal")
    if let goal, try reader.find(Goal.self, goal)?.resident != sight.resident { form.add("goal", "form.notAChoice") }
    try form.check()
    self.entry = entry
  }

  static func fields(of step: Step? = nil, isTheirs: Bool = false, _ companions: Companions, _ t: Texts) -> [Field] {
    let people = companions.choices.map { Field.Option($0.id, $0.name ?? t("step.someone")) }
    return (isTheirs ? [] : [Field("words", t("step.words"), value: step?.words, isRequired: true)]) + [
      Field("dueOn", t("step.due"), .date, value: step?.dueOn?.description),
      Field(
        "companion", t("step.with"), .choice([Field.Option("", t("step.alone"))] + people),
        value: step?.companion?.description ?? step?.worker?.description),
      Field("reward", t("step.reward"), value: step?.reward),
    ]
  }
}
