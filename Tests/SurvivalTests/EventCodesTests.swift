internal import Survival
internal import Testing

@Suite struct EventCodesTests {
  @Test(arguments: [
    ["TRUE", "FALSE"], ["true", "False"], ["ja", "nee"], ["Ja", "NEE"], ["yes", "no"], ["1", "0"], ["1.0", "0.0"],
    ["WAAR", "ONWAAR"], ["ja", "0"],
  ]) func yesAndNoAreRead(_ words: [String]) throws {
    let found = try EventCodes(words)
    #expect(found.events == [1, 0])
    #expect(found.causes == ["1"])
  }

  @Test func onlyNoIsNoEvent() throws {
    let found = try EventCodes(["FALSE", "FALSE"])
    #expect(found.events == [0, 0])
    #expect(found.causes == [])
  }

  @Test func causesAreNumbersOrNames() throws {
    #expect(try EventCodes(["10", "0", "2", "1", "2.0"]).causes == ["1", "2", "10"])
    #expect(try EventCodes(["10", "0", "2", "1", "2.0"]).events == [3, 0, 2, 1, 2])
    let named = try EventCodes(["thuis", "0", "overleden", "Thuis"])
    #expect(named.causes == ["Thuis", "overleden", "thuis"])
    #expect(named.events == [3, 0, 2, 1])
  }

  /// What is at which place, and beside which: a word for no must never be a cause.
  @Test(
    arguments: [
      (["1", "0", "maybe"], 2, 0), (["ja", "nee", "onbekend"], 2, 0), (["0", "TRUE", "2"], 2, 1),
      (["2", "0", "nee"], 2, 0),
      (["thuis", "0", "1"], 2, 0), (["0", "3", "thuis"], 2, 1), (["0", "?"], 1, nil), (["0", "-1"], 1, nil),
      (["0", "1.5"], 1, nil), (["0", "1e3"], 1, nil), (["event", "censored"], 0, nil), (["0", "12345"], 1, nil),
      (["0", "2026-01-01"], 1, nil),
    ] as [([String], Int, Int?)]) func whatMakesNoSenseIsRefused(_ texts: [String], _ place: Int, _ beside: Int?)
  {
    let fault = #expect(throws: EventCodes.Fault.self) { try EventCodes(texts) }
    #expect(fault?.place == place)
    #expect(fault?.beside == beside)
  }

  @Test func aColumnOfTimesIsNoColumnOfCauses() {
    #expect(throws: EventCodes.Fault.self) { try EventCodes((0...101).map(String.init)) }
  }

  @Test func aCauseIsAskedForAsItIsWritten() {
    #expect(EventCodes.cause("TRUE") == "1")
    #expect(EventCodes.cause("2.0") == "2")
    #expect(EventCodes.cause("thuis") == "thuis")
  }
}
