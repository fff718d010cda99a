/// Collects lines into paragraphs and lists.
struct Passages {
  private var done: [Passage] = []
  private var paragraph: [Substring] = []
  private var items: [String] = []

  mutating func add(_ line: Substring) {
    if line.hasPrefix("- ") {
      endParagraph()
      items.append(String(line.dropFirst(2)))
    } else if line.isEmpty {
      endParagraph()
      endList()
    } else if !items.isEmpty {
      // A list item goes on on the next line.
      items[items.count - 1] += " " + line.drop { $0 == " " }
    } else {
      paragraph.append(line)
    }
  }

  mutating func taken() -> [Passage] {
    endParagraph()
    endList()
    defer { done = [] }
    return done
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { done.append(.paragraph(paragraph.joined(separator: " "))) }
    paragraph = []
  }

  private mutating func endList() {
    if !items.isEmpty { done.append(.list(items)) }
    items = []
  }
}
