internal import Kernel
internal import Site
internal import Store

/// The numbers a region works with: chosen for a day to come, with where the choice stands written. Earlier choices
/// stay, so that one can tell by which rule something was due.
extension Setting {
  /// Chooses a number from a day on.
  /// - Throws: `Problem.invalid` with every fault.
  @discardableResult
  static func choose(_ form: Fields, _ transaction: Transaction) throws -> Setting {
    var faults: [Problem.Fault] = []
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let name: RegionRules.Name? = form.choice("name")
    if name == nil { faults.append(Problem.Fault(field: "name", "form.needed")) }
    let value = form.number("value")
    if let range = name?.range, value.map({ !range.contains($0) }) ?? true {
      faults.append(
        Problem.Fault(
          field: "value", "rules.outOfRange", ["from": String(range.lowerBound), "until": String(range.upperBound)]))
    }
    let from = form.date("from") ?? today
    if form["from"] != nil && form.date("from") == nil {
      faults.append(Problem.Fault(field: "from", "form.dateNeeded"))
    }
    if from < today { faults.append(Problem.Fault(field: "from", "rules.notInThePast")) }
    let source = form["source"]
    if source == nil { faults.append(Problem.Fault(field: "source", "form.needed")) }
    guard faults.isEmpty, let name, let value, let source else { throw Problem(.invalid, faults) }
    let same = try transaction.first(Setting.self, "where name = \(name) and from_on = \(from)")
    var setting =
      same
      ?? Setting(id: transaction.freshID(), name: name.rawValue, value: value, fromOn: from, source: source)
    setting.value = value
    setting.source = source
    return try transaction.put(setting)
  }
}
