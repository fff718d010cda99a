internal import Testing

@testable import Tables

/// Workbooks as Excel and LibreOffice save them, and as attackers make them.
@Suite struct WorkbookTests {
  private static let start = #"<?xml version="1.0" encoding="UTF-8"?>"#

  private func excel(
    _ rows: String, strings: [String] = [], formats: String = "", book: String? = nil, more: [(String, String)] = []
  ) throws -> [UInt8] {
    let sheets = book ?? #"<workbook><sheets><sheet name="Een" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    let shared = strings.map { "<si>\($0)</si>" }.joined()
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let parts =
      [
        (
          "_rels/.rels",
          #"<Relationships><Relationship Id="r" Type="\#(kind)/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#
        ),
        ("xl/workbook.xml", sheets.replacing("<workbook>", with: #"<workbook xmlns:r="\#(kind)">"#)),
        (
          "xl/_rels/workbook.xml.rels",
          #"<Relationships><Relationship Id="rId1" Type="\#(kind)/worksheet" Target="worksheets/sheet1.xml"/>"#
            + #"<Relationship Id="rId2" Type="\#(kind)/worksheet" Target="../xl/worksheets/sheet2.xml"/>"#
            + #"<Relationship Id="s" Type="\#(kind)/sharedStrings" Target="sharedStrings.xml"/>"#
            + #"<Relationship Id="f" Type="\#(kind)/styles" Target="styles.xml"/></Relationships>"#
        ), ("xl/sharedStrings.xml", "<sst>\(shared)</sst>"), ("xl/styles.xml", "<styleSheet>\(formats)</styleSheet>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      ] + more
    return try #require(ArchiveWriter.made(of: parts.map { (name: $0.0, text: Self.start + $0.1) }))
  }

  private func cells(_ bytes: [UInt8]) throws -> [[Cell]] { try TableFile(bytes).sheets[0].rows.map(\.cells) }

  @Test func stringsNumbersDatesAndFlags() throws {
    let formats =
      #"<numFmts><numFmt numFmtId="164" formatCode="[$-413]d mmmm yyyy"/><numFmt numFmtId="165" formatCode="000000"/>"#
      + #"<numFmt numFmtId="166" formatCode="&quot;dag &quot;0.0"/></numFmts>"#
      + #"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>"#
    let rows =
      #"<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="inlineStr"><is><t>in</t></is></c><c r="D3"><v>10000094</v></c>"#
      + #"<c r="E3" s="1"><v>31870</v></c><c r="F3" s="2"><v>31870.75</v></c><c r="G3" s="3"><v>123</v></c>"#
      + #"<c r="H3"><v>1.5</v></c><c r="I3" t="b"><v>1</v></c><c r="J3" t="e"><v>#N/A</v></c><c r="K3" s="4"><v>2</v></c>"#
      + #"<c r="L3" t="str"><v>x_x000D_y</v></c><c r="M3"><v>0.30000000000000004</v></c></row><row r="4"/>"#
    let file = try excel(rows, strings: ["<r><t>Aa</t></r><r><t>d</t></r><rPh><t>weg</t></rPh>"], formats: formats)
    let row = try TableFile(file).sheets[0].rows[0]
    #expect(row.number == 3)
    #expect(
      row.cells == [
        Cell("Aad"), .empty, Cell("in"), Cell("10000094", .number), Cell("1987-04-03", .date),
        Cell("1987-04-03", .date),
        Cell("000123"), Cell("1.5", .number), Cell("true", .flag), Cell("#N/A", .error), Cell("2", .number), Cell("xy"),
        Cell("0.3", .number),
      ])
  }

  /// Excel's 29 February 1900 never was; files of an old Mac count from 1904.
  @Test(arguments: [
    (1.0, false, "1900-01-01"), (59, false, "1900-02-28"), (61, false, "1900-03-01"), (36526, false, "2000-01-01"),
    (0, true, "1904-01-01"), (35064, true, "2000-01-01"),
  ]) func serialDays(_ number: Double, _ is1904: Bool, _ day: String) {
    #expect(ExcelStyles.day(number, is1904: is1904)?.description == day)
  }

  @Test(arguments: [
    ("d-m-yyyy", true), ("General", false), ("0.00", false), ("[$-413]dddd d mmmm yyyy;@", true), ("#,##0", false),
    ("\"dag\" 0", false), ("hh:mm", false), ("[Red]0", false), ("\\d0", false), ("@", false), ("yyyy", true),
  ]) func whichFormatsAreDays(_ code: String, _ isDay: Bool) { #expect(ExcelStyles.isDay(code) == isDay) }

  @Test func hiddenSheetsStayHidden() throws {
    let book =
      #"<workbook><workbookPr date1904="1"/><sheets><sheet name="Verborgen" state="hidden" r:id="rId1"/>"#
      + #"<sheet name="Zichtbaar" r:id="rId2"/></sheets></workbook>"#
    let second = #"<worksheet><sheetData><row><c t="inlineStr"><is><t>zie</t></is></c></row></sheetData></worksheet>"#
    let file = try TableFile(
      excel(#"<row r="1"><c r="A1"><v>1</v></c></row>"#, book: book, more: [("xl/worksheets/sheet2.xml", second)]))
    #expect(file.sheets.map(\.name) == ["Zichtbaar"])
    #expect(file.sheets[0].rows[0].cells == [Cell("zie")])
  }

  private func openDocument(_ body: String, styles: String = "") throws -> [UInt8] {
    let content =
      #"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">"#
      + "<office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:spreadsheet>\(body)"
      + "</office:spreadsheet></office:body></office:document-content>"
    return try #require(ArchiveWriter.made(of: [(name: "content.xml", text: Self.start + content)]))
  }

  @Test func openDocumentsWithRepeatsRemarksAndHiddenTables() throws {
    let styles =
      #"<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#
    let body =
      #"<table:table table:name="Weg" table:style-name="ta2"><table:table-row><table:table-cell><text:p>nee</text:p>"#
      + #"</table:table-cell></table:table-row></table:table><table:table table:name="Lijst">"#
      + #"<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>"#
      + #"<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="2">"#
      + #"<office:annotation><text:p>opmerking</text:p></office:annotation><text:p>van<text:s/>der</text:p><text:p>Berg</text:p>"#
      + #"</table:table-cell><table:covered-table-cell/><table:table-cell office:value-type="date" "#
      + #"office:date-value="1987-04-03T00:00:00"><text:p>3-4-87</text:p></table:table-cell>"#
      + #"<table:table-cell office:value-type="float" office:value="123"><text:p>00123</text:p></table:table-cell>"#
      + #"<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>"#
      + #"<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p></table:table-cell>"#
      + #"<table:table-cell table:number-columns-repeated="16370"/></table:table-row>"#
      + #"<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/>"#
      + "</table:table-row></table:table>"
    let file = try TableFile(openDocument(body, styles: styles))
    #expect(file.sheets.map(\.name) == ["Lijst"])
    #expect(file.sheets[0].rows.count == 1 && file.sheets[0].rows[0].number == 3)
    #expect(
      file.sheets[0].rows[0].cells == [
        Cell("van der\nBerg"), Cell("van der\nBerg"), .empty, Cell("1987-04-03", .date), Cell("00123"),
        Cell("1.5", .number), Cell("true", .flag),
      ])
  }

  @Test func whatWeWriteIsReadBack() throws {
    let rows = [["nummer", "naam"], ["00123", "Ünal & <Søn> \"x\"\nregel"], ["", "=1+1"]]
    let bytes = try #require(ExcelWriter.workbook([ExcelWriter.Page(name: "Een & twee", rows: rows)]))
    let file = try TableFile(bytes)
    #expect(file.sheets[0].name == "Een & twee")
    #expect(file.sheets[0].rows.map { $0.cells.map(\.text) } == rows)
    #expect(ExcelWriter.workbook([ExcelWriter.Page(name: "Een & twee", rows: rows)]) == bytes)
  }

  /// A workbook whose first part has a byte that is no letter, in the place of two of ours.
  private func broken(_ text: String, _ byte: UInt8) throws -> [UInt8] {
    let part: [(name: String, bytes: [UInt8])] = [("xl/workbook.xml", text.utf8.map { $0 > 0x7F ? byte : $0 })]
    return try #require(ArchiveWriter.made(of: part))
  }

  private func reason(_ bytes: [UInt8], _ limits: TableLimits = .standard) -> TableFault.Reason? {
    do {
      _ = try TableFile(bytes, limits: limits)
      return nil
    } catch { return error.all.first?.reason }
  }

  /// What unfolds to more than any machine holds, refers to elsewhere or to itself, or is deeper than anybody needs.
  @Test func attacksAreRefused() throws {
    var small = TableLimits()
    small.part = 100_000
    let many = String(repeating: "<row><c><v>1</v></c></row>", count: 10_000)
    #expect(reason(try excel(many), small) == .tooLarge)
    small = TableLimits()
    small.rows = 100
    #expect(reason(try excel(many), small) == .tooLarge)
    let bomb = #"<!DOCTYPE a [<!ENTITY b "boem"><!ENTITY c "&b;&b;&b;">]><workbook><sheets/></workbook>"#
    #expect(reason(try excel("", book: bomb)) == .damaged)
    let outside = #"<!doctype x SYSTEM "file:///etc/passwd"><workbook/>"#
    #expect(reason(try excel("", book: outside)) == .damaged)
    #expect(reason(try broken("<worksheet \u{FF}\u{FF}x=\"1\"/>", 0xC3)) == .damaged)
    let other = #"<?xml version="1.0" encoding="ISO-8859-1"?><workbook/>"#
    #expect(reason(try #require(ArchiveWriter.made(of: [(name: "xl/workbook.xml", text: other)]))) == .damaged)
    let deep = String(repeating: "<c>", count: 5000) + String(repeating: "</c>", count: 5000)
    #expect(reason(try excel(deep)) == .damaged)
    #expect(reason(try excel(#"<row><c r="ZZZZZ1"><v>1</v></c></row>"#)) == nil)
    #expect(reason(try excel(#"<row><c r="XFD1"><v>1</v></c></row>"#)) == .tooLarge)
    let wide =
      #"<table:table><table:table-row table:number-rows-repeated="900000"><table:table-cell "#
      + #"table:number-columns-repeated="9"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#
    #expect(reason(try openDocument(wide)) == .tooLarge)
    #expect(reason(try #require(ArchiveWriter.made(of: [(name: "word/document.xml", text: "<a/>")]))) == .notATable)
    let whole = try excel("<row><c><v>1</v></c></row>")
    for length in stride(from: 4, to: whole.count, by: 37) { #expect(reason(Array(whole[..<length])) != nil) }
  }

  /// A claimed size is not believed: what is unfolded is counted.
  @Test func aByteChangedAnywhereIsReadOrRefused() throws {
    let whole = try excel(#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, strings: ["<t>Aad</t>"])
    for place in stride(from: 0, to: whole.count, by: 11) {
      var bytes = whole
      bytes[place] ^= 0x5A
      _ = try? TableFile(bytes)
    }
  }
}
