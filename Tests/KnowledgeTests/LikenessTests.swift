internal import Foundation
internal import Kernel
internal import Testing

@testable import Knowledge

/// How much two lessons say the same: the cosine between their words, a word of the title twice, its weight the root of
/// how often it stands there times how rare it is among all lessons (tf-idf over stems, without small words). 1 is the
/// same words, 0 no word in common.
struct Likeness {
  /// Two lessons at this or more were one advice in other words, each time somebody looked (of 97 pairs; below it they
  /// told different things).
  static let nearDuplicate = 0.40

  private var vectors: [(id: String, words: [String: Double])] = []

  init(_ lessons: [(id: String, title: String, text: String)], _ language: Language) {
    let stemmer = Stemmer(language)
    let small = SmallWords.of(language)
    func stems(_ text: String) -> [String] {
      text.words.map(\.folded).filter { !small.contains($0) }.map(stemmer.stem)
    }
    let counts = lessons.map { lesson in
      Dictionary(
        (stems(lesson.title) + stems(lesson.title) + stems(lesson.text)).map { ($0, 1.0) }, uniquingKeysWith: +)
    }
    var entries: [String: Double] = [:]
    for stem in counts.flatMap(\.keys) { entries[stem, default: 0] += 1 }
    for (lesson, count) in zip(lessons, counts) {
      let weights = Dictionary(
        uniqueKeysWithValues: count.map { stem, times in
          (stem, times.squareRoot() * log(1 + Double(lessons.count) / (entries[stem] ?? 1)))
        })
      let length = weights.values.map { $0 * $0 }.reduce(0, +).squareRoot()
      vectors.append((lesson.id, weights.mapValues { $0 / max(length, .leastNonzeroMagnitude) }))
    }
  }

  /// Pairs at this likeness or more, the likest first.
  func pairs(from least: Double) -> [(one: String, other: String, likeness: Double)] {
    var pairs: [(String, String, Double)] = []
    for (place, one) in vectors.enumerated() {
      for other in vectors.dropFirst(place + 1) {
        let likeness = one.words.reduce(0) { $0 + $1.value * (other.words[$1.key] ?? 0) }
        if likeness >= least { pairs.append((one.id, other.id, likeness)) }
      }
    }
    return pairs.sorted { $0.2 > $1.2 }
  }
}

/// Each lesson is told once.
@Suite struct LikenessTests {
  private func told(_ language: Language) throws -> [(id: String, title: String, text: String)] {
    let library = try ContentTests.base.get().library
    return library.lessons.compactMap { lesson in
      library.words(of: lesson, language).map {
        (lesson.id, $0.title, $0.passages.map(\.words).joined(separator: " "))
      }
    }
  }

  @Test(arguments: Language.allCases) func noTwoLessonsSayTheSame(_ language: Language) throws {
    let pairs = Likeness(try told(language), language).pairs(from: Likeness.nearDuplicate)
    #expect(pairs.isEmpty, "\(pairs)")
  }

  /// A lesson of which there once were two is found out: the measure can fail.
  @Test func theSameAdviceInOtherWordsIsFoundOut() throws {
    let twice: (id: String, title: String, text: String) = (
      "again", "Bel aan om buren te bereiken",
      "Wil je bewoners bereiken? Ga langs de deuren, bel op of spreek mensen vlak voor de bijeenkomst aan. Dat werkt het beste."
    )
    let pairs = Likeness(try told(.dutch) + [twice], .dutch).pairs(from: Likeness.nearDuplicate)
    #expect(pairs.map(\.one) == ["buurt-aan-de-slag-bel-aan"])
  }
}
