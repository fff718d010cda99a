internal import Kernel

/// Who is called what, by every word of a name: all words count before anything is cut, in a few milliseconds among
/// hundreds of thousands. Each word has the places of its people; what is asked is a set of places.
struct NameIndex: Sendable {
  /// What is known of somebody, to find them by.
  struct Entry: Sendable {
    let resident: ResidentID
    let firstName: String
    let lastName: String
    /// Digits of telephone numbers and client numbers.
    var numbers: [String] = []
  }

  private static let orderedMost = 3000

  private var residents: [ResidentID] = []
  private var sortNames: [String] = []
  private var isThere: [Bool] = []
  private var places: [ResidentID: Int] = [:]
  private var byWord: [String: [Int32]] = [:]
  private var bySound: [String: [String]] = [:]
  private var byNumber: [String: [Int32]] = [:]
  /// All words in order, without those that came since.
  private var words: [String] = []
  private var newWords: [String] = []

  var count: Int { places.count }

  /// Adds somebody, or what they are called now.
  mutating func put(_ entry: Entry) {
    remove(entry.resident)
    let place = Int32(residents.count)
    places[entry.resident] = residents.count
    residents.append(entry.resident)
    sortNames.append(folded(entry.firstName + " " + entry.lastName))
    isThere.append(true)
    for word in Self.findable(entry) {
      if byWord[word] == nil {
        newWords.append(word)
        bySound[Names.sound(word), default: []].append(word)
      }
      byWord[word, default: []].append(place)
    }
    for number in Set(entry.numbers) { byNumber[number, default: []].append(place) }
  }

  mutating func remove(_ resident: ResidentID) {
    guard let place = places.removeValue(forKey: resident) else { return }
    isThere[place] = false
  }

  /// Every piece of a name, as it stands and joined with its neighbours: Al-Hassan, Al Hassan and Alhassan are one.
  private static func findable(_ entry: Entry) -> Set<String> {
    var all: Set<String> = []
    for part in [entry.firstName, entry.lastName] {
      let pieces = Names.words(part).flatMap(\.pieces)
      for start in pieces.indices {
        for length in 1...3 where start + length <= pieces.count {
          all.insert(pieces[start..<(start + length)].joined())
        }
      }
    }
    return all
  }

  /// Everyone of whom each typed word begins a part of the name, by name.
  mutating func find(_ typed: String) -> [ResidentID] {
    find(Names.words(typed).map { word in { $0.begin(with: word) } })
  }

  /// Everyone whose name is that but for a letter in each word, and whatever small words stand between.
  mutating func findNearly(_ typed: String) -> [ResidentID] {
    let words = Names.words(typed)
    let counting = words.filter { !Names.particles.contains($0.joined) }
    return find((counting.isEmpty ? words : counting).map { word in { $0.nearly(word.joined) } })
  }

  /// Everyone with this telephone number or client number.
  func find(number typed: String) -> [ResidentID] {
    let found = Set(PhoneOrClient.keys(typed).flatMap { byNumber[$0] ?? [] })
    return found.filter { isThere[Int($0)] }.sorted().map { residents[Int($0)] }
  }

  private mutating func find(_ conditions: [(NameIndex) -> [Bool]]) -> [ResidentID] {
    guard !conditions.isEmpty else { return [] }
    sortWords()
    var found = isThere
    for condition in conditions {
      let these = condition(self)
      for place in found.indices where found[place] && !these[place] { found[place] = false }
    }
    let places = found.indices.filter { found[$0] }
    // Nobody reads so far: their order is not worth the wait.
    guard places.count <= Self.orderedMost else { return places.map { residents[$0] } }
    return places.sorted { (sortNames[$0], residents[$0]) < (sortNames[$1], residents[$1]) }.map { residents[$0] }
  }

  private mutating func sortWords() {
    guard !newWords.isEmpty else { return }
    let new = newWords.sorted()
    newWords = []
    guard !words.isEmpty else {
      words = new
      return
    }
    var merged: [String] = []
    merged.reserveCapacity(words.count + new.count)
    var next = new.makeIterator()
    var waiting = next.next()
    for word in words {
      while let one = waiting, one < word {
        merged.append(one)
        waiting = next.next()
      }
      merged.append(word)
    }
    while let one = waiting {
      merged.append(one)
      waiting = next.next()
    }
    words = merged
  }

  /// A word typed with a hyphen is found written as one, or in its pieces.
  private func begin(with word: Names.Word) -> [Bool] {
    var found = begin(with: word.joined)
    guard word.pieces.count > 1 else { return found }
    var inPieces = begin(with: word.pieces[0])
    for piece in word.pieces.dropFirst() {
      let these = begin(with: piece)
      for place in inPieces.indices where !these[place] { inPieces[place] = false }
    }
    for place in found.indices where inPieces[place] { found[place] = true }
    return found
  }

  private func begin(with prefix: String) -> [Bool] {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < prefix { low = middle + 1 } else { high = middle }
    }
    var found = [Bool](repeating: false, count: residents.count)
    while low < words.count, words[low].hasPrefix(prefix) {
      for place in byWord[words[low]] ?? [] { found[Int(place)] = true }
      low += 1
    }
    return found
  }

  private func nearly(_ typed: String) -> [Bool] {
    guard typed.count >= 3 else { return begin(with: typed) }
    var found = [Bool](repeating: false, count: residents.count)
    let letters = Array(typed.unicodeScalars)
    let alike = bySound[Names.sound(typed)] ?? []
    for word in words.filter({ Near(letters, Array($0.unicodeScalars), isPrefixEnough: true).isNear }) + alike {
      for place in byWord[word] ?? [] { found[Int(place)] = true }
    }
    return found
  }
}

/// Numbers by which somebody is found: a telephone number by its last nine digits, so that +31 6 and 06 are alike; a
/// client number whole, with or without the zeros before it.
enum PhoneOrClient {
  /// Is this a number rather than a name?
  static func isNumber(_ typed: String) -> Bool {
    let rest = typed.filter { !"+()-./ ".contains($0) && !$0.isWhitespace }
    return rest.count >= 2 && rest.contains { $0.isASCII && $0.isNumber }
      && rest.count(where: \.isLetter) <= rest.count / 2
  }

  static func phoneKey(_ number: String) -> String? {
    let digits = number.filter { $0.isASCII && $0.isNumber }
    return digits.count >= 9 ? "phone:" + digits.suffix(9) : nil
  }

  static func clientKey(_ number: String) -> String? {
    let text = Names.solid(number)
    let zeros = text.prefix { $0 == "0" }.count
    let rest = text.dropFirst(zeros)
    return text.isEmpty ? nil : "client:" + (rest.isEmpty ? "0" : rest)
  }

  static func keys(_ typed: String) -> [String] { [phoneKey(typed), clientKey(typed)].compactMap(\.self) }
}
