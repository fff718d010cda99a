internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents

/// The quick log: sent twice it is one contact; filled in otherwise after going back it is another.
@Suite struct QuickLogTests {
  @Test func twiceIsOnceAndAnotherIsAnother() async throws {
    let file = try await MarkedFile()
    let browser = try await file.house.browser(of: file.worker)
    let path = "/residents/\(file.resident)/contacts/new"
    let shown = await browser.get(path).text
    let once = try #require(Browser.hidden("once", in: shown))
    func save(_ words: String) async -> Int {
      let fields = [
        "channel": "call", "reached": "yes", "on": RegionTime.amsterdam.date(of: file.house.clock.now).description,
        "minutes": "15", "words": words,
      ]
      return await browser.post(path, fields, from: path, once: once).status
    }
    #expect(await save("een") == 303)
    #expect(await save("een") == 303)
    #expect(await save("twee") == 303)
    let resident = file.resident
    let words = try await file.house.read { reader in
      try reader.all(Contact.self, "where resident = \(resident) and channel = 'call' ").compactMap(\.words).sorted()
    }
    #expect(words == ["een", "twee"])
  }

  @Test func whatIsWrongIsSaidAndNothingIsKept() async throws {
    let file = try await MarkedFile()
    let browser = try await file.house.browser(of: file.worker)
    let path = "/residents/\(file.resident)/contacts/new"
    let answer = await browser.post(
      path,
      [
        "channel": "call", "reached": "yes", "minutes": "15", "on": "2027-01-01", "words": "later",
      ], from: path)
    #expect(answer.status == 422)
    #expect(answer.text.contains("later"), "what was typed is gone")
  }
}
