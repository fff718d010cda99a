internal import Kernel
internal import Site
internal import Tables

/// A list to fill in: the headings an import knows, and beside them what each is for.
enum CaseloadTemplate {
  static func excel(_ t: Texts) -> [UInt8]? {
    let columns = CaseloadColumn.allCases
    let explained = columns.map { column in
      [column.name(t), t("import.column.\(String(describing: column))"), t("import.rule.\(column.rule.rawValue)")]
    }
    return ExcelWriter.workbook([
      ExcelWriter.Page(name: t("import.template.sheet"), rows: [columns.map { $0.name(t) }]),
      ExcelWriter.Page(
        name: t("import.template.help"),
        rows: [[t("import.head.column"), t("import.template.what"), t("import.template.rule")]] + explained),
    ])
  }

  /// With the mark by which spreadsheet programs see that it is UTF-8.
  static func text(_ t: Texts) -> [UInt8] {
    Array(("\u{FEFF}" + CaseloadColumn.allCases.map { $0.name(t) }.joined(separator: ";") + "\r\n").utf8)
  }
}
