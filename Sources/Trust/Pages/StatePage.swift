internal import Kernel
internal import Site
internal import Store

/// What the administrator must know of the house itself: work that failed or waits too long, and stored values that can't
/// be read. Places and causes, never a content or a name.
struct StatePage {
  private let failed: [FailedJob]
  private let waiting: [(kind: String, count: Int, since: Instant)]
  private let unreadable: [Alarms.Place]

  /// Due longer ago than any pause of the scheduler.
  private static let late = Span.hours(1)
  private static let most = 100

  init(_ reader: Reader, _ alarms: Alarms) throws {
    failed = try reader.jobsFailed(limit: Self.most)
    waiting = try reader.jobsWaiting(since: reader.now.adding(Span(milliseconds: -Self.late.milliseconds)))
    unreadable = Array(alarms.all.prefix(Self.most))
  }

  var isWell: Bool { failed.isEmpty && waiting.isEmpty && unreadable.isEmpty }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("state.title")) { html in
      html.heading(t("state.title"), t("state.lead"))
      if isWell { html.card(nil) { html in html.empty(t("state.well")) } }
      if !failed.isEmpty { html.card(t("state.failed")) { html in failures(visit, &html) } }
      if !waiting.isEmpty { html.card(t("state.waiting")) { html in late(t, &html) } }
      if !unreadable.isEmpty { html.card(t("state.unreadable")) { html in places(t, &html) } }
    }
  }

  private func failures(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p, .class("soft"), text: t("state.failedLead"))
    html(.ul, .class("lines")) { html in
      for job in failed {
        html(.li) { html in
          html(.div) { html in
            html(.p) { html in
              html(.b, text: job.kind)
              html.text(" · \(t("state.tries", count: job.attempts))")
            }
            html(
              .p, .class("small soft"),
              text: t("state.cause", ["cause": job.failure, "next": t.moment(job.dueAt)]))
          }
        }
      }
    }
    visit.button(&html, to: "/admin/state/retry", t("state.retry"))
  }

  private func late(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("soft"), text: t("state.waitingLead"))
    html(.ul, .class("lines")) { html in
      for (kind, count, since) in waiting {
        html(.li, text: t("state.waitingLine", count: count, ["kind": kind, "since": t.moment(since)]))
      }
    }
  }

  private func places(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("soft"), text: t("state.unreadableLead"))
    html(.ul, .class("lines")) { html in
      for place in unreadable {
        html(.li) { html in
          html(
            .span, .class("small"),
            text: [place.table, place.row, place.column].compactMap(\.self).joined(separator: " · "))
        }
      }
    }
  }
}

extension TrustSlice {
  /// Whoever looks after one organisation does not look after the house.
  private static func wholeRegion(_ viewer: Viewer) throws {
    guard Charge(viewer).organisation == nil else { throw Problem.notFound }
  }

  var stateRoutes: [Route] {
    let alarms = database.alarms
    return [
      trail.page("/admin/state", name: "admin.state", policy: Self.administrators) { visit, looker in
        try Self.wholeRegion(looker.viewer)
        return try StatePage(looker.reader, alarms).reply(visit)
      },
      trail.verb("/admin/state/retry", name: "admin.state.retry", policy: Self.administrators) {
        _, transaction, looker in
        try Self.wholeRegion(looker.viewer)
        try transaction.retryFailedJobs()
        return .go(to: "/admin/state?done=state.retried")
      },
    ]
  }
}
