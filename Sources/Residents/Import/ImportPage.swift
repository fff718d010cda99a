internal import Kernel
internal import Site
internal import Store
internal import Tables
internal import Trust

/// Bringing in the list one keeps today: choose a file, say which column is what where it does not speak for itself, see
/// what would happen to whom or everything that is wrong with it, then all of it or nothing.
struct ImportPage {
  /// What stands above the form.
  enum Found {
    case nothing
    /// Why it can't be read at all.
    case unreadable([Problem.Fault])
    case encodings(EncodingAsked, key: String)
    case columns(PointingCard, key: String)
    case faulty(CaseloadCheck, key: String)
    case good(PreviewCard, key: String)
  }

  let found: Found

  private static let mostShown = 200

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(title(t), status: status) { html in
      html.heading(t("import.title"), t("import.lead"))
      switch found {
      case .nothing: break
      case .unreadable(let faults): visit.errorSummary(&html, faults)
      case .encodings(let asked, let key): encodings(asked, key, visit, &html)
      case .columns(let card, let key): card.show(key, visit, &html)
      case .faulty(let check, let key): faultList(check, key, visit, &html)
      case .good(let card, let key): card.show(key, visit, &html)
      }
      choose(visit, &html)
      columns(t, &html)
    }
  }

  /// Says how far one is.
  private func title(_ t: Texts) -> String {
    let step: String? =
      switch found {
      case .nothing: nil
      case .unreadable: t("import.step.unreadable")
      case .encodings: t("import.encoding.title")
      case .columns: t("import.point.title")
      case .faulty: t("import.step.faults")
      case .good: t("import.step.preview")
      }
    return [t("import.title"), step].compactMap(\.self).joined(separator: ": ")
  }

  private var status: Int {
    switch found {
    case .unreadable, .faulty: 422
    default: 200
    }
  }

  private var isFirst: Bool { if case .nothing = found { true } else { false } }

  private func choose(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t(isFirst ? "import.choose" : "import.chooseOther")) { html in
      html(.form, .method("post"), .action("/import/check"), .enctype("multipart/form-data"), .class("stack")) { html in
        visit.formKeys(&html)
        html(.div, .class("field")) { html in
          html(.label, .for("field-file"), text: t("import.file"))
          html(.p, .class("hint"), .id("field-file-hint"), text: t("import.fileHint"))
          html(
            .input, .type("file"), .id("field-file"), .name("file"),
            .accept(".xlsx,.ods,.csv,.tsv,.txt,text/csv,text/plain"), .required, .aria(.describedBy, "field-file-hint"))
        }
        html(.p, .class("actions")) { html in
          html(.button, .class(isFirst ? "button main" : "button"), text: t("import.check"))
        }
      }
      html(.p, .class("row wrap")) { html in
        html.text(t("import.templateLead"))
        html.link(t("import.templateExcel"), to: "/import/template.xlsx", class: "button quiet")
        html.link(t("import.templateText"), to: "/import/template.csv", class: "button quiet")
      }
    }
  }

  /// In which encoding do the names look right?
  private func encodings(_ asked: EncodingAsked, _ key: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("import.encoding.title")) { html in
      html(.p, text: t("import.encoding.lead"))
      visit.form(
        &html, to: "/import/encoding", submit: t("import.encoding.choose"),
        fields: [
          Field(
            "encoding", t("import.encoding.which"),
            .radio(
              asked.choices.map {
                Field.Option($0.encoding.rawValue, $0.sample, hint: t("import.encoding.\($0.encoding.rawValue)"))
              }))
        ]
      ) { html in html(.input, .type("hidden"), .name("key"), .value(key)) }
    }
  }

  private func faultList(_ check: CaseloadCheck, _ key: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.div, .class("faults"), .role("alert")) { html in
      html(.h2, text: t("import.faults", count: check.faults.count))
      html(.p, text: t("import.nothingKept"))
    }
    html.card(nil) { html in
      html(.table, .class("cards-when-narrow")) { html in
        html(.thead) { html in
          html(.tr) { html in
            for key in ["row", "column", "what"] { html(.th, .scope("col"), text: t("import.head.\(key)")) }
          }
        }
        html(.tbody) { html in
          for fault in check.faults.prefix(Self.mostShown) {
            html(.tr) { html in
              html(.th, .scope("row"), text: String(fault.row))
              html(.td, .data("data-label", t("import.head.column")), text: fault.place(t) ?? "")
              html(.td, .data("data-label", t("import.head.what")), text: fault.told(t))
            }
          }
        }
      }
      if check.faults.count > Self.mostShown {
        html(.p, .class("soft"), text: t("import.moreFaults", ["n": String(check.faults.count - Self.mostShown)]))
      }
      Self.pointAgain(key, visit, &html)
    }
  }

  /// Back to saying which column is what.
  static func pointAgain(_ key: String, _ visit: Visit, _ html: inout HTML) {
    html(.p) { html in html.link(visit.texts("import.point.again"), to: "/import/columns?key=\(key)") }
  }

  private func columns(_ t: Texts, _ html: inout HTML) {
    html(.details, .class("card")) { html in
      html(.summary, text: t("import.columns"))
      html(.p, .class("soft"), text: t("import.columnsLead"))
      html(.ul, .class("reasons")) { html in
        for column in CaseloadColumn.allCases {
          html(.li) { html in
            html(.b, text: column.name(t))
            html.text(
              ": " + t("import.column.\(String(describing: column))") + " (" + t("import.rule.\(column.rule.rawValue)")
                + ")")
          }
        }
      }
    }
  }
}
