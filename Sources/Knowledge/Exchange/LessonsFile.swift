internal import Kernel
internal import Site

/// Another region's lessons, as it gave them: read whole, every fault listed, nothing kept when there is one.
struct LessonsFile {
  /// A lesson as the file has it.
  struct Line: Equatable {
    let id: String
    let title, words: String
    let titleEnglish, wordsEnglish: String?
    let blocks, pilots, audiences: [String]
    let ground: String
    let phases, moments: [String]
    let source: String
    /// Where that region had it from; nil for what it learned itself.
    let origin: String?
    let addedOn: LocalDate?
  }

  static let most = 5000

  private(set) var region: String?
  /// What that region added; what every Geland carries is passed over.
  private(set) var lines: [Line] = []
  private(set) var faults: [Problem.Fault] = []

  init(_ bytes: [UInt8], in library: Library) {
    guard let json = JSON(parsing: bytes), case .array(let lessons)? = json["lessons"] else {
      faults = [Problem.Fault(field: "file", "exchange.notAFile")]
      return
    }
    if json["format"] != .string(KnowledgeExport.format) {
      faults = [Problem.Fault(field: "file", "exchange.otherFormat", ["format": KnowledgeExport.format])]
      return
    }
    region = json["region"]?.asText
    let added = lessons.enumerated().filter { $0.element["addedOn"] != nil }
    if added.count > Self.most {
      faults = [Problem.Fault(field: "file", "exchange.tooMany", ["most": String(Self.most)])]
      return
    }
    var seen: Set<String> = []
    for (place, lesson) in added {
      var reading = LessonReading(lesson, at: place + 1, library)
      guard let line = reading.line() else {
        faults += reading.faults
        continue
      }
      let key = "\(line.origin ?? "")/\(line.id)"
      if !seen.insert(key).inserted {
        faults.append(Problem.Fault(field: "lesson \(place + 1)", "exchange.twice"))
      }
      lines.append(line)
    }
    if added.isEmpty { faults.append(Problem.Fault(field: "file", "exchange.nothingAdded")) }
  }
}

/// Reads one lesson of a file, noting everything that is wrong with it.
private struct LessonReading {
  private let json: JSON
  private let place: Int
  private let library: Library
  private(set) var faults: [Problem.Fault] = []

  init(_ json: JSON, at place: Int, _ library: Library) {
    self.json = json
    self.place = place
    self.library = library
  }

  mutating func line() -> LessonsFile.Line? {
    // A lesson that region took over itself keeps the id it had at home.
    let id = text("id", json["originID"] ?? json["id"], most: 100)
    let (dutch, english) = (json["nl"], json["en"])
    let title = text("nl.title", dutch?["title"], most: AddedLesson.titleLength)
    let words = text("nl.words", dutch?["words"], most: AddedLesson.wordsLength)
    // A lesson without English repeats its Dutch words.
    let isSame = english == nil || english == dutch
    let titleEnglish = isSame ? nil : text("en.title", english?["title"], most: AddedLesson.titleLength)
    let wordsEnglish = isSame ? nil : text("en.words", english?["words"], most: AddedLesson.wordsLength)
    let blocks = texts("blocks", of: library.units(.block).map(\.id), atLeastOne: true)
    let pilots = texts("pilots", of: library.units(.pilot).map(\.id))
    let audiences = texts("audiences", of: Lesson.Audience.allCases.map(\.rawValue), atLeastOne: true)
    let ground = text("restsOn", json["restsOn"], most: 40)
    if !ground.isEmpty && Lesson.Ground(rawValue: ground) == nil { fault("restsOn", "exchange.unknownWord", ground) }
    let phases = texts("phases", of: Lesson.phases)
    let moments = texts("moments", of: Moment.allCases.map(\.rawValue))
    let source = text("source", json["source"], most: 300)
    let day = json["addedOn"]?.asText.flatMap { LocalDate($0) }
    if day == nil { fault("addedOn", "form.dateNeeded") }
    let origin = json["origin"].map { text("origin", $0, most: 80) }
    guard faults.isEmpty else { return nil }
    return LessonsFile.Line(
      id: id, title: title, words: words, titleEnglish: titleEnglish, wordsEnglish: wordsEnglish, blocks: blocks,
      pilots: pilots, audiences: audiences, ground: ground, phases: phases, moments: moments, source: source,
      origin: origin, addedOn: day)
  }

  private mutating func fault(_ field: String, _ text: String, _ word: String = "") {
    faults.append(
      Problem.Fault(field: "lesson \(place), \(field)", text, word.isEmpty ? [:] : ["word": String(word.prefix(60))]))
  }

  private mutating func text(_ field: String, _ value: JSON?, most: Int) -> String {
    guard let text = value?.asText, !text.isEmpty else {
      fault(field, "form.needed")
      return ""
    }
    if text.count > most {
      faults.append(Problem.Fault(field: "lesson \(place), \(field)", "form.tooLong", ["most": String(most)]))
    }
    return text
  }

  private mutating func texts(_ field: String, of known: [String], atLeastOne: Bool = false) -> [String] {
    guard case .array(let values)? = json[field] else {
      fault(field, "form.needed")
      return []
    }
    let texts = values.compactMap(\.asText)
    for word in texts where !known.contains(word) { fault(field, "exchange.unknownWord", word) }
    if texts.count != values.count || (atLeastOne && texts.isEmpty) { fault(field, "form.needed") }
    return known.filter(texts.contains)
  }
}

extension JSON {
  fileprivate var asText: String? { if case .string(let text) = self { text } else { nil } }
}
