internal import Foundation
internal import Kernel

/// Finds units and lessons by their words in one language: stems, beginnings of words, and words with a typing error.
struct SearchIndex: Sendable {
  /// What can be found.
  struct Entry: Sendable {
    let unit: String
    /// nil for the unit itself.
    let lesson: String?
    let title: String
    let text: String
  }

  struct Hit: Sendable {
    let entry: Entry
    let score: Double
  }

  let entries: [Entry]
  private let stemmer: Stemmer
  /// How often each stem stands in each entry; words of a title and other names count more.
  private let postings: [String: [(entry: Int, weight: Double)]]
  /// Every word that stands somewhere, with its stem.
  private let vocabulary: [(word: String, bytes: [UInt8], stem: String)]
  /// Entries by their whole names, and by the headings in them.
  private let named: [String: Set<Int>]
  private let lengths: [Double]
  private let meanLength: Double

  init(_ library: Library, _ language: Language) {
    stemmer = Stemmer(language)
    var entries: [Entry] = []
    var weighed: [[(word: String, weight: Double)]] = []
    var named: [String: Set<Int>] = [:]
    func words(_ text: String, _ weight: Double) -> [(word: String, weight: Double)] {
      text.words.map { ($0.folded, weight) }
    }
    for unit in library.units {
      let written = unit.text(language)
      let body = written.opening + written.sections.flatMap(\.passages)
      entries.append(
        Entry(unit: unit.id, lesson: nil, title: written.title, text: body.map(\.words).joined(separator: " ")))
      let names = [written.title, unit.text(.dutch).title] + unit.aliases
      for name in names + written.sections.map(\.heading) { named[name.asName, default: []].insert(entries.count - 1) }
      var counted = names.flatMap { words($0, 4) }
      counted += (unit.partners + unit.municipalities).flatMap { words($0, 2) }
      counted += body.flatMap { words($0.words, 1) }
      counted += written.sections.flatMap { words($0.heading, 1) }
      weighed.append(counted)
      for lesson in unit.lessons {
        guard let advice = written.lessons[lesson.id] else { continue }
        let text = advice.passages.map(\.words).joined(separator: " ")
        entries.append(Entry(unit: unit.id, lesson: lesson.id, title: advice.title, text: text))
        weighed.append(words(advice.title, 3) + words(text, 1))
      }
    }
    var stems: [String: String] = [:]
    var postings: [String: [(entry: Int, weight: Double)]] = [:]
    for (place, words) in weighed.enumerated() {
      var counts: [String: Double] = [:]
      for (word, weight) in words {
        let stem = stems[word] ?? stemmer.stem(word)
        stems[word] = stem
        counts[stem, default: 0] += weight
      }
      for (stem, weight) in counts { postings[stem, default: []].append((place, weight)) }
    }
    self.entries = entries
    self.postings = postings
    self.named = named
    vocabulary = stems.sorted { $0.key < $1.key }.map { ($0.key, Array($0.key.utf8), $0.value) }
    lengths = weighed.map { Double($0.count) }
    meanLength = max(1, lengths.reduce(0, +) / Double(max(1, lengths.count)))
  }

  /// What was found, the best first; and the stems that words were understood as, to mark them.
  func find(_ query: String, atMost most: Int = 40) -> (hits: [Hit], stems: Set<String>) {
    let words = query.words.map(\.folded).filter { $0.count > 1 }.prefix(12)
    var scores: [Int: Double] = [:]
    var matched: [Int: Int] = [:]
    var understood: Set<String> = []
    for word in words {
      var found: [Int: Double] = [:]
      for (stem, share) in meanings(of: word) {
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
    for entry in named[query.asName] ?? [] {
      scores[entry, default: 0] += 100
      matched[entry] = words.count + 1
    }
    // Who has all words stands before who has some.
    let order = scores.sorted { one, other in
      let (left, right) = (matched[one.key] ?? 0, matched[other.key] ?? 0)
      return left != right ? left > right : one.value != other.value ? one.value > other.value : one.key < other.key
    }
    return (order.prefix(most).map { Hit(entry: entries[$0.key], score: $0.value) }, understood)
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
    if word.count >= 4 {
      for other in vocabulary where other.word.hasPrefix(word) && meanings[other.stem] == nil {
        meanings[other.stem] = 0.6
      }
    }
    if !meanings.isEmpty || word.count < 4 { return meanings }
    let bytes = Array(word.utf8)
    let allowed = word.count < 8 ? 1 : 2
    for other in vocabulary {
      guard let count = typos(bytes, other.bytes, most: allowed) else { continue }
      meanings[other.stem] = max(meanings[other.stem] ?? 0, 0.5 / Double(count))
    }
    return meanings
  }

  /// A piece of a text around the first word that was understood, in parts that are marked or not.
  func excerpt(_ text: String, _ stems: Set<String>, length: Int = 180) -> [(text: String, isMarked: Bool)] {
    let words = text.words
    let marked = words.filter { stems.contains(stemmer.stem($0.folded)) }
    var from = text.startIndex
    if let first = marked.first, text.distance(from: from, to: first.range.lowerBound) > length / 2 {
      let back = text.index(first.range.lowerBound, offsetBy: -length / 3)
      from = words.first { $0.range.lowerBound >= back }?.range.lowerBound ?? from
    }
    var to = text.index(from, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
    if let cut = words.last(where: { $0.range.upperBound <= to }), to < text.endIndex { to = cut.range.upperBound }
    var parts: [(text: String, isMarked: Bool)] = from > text.startIndex ? [("… ", false)] : []
    var place = from
    for word in marked where word.range.lowerBound >= place && word.range.upperBound <= to {
      parts.append((String(text[place..<word.range.lowerBound]), false))
      parts.append((String(text[word.range]), true))
      place = word.range.upperBound
    }
    parts.append((String(text[place..<to]) + (to < text.endIndex ? " …" : ""), false))
    return parts
  }
}
