internal import Kernel
internal import Site
internal import Store
internal import Trust

/// All scans, the latest first.
struct SelfScansPage {
  private let scans: [SelfScan]
  private let counts: [ID<SelfScan>: FormCounts]
  private let mayOpen: Bool

  init(_ looker: Looker) throws {
    scans = try looker.reader.all(SelfScan.self, "where id is not null order by opened_on desc, id")
    var given: [ID<SelfScan>: [SelfScan.Group: Int]] = [:]
    for row in try looker.reader.rows(
      "select scan, party, count(*) as given from self_scan_form where left_out_on is null group by scan, party")
    {
      guard let scan: ID<SelfScan> = row.id("scan"), let party = row.text("party").flatMap(SelfScan.Group.init)
      else { continue }
      given[scan, default: [:]][party] = row.integer("given") ?? 0
    }
    counts = given.mapValues { FormCounts($0) }
    mayOpen = Learning.leaders.contains(looker.viewer.role)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("selfScans.title"), width: .letter) { html in
      html.heading(t("selfScans.title"), t("selfScans.lead")) { html in
        if mayOpen { html.link(t("selfScans.open"), to: "/knowledge/self-scans/new", class: "button main") }
      }
      if scans.isEmpty { return html.empty(t("selfScans.none")) }
      html.card(nil, class: "list") { html in
        html(.ul, .class("plain stack")) { html in
          for scan in scans {
            html(.li) { html in
              html.link(SelfScanPage.name(scan), to: "/knowledge/self-scans/\(scan.id)")
              html(
                .p, .class("small soft"),
                text: forms(counts[scan.id] ?? FormCounts([:]), t) + " · "
                  + (scan.closedOn.map { t("selfScan.closedOn", ["date": t.date($0)]) }
                    ?? t("selfScan.openSince", ["date": t.date(scan.openedOn)])))
            }
          }
        }
      }
    }
  }
}

extension SelfScansPage {
  private func forms(_ counts: FormCounts, _ t: Texts) -> String {
    counts.total.map { t("selfScans.forms", count: $0) } ?? t("selfScans.fewForms")
  }
}
