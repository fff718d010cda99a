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
    let phases, moments, municipalities: [String]
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
        faults.append(
          Problem.Fault(field: "lesson \(place + 1)", "exchange.twice", ["lesson": String(place + 1)]))
      }
      lines.append(line)
    }
    if added.isEmpty { faults.append(Problem.Fault(field: "file", "exchange.nothingAdded")) }
  }
}

/// Reads one lesson of a file, noting everything that is wrong with it.
private struct LessonReading {
  /// Laid out anew, a list gets an empty line before it that nobody typed.
  private static let wordsLength = AddedLesson.wordsLength + 100

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
    let words = text("nl.words", dutch?["words"], most: Self.wordsLength)
    // A lesson without English repeats its Dutch words.
    let isSame = english == nil || english == dutch
    let titleEnglish = isSame ? nil : text("en.title", english?["title"], most: AddedLesson.titleLength)
    let wordsEnglish = isSame ? nil : text("en.words", english?["words"], most: Self.wordsLength)
    let blocks = texts("blocks", of: library.units(.block).map(\.id), atLeastOne: true)
    let pilots = texts("pilots", of: library.units(.pilot).map(\.id))
    let audiences = texts("audiences", of: Lesson.Audience.allCases.map(\.rawValue), atLeastOne: true)
    let ground = text("restsOn", json["restsOn"], most: 40)
    if !ground.isEmpty && Lesson.Ground(rawValue: ground) == nil { unknown("restsOn", ground) }
    let phases = texts("phases", of: Lesson.phases)
    let moments = texts("moments", of: Moment.allCases.map(\.rawValue))
    let municipalities = codes()
    let source = text("source", json["source"], most: 300)
    let day = json["addedOn"]?.asText.flatMap { LocalDate($0) }
    if day == nil { fault("addedOn", "exchange.dateNeeded") }
    let origin = json["origin"].map { text("origin", $0, most: 80) }
    guard faults.isEmpty else { return nil }
    return LessonsFile.Line(
      id: id, title: title, words: words, titleEnglish: titleEnglish, wordsEnglish: wordsEnglish, blocks: blocks,
      pilots: pilots, audiences: audiences, ground: ground, phases: phases, moments: moments,
      municipalities: municipalities, source: source, origin: origin, addedOn: day)
  }

  /// Says in which lesson and which part of it.
  private mutating func fault(_ part: String, _ text: String, _ values: [String: String] = [:]) {
    let named = ["lesson": String(place), "part": part].merging(values) { _, given in given }
    faults.append(Problem.Fault(field: "lesson \(place), \(part)", text, named))
  }

  private mutating func unknown(_ part: String, _ word: String) {
    fault(part, "exchange.unknownWord", ["word": String(word.prefix(60))])
  }

  private mutating func text(_ field: String, _ value: JSON?, most: Int) -> String {
    guard let text = value?.asText, !text.isEmpty else {
      fault(field, "exchange.needed")
      return ""
    }
    if text.count > most { fault(field, "exchange.tooLong", ["most": String(most)]) }
    // A line end in a title would begin something else where it is written out.
    return field.hasSuffix("words") ? text : text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// CBS codes; another region has others than ours.
  private mutating func codes() -> [String] {
    guard let given = json["municipalities"] else { return [] }
    guard case .array(let values) = given, values.count <= 400 else {
      fault("municipalities", "exchange.needed")
      return []
    }
    let codes = values.map { $0.asText ?? "" }
    for code in codes where code.count != 4 || !code.allSatisfy({ ("0"..."9").contains($0) }) {
      unknown("municipalities", code)
    }
    return codes
  }

  private mutating func texts(_ field: String, of known: [String], atLeastOne: Bool = false) -> [String] {
    guard case .array(let values)? = json[field] else {
      fault(field, "exchange.needed")
      return []
    }
    let texts = values.compactMap(\.asText)
    for word in texts where !known.contains(word) { unknown(field, word) }
    if texts.count != values.count || (atLeastOne && texts.isEmpty) { fault(field, "exchange.needed") }
    return known.filter(texts.contains)
  }
}

extension JSON {
  fileprivate var asText: String? { if case .string(let text) = self { text } else { nil } }
}
