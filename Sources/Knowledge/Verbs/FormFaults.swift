internal import Kernel
internal import Site

/// Collects everything that is wrong with a form, so that one sees all of it at once.
struct FormFaults {
  private let form: Fields
  private(set) var all: [Problem.Fault] = []

  init(_ form: Fields) { self.form = form }

  mutating func add(_ field: String, _ text: String, _ values: [String: String] = [:]) {
    all.append(Problem.Fault(field: field, text, values))
  }

  /// A text that must be there, no longer than so many letters.
  mutating func text(_ field: String, atMost most: Int = 4000) -> String {
    let text = maybe(field, atMost: most)
    if text == nil && form[field] == nil { add(field, "form.needed") }
    return text ?? ""
  }

  mutating func maybe(_ field: String, atMost most: Int = 4000) -> String? {
    guard let text = form[field] else { return nil }
    if text.count > most {
      add(field, "form.tooLong", ["most": String(most)])
      return nil
    }
    return text
  }

  /// A day; a missing one is no fault unless it is needed.
  mutating func date(_ field: String, isNeeded: Bool = false) -> LocalDate? {
    let date = form.date(field)
    if date == nil && (isNeeded || form[field] != nil) { add(field, "form.dateNeeded") }
    return date
  }

  /// What was ticked, all of it known.
  mutating func chosen(_ field: String, of known: [String], atLeastOne: Bool = false) -> [String] {
    let chosen = form.all(field).filter { !$0.isEmpty }
    if chosen.contains(where: { !known.contains($0) }) { add(field, "form.choose") }
    if atLeastOne && chosen.isEmpty { add(field, "form.chooseOne") }
    return known.filter(chosen.contains)
  }

  /// - Throws: `Problem.invalid` with every fault, when there is one.
  func check() throws { if !all.isEmpty { throw Problem(.invalid, all) } }
}
