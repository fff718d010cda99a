internal import Kernel
internal import Testing

@testable import Knowledge

/// What someone who knows the publication would look for.
@Suite struct SearchTests {
  private func top(_ query: String, _ language: Language = .dutch, _ count: Int = 8) throws -> [Entry] {
    let index = try #require(try ContentTests.base.get().index(language))
    return index.find(query, atMost: count).hits.prefix(count).map(\.entry)
  }

  private func moments(_ entries: [Entry]) throws -> Set<Moment> {
    let library = try ContentTests.base.get().library
    return Set(entries.compactMap { $0.lesson.flatMap(library.lesson) }.flatMap(\.moments))
  }

  @Test func whatHelpsWhenABenefitIsLate() throws {
    #expect(try moments(top("uitkering te laat")).contains(.applyingBenefit))
    #expect(try moments(top("benefit late", .english)).contains(.applyingBenefit))
  }

  @Test func whatToArrangeForAMixedBuilding() throws {
    #expect(try moments(top("gemengd wonen regelen")).contains(.planningMixedBuilding))
  }

  /// An adviser's questions, with what the answer says: it is among the first three, and what is shown of it tells it.
  @Test(arguments: [
    ("hoeveel mensen wonen na twee jaar nog in hun huis", "80 tot 90%"),
    ("hoeveel procent woont na twee jaar nog in de eigen woning", "80 tot 90%"),
    ("hoeveel bewoners in Seyster Veste hebben werk of dagbesteding", "dertien"),
    ("hoeveel deelnemers voor twee begeleiders", "10 deelnemers"),
    ("waarom worden mensen opnieuw dakloos", "vier"),
    ("hoe lang van tevoren weet iemand waar de woning is", "twee weken"),
    ("wat kost het om midden in de maand te verhuizen", "huurtoeslag"),
  ]) func anAdvisersQuestionFindsTheFact(_ question: String, _ fact: String) throws {
    let index = try #require(try ContentTests.base.get().index(.dutch))
    let told = index.find(question).hits.prefix(3).map { $0.sentence ?? $0.entry.text }
    #expect(told.contains { $0.contains(fact) }, "\(told)")
  }

  @Test func howToKeepPeopleInView() throws {
    #expect(try !top("in beeld houden").isEmpty)
    #expect(try top("uit beeld").contains { $0.unit == "buurt-voor-iedereen" })
  }

  @Test func whatManagementMustDecideForRemoteSupport() throws {
    #expect(try top("management digicontact").contains { $0.unit == "digicontact-nieuwegein" })
    #expect(try moments(top("management hulp op afstand")).contains(.remoteSupport))
  }

  @Test func endingsDontMatter() throws {
    let (one, more) = try (top("huren", .dutch, 40), top("huur", .dutch, 40))
    #expect(Set(one.map(\.title)).intersection(more.map(\.title)).count > 5)
    // Who types part of a word finds all that who types a form of it does, and more.
    let forms = try Set(top("woningen", .dutch, 400).map(\.title))
    #expect(try forms.isSubset(of: top("woning", .dutch, 400).map(\.title)))
  }

  @Test(arguments: ["overdracth", "begelieding", "ervaringsdeskundig", "schulden", "zeist"])
  func aTypingErrorFindsToo(_ word: String) throws { #expect(try !top(word).isEmpty) }

  @Test func nothingIsNothing() throws {
    #expect(try top("xylofoonzwaluw").isEmpty)
    #expect(try top("").isEmpty)
  }

  @Test func theExcerptMarksWhatWasFound() throws {
    let index = try #require(try ContentTests.base.get().index(.dutch))
    let (hits, stems) = index.find("uitkering")
    let first = try #require(hits.first { $0.entry.text.contains("uitkering") })
    let parts = index.excerpt(first.entry.text, stems)
    #expect(parts.contains { $0.isMarked && $0.text.lowercased().hasPrefix("uitkering") })
    #expect(parts.map(\.text).joined().count < 200)
  }

  /// Whatever somebody wrote and looks for, an excerpt is a piece of it.
  @Test func anExcerptIsAlwaysAPieceOfTheText() throws {
    let index = try #require(try ContentTests.base.get().index(.dutch))
    var chance = Dice(state: 7)
    for _ in 0..<2_000 {
      let words = (0..<Int.random(in: 0...12, using: &chance)).map { _ in
        String(repeating: "abé😀-".randomElement(using: &chance) ?? "a", count: .random(in: 1...250, using: &chance))
      }
      let text = words.joined(separator: Bool.random(using: &chance) ? " " : ", ")
      let stems = Set(text.words.map(\.folded).filter { _ in Bool.random(using: &chance) }.map(Stemmer(.dutch).stem))
      let whole = index.excerpt(text, stems).map(\.text).joined()
      let piece = whole.replacing("… ", with: "").replacing(" …", with: "")
      #expect(text.contains(piece) || piece.isEmpty, "\(piece)")
    }
  }

  @Test(arguments: [
    ("kat", "kat", 0), ("kat", "kta", 1), ("kat", "kaart", 2), ("huis", "thuis", 1), ("a", "", 1), ("", "", 0),
  ]) func typingErrorsAreCounted(_ one: String, _ other: String, _ count: Int) {
    var typos = Typos()
    #expect(typos.count(Array(one.utf8), Array(other.utf8), most: 2) == count)
    #expect(typos.count(Array(other.utf8), Array(one.utf8), most: 2) == count)
  }

  @Test func tooManyAreNone() {
    var typos = Typos()
    #expect(typos.count(Array("overdracht".utf8), Array("opvang".utf8), most: 2) == nil)
  }

  @Test func wordsAreComparedPlain() {
    #expect(
      "Café-houders, é\u{301}én ÉÉN 24 uur".words.map(\.folded) == ["cafe", "houders", "een", "een", "24", "uur"])
  }
}

/// The same throws every time (SplitMix64).
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
