internal import Kernel
internal import Testing

@testable import Knowledge

/// The list every region begins with, and what a region makes of it.
@Suite struct RespectfulWordsTests {
  private func choice(_ word: String, _ instead: String, _ language: Language = .dutch, off: Bool = false) throws
    -> PreferredWord
  {
    PreferredWord(
      id: ID(high: 1, low: 1), language: language, word: word, forms: [], instead: instead, isOff: off,
      changedOn: try #require(LocalDate("2026-03-05")))
  }

  /// HH names nine words in three groups.
  @Test func theListBeginsWithTheSources() {
    let dutch = RespectfulWords([]).inUse.filter { $0.language == .dutch }
    #expect(
      Dictionary(grouping: dutch, by: \.instead).mapValues { Set($0.map(\.word)) } == [
        "buurtbewoner": ["ex-dakloze", "verward persoon", "verslaafde"],
        "verhuizen": ["opname", "opvang", "uitstroom"],
        "leerervaring": ["behandeling", "terugval", "overlast"],
      ])
    #expect(RespectfulWords([]).inUse.count == 18)
  }

  @Test func aRegionTurnsOffChangesAndAdds() throws {
    let words = RespectfulWords(
      try [choice("opvang", "verhuizen", off: true), choice("terugval", "tegenslag"), choice("cliënt", "bewoner")])
    #expect(!words.inUse.contains { $0.word == "opvang" })
    #expect(words.words.contains { $0.word == "opvang" && $0.isOff && $0.isStandard })
    #expect(words.inUse.first { $0.word == "terugval" }?.instead == "tegenslag")
    #expect(words.inUse.last?.word == "cliënt" && words.inUse.last?.isStandard == false)
    // The same word in another language is another word.
    let english = RespectfulWords([try choice("opvang", "care", .english)])
    #expect(english.inUse.filter { $0.word == "opvang" }.count == 2)
  }
}
