internal import EngineKit
internal import Testing

/// What spreadsheets and programs leave in a table: read, or refused with its line; never another number or name.
@Suite struct StrictReadingTests {
  private func table(_ text: String) throws -> CSVTable { try CSVTable(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> InputFault? {
    do {
      _ = try CSVTable(bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    " Thuishaven", "Thuishaven ", "\tThuishaven", "Thuishaven\u{A0}", "\u{200B}Thuishaven\u{202F}", "\"Thuishaven \"",
  ])
  func aNameIsTheSameWithWhiteSpaceAroundIt(_ cell: String) throws {
    let read = try table("who ,\u{A0}days\n\(cell),1\n")
    #expect(read.text(row: 0, column: 0) == "Thuishaven")
    #expect(read.header == ["who", "days"])
    #expect(try read.column(" who") == 0)
  }

  @Test func whiteSpaceInsideAndLettersStayAsTheyAre() throws {
    let read = try table("a,b\nde Brug\u{A0}2,thuishaven\n\u{A0} ,é\n")
    #expect(read.text(row: 0, column: 0) == "de Brug\u{A0}2")
    #expect(read.text(row: 0, column: 1) == "thuishaven")
    #expect(read.isEmpty(row: 1, column: 0))
    #expect(read.text(row: 1, column: 1) == "é")
  }

  @Test func whatIsNotKnownIsMissing() throws {
    let words = ["", "NA", "N/A", "NaN", ".", "#N/A", "#N/B", "NULL", "\u{A0}"]
    let read = try table("a,b\n" + words.map { "\($0),1\n" }.joined() + "na,1\nNAP,1\n")
    for row in words.indices {
      #expect(read.isMissing(row: row, column: 0), "\(words[row])")
      #expect(try read.number(row: row, column: 0) == nil)
    }
    // Dutch "after", unless the column can't hold names.
    #expect(!read.isMissing(row: words.count, column: 0))
    #expect(read.isMissing(row: words.count, column: 0, inAnyCase: true))
    #expect(!read.isMissing(row: words.count + 1, column: 0, inAnyCase: true))
  }

  @Test(
    arguments: [
      ("a,b\n1,5\" scherm\n", 2), ("a,b\n1,2\nx \"y\" z,1\n", 3), ("a,b\n1,\"open\n2,3\n4,5\n", 2),
      // Closed on a line that is a row of its own: two people in one cell.
      ("a,b\n1,\"Zonnehof\n2,Plein\"\n3,x\n", 2), ("a;b;c\n1;2;\"x\r\n3;4;y\"\n", 2),
      ("a,b\n\"x\"y,2\n", 2),
    ] as [(String, Int)]) func quotesThatDoNotFitAreRefused(_ text: String, _ line: Int) throws
  {
    #expect(fault(Array(text.utf8))?.line == line)
  }

  @Test func quotesThatFitAreRead() throws {
    // A line of a text may have commas, only not as many as a row.
    let read = try table("a,b,c\n \"Hof, Zonne\" ,2,\"eerst\ndan, straks\"\n")
    #expect(read.text(row: 0, column: 0) == "Hof, Zonne")
    #expect(read.text(row: 0, column: 2) == "eerst\ndan, straks")
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], 1), (Array("a\nZo".utf8) + [0xEB, 0x0A], 2),
      (Array("a\nb\n".utf8) + [0xC3], 3), (Array("a\nb\n".utf8) + [0xE2, 0x82, 0x0A], 3),
      (Array("a\n1".utf8) + [0x00], 2),
      ([0xC0, 0x80], 1), (Array("a\n".utf8) + [0xED, 0xA0, 0x80], 2),
    ] as [([UInt8], Int)]) func otherEncodingsAreRefused(_ bytes: [UInt8], _ line: Int) throws
  {
    #expect(fault(bytes)?.line == line)
  }

  @Test func lettersOfEveryLengthAreText() throws {
    #expect(try table("a\né€𝄞\n").text(row: 0, column: 0) == "é€𝄞")
  }

  @Test func cellsMayStandBetweenTabs() throws {
    let read = try table("who\tnote, long\tdays\na\tx\t3\n")
    #expect(read.header == ["who", "note, long", "days"])
    #expect(try read.number(row: 0, column: 2) == 3)
    #expect(throws: InputFault.self) { try table("d\tn\n1,5\tx\n").number(row: 0, column: 0) }
  }

  @Test func excelsHiddenFirstLineIsNoHeader() throws {
    let read = try table("sep=;\r\ndays;back\r\n3;1\r\n")
    #expect(read.header == ["days", "back"])
    #expect(read.line(ofRow: 0) == 3)
    #expect(throws: InputFault(line: 2, "no column \"x\"; there are: days, back")) { try read.column("x") }
  }

  @Test func aTitleAboveTheHeaderIsPointedAt() throws {
    let read = try table("Caseload per 1 november;\ndays;back\n3;1\n")
    let fault = #expect(throws: InputFault.self) { try read.column("days") }
    #expect(fault?.reason.contains("line 2 has it") == true)
  }

  @Test func aDecimalCommaIsReadWhereItCanBeOne() throws {
    let read = try table("a;b\n1,5;0,125\n-2;x\n+3,25;12\n")
    #expect(try (0..<3).map { try read.number(row: $0, column: 0) } == [1.5, -2, 3.25])
    #expect(try read.number(row: 0, column: 1) == 0.125)
  }

  @Test(arguments: [
    "a;b\n1,5;1\n1.500;1\n", "a;b\n1.500;1\n2.250;1\n", "a;b\n1.000,5;1\n", "a;b\n1,000,000;1\n", "a,b\n\"1,5\",1\n",
  ]) func whatMayBeTwoNumbersIsAsked(_ text: String) throws {
    let read = try table(text)
    #expect(throws: InputFault.self) {
      for row in 0..<read.rowCount { _ = try read.number(row: row, column: 0) }
    }
  }

  @Test func pointsThatCanBeNoThousandsAreRead() throws {
    let read = try table("a;b\n1.500;0.125\n2.25;0.250\n")
    #expect(try read.number(row: 0, column: 0) == 1.5)
    #expect(try read.number(row: 0, column: 1) == 0.125)
  }

  @Test func columnsWithOneNameAfterTrimmingAreTwo() throws {
    let read = try table("a,a ,b\n1,2,3\n")
    #expect(throws: InputFault(line: 1, "column \"a\" stands there twice")) { try read.column("a") }
    #expect(try read.column("b") == 2)
  }
}
