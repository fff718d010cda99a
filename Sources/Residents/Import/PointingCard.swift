internal import Kernel
internal import Site

/// Which column of the file is what: one chooser a column, beside a few of its cells. What is pointed out is remembered.
struct PointingCard {
  let layout: CaseloadLayout
  let missing: [CaseloadColumn]
  /// What was chosen twice.
  var faults: [Problem.Fault] = []

  func show(_ key: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("import.point.title")) { html in
      html(.p, text: t("import.point.lead", ["row": String(layout.headerRow)]))
      if !missing.isEmpty {
        let names = missing.map { $0.name(t) }.joined(separator: ", ")
        html(.p, .class("notice mind"), text: t("import.point.missing", ["names": names]))
      }
      visit.form(
        &html, to: "/import/columns", submit: t("import.point.go"), faults: faults,
        fields: layout.columns.enumerated().map { field($0, $1, t) }
      ) { html in html(.input, .type("hidden"), .name("key"), .value(key)) }
    }
  }

  private func field(_ place: Int, _ column: CaseloadLayout.Column, _ t: Texts) -> Field {
    let heading = column.heading.isEmpty ? t("import.point.nameless", ["n": String(place + 1)]) : column.heading
    let examples = column.examples.map { String($0.prefix(40)) }.joined(separator: " · ")
    var hint = examples.isEmpty ? t("import.point.empty") : t("import.point.examples", ["examples": examples])
    if column.known == .guessed { hint += " " + t("import.point.guessed") }
    let options =
      [Field.Option("-", t("import.point.skip"))]
      + CaseloadColumn.allCases.map { Field.Option($0.rawValue, $0.name(t)) }
    return Field(
      "column-\(place)", heading, .choice(options), hint: hint, value: column.column?.rawValue ?? "-", isRequired: true)
  }

  /// Reads what was pointed out.
  /// - Throws: `Problem.invalid` at the field of what was chosen twice, or not chosen.
  static func read(_ form: Fields, columns count: Int) throws -> [Int: CaseloadColumn] {
    var chosen: [Int: CaseloadColumn] = [:]
    var faults: [Problem.Fault] = []
    for place in 0..<count {
      let field = "column-\(place)"
      guard let typed = form[field] else {
        faults.append(Problem.Fault(field: field, "form.chooseThis"))
        continue
      }
      guard typed != "-" else { continue }
      guard let column = CaseloadColumn(rawValue: typed) else {
        faults.append(Problem.Fault(field: field, "form.chooseThis"))
        continue
      }
      if chosen.values.contains(column) {
        faults.append(Problem.Fault(field: field, "import.point.twice"))
      } else {
        chosen[place] = column
      }
    }
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
    return chosen
  }
}
