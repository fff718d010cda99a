internal import Kernel
public import Site
internal import Store

/// Who came with a list and still waits for a letter: the task of who can make it, and shown to who leads the work.
public struct ArrivalsCard {
  private let waiting: [Account]
  private let organisations: [ID<Organisation>: Organisation]
  private let makesLetters: Bool

  public init(_ looker: Looker) throws {
    let viewer = looker.viewer
    makesLetters = viewer.role == .systemAdministrator
    // Who looks after one organisation invites its people only.
    let scope = viewer.role == .coordinator ? nil : Charge(viewer).organisation
    let mine = [.systemAdministrator, .coordinator, .teamLeader].contains(viewer.role)
    waiting = mine ? try Arrival.waiting(of: scope, looker.reader) : []
    organisations = try Organisation.names(waiting.compactMap(\.organisation), looker.reader)
  }

  public func show(_ t: Texts, _ html: inout HTML) {
    guard !waiting.isEmpty else { return }
    html.card(t("arrival.title", count: waiting.count)) { html in
      html(.p, .class("soft"), text: t(makesLetters ? "arrival.lead" : "arrival.leadOthers"))
      html(.ul, .class("lines")) { html in
        for account in waiting {
          html(.li) { html in
            html(.div) { html in
              html(.p) { html in
                if makesLetters {
                  html.link(account.name, to: "/admin/people/\(account.id)")
                } else {
                  html(.b, text: account.name)
                }
              }
              let organisation = account.organisation.flatMap { organisations[$0]?.name }
              html(
                .p, .class("small soft"),
                text: [account.login ?? t("arrival.noAddress"), organisation].compactMap(\.self)
                  .joined(separator: " · "))
            }
          }
        }
      }
    }
  }
}
