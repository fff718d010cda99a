/// Writes a workbook in which every cell is text, so that a number of somebody keeps its zeros and a day stays as it is
/// written, also in the rows that are filled in later.
public enum ExcelWriter {
  public struct Page: Sendable {
    public let name: String
    /// The first is the header.
    public let rows: [[String]]

    public init(name: String, rows: [[String]]) {
      self.name = name
      self.rows = rows
    }
  }

  /// - Returns: the bytes of an `.xlsx`; nil when the machine has no memory for it.
  public static func workbook(_ pages: [Page]) -> [UInt8]? {
    let start = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    let numbers = pages.indices.map { $0 + 1 }
    let overrides = numbers.map {
      #"<Override PartName="/xl/worksheets/sheet\#($0).xml" ContentType="\#(type).worksheet+xml"/>"#
    }.joined()
    let sheets = zip(numbers, pages).map {
      #"<sheet name="\#(escaped($1.name))" sheetId="\#($0)" r:id="rId\#($0)"/>"#
    }.joined()
    let relations = numbers.map {
      #"<Relationship Id="rId\#($0)" Type="\#(office)/worksheet" Target="worksheets/sheet\#($0).xml"/>"#
    }.joined()
    var parts = [
      (
        "[Content_Types].xml",
        start + #"<Types xmlns="\#(package)/content-types"><Default Extension="rels" "#
          + #"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
          + #"<Default Extension="xml" ContentType="application/xml"/>"#
          + #"<Override PartName="/xl/workbook.xml" ContentType="\#(type).sheet.main+xml"/>"#
          + #"<Override PartName="/xl/styles.xml" ContentType="\#(type).styles+xml"/>\#(overrides)</Types>"#
      ),
      (
        "_rels/.rels",
        start + #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" "#
          + #"Type="\#(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
      ),
      (
        "xl/workbook.xml",
        start + #"<workbook xmlns="\#(main)" xmlns:r="\#(office)"><sheets>\#(sheets)</sheets></workbook>"#
      ),
      (
        "xl/_rels/workbook.xml.rels",
        start + #"<Relationships xmlns="\#(package)/relationships">\#(relations)"#
          + #"<Relationship Id="rId0" Type="\#(office)/styles" Target="styles.xml"/></Relationships>"#
      ),
      ("xl/styles.xml", start + styles(main)),
    ]
    for (number, page) in zip(numbers, pages) {
      parts.append(("xl/worksheets/sheet\(number).xml", start + sheet(page, main)))
    }
    return ArchiveWriter.made(of: parts.map { (name: $0.0, text: $0.1) })
  }

  /// 0 as usual, 1 text, 2 text in bold.
  private static func styles(_ main: String) -> String {
    #"<styleSheet xmlns="\#(main)"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#
      + #"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#
      + #"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>"#
      + #"</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#
      + #"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#
      + #"<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#
      + #"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
      + #"<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>"#
      + "</styleSheet>"
  }

  private static func sheet(_ page: Page, _ main: String) -> String {
    let width = page.rows.map(\.count).max() ?? 1
    let rows = page.rows.enumerated().map { number, row in
      let cells = row.enumerated().map { column, text in
        text.isEmpty
          ? ""
          : #"<c r="\#(letters(column + 1))\#(number + 1)" s="\#(number == 0 ? 2 : 1)" t="inlineStr"><is>"#
            + #"<t xml:space="preserve">\#(escaped(text))</t></is></c>"#
      }
      return #"<row r="\#(number + 1)">\#(cells.joined())</row>"#
    }
    return #"<worksheet xmlns="\#(main)"><sheetViews><sheetView workbookViewId="0">"#
      + #"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"#
      + #"<cols><col min="1" max="\#(max(1, width))" width="22" style="1" customWidth="1"/></cols>"#
      + "<sheetData>\(rows.joined())</sheetData></worksheet>"
  }

  private static func letters(_ column: Int) -> String {
    var (rest, text) = (column, "")
    while rest > 0 {
      rest -= 1
      text = String(Character(Unicode.Scalar(UInt8(65 + rest % 26)))) + text
      rest /= 26
    }
    return text
  }

  /// Letters XML can't hold are left out.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
