internal import Foundation

/// A word in a text: as it stands there, and as it is compared (lower case, without accents).
struct Word: Sendable {
  let range: Range<String.Index>
  let folded: String
}

extension String {
  /// Letters and digits in a row.
  var words: [Word] {
    var words: [Word] = []
    var start: Index?
    func end(_ place: Index) {
      guard let from = start else { return }
      words.append(Word(range: from..<place, folded: String(self[from..<place]).plain))
      start = nil
    }
    var place = startIndex
    while place < endIndex {
      if self[place].isLetter || self[place].isNumber {
        if start == nil { start = place }
      } else {
        end(place)
      }
      place = index(after: place)
    }
    end(endIndex)
    return words
  }

  /// As a name is compared: its words, plain, with a space between.
  var asName: String { words.map(\.folded).joined(separator: " ") }

  fileprivate var plain: String {
    folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "nl_NL"))
  }
}

/// How many letters are other, missing, too many or swapped between two words; nil when more than `most`
/// (Damerau-Levenshtein, optimal string alignment).
func typos(_ one: [UInt8], _ other: [UInt8], most: Int) -> Int? {
  guard abs(one.count - other.count) <= most else { return nil }
  var before: [Int] = []
  var last = Array(0...other.count)
  for row in 1...max(1, one.count) where row <= one.count {
    var next = [row]
    for column in 1...max(1, other.count) where column <= other.count {
      let cost = one[row - 1] == other[column - 1] ? 0 : 1
      var least = min(last[column] + 1, next[column - 1] + 1, last[column - 1] + cost)
      if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
        least = min(least, before[column - 2] + 1)
      }
      next.append(least)
    }
    if next.allSatisfy({ $0 > most }) { return nil }
    (before, last) = (last, next)
  }
  return last[other.count] <= most ? last[other.count] : nil
}
