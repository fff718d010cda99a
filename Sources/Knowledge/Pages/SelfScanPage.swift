internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One scan: while it is open how to take part, afterwards what came out.
struct SelfScanPage {
  private let scan: SelfScan
  private let forms: [SelfScanForm]
  /// The scan of this neighbourhood before this one, with its result.
  private let earlier: (scan: SelfScan, result: SelfScanResult)?
  private let mayLead: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ scan: SelfScan, faults: [Problem.Fault] = []) throws {
    self.scan = scan
    self.faults = faults
    forms = try scan.forms(looker.reader)
    mayLead = Learning.leaders.contains(looker.viewer.role)
    let before = try looker.reader.first(
      SelfScan.self,
      """
      where municipality = \(scan.municipality) and neighbourhood = \(scan.neighbourhood) and closed_on is not null
      and opened_on < \(scan.openedOn) order by opened_on desc, id
      """)
    earlier = try before.map { ($0, SelfScanResult(try $0.forms(looker.reader))) }
  }

  static func name(_ scan: SelfScan) -> String {
    "\(scan.neighbourhood), \(Municipality.with(code: scan.municipality)?.name ?? "")"
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let state =
      scan.closedOn.map { t("selfScan.closedOn", ["date": t.date($0)]) }
      ?? t("selfScan.openUntil", ["since": t.date(scan.openedOn), "until": t.date(scan.openUntil)])
    return visit.page(Self.name(scan)) { html in
      html(.p, .class("small soft")) { html in html.link(t("selfScans.title"), to: "/knowledge/self-scans") }
      html.heading(Self.name(scan), state) { html in
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      if scan.closedOn == nil { open(visit, &html) } else { result(visit, &html) }
    }
  }

  private func open(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("selfScan.takePart")) { html in
      if !scan.isOpen(visit.today) { html(.p, .class("notice mind"), text: t("selfScan.overdue")) }
      html(.p, text: t("selfScan.takePartLead", ["address": (visit.headers["host"] ?? "") + "/self-scan"]))
      html(.p, .class("code"), text: scan.code.prefix(4) + " " + scan.code.suffix(4))
      html(.div, .class("row wrap no-print")) { html in
        visit.button(
          &html, to: "/self-scan", t("selfScan.fillIn"), class: "button main", hidden: ["code": scan.code])
        html.link(t("selfScan.paper"), to: "/knowledge/self-scans/\(scan.id)/paper", class: "button")
      }
    }
    html.card(t("selfScan.given")) { html in
      let counts = SelfScanResult(forms).counts
      html(.dl, .class("facts")) { html in
        for party in SelfScan.Group.allCases {
          html(.dt, text: t("selfScan.party.\(party.rawValue)"))
          html(.dd, text: Self.count(counts[party], t))
        }
      }
      if mayLead { manage(visit, &html) }
    }
  }

  /// From one or two one could tell who has not been there yet.
  private static func count(_ count: Int?, _ t: Texts) -> String {
    count.map(String.init) ?? t("knowledge.fewerThan", ["n": String(SmallCount.fewest)])
  }

  private func manage(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    // What was left out is in the list too, to be taken in again.
    let all = FormCounts(Dictionary(grouping: forms, by: \.party).mapValues(\.count))
    if !all.hasNoSmallGroup {
      html(.p, .class("small soft no-print"), text: t("selfScan.manageLater", ["n": String(SmallCount.fewest)]))
    } else if !forms.isEmpty {
      html(.details, .class("no-print")) { html in
        html(.summary, text: t("selfScan.manage"))
        html(.ul, .class("plain stack tight")) { html in
          // In no order: who came in third is nobody's business.
          for (place, form) in forms.sorted(by: { $0.shuffled < $1.shuffled }).enumerated() {
            html(.li, .class("row wrap between")) { html in
              html.text(
                t(
                  "selfScan.formOf",
                  ["n": String(place + 1), "party": t("selfScan.party.\(form.party.rawValue)").lowercased()]))
              visit.button(
                &html, to: "/knowledge/self-scan-forms/\(form.id)",
                t(form.leftOutOn == nil ? "selfScan.leaveOut" : "selfScan.takeIn"), class: "button quiet",
                hidden: ["leave": form.leftOutOn == nil ? "yes" : "no"])
            }
          }
        }
      }
    }
    html(.p, .class("soft small"), text: t("selfScan.closeLead"))
    visit.button(&html, to: "/knowledge/self-scans/\(scan.id)/close", t("selfScan.close"), class: "button main")
  }

  private func result(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let result = SelfScanResult(forms)
    if result.isEmpty {
      html.card(t("selfScan.result")) { html in
        html.empty(t("selfScan.tooFew", ["n": String(SelfScanResult.fewest)]))
      }
      return conclusion(visit, &html)
    }
    talk(result, t, &html)
    html.card(t("selfScan.result")) { html in
      legend(result, t, &html)
      SelfScanTable(result: result, earlier: earlier?.result).write(t, &html)
      if let earlier {
        html(.p, .class("small soft")) { html in
          html.link(
            t("selfScan.earlier", ["date": t.date(earlier.scan.closedOn ?? earlier.scan.openedOn)]),
            to: "/knowledge/self-scans/\(earlier.scan.id)")
        }
      }
    }
    words(t, &html)
    conclusion(visit, &html)
  }

  /// What to talk about: the widest differences and what all find weakest.
  private func talk(_ result: SelfScanResult, _ t: Texts, _ html: inout HTML) {
    html.card(t("selfScan.talk")) { html in
      let differences = result.differences.prefix(3)
      if differences.isEmpty { html(.p, text: t("selfScan.noDifferences")) }
      html(.ul, .class("plain stack tight")) { html in
        for line in differences {
          let sorted = line.groups.sorted { ($0.value.mean, $0.key.rawValue) < ($1.value.mean, $1.key.rawValue) }
          guard let low = sorted.first, let high = sorted.last else { continue }
          html(.li) { html in
            html.state(.mind, t("selfScan.element.\(line.element.rawValue)"))
            html(
              .p, .class("small"),
              text: t(
                "selfScan.differ",
                [
                  "high": t("selfScan.party.\(high.key.rawValue)"), "highScore": t.decimal(high.value.mean),
                  "low": t("selfScan.party.\(low.key.rawValue)").lowercased(), "lowScore": t.decimal(low.value.mean),
                ]))
          }
        }
        for line in result.weakest where !differences.contains(line) {
          html(.li) { html in
            html.state(.alarm, t("selfScan.element.\(line.element.rawValue)"))
            html(.p, .class("small"), text: t("selfScan.weak", ["score": t.decimal(line.all?.mean ?? 0)]))
          }
        }
      }
    }
  }

  private func legend(_ result: SelfScanResult, _ t: Texts, _ html: inout HTML) {
    html(.ul, .class("row wrap small legend")) { html in
      for party in SelfScan.Group.allCases {
        html(.li) { html in
          html(.span, .class("party \(party.rawValue)"), .aria(.hidden, "true"), text: party.shape)
          html.text(" \(t("selfScan.party.\(party.rawValue)")): \(Self.count(result.counts[party], t))")
        }
      }
    }
    html(.p, .class("small soft"), text: t("selfScan.legend", ["n": String(SelfScanResult.fewest)]))
    let leftOut = result.counts.leftOut
    if leftOut > 0 {
      html(
        .p, .class("small soft"),
        text: SmallCount.isShown(leftOut) ? t("selfScan.leftOut", count: leftOut) : t("selfScan.someLeftOut"))
    }
  }

  private func words(_ t: Texts, _ html: inout HTML) {
    let words = forms.filter { $0.leftOutOn == nil }.compactMap(\.words)
    if words.isEmpty { return }
    html.card(t("selfScan.words")) { html in
      // In another order than they came in, so that nobody's place tells who it was.
      for text in words.sorted() { html(.blockquote, text: text) }
    }
  }

  private func conclusion(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("selfScan.conclusion")) { html in
      if let conclusion = scan.conclusion {
        html(.p, .class("lines-kept"), text: conclusion)
      } else {
        html.empty(t("selfScan.noConclusion"))
      }
      if mayLead {
        html(.details, .class("no-print"), visit.isStale || !faults.isEmpty ? .open : nil) { html in
          html(.summary, text: t("selfScan.conclude"))
          visit.form(
            &html, to: "/knowledge/self-scans/\(scan.id)/conclusion", submit: t("form.save"), faults: faults,
            fields: [
              Field(
                "conclusion", t("selfScan.conclusion"), .report(rows: 5), hint: t("selfScan.conclusionHint"),
                value: scan.conclusion)
            ], version: scan.version, draft: true)
        }
      }
    }
  }
}

extension SelfScanForm {
  /// The random end of the id first.
  fileprivate var shuffled: String { String(id.description.reversed()) }
}

extension SelfScan.Group {
  /// Told apart without colour.
  var shape: String {
    switch self {
    case .resident: "●"
    case .professional: "▲"
    case .official: "■"
    }
  }
}
