public import Kernel
public import Site
internal import Store
internal import Trust

/// Lessons beside the work: at most two, small, and gone for who had their say.
extension KnowledgeSlice: Adviser {
  public func advise(_ moment: Moment, _ visit: Visit, _ html: inout HTML) {
    guard let viewer = visit.viewer, let base = try? base else { return }
    let lessons = Advice.lessons(
      at: moment, for: viewer.role, in: base.library, without: seen.of(viewer.account))
    if lessons.isEmpty { return }
    let t = visit.texts
    html(.aside, .class("card advice no-print"), .aria(.label, t("advice.title"))) { html in
      html(.p, .class("small soft"), text: t("advice.title"))
      for lesson in lessons {
        guard let words = base.library.words(of: lesson, t.language) else { continue }
        html(.details) { html in
          html(.summary, text: words.title)
          html.passages(words.passages)
          html(.p, .class("small soft")) { html in
            html.text(t("advice.ground.\(lesson.ground.rawValue)") + " ")
            html.link(t("advice.more"), to: "/knowledge/lessons/\(lesson.id)")
          }
          html(.div, .class("row wrap")) { html in
            // Whoever it is about is not asked to judge; they only need a way to put it aside.
            for word in viewer.role == .resident ? [.notForMe] : Verdict.Word.allCases {
              let label = viewer.role == .resident ? "advice.putAside" : "advice.\(word.rawValue)"
              visit.button(
                &html, to: "/knowledge/verdicts", t(label), class: "button quiet",
                hidden: [
                  "lesson": lesson.id, "moment": moment.rawValue, "word": word.rawValue, "back": visit.path,
                ])
            }
          }
        }
      }
    }
  }

  var verdictRoutes: [Route] {
    [
      Route(.post, "/knowledge/verdicts", name: "knowledge.verdict", policy: .signedIn) { visit in
        let account = try visit.signedIn().account
        let library = try base.library
        let reply = try await trail.change(visit, as: "knowledge.verdict") { _, transaction, _ in
          _ = try Verdict.give(visit.form, by: account, in: library, transaction)
          return .back(visit)
        }
        if let lesson = visit.form["lesson"] { seen.add(lesson, by: account) }
        return reply
      },
      trail.page(
        "/knowledge/verdicts", name: "knowledge.verdicts",
        policy: .roles(VerdictSum.readers)
      ) { visit, looker in
        VerdictsPage(base: try base, sums: try VerdictSum.all(looker.reader, in: base.library)).reply(visit)
      },
    ]
  }
}
