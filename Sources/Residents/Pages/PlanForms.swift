internal import Kernel
internal import Site
internal import Store

/// What is sent about a goal.
struct GoalForm {
  let words: String
  let domain: LifeDomain

  init(_ fields: Fields) throws {
    var form = FormReader(fields)
    let chosen: LifeDomain? = form.choice("domain")
    words = form.text("words")
    try form.check()
    guard let chosen else { throw Problem(.invalid) }
    domain = chosen
  }

  static func fields(_ t: Texts) -> [Field] {
    let domains = LifeDomain.allCases.map { Field.Option($0.rawValue, t("domain.\($0.rawValue)")) }
    return [
      Field(
        "domain", t("goal.domain"), .choice([Field.Option("", t("form.choose"))] + domains), isRequired: true),
      Field("words", t("goal.words"), .area(rows: 2), hint: t("goal.wordsHint"), isRequired: true),
    ]
  }
}

/// What is sent about a step.
struct StepForm {
  let words: String
  let dueOn: LocalDate?
  let companion: ID<CircleMember>?
  let reward: String?

  init(_ fields: Fields, _ resident: ResidentID, _ reader: Reader) throws {
    var form = FormReader(fields)
    words = form.text("words", atMost: 400, missing: "step.wordsNeeded")
    dueOn = form.date("due")
    companion = form.maybeID("companion")
    reward = form.maybe("reward", atMost: 400)
    if let companion, try reader.find(CircleMember.self, companion)?.resident != resident {
      form.add("companion", "form.notAChoice")
    }
    try form.check()
  }

  static func fields(_ companions: [CircleMember], _ t: Texts) -> [Field] {
    [
      Field("words", t("step.words"), isRequired: true), Field("due", t("step.due"), .date),
      Field(
        "companion", t("step.with"),
        .choice(
          [Field.Option("", t("step.alone"))] + companions.map { Field.Option($0.id.description, $0.name) })),
      Field("reward", t("step.reward")),
    ]
  }
}
