internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What came of a list: who is in, and on whose board; who still has to be invited, and by whom.
struct OutcomePage {
  private let outcome: CaseloadOutcome
  private let visible: [ResidentID: Sight]

  private static let mostShown = 500

  init(_ outcome: CaseloadOutcome, _ looker: Looker) throws {
    self.outcome = outcome
    visible = try looker.sights(of: Array(outcome.residents.prefix(Self.mostShown))).filter {
      $0.value.shows(.identity)
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("import.done.title"), width: .letter) { html in
      html.heading(t("import.done.title"), t("import.done.lead", count: outcome.lines.count))
      let people = Array(zip(outcome.lines, outcome.residents).prefix(Self.mostShown))
      let boards = Dictionary(grouping: people, by: \.0.municipality.name).sorted { $0.key < $1.key }
      for (municipality, here) in boards {
        html.card(t("import.preview.board", count: here.count, ["municipality": municipality])) { html in
          if here.allSatisfy({ visible[$0.1] == nil }) { html(.p, .class("soft"), text: t("import.done.elsewhere")) }
          html(.ul, .class("lines")) { html in
            for (line, resident) in here {
              html(.li) { html in
                html(.div) { html in
                  html(.p) { html in
                    if visible[resident] != nil {
                      html.link(line.fullName, to: "/residents/\(resident)")
                    } else {
                      html.text(line.fullName)
                    }
                  }
                  html(.p, .class("small soft"), text: "\(line.organisation) · \(line.worker)")
                }
              }
            }
          }
        }
      }
      if outcome.knownCount > 0 { html(.p, text: t("import.known", count: outcome.knownCount)) }
      waiting(t, &html)
      html(.p, .class("actions")) { html in
        html.link(t("import.title"), to: "/import", class: "button")
        html.link(t("import.done.back"), to: "/", class: "button quiet")
      }
    }
  }

  private func waiting(_ t: Texts, _ html: inout HTML) {
    guard !outcome.newWorkers.isEmpty || !outcome.newAccessTeams.isEmpty else { return }
    html.card(t("import.done.waiting")) { html in
      html(.p, text: t("import.done.waitingLead"))
      html(.ul, .class("reasons")) { html in
        for worker in outcome.newWorkers { html(.li, text: worker) }
        for team in outcome.newAccessTeams { html(.li, text: t("import.done.accessTeam", ["municipality": team])) }
      }
    }
  }
}
