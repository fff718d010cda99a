internal import Kernel
public import Site
public import Store

extension HelpNumber {
  /// Keeps a number from a day on; the one of its kind before it ends then, unless it is one of several others.
  /// - Throws: `Problem.invalid` with every fault.
  @discardableResult
  public static func keep(_ form: Fields, _ transaction: Transaction) throws -> HelpNumber {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var reader = FormReader(form)
    let kind: Kind? = reader.choice("kind")
    let name = reader.maybe("name", atMost: 100)
    if kind == .other && name == nil { reader.add("name", "form.needed") }
    let number = reader.text("number", atMost: 40)
    if !number.isEmpty && dialled(number).count < 3 { reader.add("number", "form.notAPhone") }
    let days: Days? = reader.choice("days")
    let from = reader.time("fromTime")
    let until = reader.time("untilTime")
    let day = reader.neededDate("from", in: today...today.adding(days: 3 * 366))
    let source = reader.text("source", atMost: 400)
    try reader.check()
    guard let kind, let days, let day else { throw Problem(.invalid) }
    if kind != .other {
      for var old in try transaction.all(HelpNumber.self, "where kind = \(kind) and ended_on is null") {
        old.endedOn = max(day, old.fromOn)
        try transaction.put(old)
      }
    }
    return try transaction.put(
      HelpNumber(
        id: transaction.freshID(), kind: kind, name: name, number: number, days: days, fromMinute: from ?? 0,
        untilMinute: until ?? from ?? 0, fromOn: day, endedOn: nil, source: source))
  }
}
