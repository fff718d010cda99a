internal import Foundation
internal import Kernel
internal import Testing

/// Hours to a quarter.
@Suite struct HoursTests {
  @Test(arguments: [
    ("1,5", 6), ("1.5", 6), ("2", 8), ("0,25", 1), ("2.75", 11), ("1½", 6), ("¾", 3), (" 3,50 ", 14), ("2.0", 8),
  ]) func areRead(_ text: String, _ quarters: Int) { #expect(Hours(written: text)?.quarters == quarters) }

  @Test(arguments: ["", "1,33", "veel", "-1", "1,5,5", "1:30", ",", "½½", "1.5½", "99999999999999999999"])
  func othersAreNot(_ text: String) { #expect(Hours(written: text) == nil) }

  @Test func areWrittenAndKeptAsTheyWere() throws {
    for quarters in 0...800 {
      let hours = Hours(quarters: quarters)
      #expect(Hours(written: hours.description) == hours && Hours(written: hours.text(mark: ",")) == hours)
      #expect(try JSONDecoder().decode(Hours.self, from: JSONEncoder().encode(hours)) == hours)
    }
    #expect(try String(decoding: JSONEncoder().encode([Hours(2), Hours(quarters: 6)]), as: UTF8.self) == "[2,1.5]")
  }
}
