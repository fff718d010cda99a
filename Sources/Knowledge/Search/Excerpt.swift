internal import Kernel

extension SearchIndex {
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
    // At the end of a word; one word longer than all is cut.
    if to < text.endIndex, let cut = words.last(where: { $0.range.upperBound <= to }), cut.range.lowerBound >= from {
      to = cut.range.upperBound
    }
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
