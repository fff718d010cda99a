internal import EngineKit
internal import Testing

@Suite struct CSVTableTests {
  private func table(_ text: String) throws -> CSVTable { try CSVTable(Array(text.utf8)) }

  private func fault(_ text: String) -> InputFault? {
    do {
      _ = try table(text)
      return nil
    } catch { return error as? InputFault }
  }

  @Test func readsWhatSpreadsheetsWrite() throws {
    let read = try table("\u{FEFF}name;days\r\n\"Bakker; van\";3\r\n\"zei \"\"ja\"\"\";4.5\r\n;\r\n")
    #expect(read.header == ["name", "days"])
    #expect(read.rowCount == 3)
    #expect(read.text(row: 0, column: 0) == "Bakker; van")
    #expect(read.text(row: 1, column: 0) == "zei \"ja\"")
    #expect(try read.number(row: 1, column: 1) == 4.5)
    #expect(read.isEmpty(row: 2, column: 1))
    #expect(try read.number(row: 2, column: 1) == nil)
  }

  @Test func linesAreThoseOfTheFile() throws {
    let read = try table("a,b\n\"one\ntwo\",1\n\n3,4\n")
    #expect(read.rowCount == 2)
    #expect(read.line(ofRow: 0) == 2)
    #expect(read.line(ofRow: 1) == 5)
  }

  @Test(
    arguments: [
      ("", nil), ("\n", 1), ("a,b\n1,2,3\n", 2), ("a,b\n1,2\n3\n", 3), ("a\n\"open\n", 2), ("a,b\n\"x\"y,2\n", 2),
    ] as [(String, Int?)]) func tellsWhereItIsWrong(_ text: String, _ line: Int?) throws
  {
    let found = try #require(fault(text))
    #expect(found.line == line || text.isEmpty)
  }

  @Test func numbersAreNumbers() throws {
    let read = try table("x\n 12 \n-3.5e2\nnan\n0x1F\n1,5\n".replacing("1,5", with: "\"1,5\""))
    #expect(try read.number(row: 0, column: 0) == 12)
    #expect(try read.number(row: 1, column: 0) == -350)
    for row in 2...4 {
      #expect(throws: InputFault.self) { try read.number(row: row, column: 0) }
    }
    #expect(NumberReader.integer(Array("9223372036854775808".utf8)) == nil)
    #expect(NumberReader.integer(Array("-".utf8)) == nil)
  }

  @Test func columnsAreFoundOrNamed() throws {
    let read = try table("a,b,a\n1,2,3\n")
    #expect(try read.column("b") == 1)
    #expect(throws: InputFault(line: 1, "column \"a\" stands there twice")) { try read.column("a") }
    #expect(throws: InputFault(line: 1, "no column \"c\"; there are: a, b, a")) { try read.column("c") }
  }

  /// Any bytes lead to a table or a fault, never to a stop.
  @Test func survivesAnything() {
    var state: UInt64 = 5
    func next(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    let alphabet = Array("a1,;\"\n\r .-e\t\u{FEFF}").map { Array(String($0).utf8) } + [[0xC3], [0]]
    var tables = 0
    for _ in 0..<40_000 {
      // Bytes that are no text, now and then.
      let letters = UInt64(alphabet.count) - (next(3) == 0 ? 0 : 2)
      let bytes = (0..<next(40)).flatMap { _ in alphabet[Int(next(letters))] }
      guard let read = try? CSVTable(bytes) else { continue }
      tables += 1
      for row in 0..<read.rowCount {
        for column in read.header.indices { _ = try? read.number(row: row, column: column) }
      }
    }
    #expect(tables > 1000)
  }

  @Test func jsonIsInOrderAndReadsBack() {
    var writer = JSONWriter()
    writer.object { json in
      json.member("b", 0.1)
      json.member("a", [1.0, .nan, 1e300])
      json.member("text", "\"\\\n")
      json.member("deep") { json in json.object { $0.member("n", 2) } }
      json.member("none", nil as Double?)
    }
    #expect(
      writer.text
        == #"{"b": 0.1, "a": [1, null, 1e+300], "text": "\"\\\u000a", "deep": {"n": 2}, "none": null}"#)
  }
}
