internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What one ended lately, to take back when it was a mistake. Sight ended with it, so nobody's name stands here.
struct EndedPage {
  private let ended: [JourneyEvent]

  init(_ looker: Looker) throws {
    ended = try Journey.endedLately(by: looker.viewer.account.retyped(), looker.reader)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("ended.title"), width: .letter) { html in
      html.heading(t("ended.title"), t("ended.lead"))
      html.card(nil) { html in
        if ended.isEmpty { html.empty(t("ended.none")) }
        html(.ul, .class("lines")) { html in
          for event in ended {
            html(.li) { html in
              html(.div) { html in
                html(.p, text: t("ending.\(event.detail ?? "")"))
                html(.p, .class("small soft"), text: t.moment(event.at))
              }
              visit.button(
                &html, to: "/journeys/\(event.journey)/take-back", t("ended.takeBack", ["when": t.moment(event.at)]))
            }
          }
        }
      }
      html(.p) { html in html.link(t("ended.home"), to: "/") }
    }
  }
}

extension ResidentSlice {
  var endedRoutes: [Route] {
    let host: Trail.ListPage = { visit, looker in try EndedPage(looker).reply(visit) }
    return [
      trail.page("/ended", name: "journeys.ended", policy: .signedIn, show: host),
      trail.verb("/journeys/{journey}/take-back", name: "journey.takeBack", policy: .signedIn, on: host) {
        visit, transaction, looker in
        guard let journey: Journey = try transaction.find(Journey.self, visit.id("journey")) else {
          throw Problem.notFound
        }
        try journey.takeBackEnd(by: looker.viewer.account.retyped(), transaction)
        return .go(to: "/?done=journey.takenBack")
      },
    ]
  }
}
