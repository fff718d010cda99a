internal import Kernel
internal import Site
internal import Store

/// How often a lesson helped, and how often not. Sums only.
struct VerdictSum {
  let lesson: String
  var helped = 0
  var notForMe = 0

  static let readers: [Role] = [.coordinator, .policyAdviser, .systemAdministrator]

  /// What was said of a lesson that became part of another counts for that one.
  static func all(_ reader: Reader, in library: Library) throws -> [VerdictSum] {
    var sums: [String: VerdictSum] = [:]
    for verdict in try reader.all(Verdict.self, "where id is not null") {
      guard let lesson = library.lesson(verdict.lesson)?.id else { continue }
      var sum = sums[lesson] ?? VerdictSum(lesson: lesson)
      if verdict.word == .helped { sum.helped += 1 } else { sum.notForMe += 1 }
      sums[lesson] = sum
    }
    return sums.values.sorted { ($1.helped, $0.lesson) < ($0.helped, $1.lesson) }
  }
}

/// For the region: which lessons help beside the work, and which do not.
struct VerdictsPage {
  let base: KnowledgeBase
  let sums: [VerdictSum]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("verdicts.title")) { html in
      html.heading(t("verdicts.title"), t("verdicts.lead"))
      if sums.isEmpty { return html.empty(t("verdicts.none")) }
      html.card(nil) { html in
        html(.table, .class("cards-when-narrow")) { html in
          html(.thead) { html in
            html(.tr) { html in
              for key in ["lesson", "helped", "notForMe"] { html(.th, .scope("col"), text: t("verdicts.\(key)")) }
            }
          }
          html(.tbody) { html in
            for sum in sums { row(sum, t, &html) }
          }
        }
      }
    }
  }

  private func row(_ sum: VerdictSum, _ t: Texts, _ html: inout HTML) {
    guard let lesson = base.library.lesson(sum.lesson), let words = base.library.words(of: lesson, t.language) else {
      return
    }
    html(.tr) { html in
      html(.th, .scope("row")) { html in
        html.link(words.title, to: "/knowledge/\(lesson.unit)#\(lesson.id)")
      }
      html(.td, .data("data-label", t("verdicts.helped")), text: SmallCount.text(sum.helped, t))
      html(.td, .data("data-label", t("verdicts.notForMe")), text: SmallCount.text(sum.notForMe, t))
    }
  }
}
