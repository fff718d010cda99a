internal import Foundation
internal import Kernel

/// Finds units and lessons by their words in one language: stems, beginnings of words, and words with a typing error.
struct SearchIndex: Sendable {
  struct Hit: Sendable {
    let entry: Entry
    let score: Double
    /// Where most of what was asked stands together; nil when only a word or two were typed.
    let sentence: String?
  }

  /// A word that stands somewhere, with its stem.
  private struct Known: Sendable {
    let bytes: [UInt8]
    let stem: String
  }

  let entries: [Entry]
  let stemmer: Stemmer
  /// How often each stem stands in each entry.
  private let postings: [String: [(entry: Int, weight: Double)]]
  /// In the order of their bytes.
  private let vocabulary: [Known]
  /// Entries by their whole names, with how sure it is that they are meant.
  private let named: [String: [Int: Double]]
  private let language: Language
  /// Of each entry its sentences, as sets of stems.
  private let sentences: [[(text: String, stems: Set<String>)]]
  private let lengths: [Double]
  private let meanLength: Double

  init(_ indexed: [IndexedEntry], _ language: Language) {
    self.language = language
    stemmer = Stemmer(language)
    entries = indexed.map(\.entry)
    lengths = indexed.map(\.length)
    meanLength = max(1, lengths.reduce(0, +) / Double(max(1, lengths.count)))
    var named: [String: [Int: Double]] = [:]
    var stems: [String: String] = [:]
    var postings: [String: [(entry: Int, weight: Double)]] = [:]
    for (place, one) in indexed.enumerated() {
      for (name, weight) in one.names {
        named[name, default: [:]][place] = max(weight, named[name]?[place] ?? 0)
      }
      var weights: [String: Double] = [:]
      for (word, weight) in one.words {
        let stem = stems[word] ?? stemmer.stem(word)
        stems[word] = stem
        weights[stem, default: 0] += weight
      }
      for (stem, weight) in weights { postings[stem, default: []].append((place, weight)) }
    }
    sentences = indexed.map { one in
      one.sentences.map { sentence in (sentence.text, Set(sentence.words.map { stems[$0] ?? $0 })) }
    }
    self.named = named
    self.postings = postings
    vocabulary = stems.map { Known(bytes: Array($0.key.utf8), stem: $0.value) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// What was found, the best first; and the stems that words were understood as, to mark them.
  func find(_ query: String, atMost most: Int = 40) -> (hits: [Hit], stems: Set<String>) {
    let words = saying(query.words.map(\.folded)).prefix(12)
    var scores: [Int: Double] = [:]
    var matched: [Int: Int] = [:]
    var understood: Set<String> = []
    var asked: Asked = []
    for word in words {
      var found: [Int: Double] = [:]
      let meanings = meanings(of: word)
      asked.append((Set(meanings.keys), meanings.keys.map(rarity).max() ?? 0))
      for (stem, share) in meanings {
        understood.insert(stem)
        let rarity = rarity(of: stem)
        for (entry, weight) in postings[stem] ?? [] {
          let damped = weight * 2.2 / (weight + 1.2 * (0.25 + 0.75 * lengths[entry] / meanLength))
          found[entry] = max(found[entry] ?? 0, share * rarity * damped)
        }
      }
      for (entry, score) in found {
        scores[entry, default: 0] += score
        matched[entry, default: 0] += 1
      }
    }
    // Whoever bears the whole name comes first.
    for (entry, weight) in named[query.asName] ?? [:] {
      scores[entry, default: 0] += weight
      matched[entry] = words.count + 1
    }
    // Who has all words stands before who has some; but a long page that has many small matches not before a short one
    // that is about this.
    func rank(_ entry: Int, _ score: Double) -> Double {
      let share = Double(matched[entry] ?? 0) / Double(words.count + 1)
      return score * share * share
    }
    let order = scores.map { (entry: $0.key, rank: rank($0.key, $0.value), score: $0.value) }
      .sorted { $0.rank != $1.rank ? $0.rank > $1.rank : $0.entry < $1.entry }
    let hits = answered(order, asked).map { Hit(entry: entries[$0.entry], score: $0.score, sentence: $0.sentence) }
    return (Array(spread(hits).prefix(most)), understood)
  }

  /// How many of the best are read sentence by sentence.
  private static let mostAnswers = 100

  private typealias Asked = [(stems: Set<String>, weight: Double)]

  /// Of the best, who tells what was asked in one sentence stands before who has the same words here and there. A word or
  /// two is no question.
  private func answered(
    _ order: [(entry: Int, rank: Double, score: Double)], _ asked: Asked
  ) -> [(entry: Int, score: Double, sentence: String?)] {
    guard asked.count > 2 else { return order.map { ($0.entry, $0.score, nil) } }
    typealias Answer = (entry: Int, rank: Double, score: Double, sentence: String?)
    let best = order.prefix(Self.mostAnswers).map { found -> Answer in
      let (sentence, share) = answer(in: found.entry, to: asked)
      return (found.entry, found.rank * (1 + 3 * share * share), found.score, sentence)
    }.sorted { $0.rank != $1.rank ? $0.rank > $1.rank : $0.entry < $1.entry }
    let rest = order.dropFirst(Self.mostAnswers).map { ($0.entry, $0.score, nil as String?) }
    return best.map { ($0.entry, $0.score, $0.sentence) } + rest
  }

  /// The sentence that has most of what was asked, and how much of it.
  private func answer(in entry: Int, to asked: Asked) -> (sentence: String?, share: Double) {
    let whole = asked.map(\.weight).reduce(0, +)
    guard whole > 0 else { return (nil, 0) }
    var best: (sentence: String?, share: Double) = (nil, 0)
    for sentence in sentences[entry] {
      let share = asked.filter { !$0.stems.isDisjoint(with: sentence.stems) }.map(\.weight).reduce(0, +) / whole
      if share > best.share { best = (sentence.text, share) }
    }
    return best
  }

  /// The words that say something: not those that stand in every sentence, unless there are no others.
  private func saying(_ words: [String]) -> [String] {
    let long = words.filter { $0.count > 1 }
    let saying = long.filter { !SmallWords.of(language).contains($0) }
    return saying.isEmpty ? long : saying
  }

  /// One unit with many lessons does not fill the page: its fourth and further come after the first of others.
  private func spread(_ hits: [Hit]) -> [Hit] {
    var counts: [String: Int] = [:]
    var (first, later): ([Hit], [Hit]) = ([], [])
    for hit in hits {
      counts[hit.entry.unit, default: 0] += 1
      if counts[hit.entry.unit, default: 0] <= 3 { first.append(hit) } else { later.append(hit) }
    }
    return first + later
  }

  /// BM25's weight of a word: rare ones say more.
  private func rarity(of stem: String) -> Double {
    let count = Double(postings[stem]?.count ?? 0)
    return log(1 + (Double(entries.count) - count + 0.5) / (count + 0.5))
  }

  /// Stems a word may stand for: its own; words that begin with it; and, when there are none, those a typing error away.
  private func meanings(of word: String) -> [String: Double] {
    var meanings: [String: Double] = [:]
    let stem = stemmer.stem(word)
    if postings[stem] != nil { meanings[stem] = 1 }
    let bytes = Array(word.utf8)
    if bytes.count >= 4 {
      for other in vocabulary[firstPlace(of: bytes)...].prefix(while: { $0.bytes.starts(with: bytes) })
      where meanings[other.stem] == nil {
        meanings[other.stem] = 0.6
      }
    }
    if !meanings.isEmpty || bytes.count < 4 { return meanings }
    let allowed = bytes.count < 8 ? 1 : 2
    var typos = Typos()
    for other in vocabulary {
      guard let count = typos.count(bytes, other.bytes, most: allowed) else { continue }
      meanings[other.stem] = max(meanings[other.stem] ?? 0, 0.5 / Double(count))
    }
    return meanings
  }

  /// Where a word stands in the vocabulary, or would stand.
  private func firstPlace(of bytes: [UInt8]) -> Int {
    var (low, high) = (0, vocabulary.count)
    while low < high {
      let middle = (low + high) / 2
      if vocabulary[middle].bytes.lexicographicallyPrecedes(bytes) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
