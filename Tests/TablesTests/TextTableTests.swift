internal import Testing

@testable import Tables

/// Text as spreadsheet programs save it, and as people break it.
@Suite struct TextTableTests {
  private func rows(_ text: String) throws -> [[String]] { try file(text).sheets[0].rows.map { $0.cells.map(\.text) } }
  private func file(_ text: String) throws -> TableFile { try TableFile(Array(text.utf8)) }

  @Test(arguments: [
    "a,b,c\n1,2,3\n", "a;b;c\r\n1;2;3\r\n", "a\tb\tc\r1\t2\t3\r", "a|b|c\n1|2|3", "sep=;\na;b;c\n1;2;3",
    "\u{FEFF}sep=;\r\na;b;c\r\n1;2;3", "\"a\";\"b\";\"c\"\n\"1\"; \"2\" ;3", " a ; b ; c \n1;2;\u{A0}3",
  ])
  func everySeparatorIsRead(_ text: String) throws { #expect(try rows(text) == [["a", "b", "c"], ["1", "2", "3"]]) }

  @Test func aTitleAboveDoesNotDecideTheSeparator() throws {
    #expect(try rows("Lijst, van november, nieuw\na;b\n1,5;2\n3;4")[2] == ["1,5", "2"])
  }

  /// A line break inside quotes: rows after it still name the line of the file they begin on.
  @Test func rowsAreLinesOfTheFile() throws {
    let sheet = try file("a,b\n\"een\ntwee\",x\n\n3,\"zei \"\"ja\"\"\"\r\n").sheets[0]
    #expect(sheet.rows.map(\.number) == [1, 2, 5])
    #expect(sheet.rows[1].cells.map(\.text) == ["een\ntwee", "x"])
    #expect(sheet.rows[2].cells.map(\.text) == ["3", "zei \"ja\""])
  }

  /// Every broken quote is told, and nobody stands inside somebody else's cell.
  @Test func everyBrokenQuoteIsToldAndNobodyIsSwallowed() throws {
    let text = "a;b;c\n1;x;\"Zonnehof 12\n2;y;Plein\n3;5\" dik;z\n4;\"w\" v;z\n5;k;\"open\n6;l;m\n"
    let file = try file(text)
    #expect(
      file.faults.map { "\($0.line ?? 0) \($0.reason)" } == [
        "2 quoteNotClosed", "4 quoteInside", "5 afterQuote", "6 quoteNotClosed",
      ])
    #expect(file.sheets[0].rows.map { $0.cells[0].text } == ["a", "2", "6"])
  }

  @Test func whatIsNoTableIsRefused() {
    for bytes: [UInt8] in [
      [], Array("\n \n".utf8), Array("%PDF-1.7".utf8), Array(repeating: 0, count: 40), Array("<html>".utf8),
      [0xD0, 0xCF, 0x11, 0xE0, 1], Array("PK\u{3}\u{4}rest".utf8), [0xFF, 0xFE, 0x41],
    ] { #expect(throws: TableFaults.self) { try TableFile(bytes) } }
  }

  @Test(arguments: [
    "=1+1", "+31 6 12345678", "-Bram", "@x", "A;=1+1;B", "een\n=twee", "O'Brien", "'s-Hertogenbosch", "a,+b", "gewoon",
    "\"aanhaling\"", "tab\t-x", "'", "",
  ])
  func whatIsWrittenIsNoFormulaAndReadBackTheSame(_ cell: String) throws {
    let line = TextTableWriter.line(["k", cell, "z"])
    let back = try rows("a,b,c\n" + line + "\n1,2,3\n")
    #expect(back[1] == ["k", cell.trimmedCell, "z"])
    for separator in [";", ",", "\t"] {
      for piece in line.replacing("\"", with: "").components(by: separator) {
        #expect(!"=+@-".contains(piece.first ?? "k"), "\(line)")
      }
    }
  }
}

extension String {
  fileprivate func components(by separator: String) -> [String] {
    split(separator: Character(separator)).flatMap { $0.split(whereSeparator: \.isNewline) }.map(String.init)
  }
}

/// Letters are read as they were meant, or it is asked; never garbled.
@Suite struct TextEncodingTests {
  private static let people = "naam;plaats\nRenée;Zuid\nJoël Çelik;Noord\nZoë;Güneş"

  private func read(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) throws -> (String, TextEncoding) {
    try TextEncoding.read(bytes, as: encoding)
  }

  private func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

  @Test func unicodeIsToldByItsForm() throws {
    let text = Self.people
    #expect(try read(Array(text.utf8)).1 == .utf8)
    #expect(try read([0xEF, 0xBB, 0xBF] + Array(text.utf8)).0 == text)
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for (bytes, encoding) in [
      ([0xFF, 0xFE] + little, TextEncoding.utf16Little), ([0xFE, 0xFF] + big, .utf16Big), (little, .utf16Little),
      (big, .utf16Big),
    ] {
      let found = try read(bytes)
      #expect(found.0 == text && found.1 == encoding)
    }
  }

  @Test func windows1252IsTaken() throws {
    let text = "naam;plaats\nRenée;Zuid\nJoël Çelik;Noord\nGül Ørsted-Müller;Zürich"
    let found = try read(latin(text))
    #expect(found.0 == text && found.1 == .windows1252)
    // Marks between words are no letters: ’ – €.
    #expect(
      try read(Array("naam;n\nO".utf8) + [0x92] + Array("Brien ".utf8) + [0x96] + Array(" x;".utf8) + [0x80]).0
        == "naam;n\nO’Brien – x;€")
  }

  @Test func otherEncodingsAreAskedWithHowTheyWouldLook() throws {
    // Şahin in Turkey's page, Zoë on an old Mac and an old PC, Wałęsa in Central Europe's.
    for (bytes, encoding, name) in [
      ([0xDE] + Array("ahin".utf8), TextEncoding.windows1254, "Şahin"), (Array("Zo".utf8) + [0x91], .macRoman, "Zoë"),
      (Array("Zo".utf8) + [0x89], .dos850, "Zoë"),
      (Array("Wa".utf8) + [0xB3, 0xEA] + Array("sa".utf8), .windows1250, "Wałęsa"),
    ] {
      let file = Array("naam;plaats\nJan;x\n".utf8) + bytes + Array(";y\n".utf8)
      do {
        _ = try read(file)
        Issue.record("\(name) was taken for Windows-1252")
      } catch {
        let faults = try #require(error as? TableFaults)
        #expect(faults.all.map(\.reason) == [.encodingUnclear])
        #expect(faults.choices.contains { $0.encoding == encoding && $0.sample.contains(name) })
      }
      #expect(try read(file, encoding).0.contains(name))
    }
  }

  @Test func twoEncodingsInOneFileNameTheirRows() throws {
    let file = Array("naam;plaats\nRenée;Utrecht\nZo".utf8) + [0xEB] + Array(";Utrecht\nJan;Utrecht\n".utf8)
    #expect { try read(file) } throws: { error in
      (error as? TableFaults)?.all == [TableFault(.mixedEncodings, line: 3)]
    }
  }

  @Test(arguments: ["RenÃ©e", "ZoÃ«", "Zo\u{FFFD}", "â€™s", "Ä°brahim"]) func garbledNamesAreRefused(_ name: String) {
    #expect { try read(Array("naam\nJan\n\(name)\n".utf8)) } throws: { error in
      (error as? TableFaults)?.all == [TableFault(.garbled, line: 3)]
    }
  }
}
