internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The own story, to write: by the resident alone, or by a worker in their presence, who says so (domain §7).
struct StoryPage {
  private let head: FileHead
  private let story: OwnStory?
  private let isOwn: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    story = sight.show(.plan, try looker.reader.first(OwnStory.self, "where resident = \(sight.resident)"))
    isOwn = sight.isOwn
  }

  func reply(_ visit: Visit, faults: [Problem.Fault]) -> Reply {
    let t = visit.texts
    var fields = [Field("words", t("story.words"), .area(rows: 12), value: story?.words, isRequired: true)]
    if !isOwn {
      fields.append(Field("together", t("story.together"), .check, hint: t("story.togetherHint")))
    }
    return head.page(visit, .plan, title: t("story.title")) { html in
      html.card(t("story.title")) { html in
        html(.p, .class("soft"), text: t(isOwn ? "story.lead" : "story.leadTogether"))
        visit.form(
          &html, to: "/residents/\(head.resident)/story", submit: t("form.save"), faults: faults, fields: fields,
          version: story?.version ?? 0, draft: true)
      }
    }
  }
}

extension ResidentSlice {
  var storyRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/story", name: "story", .plan, .write,
      show: { visit, looker, sight, faults in try StoryPage(looker, sight).reply(visit, faults: faults) },
      perform: { visit, transaction, sight in
        try OwnStory.save(visit, sight, transaction)
        return .go(to: "/residents/\(sight.resident)/plan?done=story.saved")
      })
  }
}

extension OwnStory {
  /// Keeps the story as it was sent, by a page or by the API, when it is based on the version that is stored. Somebody
  /// else writes only together with the resident, and that stays visible.
  /// - Throws: `Problem.invalid` with every fault.
  @discardableResult
  static func save(_ visit: Visit, _ sight: Sight, _ transaction: Transaction) throws -> OwnStory {
    let words = try visit.sent { form in
      if !sight.isOwn && !visit.form.isOn("together") { form.add("together", "story.needsTogether") }
      return form.text("words")
    }
    let stored = try transaction.first(OwnStory.self, "where resident = \(sight.resident)")
    var story =
      stored
      ?? OwnStory(id: transaction.freshID(), resident: sight.resident, words: words, changedOn: visit.today)
    try visit.mustHaveSeen(stored?.version ?? 0, in: table.name, story.id.description)
    if stored?.words != words {
      story.changedOn = visit.today
      story.together = sight.isOwn ? nil : sight.viewer.account.retyped()
    }
    story.words = words
    return try transaction.put(story)
  }
}
