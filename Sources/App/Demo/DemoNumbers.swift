internal import Kernel
internal import Residents
internal import Site
internal import Store
internal import Trust

/// Everybody who works in the demo region can be called, and so can the region at night. The numbers are made up.
enum DemoNumbers {
  static func give(_ transaction: Transaction) throws {
    let organisations = try transaction.all(Organisation.self, "where phone is null order by id")
    for (place, var organisation) in organisations.enumerated() {
      organisation.phone = "030 12345\(two(place))"
      try transaction.put(organisation)
    }
    let people = try transaction.all(
      Account.self, "where organisation is not null and resident is null and phone is null order by id limit 99")
    for (place, var account) in people.enumerated() {
      account.phone = "06 123457\(two(place))"
      try transaction.put(account)
    }
    let today = RegionTime.amsterdam.date(of: transaction.now).description
    for (kind, number, from, until) in [
      ("desk", "030 1234500", "08:30", "17:00"), ("dutyPhone", "06 12345000", "17:00", "08:30"),
    ] {
      try HelpNumber.keep(
        Fields([
          "kind": [kind], "number": [number], "days": ["everyDay"], "fromTime": [from], "untilTime": [until],
          "from": [today], "source": ["verzonnen, voor de proef"],
        ]), transaction)
    }
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number % 100) }
}
