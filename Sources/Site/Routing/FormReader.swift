public import Kernel

/// Reads a form field by field and collects everything that is wrong with it, so that one sees all of it at once. Missing
/// and unreadable are two things: what is there and can't be read is a fault, never taken for something else.
public struct FormReader {
  private let form: Fields
  public private(set) var faults: [Problem.Fault] = []

  public init(_ form: Fields) { self.form = form }

  /// The years that anything kept here can be in, unless a field says otherwise.
  public static let years =
    LocalDate(year: 1900, month: 1, day: 1).map { $0...$0.adding(months: 12 * 300) }
    ?? LocalDate(dayNumber: 0)...LocalDate(dayNumber: 0)

  public mutating func add(_ field: String?, _ text: String, _ values: [String: String] = [:]) {
    faults.append(Problem.Fault(field: field, text, values))
  }

  /// A text that must be there, no longer than so many letters.
  public mutating func text(_ field: String, atMost most: Int = 4000, missing: String = "form.needed") -> String {
    if form[field] == nil { add(field, missing) }
    return maybe(field, atMost: most) ?? ""
  }

  /// A text that may be left out.
  public mutating func maybe(_ field: String, atMost most: Int = 4000) -> String? {
    guard let text = form[field] else { return nil }
    guard text.count <= most else {
      add(field, "form.tooLong", ["most": String(most)])
      return nil
    }
    return text
  }

  /// Could a letter arrive there: something, an `@`, and a place with a dot in it.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else { return false }
    let names = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return names.count > 1 && names.allSatisfy { !$0.isEmpty }
  }

  /// A day that may be left out.
  public mutating func date(_ field: String, in days: ClosedRange<LocalDate>? = nil) -> LocalDate? {
    guard let typed = form[field] else { return nil }
    guard let date = LocalDate(typed), Self.years.contains(date) else {
      add(field, "form.dateUnreadable")
      return nil
    }
    if let days, !days.contains(date) {
      add(field, date < days.lowerBound ? "form.dateTooEarly" : "form.dateTooLate")
      return nil
    }
    return date
  }

  /// A day that must be there.
  public mutating func neededDate(_ field: String, in days: ClosedRange<LocalDate>? = nil) -> LocalDate? {
    if form[field] == nil { add(field, "form.dateNeeded") }
    return date(field, in: days)
  }

  /// A whole number that may be left out.
  public mutating func number(_ field: String, in range: ClosedRange<Int>) -> Int? {
    guard let typed = form[field] else { return nil }
    guard let number = Int(typed) else {
      add(field, "form.wholeNumber")
      return nil
    }
    guard range.contains(number) else {
      add(field, "form.numberBetween", ["from": String(range.lowerBound), "until": String(range.upperBound)])
      return nil
    }
    return number
  }

  public mutating func neededNumber(_ field: String, in range: ClosedRange<Int>) -> Int? {
    if form[field] == nil { add(field, "form.needed") }
    return number(field, in: range)
  }

  /// A time of day in minutes, as `14:30` or as one writes it here, `14.30`; may be left out.
  public mutating func time(_ field: String) -> Int? {
    guard let typed = form[field] else { return nil }
    let parts = typed.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }.map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
      (0...59).contains(minute)
    else {
      add(field, "form.timeUnreadable")
      return nil
    }
    return hour * 60 + minute
  }

  /// One of what can be chosen; nothing chosen is no fault.
  public mutating func maybeChoice<Value: RawRepresentable>(
    _ field: String, among known: [Value]? = nil
  ) -> Value? where Value.RawValue == String {
    guard let typed = form[field] else { return nil }
    guard let value = Value(rawValue: typed), known?.contains(where: { $0.rawValue == typed }) ?? true else {
      add(field, "form.notAChoice")
      return nil
    }
    return value
  }

  /// One of what can be chosen, which must be.
  public mutating func choice<Value: RawRepresentable>(
    _ field: String, among known: [Value]? = nil
  ) -> Value? where Value.RawValue == String {
    if form[field] == nil { add(field, "form.chooseThis") }
    return maybeChoice(field, among: known)
  }

  /// What was ticked, in the order of what can be; as it was stored, when that is the same.
  public mutating func chosen(
    _ field: String, of known: [String], atLeastOne: Bool = false, stored: [String]? = nil
  ) -> [String] {
    let chosen = form.all(field).filter { !$0.isEmpty }
    if chosen.contains(where: { !known.contains($0) }) { add(field, "form.notAChoice") }
    if atLeastOne && chosen.isEmpty { add(field, "form.chooseOne") }
    if let stored, Set(stored) == Set(chosen) { return stored }
    return known.filter(chosen.contains)
  }

  /// Somebody or something by id; nothing chosen is no fault.
  public mutating func maybeID<Subject>(_ field: String, of: Subject.Type = Subject.self) -> ID<Subject>? {
    guard let typed = form[field] else { return nil }
    guard let id = ID<Subject>(typed) else {
      add(field, "form.notAChoice")
      return nil
    }
    return id
  }

  public mutating func id<Subject>(_ field: String, of: Subject.Type = Subject.self) -> ID<Subject>? {
    if form[field] == nil { add(field, "form.chooseThis") }
    return maybeID(field)
  }

  /// - Throws: `Problem.invalid` with every fault, when there is one.
  public func check() throws { if !faults.isEmpty { throw Problem(.invalid, faults) } }
}

extension Visit {
  /// Reads one thing a form sent.
  /// - Throws: `Problem.invalid` with every fault.
  public func sent<Value>(_ read: (inout FormReader) -> Value) throws -> Value {
    var reader = FormReader(form)
    let value = read(&reader)
    try reader.check()
    return value
  }

  /// Reads what stands behind the question mark as a form is read.
  /// - Throws: `Problem.invalid` with every fault.
  public func asked<Value>(_ read: (inout FormReader) -> Value) throws -> Value {
    var reader = FormReader(query)
    let value = read(&reader)
    try reader.check()
    return value
  }
}
