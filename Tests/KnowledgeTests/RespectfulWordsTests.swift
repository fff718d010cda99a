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

  /// HH names nine words in three groups; *cliënt* is our own choice. Of an *overlast* one writes *hinder* (domain §2), and
  /// *opvang* is a place too, so it is not pointed out until a region wants it.
  @Test func theListBeginsWithTheSources() {
    let dutch = RespectfulWords([]).words.filter { $0.language == .dutch }
    #expect(
      Dictionary(grouping: dutch, by: \.instead).mapValues { Set($0.map(\.word)) } == [
        "buurtbewoner": ["ex-dakloze", "verward persoon", "verslaafde"], "bewoner": ["cliënt"],
        "verhuizen": ["opname", "opvang", "uitstroom"], "leerervaring": ["behandeling", "terugval"],
        "hinder": ["overlast"],
      ])
    #expect(dutch.filter(\.isOff).map(\.word) == ["opvang"])
    #expect(RespectfulWords([]).words.filter { $0.language == .english }.count == 10)
  }

  /// Another word is offered for people and for hinder only, form by form in the same number; of the rest one is told why.
  @Test func onlyANounForANounIsOffered() {
    for word in RespectfulWords([]).words {
      #expect(word.why != nil, "\(word.word)")
      #expect(Set(word.fitting.keys).isSubset(of: word.all))
      for (form, other) in word.fitting {
        let isMany = ["en", "s", "people", "persons"].contains { form.hasSuffix($0) } && form != word.word
        #expect(other.hasSuffix("s") == isMany, "\(form) → \(other)")
      }
      let isOffered = ["person", "client"].contains(word.why) || word.word == "overlast"
      #expect(word.fitting.isEmpty != isOffered, "\(word.word)")
    }
  }

  @Test func aRegionTurnsOffChangesAndAdds() throws {
    let words = RespectfulWords(
      try [choice("terugval", "tegenslag", off: true), choice("overlast", "last"), choice("zorgmijder", "bewoner")])
    #expect(!words.inUse.contains { $0.word == "terugval" })
    #expect(words.words.contains { $0.word == "terugval" && $0.isOff && $0.isStandard })
    #expect(words.inUse.first { $0.word == "overlast" }?.fitting == ["overlast": "last"])
    #expect(words.inUse.last?.word == "zorgmijder" && words.inUse.last?.isStandard == false)
    #expect(words.inUse.last?.fitting == ["zorgmijder": "bewoner"])
    // The same word in another language is another word.
    let english = RespectfulWords([try choice("terugval", "setback", .english)])
    #expect(english.inUse.filter { $0.word == "terugval" }.count == 2)
  }

  /// Forms and other words are paired in their order; a form without its own is only pointed out.
  @Test func aPluralIsNeverReplacedByASingular() {
    #expect(
      RespectfulWords.paired(["zorgmijder", "zorgmijders"], "bewoner, bewoners")
        == ["zorgmijder": "bewoner", "zorgmijders": "bewoners"])
    #expect(RespectfulWords.paired(["zorgmijder", "zorgmijders"], "bewoner") == ["zorgmijder": "bewoner"])
  }

  /// What a region kept from when HH's word was offered everywhere offers nothing that would spoil a sentence.
  @Test func anOldChoiceDoesNoHarm() throws {
    let words = RespectfulWords(try [choice("overlast", "leerervaring"), choice("opvang", "verhuizen")])
    #expect(words.inUse.first { $0.word == "overlast" }?.fitting == ["overlast": "hinder"])
    #expect(words.inUse.first { $0.word == "opvang" }?.fitting == [:])
  }
}
