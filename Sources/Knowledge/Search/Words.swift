internal import Foundation

/// A word in a text: as it stands there, and as it is compared (lower case, without accents).
struct Word: Sendable {
  let range: Range<String.Index>
  let folded: String
}

extension String {
  /// Letters and digits in a row, with the marks on them.
  var words: [Word] {
    var words: [Word] = []
    var start: Index?
    func end(_ place: Index) {
      guard let from = start else { return }
      words.append(Word(range: from..<place, folded: self[from..<place].plain))
      start = nil
    }
    let scalars = unicodeScalars
    var place = scalars.startIndex
    while place < scalars.endIndex {
      if scalars[place].isPartOfWord {
        if start == nil { start = place }
      } else {
        end(place)
      }
      place = scalars.index(after: place)
    }
    end(endIndex)
    return words
  }

  /// Pieces that end with a full stop, a question or a call.
  var sentences: [String] {
    var sentences: [String] = []
    var start = startIndex
    var place = startIndex
    while place < endIndex {
      let next = index(after: place)
      let isEnd = ".!?".contains(self[place]) && (next == endIndex || self[next] == " ")
      if isEnd || next == endIndex {
        sentences.append(String(self[start..<next].drop { $0 == " " }))
        start = next
      }
      place = next
    }
    return sentences
  }

  /// As a name is compared: its words, plain, with a space between.
  var asName: String { words.map(\.folded).joined(separator: " ") }
}

extension Unicode.Scalar {
  fileprivate var isPartOfWord: Bool {
    if isASCII { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) }
    return properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .nonspacingMark
  }
}

extension Substring {
  /// In lower case and without accents. Nearly all words are plain letters, for which no table is needed.
  fileprivate var plain: String {
    if utf8.allSatisfy({ $0 < 128 }) {
      return String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    return folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "nl_NL"))
  }
}

/// Counts how many letters are other, missing, too many or swapped between two words (Damerau-Levenshtein, optimal
/// string alignment). Keeps its rows, because a search asks it thousands of times.
struct Typos {
  private var before: [Int] = []
  private var last: [Int] = []
  private var next: [Int] = []

  /// - Returns: nil when there are more than `most`.
  mutating func count(_ one: [UInt8], _ other: [UInt8], most: Int) -> Int? {
    guard abs(one.count - other.count) <= most else { return nil }
    last = Array(0...other.count)
    before = last
    next = last
    for row in 0..<one.count {
      next[0] = row + 1
      var best = next[0]
      for column in 0..<other.count {
        let change = one[row] == other[column] ? 0 : 1
        var least = min(last[column + 1] + 1, next[column] + 1, last[column] + change)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          least = min(least, before[column - 1] + 1)
        }
        next[column + 1] = least
        best = min(best, least)
      }
      if best > most { return nil }
      (before, last, next) = (last, next, before)
    }
    return last[other.count] <= most ? last[other.count] : nil
  }
}
