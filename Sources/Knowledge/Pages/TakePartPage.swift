internal import Kernel
internal import Site

/// Taking part: the code, then the nine questions. For everyone, without signing in.
struct TakePartPage {
  let scan: SelfScan?
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("selfScan.takePart"), width: .letter) { html in
      guard let scan else {
        html.heading(t("selfScan.takePart"), t("selfScan.codeLead"))
        html.card(nil) { html in
          visit.form(
            &html, to: "/self-scan", submit: t("selfScan.begin"), faults: faults,
            fields: [Field("code", t("selfScan.code"), hint: t("selfScan.codeHint"), isRequired: true)])
        }
        return
      }
      html.heading(SelfScanPage.name(scan), t("selfScan.formLead"))
      html.card(nil) { html in questions(scan, visit, &html) }
    }
  }

  private func questions(_ scan: SelfScan, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let party = Field(
      "party", t("selfScan.party"),
      .radio(SelfScan.Group.allCases.map { Field.Option($0.rawValue, t("selfScan.as.\($0.rawValue)")) }),
      isRequired: true)
    let scales = SelfScan.Element.allCases.map { element in
      ScaleField(
        name: element.rawValue, question: t("selfScan.question.\(element.rawValue)"),
        hint: t("selfScan.hint.\(element.rawValue)"), low: t("selfScan.low"), high: t("selfScan.high"))
    }
    if !faults.isEmpty { visit.errorSummary(&html, faults, [party] + scales.map(\.named)) }
    visit.form(&html, to: "/self-scan/scores", submit: t("selfScan.send")) { html in
      html(.input, .type("hidden"), .name("code"), .value(scan.code))
      visit.field(&html, party, faults)
      for scale in scales { scale.write(visit, faults, &html) }
      visit.field(&html, Self.remark(t), faults)
    }
  }

  private static func remark(_ t: Texts) -> Field {
    var field = Field("words", t("selfScan.remark"), .area(rows: 3), hint: t("selfScan.remarkHint"))
    field.limit = SelfScanForm.wordsLength
    return field
  }
}

/// The same questions on paper, for at the table.
struct PaperPage {
  let scan: SelfScan

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("selfScan.paperTitle"), width: .letter) { html in
      html.heading(SelfScanPage.name(scan), t("selfScan.paperLead")) { html in
        html(.button, .class("button main no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      html(.p) { html in
        html.text(t("selfScan.party") + " ")
        for party in SelfScan.Group.allCases { html.text(" ☐ " + t("selfScan.as.\(party.rawValue)")) }
      }
      html(.p, .class("small soft"), text: t("selfScan.scale"))
      html(.ol, .class("stack paper")) { html in
        for element in SelfScan.Element.allCases {
          html(.li) { html in
            html(.p, text: t("selfScan.question.\(element.rawValue)"))
            html(.p, .class("small soft"), text: t("selfScan.hint.\(element.rawValue)"))
            html(.p, .class("boxes"), text: SelfScanForm.scale.map { "☐ \($0)" }.joined(separator: "   "))
          }
        }
      }
      html(.p, text: t("selfScan.remark"))
      html(.p, .class("write-here"))
    }
  }
}
